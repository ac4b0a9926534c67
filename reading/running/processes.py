"""Document processes: so many at a time, for calls from any thread."""

import gc
import logging
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import Any, Self, TypeVar, TypeVarTuple

from reading.errors import StoppedError
from reading.running.limits import Limits
from reading.running.process import SERVER, DocumentProcess
from reading.running.worker import keep_to_one_thread
from schemas.errors import MemoryLimitError, ReaderCrashedError

LOG = logging.getLogger(__name__)
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

PRELOAD = ["reading.document", "reading.readers.pdf", "reading.work"]
"""Imported before any process is forked, so that each is ready at once."""


class DocumentProcesses:
    """`count` processes for calls from any thread; a context that ends them, and calls under way with them.

    They are forked from a server. A caller that has nothing open as yet (no document, no database) may have them
    `forked` from its own process, with what it has imported: that spares the server's start. One that has threads gets
    the server's all the same, for no thread but the caller's survives a fork, and what it held stays locked.
    """

    def __init__(self, count: int, limits: Limits, *, forked: bool = False) -> None:
        self.count = count
        self._forked = forked
        self._stopped = False
        self._said: set[str] = set()
        self._processes = [DocumentProcess(limits, self._tell_once) for _ in range(count)]
        self._idle: LifoQueue[DocumentProcess] = LifoQueue()  # last in, first out: a warm process before a new one
        for process in self._processes:
            self._idle.put(process)

    def call(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """`function(*args)` in the next process that is free; both must be picklable.

        Raises the call's `UnreadableDocumentError`, `TimeLimitError`, `MemoryLimitError` or `ReaderCrashedError`; the
        latter two once a fresh process has confirmed them, for what an earlier call left behind must not show in a
        result, nor that somebody killed the process. Raises `StoppedError` where the context ends meanwhile.
        """
        process = self._idle.get()
        try:
            fresh = not process.called
            try:
                return self._call(process, function, args)
            except (MemoryLimitError, ReaderCrashedError) as error:
                if fresh and isinstance(error, MemoryLimitError):
                    raise
                return self._call(process, function, args)
        finally:
            self._idle.put(process)

    def _call(self, process: DocumentProcess, function: Callable[..., T], args: tuple[Any, ...]) -> T:
        if self._stopped:
            raise StoppedError
        try:
            answer: T = process.call(function, args)
        except ReaderCrashedError as error:
            if self._stopped:
                raise StoppedError from error
            raise
        return answer

    def _tell_once(self, text: str) -> None:
        """Warn of what a call says, once in a run whichever process says it."""
        if text not in self._said:
            self._said.add(text)
            LOG.warning(text)

    def __enter__(self) -> Self:
        SERVER.set_forkserver_preload(PRELOAD)  # for those in place of lost ones, too
        if self._forked and _is_single():
            self._fork_all()
        else:
            ensure_running()  # it loads the readers while the parent goes on
        return self

    def _fork_all(self) -> None:
        """Start all processes at once, while there is but one thread here.

        What is loaded now starts none but jemalloc's own, which looks after itself in a fork.
        """
        keep_to_one_thread()
        for module in PRELOAD:
            import_module(module)
        gc.freeze()  # what is there now stays: no search for garbage need touch, and so copy, its pages
        begun: list[Connection] = []
        for process in self._processes:
            begun.append(process.fork(begun))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped = True
        for process in self._processes:
            process.kill()
        for process in [self._idle.get() for _ in self._processes]:  # each comes back once its call has failed
            process.stop()
            self._idle.put(process)  # for a thread that still waits for one


def _is_single() -> bool:
    """Whether this process has one thread, libraries' own counted."""
    return len([*Path("/proc/self/task").iterdir()]) == 1
