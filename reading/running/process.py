"""One document process, with a limit of time and of memory for one call.

It has a pipe of its own and shares no lock or queue with its neighbours: a reader that loops, eats memory or dies
half-way through an answer costs its own call and nothing else. (Pools whose workers share one channel can be blocked
for good by one that dies while it holds the channel's lock: https://github.com/noxdafox/pebble/issues/163.)
"""

import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

from reading.running.limits import Limits
from reading.running.worker import Notice, memory_limit_error, serve
from schemas.errors import MemoryLimitError, ReaderCrashedError, TimeLimitError, UnreadableDocumentError

SERVER = multiprocessing.get_context("forkserver")
"""Forks from a server without threads and open documents: neither survives a plain fork of the parent."""
FORK = multiprocessing.get_context("fork")
"""Forks from the parent itself: what it has imported need not be imported again."""
SECONDS_TO_DIE = 5.0
GLANCE_SECONDS = 0.02
"""How often time and memory are looked at; memory fills by some tens of MiB meanwhile."""


class _Running(NamedTuple):
    process: BaseProcess
    connection: Connection


class DocumentProcess:
    """One process, started when it is called first, and anew when it was lost; `tell` gets what its calls say."""

    def __init__(self, limits: Limits, tell: Callable[[str], None]) -> None:
        self._limits = limits
        self._tell = tell
        self._running: _Running | None = None
        self._called = False

    @property
    def called(self) -> bool:
        """Whether there is a process that may have served other calls."""
        return self._running is not None and self._called

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
            if not self._called:
                running.connection.recv()  # `reading.running.worker.READY`: coming into being is no call's time
                self._called = True
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

    def fork(self, inherited: Sequence[Connection]) -> Connection:
        """Start the process as a fork of this one; returns the parent's end of its pipe.

        `inherited` are the parent's ends of pipes to others: what holds one keeps another process from seeing its
        parent's end, so it closes them.
        """
        ours, theirs = FORK.Pipe()
        inherited = (ours, *inherited)
        process = FORK.Process(target=serve, args=(theirs, self._limits.memory_bytes, inherited), daemon=True)
        self._running = _begun(process, ours, theirs)
        return ours

    def _start(self) -> _Running:
        ours, theirs = SERVER.Pipe()
        process = SERVER.Process(target=serve, args=(theirs, self._limits.memory_bytes), daemon=True)
        return _begun(process, ours, theirs)

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
        self._called = False


def _begun(process: BaseProcess, ours: Connection, theirs: Connection) -> _Running:
    process.start()
    theirs.close()  # the process then holds the only other end: its death closes the pipe
    return _Running(process, ours)


def _resident_bytes(process: BaseProcess) -> int:
    """What the process holds in memory; 0 once it has ended."""
    try:
        pages = Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()


def _cause_of_death(process: BaseProcess) -> ReaderCrashedError:
    process.join(SECONDS_TO_DIE)
    status = process.exitcode or 0
    how = f"killed by {signal.Signals(-status).name}" if status < 0 else f"it ended with status {status}"
    return ReaderCrashedError(how)
