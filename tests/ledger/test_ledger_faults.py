"""What a ledger says when it cannot be used, and what a kill leaves of it."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from made_events import CODE, PORTAL, capture, identity
from sqlalchemy import text, update

from ledger import Ledger
from ledger.database import write_transaction
from ledger.errors import (
    LedgerDamagedError,
    LedgerFullError,
    LedgerLockedError,
    LedgerTooNewError,
    LedgerUnreachableError,
)
from ledger.tables import SCHEMA_VERSION, ledger_info


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def test_a_ledger_is_found_again(ledger_url, clock):
    with Ledger.open(ledger_url, clock) as ledger:
        ledger.record(capture("a", clock()), ledger.begin_night(PORTAL, CODE))
    with Ledger.open(ledger_url, clock) as ledger:
        assert [each.document_id for each in ledger.current_documents()] == [identity("a")]


def test_an_empty_ledger_has_nothing_to_tell(ledger):
    assert ledger.last_night() is None
    assert ledger.counts() == ledger.coverage() == ()
    assert list(ledger.due("read", CODE)) == list(ledger.current_documents()) == []


def test_a_ledger_of_newer_code_is_refused_with_advice(ledger_url, ledger):
    newer = update(ledger_info).where(ledger_info.c.name == "schema_version").values(value=str(SCHEMA_VERSION + 1))
    with write_transaction(ledger.engine) as connection:
        connection.execute(newer)
    with pytest.raises(LedgerTooNewError, match="upgrade gongkai"):
        Ledger.open(ledger_url)


def test_sqlite_writes_ahead_and_minds_foreign_keys(file):
    with Ledger.open(f"sqlite:///{file}") as ledger, write_transaction(ledger.engine) as connection:
        pragmas = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}
    assert pragmas == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30_000}


def test_a_locked_ledger_is_waited_for_then_told(ledger_url, ledger):
    with Ledger.open(ledger_url, wait_seconds=0.2) as other, write_transaction(ledger.engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE nights"))
        with pytest.raises(LedgerLockedError, match="ledger_locked"):
            other.begin_night(PORTAL, CODE)
    assert ledger.last_night() is None


def test_a_writer_that_ends_in_time_is_only_waited_for(ledger_url, ledger):
    holds, ends = threading.Event(), threading.Event()

    def hold() -> None:
        with write_transaction(ledger.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE nights"))
            holds.set()
            ends.wait(timeout=10)

    holder = threading.Thread(target=hold)
    holder.start()
    holds.wait(timeout=10)
    threading.Timer(0.2, ends.set).start()
    with Ledger.open(ledger_url, wait_seconds=10) as other:
        assert other.begin_night(PORTAL, CODE).portal == PORTAL
    holder.join()


def test_reading_goes_on_while_another_writes(ledger_url, ledger, clock):
    ledger.record(capture("a", clock()), ledger.begin_night(PORTAL, CODE))
    with Ledger.open(ledger_url, wait_seconds=0.1) as other, write_transaction(ledger.engine) as connection:
        connection.execute(update(ledger_info).values(value=ledger_info.c.value))
        assert other.due_count("read") == 1


def test_a_full_ledger_is_a_typed_error_and_stays_as_it_was(file, clock):
    with Ledger.open(f"sqlite:///{file}", clock) as ledger:
        night = ledger.begin_night(PORTAL, CODE)
        ledger.record(capture("a", clock()), night)
        _allow_no_more_pages(ledger)
        with pytest.raises(LedgerFullError, match="ledger_full"):
            ledger.record_all([capture(f"paper {number}", clock()) for number in range(200)], night)
        assert [each.document_id for each in ledger.current_documents()] == [identity("a")]


def _allow_no_more_pages(ledger: Ledger) -> None:
    with write_transaction(ledger.engine) as connection:  # the pool has one connection, which keeps the setting
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))


def test_a_full_disk_is_a_typed_error(tmp_path, clock):
    """On a file system of half a mebibyte, which root alone can make."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        with Ledger.open(f"sqlite:///{small}/ledger.sqlite", clock) as ledger:
            night = ledger.begin_night(PORTAL, CODE)
            ledger.record(capture("a", clock()), night)
            with pytest.raises(LedgerFullError):
                ledger.record_all([capture(f"paper {number}", clock()) for number in range(400)], night)
            assert [each.document_id for each in ledger.current_documents()] == [identity("a")]
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_file_that_is_no_ledger_is_refused(file):
    file.write_bytes(b"%PDF-1.7 " * 500)
    with pytest.raises(LedgerDamagedError):
        Ledger.open(f"sqlite:///{file}")


