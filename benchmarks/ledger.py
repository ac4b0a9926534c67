"""How long a maintainer waits for the ledger of a million documents, and how much memory that takes.

    python -m benchmarks.ledger [--documents 1000000] [--keep FOLDER]

Each figure comes from a process of its own: opening the ledger and the question, imports left out; the memory is the
whole process's peak. The ledger is put in row by row as years of nights would have left it, in SQLite.
"""

import argparse
import hashlib
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rich.console import Console
from sqlalchemy import Table

from cli.printing.status import show_status
from ledger import STAGES, Ledger
from ledger.clock import night_date
from ledger.database import write_transaction
from ledger.recording.counts import NightKey, add_night, recount
from ledger.selection import Selection, chosen
from ledger.tables import captures, documents, metadata, nights, runs, standings

PORTALS = 2_000
OLD, TODAY = "0.1.0+0123456789ab", "0.2.0+ba9876543210"
BEGAN = datetime(2025, 9, 1, 18, 0, tzinfo=UTC)
ROUNDS = 3
FIRST = 1_000
CHUNK = 100_000


def portal_of(number: int) -> str:
    return f"portal_{number * 7919 % PORTALS:04}"


def id_of(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def build(ledger: Ledger, count: int) -> None:
    """`count` documents: nine in a thousand failed, one in a hundred waits to be read, the rest are published."""
    rows: dict[Table, Callable[[int], Iterator[dict[str, Any]]]] = {
        documents: _document,
        captures: _capture,
        runs: _runs,
        standings: _standings,
    }
    with write_transaction(ledger.engine) as connection:
        connection.execute(nights.insert(), [_night(number) for number in range(PORTALS)])
        last_night = night_date(BEGAN + timedelta(days=PORTALS % 400))
        add_night(connection, dict(_brought(last_night)))
    for table, rows_of in rows.items():
        made = (row for number in range(1, count + 1) for row in rows_of(number))
        while chunk := list(islice(made, CHUNK)):
            with write_transaction(ledger.engine) as connection:
                connection.execute(table.insert(), chunk)
    with write_transaction(ledger.engine) as connection:
        recount(connection)


def _night(number: int) -> dict[str, Any]:
    started = BEGAN + timedelta(days=PORTALS % 400)
    figures = {"requests": 40, "bytes_received": 900_000, "finish_reason": "finished"}
    key = {"night_id": number + 1, "portal": f"portal_{number:04}", "night_date": night_date(started)}
    return key | {"started": started, "finished": started + timedelta(minutes=4), "code_version": TODAY} | figures


def _brought(on: date) -> Iterator[tuple[NightKey, int]]:
    for number in range(PORTALS):
        portal = f"portal_{number:04}"
        yield NightKey(on, portal, "fetched", "ok", "unchanged"), 500
        yield NightKey(on, portal, "fetched", "ok", "new"), 2
        yield NightKey(on, portal, "fetched", "failed", "gone"), 1
        yield NightKey(on, portal, "read", "ok", ""), 2


def _document(number: int) -> Iterator[dict[str, Any]]:
    yield {
        "document_no": number, "document_id": id_of(number), "size_bytes": 300_000 + number,
        "portal": portal_of(number),
    }  # fmt: skip


def _capture(number: int) -> Iterator[dict[str, Any]]:
    seen = BEGAN + timedelta(days=number % 400)
    portal = portal_of(number)
    yield {
        "portal": portal, "url": f"https://{portal}.example/art/2025/9/1/art_{number}.pdf", "member": "",
        "document_no": number, "first_seen": seen, "last_seen": seen, "first_night": None, "last_night": None,
        "file_name": f"{number}.pdf", "page_url": f"https://{portal}.example/art/2025/9/1/", "link_text": "附件",
        "title": "某某市某某局2024年度部门决算", "kind": ("budget", "final_accounts")[number % 2],
        "fiscal_year": 2017 + number // 2 % 10, "department": "某某市某某局", "published_on": seen.date(),
        "etag": f'"{number}"', "last_modified": None, "superseded_by": number - 1 if number % 50 == 0 else None,
    }  # fmt: skip


def _passed(number: int) -> list[tuple[str, str, str, str]]:
    """Stages that a document has come to: stage, state, version and reason."""
    if number % 100 == 0:
        return [("fetched", "ok", OLD, ""), ("read", "waiting", "", "")]
    if number % 1_000 < 10:
        failed = ("read", "failed", OLD, ("encrypted_pdf", "damaged_pdf", "time_limit")[number % 3])
        return [("fetched", "ok", OLD, ""), failed, ("published", "ok", OLD, "")]
    return [(stage, "ok", OLD, "") for stage in STAGES]


def _runs(number: int) -> Iterator[dict[str, Any]]:
    at = BEGAN + timedelta(days=number % 400)
    for stage, status, version, reason in _passed(number):
        if status != "waiting":
            yield {
                "document_no": number, "stage": stage, "status": status, "input_hash": id_of(number)[:32],
                "code_version": version, "started": at, "finished": at, "output_hash": id_of(number)[32:],
                "reason": reason or None, "detail": None,
            }  # fmt: skip


def _standings(number: int) -> Iterator[dict[str, Any]]:
    for stage, state, version, reason in _passed(number):
        yield {
            "document_no": number, "stage": stage, "state": state, "input_hash": id_of(number)[:32],
            "code_version": version, "reason": reason, "run_no": None,
        }  # fmt: skip


def _told(ledger: Ledger, document: str | None = None, *, as_json: bool = False) -> None:
    show_status(ledger, document, Console(file=StringIO(), width=200), as_json=as_json)


def _all(found: Iterator[object]) -> int:
    return sum(1 for _ in found)


QUESTIONS: dict[str, Callable[[Ledger], object]] = {
    "status": _told,
    "status --json": lambda ledger: _told(ledger, as_json=True),
    "status DOCUMENT": lambda ledger: _told(ledger, id_of(77)[:12]),
    "coverage (portal x year x kind)": lambda ledger: ledger.coverage(),
    "validators of an address": lambda ledger: ledger.validators(next(_capture(77))["url"]),
    "due to be read: how many": lambda ledger: ledger.due_count("read", TODAY),
    "due to be read: the first 1,000": lambda ledger: _all(islice(ledger.due("read", TODAY), FIRST)),
    "due to be read, any code: all": lambda ledger: _all(ledger.due("read")),
    "due to be checked: nothing is": lambda ledger: _all(ledger.due("checked", OLD)),
    "due to be read by newer code: all": lambda ledger: _all(ledger.due("read", TODAY)),
    "rerun --failed: all": lambda ledger: _all(chosen(ledger, Selection(failed=True), TODAY)),
    "rerun --reason: all": lambda ledger: _all(chosen(ledger, Selection(reasons=("time_limit",)), TODAY)),
    "rerun --portal: all": lambda ledger: _all(chosen(ledger, Selection(portals=(portal_of(77),)), TODAY)),
    "rerun --stale: the first 1,000": lambda ledger: _all(islice(chosen(ledger, Selection(stale=True), TODAY), FIRST)),
    "what a release holds: all": lambda ledger: _all(ledger.current_documents()),
}


def _in_a_process(work: Callable[..., None], *arguments: object) -> Any:
    """What `work` sends, in a fresh process: a process begins with the peak of the one that it was forked from."""
    receive, send = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=work, args=(*arguments, send))
    process.start()
    sent = receive.recv()
    process.join()
    return sent


