"""The deployments: what Prefect's server offers, and when it does so by itself. `prefect.yaml` says the same.

One run of each at a time: two nights would meet at the same hosts and the same release.
"""

from prefect import serve as serve_deployments
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron

from flows.night.settings import NightSettings
from flows.nightly import nightly, rerun

AT_TWO = Cron("0 2 * * *", timezone="Asia/Shanghai")
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)


def serve(settings: NightSettings) -> None:
    """Register `nightly` at 02:00 and `rerun` by hand, and run them until interrupted."""
    told = {"settings": settings.model_dump()}
    serve_deployments(
        nightly.to_deployment(  # type: ignore[arg-type]
            "nightly", schedule=AT_TWO, parameters=told, concurrency_limit=ONE_AT_A_TIME, tags=["gongkai"]
        ),
        rerun.to_deployment(  # type: ignore[arg-type]
            "rerun", parameters=told, concurrency_limit=ONE_AT_A_TIME, tags=["gongkai"]
        ),
    )
