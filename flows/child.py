"""Inside a document's process: calls taken from a pipe, one at a time.

Nothing of the process is shared with others, so that it can die at any moment and take nobody along. Its parent watches
its time and its memory (`flows.processes`); the limits that are set here only stand behind that.
"""

import os
import resource
import select
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from schemas.errors import MemoryLimitError, ReaderCrashedError, UnreadableDocumentError

MIB = 2**20
READY = "ready"
ADDRESS_SPACE = 4
"""RLIMIT_AS, in limits of memory. Native code that gets no memory just aborts, which looks like any crash: the parent
should come first, and a buffer that is copied as it grows asks for three times its size."""


def serve(connection: Connection, memory_bytes: int) -> None:
    """Say `READY`, then answer calls `(function, args)` with what they return, or with the typed error.

    Returns when the other end closes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what ends
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # it sets memory aside for each core
    _limit(resource.RLIMIT_AS, ADDRESS_SPACE * memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    Thread(target=_end_with_parent, args=(connection.fileno(),), daemon=True).start()
    connection.send(READY)
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


def _end_with_parent(descriptor: int) -> None:
    """Wait until nobody holds the other end, and end then, however busy the reader is."""
    parent = select.poll()
    parent.register(descriptor, 0)  # no events but the hang-up, which is always told
    parent.poll()
    os._exit(0)


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