def _built(url: str, count: int, send: Connection) -> None:
    start = time.perf_counter()
    with Ledger.open(url) as ledger:
        build(ledger, count)
    send.send((time.perf_counter() - start,))


def _timed(name: str, url: str, send: Connection) -> None:
    """Best seconds of three, peak MiB, and how many documents were found."""
    took, answer = [], None
    for _ in range(ROUNDS):
        start = time.perf_counter()
        with Ledger.open(url) as ledger:
            answer = QUESTIONS[name](ledger)
        took.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    send.send((min(took), peak, f"{answer:,}" if isinstance(answer, int) else ""))


def main() -> None:
    """Build the ledger and print one row for each question."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--documents", type=int, default=1_000_000)
    ask.add_argument("--keep", type=Path, help="build the ledger in this folder, or take the one that is there")
    given = ask.parse_args()
    with ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "ledger.sqlite"
        url = f"sqlite:///{file}"
        if not file.exists():
            seconds = _in_a_process(_built, url, given.documents)[0]
            print(f"built in {seconds:.0f} s: {file.stat().st_size / 1e6:,.0f} MB")
        print(f"{given.documents:,} documents, {len(metadata.tables)} tables\n")
        print("| question | documents | s | MiB |\n|---|---|---|---|")
        for name in QUESTIONS:
            seconds, mebibytes, answer = _in_a_process(_timed, name, url)
            print(f"| {name} | {answer} | {seconds:.3f} | {mebibytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
