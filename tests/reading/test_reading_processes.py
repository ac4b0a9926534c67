import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import faulty_readers as faulty
import pytest

from reading.errors import StoppedError
from reading.running.limits import MIB, Limits
from reading.running.processes import DocumentProcesses
from schemas.errors import (
    EncryptedPdfError,
    MemoryLimitError,
    ReaderCrashedError,
    TimeLimitError,
    UnreadableDocumentError,
)

MADE_OF = """
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reading.running.limits import MIB, Limits
from reading.running.processes import DocumentProcesses
from schemas.errors import UnreadableDocumentError
"""
"""What the scripts that are run in a process of their own import; the rest once nothing is to be forked any more."""
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
LIMITS = Limits(seconds=4, memory_bytes=256 * MIB)

FAULTS: list[tuple[Callable[[], Any], type[UnreadableDocumentError], str]] = [
    (faulty.typed_error, EncryptedPdfError, "encrypted_pdf: asks for a password"),
    (faulty.defect, ReaderCrashedError, "reader_crashed: KeyError: 'no such column'"),
    (faulty.loop, TimeLimitError, "time_limit: the limit is 4 s"),
    (faulty.sleep_in_native_code, TimeLimitError, "time_limit: the limit is 4 s"),
    (faulty.fill_memory_with_objects, MemoryLimitError, "memory_limit: the limit is 256 MiB"),
    (faulty.fill_memory_natively, MemoryLimitError, "memory_limit: the limit is 256 MiB"),
    (faulty.ask_for_too_much, MemoryLimitError, "memory_limit: the limit is 256 MiB"),
    (faulty.exit_quietly, ReaderCrashedError, "reader_crashed: it ended with status 0"),
    (faulty.exit_with_status, ReaderCrashedError, "reader_crashed: it ended with status 7"),
    (faulty.kill_itself, ReaderCrashedError, "reader_crashed: killed by SIGKILL"),
    (faulty.overrun, ReaderCrashedError, "reader_crashed: killed by SIGSEGV"),
]


@pytest.fixture(scope="module")
def processes() -> Iterator[DocumentProcesses]:
    with DocumentProcesses(1, LIMITS) as pool:
        yield pool


@pytest.mark.parametrize(("fault", "error", "text"), FAULTS, ids=[fault.__name__ for fault, _, _ in FAULTS])
def test_each_fault_ends_as_its_error_and_the_next_call_is_served(
    processes: DocumentProcesses, fault: Callable[[], Any], error: type[UnreadableDocumentError], text: str
) -> None:
    with pytest.raises(error) as raised:
        processes.call(fault)
    assert type(raised.value) is error
    assert str(raised.value) == text
    assert processes.call(faulty.process_id) != os.getpid()


def test_a_defect_brings_its_traceback(processes: DocumentProcesses) -> None:
    with pytest.raises(ReaderCrashedError) as raised:
        processes.call(faulty.defect)
    assert 'raise KeyError("no such column")' in "".join(raised.value.__notes__)


def test_an_answer_that_cannot_be_pickled_is_a_crash(processes: DocumentProcesses) -> None:
    with pytest.raises(ReaderCrashedError, match="pickle"):
        processes.call(faulty.unpicklable)


def test_an_answer_may_be_larger_than_a_pipe(processes: DocumentProcesses) -> None:
    assert len(processes.call(faulty.big_answer, 20 * MIB)) == 20 * MIB


def test_a_process_serves_many_calls_and_is_replaced_when_lost(processes: DocumentProcesses) -> None:
    first = processes.call(faulty.process_id)
    assert processes.call(faulty.process_id) == first
    with pytest.raises(TimeLimitError):
        processes.call(faulty.loop)
    assert processes.call(faulty.process_id) != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_process_that_dies_between_calls_costs_no_call(processes: DocumentProcesses) -> None:
    os.kill(processes.call(faulty.process_id), signal.SIGKILL)
    time.sleep(0.1)
    assert processes.call(faulty.process_id)


