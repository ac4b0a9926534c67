"""Inside a document's process: calls taken from a pipe, one at a time.

Nothing of the process is shared with others, so that it can die at any moment and take nobody along. Its parent watches
its time and its memory (`reading.running.processes`); the limits that are set here only stand behind that.
"""

import logging
import os
import resource
import select
import signal
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, NamedTuple

from reading.running.limits import MIB
from schemas.errors import MemoryLimitError, ReaderCrashedError, UnreadableDocumentError

READY = "ready"
OF_READERS = "extractors"
"""The logger whose warnings are told to the parent; libraries' own are not for a user."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT")
"""A process has one core, and OpenBLAS sets memory aside for each thread; the last is what Tesseract listens to."""
ADDRESS_SPACE = 4
"""RLIMIT_AS, in limits of memory. Native code that gets no memory just aborts, which looks like any crash: the parent
should come first, and a buffer that is copied as it grows asks for three times its size."""


class Notice(NamedTuple):
    """What a call says before it answers: a warning that a user should see, once in a run."""

    text: str


class _Notices(logging.Handler):
    """Sends warnings as `Notice`s to the parent, which knows what was said before."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(logging.WARNING)
        self._connection = connection

    def emit(self, record: logging.LogRecord) -> None:
        """Send one warning. It comes from the thread that will send the answer, so the two never mix."""
        _send(self._connection, Notice(record.getMessage()))


def serve(connection: Connection, memory_bytes: int, inherited: Iterable[Connection] = ()) -> None:
    """Say `READY`, then answer calls `(function, args)` with what they return, or with the typed error.

    A `Notice` may come before an answer. `inherited` are ends of pipes that a fork of the parent has and must not keep.

    Returns when the other end closes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what ends
    for others in inherited:
        others.close()
    keep_to_one_thread()
    _limit(resource.RLIMIT_AS, ADDRESS_SPACE * memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    Thread(target=_end_with_parent, args=(connection.fileno(),), daemon=True).start()
    logging.getLogger(OF_READERS).addHandler(_Notices(connection))
    logging.getLogger(OF_READERS).propagate = False
    connection.send(READY)
    while True:
        try:
            function, args = connection.recv()
        except EOFError:
            return
        _send(connection, _answer(function, args, memory_bytes))


def keep_to_one_thread() -> None:
    """Let libraries that are loaded from now on start no threads of their own."""
    for threads in ONE_THREAD:
        os.environ.setdefault(threads, "1")


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
