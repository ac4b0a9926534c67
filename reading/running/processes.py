"""Document processes: so many at a time, each with a limit of time and of memory for one call.

Each process has a pipe of its own and shares no lock or queue with its neighbours: a reader that loops, eats memory or
dies half-way through an answer costs its own call and nothing else. (Pools whose workers share one channel can be
blocked for good by one that dies while it holds the channel's lock: https://github.com/noxdafox/pebble/issues/163.)
"""

import logging
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar, TypeVarTuple

from reading.errors import StoppedError
from reading.running.worker import MIB, Notice, memory_limit_error, serve
from schemas.errors import MemoryLimitError, ReaderCrashedError, TimeLimitError, UnreadableDocumentError

LOG = logging.getLogger(__name__)
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

CONTEXT = multiprocessing.get_context("forkserver")
"""Forked from a server without threads and open documents: neither survives a plain fork of the parent."""
PRELOAD = ["reading.document"]
"""Imported once by that server, so that a process in place of a lost one is there at once."""
CORES = len(os.sched_getaffinity(0))
"""So many processes are worth having, unless more or fewer are asked for."""
SECONDS_TO_DIE = 5.0
GLANCE_SECONDS = 0.02
"""How often time and memory are looked at; memory fills by some tens of MiB meanwhile."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take: wall-clock seconds and bytes of resident memory.

    A page of text takes 0.05 s, a scanned one 1.5 to 3 s on an idle core and its amounts' second reading some more: the
    time is that of a scan of 300 pages, or of 100 on a busy machine. Memory was seen to peak at 0.2 GiB with text and
    at 0.75 GiB with scans; the largest picture that is read (`extractors.pages.picture.limits`) takes no more.
    """

    seconds: float = 900.0
    memory_bytes: int = 2048 * MIB


class _Running(NamedTuple):
    process: ForkServerProcess
    connection: Connection


class DocumentProcess:
    """One process, started when it is called first, and anew when it was lost; `tell` gets what its calls say."""

    def __init__(self, limits: Limits, tell: Callable[[str], None]) -> None:
        self._limits = limits
        self._tell = tell
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
        fresh = self._running is None
        self._running = running = self._running or self._start()
        try:
            if fresh:
                running.connection.recv()  # `reading.running.worker.READY`: coming into being is no call's time
            running.connection.send((function, args))
            return self._answer(running)
        except (EOFError, OSError) as error:
            raise _cause_of_death(running.process) from error

    def _answer(self, running: _Running) -> Any:
        """What the call answers, once it has said what else it had to say."""
        deadline = time.monotonic() + self._limits.seconds
        while True:
            self._watch(running, deadline)
            answer = running.connection.recv()
            if not isinstance(answer, Notice):
                return answer
            self._tell(answer.text)

    def _watch(self, running: _Running, deadline: float) -> None:
        """Wait for an answer, or the process's end. Raises `TimeLimitError` or `MemoryLimitError`."""
        while not running.connection.poll(GLANCE_SECONDS):
            if time.monotonic() > deadline:
                raise TimeLimitError(f"the limit is {self._limits.seconds:g} s")
            if _resident_bytes(running.process) > self._limits.memory_bytes:
                raise memory_limit_error(self._limits.memory_bytes)

    def _start(self) -> _Running:
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=serve, args=(theirs, self._limits.memory_bytes), daemon=True)
        process.start()
        theirs.close()  # the process then holds the only other end: its death closes the pipe
        return _Running(process, ours)

    def kill(self) -> None:
        """End the process, which holds nothing that a kill could spoil. A call that waits for it fails."""
        if self._running is not None:
            self._running.process.kill()

    def stop(self) -> None:
        """End the process and give back what it took. Not while a call waits for it."""
        if self._running is not None:
            self.kill()
            self._running.process.join()
            self._running.connection.close()
        self._running = None


def _resident_bytes(process: ForkServerProcess) -> int:
    """What the process holds in memory; 0 once it has ended."""
    try:
        pages = Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()


def _cause_of_death(process: ForkServerProcess) -> ReaderCrashedError:
    process.join(SECONDS_TO_DIE)
    status = process.exitcode or 0
    how = f"killed by {signal.Signals(-status).name}" if status < 0 else f"it ended with status {status}"
    return ReaderCrashedError(how)


class DocumentProcesses:
    """`count` processes for calls from any thread; a context that ends them, and calls under way with them."""

    def __init__(self, count: int, limits: Limits) -> None:
        self.count = count
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
            fresh = not process.started
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
        CONTEXT.set_forkserver_preload(PRELOAD)
        ensure_running()  # it loads the readers while the parent goes on
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped = True
        for process in self._processes:
            process.kill()
        for process in [self._idle.get() for _ in self._processes]:  # each comes back once its call has failed
            process.stop()
            self._idle.put(process)  # for a thread that still waits for one
