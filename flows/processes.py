"""Document processes: so many at a time, each with a limit of time and of memory for one call.

Each process has a pipe of its own and shares no lock or queue with its neighbours: a reader that loops, eats memory or
dies half-way through an answer costs its own call and nothing else. (Pools whose workers share one channel can be
blocked for good by one that dies while it holds the channel's lock: https://github.com/noxdafox/pebble/issues/163.)
"""

import multiprocessing
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from queue import LifoQueue
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar, TypeVarTuple

from flows.child import MEMORY_EXHAUSTED, MIB, memory_limit_error, serve
from schemas.errors import MemoryLimitError, ReaderCrashedError, TimeLimitError, UnreadableDocumentError

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

CONTEXT = multiprocessing.get_context("forkserver")
"""Forked from a server without threads or open documents; pdfium and the parent's threads do not survive a plain fork."""
PRELOAD = ["flows.document"]
"""Imported once by that server, so that a process in place of a lost one is there at once."""
SECONDS_TO_DIE = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take: wall-clock seconds and bytes of address space."""

    seconds: float = 300.0
    memory_bytes: int = 2048 * MIB


class _Running(NamedTuple):
    process: ForkServerProcess
    connection: Connection


class DocumentProcess:
    """One process, started when it is called first, and anew when it was lost."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._running: _Running | None = None

    @property
    def started(self) -> bool:
        """Whether there is a process that may have served other calls."""
        return self._running is not None

    def call(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        """What `function(*args)` returns there. Raises its `UnreadableDocumentError`, or that of a limit or a crash."""
        try:
            answer = self._ask(function, args)
        except BaseException:
            self.stop()
            raise
        if isinstance(answer, UnreadableDocumentError):
            if isinstance(answer, (MemoryLimitError, ReaderCrashedError)):
                self.stop()
            raise answer
        return answer

    def _ask(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        self._running = running = self._running or self._start()
        try:
            running.connection.send((function, args))
            if not running.connection.poll(self._limits.seconds):
                raise TimeLimitError(f"the limit is {self._limits.seconds:g} s")
            return running.connection.recv()
        except (EOFError, OSError) as error:
            raise self._cause_of_death(running.process) from error

    def _start(self) -> _Running:
        CONTEXT.set_forkserver_preload(PRELOAD)
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=serve, args=(theirs, self._limits.memory_bytes), daemon=True)
        process.start()
        theirs.close()  # the process then holds the only other end: its death closes the pipe
        return _Running(process, ours)

    def _cause_of_death(self, process: ForkServerProcess) -> UnreadableDocumentError:
        process.join(SECONDS_TO_DIE)
        status = process.exitcode or 0
        if status == MEMORY_EXHAUSTED:
            return memory_limit_error(self._limits.memory_bytes)
        return ReaderCrashedError(
            f"killed by {signal.Signals(-status).name}" if status < 0 else f"it ended with status {status}"
        )

    def kill(self) -> None:
        """End the process; a call that waits for it in another thread fails. It holds nothing that a kill could spoil."""
        if self._running is not None:
            self._running.process.kill()

    def stop(self) -> None:
        """End the process and give back what it took. Not while a call waits for it."""
        if self._running is not None:
            self.kill()
            self._running.process.join()
            self._running.connection.close()
        self._running = None


class DocumentProcesses:
    """`count` processes for calls from any thread; a context that ends them, and calls under way with them."""

    def __init__(self, count: int, limits: Limits) -> None:
        self.count = count
        self._closed = False
        self._processes = [DocumentProcess(limits) for _ in range(count)]
        self._idle: LifoQueue[DocumentProcess] = LifoQueue()  # last in, first out: a warm process before a new one
        for process in self._processes:
            self._idle.put(process)

    def call(self, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """`function(*args)` in the next process that is free; both must be picklable.

        Raises the call's `UnreadableDocumentError`, or `TimeLimitError`, `MemoryLimitError` or `ReaderCrashedError`.
        What an earlier call left behind in a process must not show in a result: the latter two count only when a
        fresh process confirms them.
        """
        process = self._idle.get()
        try:
            confirmed = not process.started
            try:
                return self._call(process, function, args)
            except (MemoryLimitError, ReaderCrashedError):
                if confirmed:
                    raise
                return self._call(process, function, args)
        finally:
            self._idle.put(process)

    def _call(self, process: DocumentProcess, function: Callable[..., T], args: tuple[Any, ...]) -> T:
        if self._closed:
            raise ReaderCrashedError("the processes were stopped")
        answer: T = process.call(function, args)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        for process in self._processes:
            process.kill()
        for process in [self._idle.get() for _ in self._processes]:  # each comes back once its call has failed
            process.stop()
            self._idle.put(process)  # for a thread that still waits for one
