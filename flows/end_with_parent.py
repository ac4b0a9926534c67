"""A process that somebody's command began ends with that command, however that ended."""

import os
import signal
import threading
import time

GLANCE_SECONDS = 1.0
GRACE_SECONDS = 10.0
"""So long may a process take to end by itself before it is ended."""


def end_with_parent() -> None:
    """Watch, in a thread, whether the process that began this one is still there; end once it is not."""
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent,), name="end-with-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(GLANCE_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