def test_a_damaged_ledger_is_told(file, clock):
    with Ledger.open(f"sqlite:///{file}", clock) as ledger:
        ledger.record(capture("a", clock()), ledger.begin_night(PORTAL, CODE))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(LedgerDamagedError):
        list(Ledger.open(f"sqlite:///{file}").current_documents())


@pytest.mark.parametrize(
    "url",
    [
        "not a url",
        "mysql://localhost/ledger",
        "postgresql://gongkai@127.0.0.1:1/ledger?connect_timeout=2",
        "sqlite:////proc/no/ledger.sqlite",
    ],
)
def test_a_ledger_that_cannot_be_reached_is_told(url):
    with pytest.raises(LedgerUnreachableError, match="ledger_unreachable"):
        Ledger.open(url)


def test_two_commands_may_meet_at_an_empty_database(ledger_url):
    together = threading.Barrier(4)

    def opens(_: int) -> int:
        together.wait()
        with Ledger.open(ledger_url) as ledger:
            return ledger.begin_night(PORTAL, CODE).night_id

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(opens, range(4)))) == 1


def test_several_writers_count_right(ledger_url, ledger, clock):
    """Four threads report the same papers and read them: each is counted once."""
    night = ledger.begin_night(PORTAL, CODE)
    names = [f"paper {number}" for number in range(8)]

    def works(order: int) -> None:
        with Ledger.open(ledger_url, clock) as own:
            for name in names[::order]:
                own.record(capture(name, clock()), night)
                own.stage_done(own.stage_begun(identity(name), "read", CODE))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(works, (1, -1, 1, -1)))
    counted = {(each.stage, each.state): each.count for each in ledger.counts()}
    assert counted == {("fetched", "ok"): 8, ("read", "ok"): 8, ("checked", "waiting"): 8}
    assert next(each.count for each in ledger.night_counts(night.date) if each.reason == "new") == 8


WORKS = """
import sys
sys.path[:0] = sys.argv[2:]
from datetime import UTC, datetime
from made_events import CODE, PORTAL, capture, identity
from ledger import Ledger
at = datetime(2026, 9, 20, 18, tzinfo=UTC)
with Ledger.open(sys.argv[1], lambda: at) as ledger:
    night = ledger.begin_night(PORTAL, CODE)
    print("began", flush=True)
    for number in range(10):
        ledger.record(capture(f"paper {number}", at), night)
    for stage in ("read", "checked"):
        for due in ledger.due(stage, CODE):
            run = ledger.stage_begun(due.document_id, stage, CODE)
            ledger.stage_failed(run, "damaged_pdf") if due.document_id < "3" else ledger.stage_done(run)
            print("ended one", flush=True)
    ledger.mark_published([due.document_id for due in ledger.due("published")], CODE, "2026.09.21.1")
    ledger.end_night(night, requests=10, bytes_received=300, finish_reason="finished")
"""


def night_of(url: str, *, kill_after_lines: int | None = None) -> int:
    """A night in a process of its own, which is killed once it has said so much; its exit status."""
    tests, project = Path(__file__).parent, Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", WORKS, url, str(project), str(tests)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    for _ in range(kill_after_lines or 0):
        process.stdout.readline()
    if kill_after_lines is not None:
        os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return process.returncode


def told_of(url: str) -> tuple[object, ...]:
    with Ledger.open(url) as ledger:
        on = ledger.last_night()
        assert on is not None
        current = tuple(ledger.current_documents())
        histories = tuple(ledger.history(each.document_id) for each in current)
        return (current, histories, ledger.counts(), ledger.night_counts(on), ledger.nights(on), ledger.coverage())


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    """What the ledger tells of a night that nothing disturbed."""
    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed')}/ledger.sqlite"
    assert night_of(url) == 0
    return told_of(url)


@pytest.mark.parametrize("lines", [1, 4, 15])
def test_a_killed_night_that_is_run_again_leaves_the_ledger_of_an_undisturbed_one(tmp_path, undisturbed, lines):
    disturbed = f"sqlite:///{tmp_path}/ledger.sqlite"
    assert night_of(disturbed, kill_after_lines=lines) == -signal.SIGKILL
    assert night_of(disturbed) == 0
    assert told_of(disturbed) == undisturbed


@pytest.mark.parametrize(
    "url", ["postgres:/u:sec:ret@h", "postgresql+psycopg://u:sec:ret@127.0.0.1:port/db", "//u:s@c@ret@h/db"]
)
def test_a_url_that_is_wrong_is_told_without_its_password(url: str) -> None:
    with pytest.raises(LedgerUnreachableError) as raised:
        Ledger.open(url)
    assert "ret" not in str(raised.value)
    assert "***" in str(raised.value)
