"""Inside a document's process: calls taken from a pipe one at a time, under a limit of memory.

Nothing of the process is shared with others, so that it can die at any moment and take nobody along.
"""

import os
import resource
import select
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

from schemas.errors import MemoryLimitError, ReaderCrashedError, UnreadableDocumentError

MEMORY_EXHAUSTED = 86
"""The exit status of a process that came near its limit of memory. No other cause gives it."""
WATERMARK = 7 / 8
"""Native code that gets no memory may just abort, which looks like any crash; so the end comes a little earlier."""
GLANCE_MS = 20
MIB = 2**20
STATM = Path("/proc/self/statm")


def serve(connection: Connection, memory_bytes: int) -> None:
    """Answer calls `(function, args)` with what they return, or with the typed error, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what ends
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its buffers, one for each core, would count against the limit
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    Thread(target=_watch, args=(connection.fileno(), int(memory_bytes * WATERMARK)), daemon=True).start()
    while True:
        try:
            function, args = connection.recv()
        except EOFError:
            return
        _send(connection, _answer(function, args, memory_bytes))


def memory_limit_error(memory_bytes: int) -> MemoryLimitError:
    """The one wording, however the limit was noticed: it ends in the dataset, which must not differ between runs."""
    return MemoryLimitError(f"the limit is {memory_bytes // MIB} MiB")


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _watch(descriptor: int, most_bytes: int) -> None:
    """End the process when the parent is gone, however busy the reader is, or when its memory nears the limit."""
    parent = select.poll()
    parent.register(descriptor, 0)  # no events but the hang-up, which is always told
    while not parent.poll(GLANCE_MS):
        if _address_space() > most_bytes:
            os._exit(MEMORY_EXHAUSTED)
    os._exit(0)


def _address_space() -> int:
    """Bytes of address space in use: what RLIMIT_AS counts."""
    return int(STATM.read_text("ascii").split()[0]) * resource.getpagesize()


def _answer(function: Callable[..., Any], args: tuple[Any, ...], memory_bytes: int) -> Any:
    try:
        return function(*args)
    except UnreadableDocumentError as error:
        return error
    except MemoryError:
        return memory_limit_error(memory_bytes)
    except Exception as error:  # a defect of ours: it must cost this document alone
        return _crashed(error)


def _send(connection: Connection, answer: Any) -> None:
    try:
        connection.send(answer)
    except OSError:
        os._exit(0)  # nobody is there to hear it
    except Exception as error:  # the answer cannot be pickled, for want of memory or at all
        connection.send(_crashed(error))


def _crashed(error: Exception) -> ReaderCrashedError:
    crashed = ReaderCrashedError(f"{type(error).__name__}: {error}")
    crashed.add_note(traceback.format_exc())
    return crashed
