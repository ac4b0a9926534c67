"""One night at a time on a root: two would visit the same hosts, read the same papers and publish side by side.

The lock is the kernel's and dies with its process, so that a kill leaves nothing behind. The file says who holds it.
"""

import fcntl
import os
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from ledger.clock import now
from schemas.errors import WrongUseError

LOCK = ".night.lock"


class NightUnderWayError(WrongUseError):
    """Another process is at work on the same root."""


_held: Counter[Path] = Counter()
_guard = Lock()


@contextmanager
def one_night(root: Path) -> Iterator[None]:
    """Hold a root for this process, which may do so again within. Raises `NightUnderWayError` with who holds it."""
    root = root.resolve()
    root.mkdir(parents=True, exist_ok=True)
    file = root / LOCK
    with _guard:
        descriptor = None if _held[root] else _locked(file)
        _held[root] += 1
    try:
        yield
    finally:
        with _guard:
            _held[root] -= 1
            if descriptor is not None:
                os.close(descriptor)


def _locked(file: Path) -> int:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 200, 0).decode(errors="replace") or "?"
        os.close(descriptor)
        raise NightUnderWayError(
            f"这个根目录已有一夜在进行 / a night is under way on this root: {file.parent} ({holder})"
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"pid {os.getpid()} @ {socket.gethostname()}, {now():%Y-%m-%dT%H:%M:%SZ}".encode(), 0)
    return descriptor
