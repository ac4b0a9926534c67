"""The deployments: what Prefect's server offers, and when it does so by itself. `prefect.yaml` says the same.

One run of each at a time: two nights would meet at the same hosts and the same release.
"""

import asyncio
import os
import time
from collections.abc import Callable
from datetime import datetime

from prefect import aserve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron, Schedule

from flows.errors import NothingScheduledError
from flows.night.settings import NightSettings
from flows.nightly import nightly, rerun
from flows.prefect_api import asked
from ledger.clock import CHINA

AT_TWO = Cron("0 2 * * *", timezone="Asia/Shanghai")
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
SECONDS_TO_SCHEDULE = 60.0
GLANCE_SECONDS = 1.0


def serve(settings: NightSettings, cron: str, will_run: Callable[[datetime], None]) -> None:
    """Register `nightly` by `cron` in China's time and `rerun` by hand, and run them until interrupted.

    `will_run` is told when the next night begins, as soon as the server has scheduled it. Raises
    `NothingScheduledError` where the server schedules none.
    """
    asyncio.run(_serve(settings, Cron(cron, timezone=AT_TWO.timezone), will_run))


async def _serve(settings: NightSettings, schedule: Schedule, will_run: Callable[[datetime], None]) -> None:
    told = {"settings": settings.model_dump()}
    served = aserve(
        await nightly.ato_deployment(
            "nightly", schedule=schedule, parameters=told, concurrency_limit=ONE_AT_A_TIME, tags=["gongkai"]
        ),
        await rerun.ato_deployment("rerun", parameters=told, concurrency_limit=ONE_AT_A_TIME, tags=["gongkai"]),
        print_starting_message=False,
    )
    serving = asyncio.create_task(served)
    begins = asyncio.create_task(asyncio.to_thread(next_night))
    await asyncio.wait({serving, begins}, return_when=asyncio.FIRST_COMPLETED)
    if begins.done():
        will_run(begins.result())
    await serving


def next_night(seconds: float = SECONDS_TO_SCHEDULE) -> datetime:
    """When the next night begins, in China's time, by what the server has scheduled. Raises `NothingScheduledError`."""
    url = f"{os.environ['PREFECT_API_URL']}/flow_runs/filter"
    scheduled = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}}},
        "deployments": {"name": {"any_": ["nightly"]}},
        "sort": "EXPECTED_START_TIME_ASC",
        "limit": 1,
    }
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if runs := asked(url, scheduled):
            return datetime.fromisoformat(runs[0]["expected_start_time"]).astimezone(CHINA)
        time.sleep(GLANCE_SECONDS)
    raise NothingScheduledError(seconds)