def test_what_earlier_calls_left_behind_does_not_show(processes: DocumentProcesses) -> None:
    assert [processes.call(faulty.spoiled_by_earlier_calls) for _ in range(3)] == [1, 1, 1]


def test_no_more_calls_at_a_time_than_processes() -> None:
    with DocumentProcesses(2, LIMITS) as pool, ThreadPoolExecutor(6) as threads:
        answers = [threads.submit(pool.call, faulty.process_id_after, 0.1) for _ in range(6)]
        assert len({answer.result() for answer in answers}) == 2


def test_the_end_of_the_context_ends_calls_and_processes(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with ThreadPoolExecutor(1) as threads:
        with DocumentProcesses(1, Limits(seconds=60)) as pool:
            call = threads.submit(pool.call, faulty.loop_and_tell, told)
            process = awaited_process_id(told)
        with pytest.raises(StoppedError):
            call.result(timeout=5)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with pytest.raises(StoppedError):
        pool.call(faulty.process_id)


@pytest.mark.parametrize("forked", [False, True], ids=["from the server", "from the parent"])
def test_a_killed_parent_takes_its_busy_processes_along(tmp_path: Path, forked: bool) -> None:
    told = [tmp_path / "one", tmp_path / "other"]
    script = f"""
        with DocumentProcesses(2, Limits(seconds=60), forked={forked}) as pool, ThreadPoolExecutor(2) as threads:
            import faulty_readers as faulty
            list(threads.map(lambda path: pool.call(faulty.loop_and_tell, path), map(Path, sys.argv[1:])))
    """
    parent = subprocess.Popen([sys.executable, "-c", MADE_OF + textwrap.dedent(script), *told], env=ENVIRONMENT)
    processes = [awaited_process_id(each) for each in told]
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{process}").exists() for process in processes):
        assert time.monotonic() < deadline, "a reader outlives its parent"
        time.sleep(0.02)


def test_processes_forked_from_a_parent_hold_their_limits_and_are_replaced_by_those_of_the_server() -> None:
    """In a process of its own: this one has threads already, from which nothing can be forked safely."""
    script = """
        limits = Limits(seconds=10, memory_bytes=384 * MIB)
        with DocumentProcesses(1, limits, forked=True) as pool:
            import faulty_readers as faulty
            print(pool.call(os.getppid) == os.getpid())
            for fault in (faulty.fill_memory_natively, faulty.kill_itself, faulty.typed_error, faulty.loop):
                try:
                    pool.call(fault)
                except UnreadableDocumentError as error:
                    print(error)
            print(pool.call(os.getppid) == os.getpid())
    """
    told = subprocess.check_output([sys.executable, "-c", MADE_OF + textwrap.dedent(script)], env=ENVIRONMENT)
    assert told.decode().splitlines() == [
        "True",
        "memory_limit: the limit is 384 MiB",
        "reader_crashed: killed by SIGKILL",
        "encrypted_pdf: asks for a password",
        "time_limit: the limit is 10 s",
        "False",
    ]


def test_nothing_is_forked_from_a_parent_with_threads() -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(int).result()
        with DocumentProcesses(1, Limits(), forked=True) as pool:
            assert pool.call(os.getppid) != os.getpid()


def awaited_process_id(told: Path) -> int:
    deadline = time.monotonic() + 20
    while not (told.exists() and told.read_text(encoding="ascii")):
        assert time.monotonic() < deadline, "no process was started"
        time.sleep(0.02)
    return int(told.read_text(encoding="ascii"))


def test_what_calls_warn_of_is_told_once_in_a_run(caplog: pytest.LogCaptureFixture) -> None:
    with DocumentProcesses(2, LIMITS) as pool, ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda _: pool.call(faulty.warn), range(4)))
    assert answers == ["warned"] * 4
    assert [record.getMessage() for record in caplog.records] == ["没有 Tesseract / no Tesseract"]
