"""Runs of stages: begun, ended well or with a reason; what comes out is what the next stage waits for."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from ledger.clock import night_date
from ledger.errors import NoInputError
from ledger.recording.counts import NightKey, add_night
from ledger.recording.transitions import DocumentRow, StandingState, Transitions, transitions
from ledger.records import STAGES, RunStatus, Stage
from ledger.tables import runs

INTERRUPTED = "interrupted"
"""The reason of a run that never ended and was not taken up again."""


@dataclass(frozen=True, slots=True)
class RunStart:
    """Which run is to begin; `input_hash` None means the input that waits."""

    document_id: str
    stage: Stage
    code_version: str
    input_hash: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended; the columns of `runs` that are written then."""

    status: RunStatus
    finished: datetime
    output_hash: str | None = None
    reason: str | None = None
    detail: str | None = None


def begin(connection: Connection, run: RunStart) -> int:
    """The number of a run that has begun. Raises `UnknownDocumentError`, `NoInputError`.

    A run that was killed is taken up again under its number where code and input are the same; else it ends as
    interrupted.
    """
    with transitions(connection) as changes:
        document = changes.lock(run.document_id)
        before = changes.position(document, run.stage)
        taken = run.input_hash or (before.input_hash if before else None)
        if taken is None:
            raise NoInputError(f"{run.stage} {run.document_id}")
        if before and before.run_no and (before.code_version, before.input_hash) == (run.code_version, taken):
            connection.execute(update(runs).where(runs.c.run_no == before.run_no).values(started=run.at))
            return before.run_no
        if before and before.run_no:
            _end_row(connection, before.run_no, RunEnd("failed", run.at, reason=INTERRUPTED))
        run_no = _begin_row(connection, document, run, taken)
        changes.move(document, run.stage, StandingState("running", taken, run.code_version, run_no=run_no))
    return run_no


def end(connection: Connection, run_no: int, ending: RunEnd) -> None:
    """End a run; one that has ended stays as it is."""
    columns = (runs.c.document_no, runs.c.stage, runs.c.input_hash, runs.c.code_version, runs.c.status)
    run = connection.execute(select(*columns).where(runs.c.run_no == run_no)).one()
    with transitions(connection) as changes:
        document = changes.lock_number(run.document_no)
        position = changes.position(document, run.stage)
        if run.status != "running" or position is None or position.run_no != run_no:
            return
        status, reason = ending.status, ending.reason or ""
        output = ending.output_hash or derived_hash(run.stage, run.input_hash, run.code_version, status, reason)
        _end_row(connection, run_no, replace(ending, output_hash=output))
        changes.move(document, run.stage, StandingState(status, run.input_hash, run.code_version, reason))
        queue_next(changes, document, run.stage, status, output)
    add_night(connection, {NightKey(night_date(ending.finished), document.portal, run.stage, status, reason): 1})


def queue_next(changes: Transitions, document: DocumentRow, stage: Stage, status: RunStatus, output_hash: str) -> None:
    """Let the next stage wait for what came out. A document that failed skips the stages up to its publication."""
    later = STAGES[STAGES.index(stage) + 1 :]
    skipped: Sequence[Stage] = later[:-1] if status == "failed" else ()
    for each in skipped:
        changes.remove(document, each)
    if later:
        changes.await_input(document, later[len(skipped)], output_hash)


def derived_hash(*parts: str) -> str:
    """The name of what comes of an input by a version of the code: 32 hex digits."""
    text = "\n".join(parts)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def mark_published(
    connection: Connection, document_ids: Iterable[str], code_version: str, detail: str | None, at: datetime
) -> int:
    """Begin and end the last stage for those of the documents that wait for it; returns how many."""
    stage: Stage = STAGES[-1]
    marked = 0
    for document_id in sorted(document_ids):
        with transitions(connection) as changes:
            position = changes.position(changes.lock(document_id), stage)
        if position is None or position.state == "ok":
            continue
        run_no = begin(connection, RunStart(document_id, stage, code_version, None, at))
        end(connection, run_no, RunEnd("ok", at, detail=detail))
        marked += 1
    return marked


def requeue(connection: Connection, document_ids: Iterable[str], stage: Stage) -> int:
    """Let documents wait again with the input they had; returns how many now do that did not."""
    requeued = 0
    with transitions(connection) as changes:
        for document_id in sorted(document_ids):
            document = changes.lock(document_id)
            position = changes.position(document, stage)
            if position is None or position.state in ("waiting", "running"):
                continue
            changes.move(document, stage, StandingState("waiting", position.input_hash))
            requeued += 1
    return requeued


def _begin_row(connection: Connection, document: DocumentRow, run: RunStart, input_hash: str) -> int:
    row = {
        "document_no": document.number,
        "stage": run.stage,
        "status": "running",
        "input_hash": input_hash,
        "code_version": run.code_version,
        "started": run.at,
    }
    number: int = connection.execute(insert(runs).values(row).returning(runs.c.run_no)).scalar_one()
    return number


def _end_row(connection: Connection, run_no: int, ending: RunEnd) -> None:
    connection.execute(update(runs).where(runs.c.run_no == run_no).values(asdict(ending)))
