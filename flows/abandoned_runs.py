"""Runs that a kill left Running in our own Prefect server: nobody is at work on them any more, and that is said."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.prefect_api import asked

LOCK = ".server.lock"
UNDER_WAY = ["RUNNING", "PENDING", "CANCELLING"]
CRASHED = {
    "type": "CRASHED",
    "name": "Crashed",
    "message": "执行它的进程已不在 / the process that ran it is gone",
}


@contextmanager
def sole_server(home: Path) -> Iterator[bool]:
    """Whether no other command has a server on this database; held by the kernel, so that a kill lets go of it."""
    descriptor = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        alone = _is_alone(descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield alone
    finally:
        os.close(descriptor)


def _is_alone(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def settle_abandoned_runs(api: str) -> int:
    """Let all runs that are under way be Crashed, and say how many; only for a server that has just begun."""
    under_way = {"state": {"type": {"any_": UNDER_WAY}}}
    settled = 0
    for kind in ("task_runs", "flow_runs"):
        for run in asked(f"{api}/{kind}/filter", {kind: under_way}):
            asked(f"{api}/{kind}/{run['id']}/set_state", {"state": CRASHED, "force": True})
            settled += 1
    return settled
