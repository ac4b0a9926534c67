"""The rate limiter: one request at a time at a host, a rest after each, so many a night, also over processes.

What happened at a host stands in a small file under its lock, so that two portals on one host, or a night that goes
on after a crash, share one pace, one budget and one Retry-After.
"""

import asyncio
import fcntl
import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from crawlers.errors import BudgetUsedUpError, OutOfWindowError, RetryLaterError
from crawlers.fetching.windows import is_open, night_of
from schemas.portals import Pace

_LOOK_AGAIN_SECONDS = 0.02
_STATE_BYTES = 1024  # a host's name has 253 at most


@dataclass(frozen=True, slots=True)
class HostState:
    """What a host has seen this night. `finished` is the machine's monotonic clock, `closed_until` a POSIX time."""

    host: str
    night: str
    requests: int = 0
    bytes_received: int = 0
    finished: float = 0.0
    closed_until: float = 0.0


class Slot:
    """The right to send one request.

    `received` counts the bytes of its answer; `closed_for` are the seconds that it asks to leave the host alone.
    """

    def __init__(self) -> None:
        self.received = 0
        self.closed_for = 0.0


class RateLimiter:
    """Hands out slots at hosts by a portal's pace. `now` gives an aware time, `wait_at_most` is seconds."""

    def __init__(self, folder: Path, pace: Pace, wait_at_most: float, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._pace = pace
        self._wait_at_most = wait_at_most
        self._now = now
        self._crawl_delay: dict[str, float] = {}

    def slow_down(self, host: str, seconds: float) -> None:
        """Obey a Crawl-delay of robots.txt from now on, where it asks for more than the portal's own pace."""
        self._crawl_delay[host] = seconds

    @asynccontextmanager
    async def slot(self, host: str) -> AsyncIterator[Slot]:
        """Wait for a slot and hold it until the answer is there or has failed.

        Raises:
            OutOfWindowError, BudgetUsedUpError: no more requests this night.
            RetryLaterError: the host is closed for longer than a night waits.
        """
        async with self._locked(host) as stream:
            state = self._read(stream, host)
            await asyncio.sleep(self._pause(state))
            self._admit(state)
            taken = replace(state, requests=state.requests + 1)
            _write(stream, taken)  # before the request goes out: what a crash cuts off has been sent all the same
            slot = Slot()
            try:
                yield slot
            finally:
                _write(stream, self._after(taken, slot))

    def _after(self, state: HostState, slot: Slot) -> HostState:
        """What is to be written down before anyone else gets a slot, a Retry-After with it."""
        until = self._now().timestamp() + slot.closed_for if slot.closed_for else state.closed_until
        received = state.bytes_received + slot.received
        return replace(state, bytes_received=received, finished=time.monotonic(), closed_until=until)

    def _pause(self, state: HostState) -> float:
        """Seconds to rest before the next request at this host."""
        closed = state.closed_until - self._now().timestamp()
        delay = self._crawl_delay.get(state.host, 0.0)
        if max(closed, delay) > self._wait_at_most:
            raise RetryLaterError(
                f"{state.host} asks for {max(closed, delay):.0f} s, waited for at most {self._wait_at_most:.0f} s"
            )
        rest = max(self._pace.seconds_between_requests, delay)
        elapsed = max(0.0, time.monotonic() - state.finished)  # the clock starts anew with the machine
        return max(0.0, closed, rest - elapsed if state.requests else 0.0)

    def _admit(self, state: HostState) -> None:
        window, pace = self._pace.window, self._pace
        if not is_open(window, self._now()):
            raise OutOfWindowError(f"{window.opens:%H:%M}-{window.closes:%H:%M} Asia/Shanghai")
        if state.requests >= pace.requests_per_night:
            raise BudgetUsedUpError(f"{state.requests} requests to {state.host}")
        if state.bytes_received >= pace.bytes_per_night:
            raise BudgetUsedUpError(f"{state.bytes_received} bytes from {state.host}")

    @asynccontextmanager
    async def _locked(self, host: str) -> AsyncIterator[IO[str]]:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(host.encode()).hexdigest()[:32]  # a host's name never becomes a path
        path = self._folder / f"{name}.json"
        path.touch()
        with path.open("r+", encoding="utf-8") as stream:
            while not _lock(stream):
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            yield stream

    def _read(self, stream: IO[str], host: str) -> HostState:
        """What was written down, begun anew with each night; so is a file that a crash left in pieces."""
        stream.seek(0)
        night = night_of(self._now()).isoformat()
        try:
            state = HostState(**json.loads(stream.read()))
        except (ValueError, TypeError):
            return HostState(host, night)
        return state if state.night == night else replace(state, night=night, requests=0, bytes_received=0)


def _lock(stream: IO[str]) -> bool:
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(stream: IO[str], state: HostState) -> None:
    stream.seek(0)
    stream.write(json.dumps(asdict(state)).ljust(_STATE_BYTES))  # always as long: nothing of an older one is left
    stream.flush()
