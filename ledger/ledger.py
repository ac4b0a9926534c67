"""The ledger's face: every question and every write, each in short transactions of its own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Self, TypeVar

from sqlalchemy import Engine

from ledger import nights
from ledger.clock import Clock
from ledger.clock import now as system_clock
from ledger.database import WAIT_SECONDS, database, read_transaction, write_transaction
from ledger.queries import counts, coverage, documents
from ledger.queries.due import StandingFilter, due, due_buckets, matching_standings
from ledger.queries.paper_filter import NO_FILTER, PaperFilter
from ledger.recording import crawl_events
from ledger.recording.stage_runs import RunEnd, RunStart, begin, end, mark_published, requeue
from ledger.records import (
    Coverage,
    CurrentDocument,
    Due,
    FailureRecord,
    FindingRecord,
    History,
    Night,
    Stage,
    Standing,
    StateCount,
)
from ledger.schema_version import ensure_schema
from schemas.captures import Capture, CrawlEvent, Validators

BATCH = 500
"""So many documents or captures in one transaction where there are many: others need not wait long."""
T = TypeVar("T")


class Ledger:
    """The truth about the work. Every write is idempotent; all raise the errors of `ledger.errors`.

    It may be used by several threads, and by several processes that each open it.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.now = clock

    @classmethod
    def open(cls, url: str, clock: Clock = system_clock, wait_seconds: float = WAIT_SECONDS) -> Self:
        """The ledger at a database URL: `sqlite:///PATH` or `postgresql://…`; an empty one is made where none is.

        Raises `LedgerTooNewError` where newer code has written it. A locked ledger is waited for so long.
        """
        engine = database(url, wait_seconds)
        ensure_schema(engine)
        return cls(engine, clock)

    def close(self) -> None:
        """Let go of the database; also the end of `with Ledger.open(…) as ledger`."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- nights

    def begin_night(self, portal: str, code_version: str) -> Night:
        """A new night of a portal, or today's that never ended; one of an earlier day is closed as `interrupted`."""
        with write_transaction(self.engine) as connection:
            return nights.begin_night(connection, portal, code_version, self.now())

    def end_night(self, night: Night, *, requests: int, bytes_received: int, finish_reason: str) -> Night:
        """The night with its end and its figures; one that has ended stays as it is."""
        figures = {"requests": requests, "bytes_received": bytes_received}
        with write_transaction(self.engine) as connection:
            return nights.end_night(connection, night, self.now(), **figures, finish_reason=finish_reason)

    def record(self, event: CrawlEvent, night: Night) -> None:
        """Take down what a crawl reports. A new document stands at `fetched` as ok and waits to be read."""
        self.record_all([event], night)

    def record_all(self, events: Iterable[CrawlEvent], night: Night) -> None:
        """Take down events all or none: the members of an archive come so, lest a kill lose some of them."""
        together = list(events)
        with write_transaction(self.engine) as connection:
            crawl_events.record_all(connection, together, night, night.code_version)

    def rebuild(self, captures: Iterable[Capture], code_version: str) -> int:
        """Take down captures that are of no night, in any order; returns how many. See `ledger.rebuilding`."""
        rebuilt = 0
        for batch in _batches(captures):
            with write_transaction(self.engine) as connection:
                crawl_events.record_all(connection, batch, None, code_version)
            rebuilt += len(batch)
        return rebuilt

    def validators(self, url: str) -> Validators | None:
        """What the last fetch of an address gave, for a conditional request; None where there was no fetch."""
        with read_transaction(self.engine) as connection:
            return crawl_events.validators(connection, url)

    # --- stages

    def stage_begun(self, document_id: str, stage: Stage, code_version: str, input_hash: str | None = None) -> int:
        """Begin a run (or take up the same one that never ended) and return its number.

        `input_hash` None means the input that waits for the stage: what the stage before handed on. Raises
        `UnknownDocumentError`, and `NoInputError` where nothing waits.
        """
        with write_transaction(self.engine) as connection:
            run = RunStart(document_id, stage, code_version, input_hash, self.now())
            return begin(connection, run)

    def stage_done(
        self, run: int, output_hash: str | None = None, reason: str | None = None, detail: str | None = None
    ) -> None:
        """End a run well; the next stage then waits for its output. A run that has ended stays as it is.

        `output_hash` None is derived from input and code version. `reason` marks a result that is good but not whole.
        """
        with write_transaction(self.engine) as connection:
            end(connection, run, RunEnd("ok", self.now(), output_hash, reason, detail))

    def stage_failed(self, run: int, reason: str, detail: str | None = None) -> None:
        """End a run with a typed reason; the document then waits to be published as failed."""
        with write_transaction(self.engine) as connection:
            end(connection, run, RunEnd("failed", self.now(), reason=reason, detail=detail))

    def mark_published(self, document_ids: Iterable[str], code_version: str, detail: str | None = None) -> int:
        """Let those of the documents that wait for it stand as published (`detail`: the release); returns how many."""
        marked = 0
        for batch in _batches(document_ids):
            with write_transaction(self.engine) as connection:
                marked += mark_published(connection, batch, code_version, detail, self.now())
        return marked

    def requeue(self, document_ids: Iterable[str], stage: Stage) -> int:
        """Let documents wait for a stage again, whatever came of it before; returns how many now do."""
        requeued = 0
        for batch in _batches(document_ids):
            with write_transaction(self.engine) as connection:
                requeued += requeue(connection, batch, stage)
        return requeued

    # --- what to do next

    def due(self, stage: Stage, code_version: str | None = None) -> Iterator[Due]:
        """Documents whose input this code version has not processed; None: that no version has.

        Interrupted ones first, then those that wait, then stale ones. In pages: the ledger may change meanwhile.
        """
        return due(self.engine, stage, code_version)

    def due_count(self, stage: Stage, code_version: str | None = None) -> int:
        """How many `due` gives."""
        return sum(bucket.count for _, bucket in due_buckets(self.engine, stage, code_version))

    def standings(
        self,
        *,
        stages: Sequence[Stage] = (),
        states: Sequence[str] = (),
        reasons: Sequence[str] = (),
        portals: Sequence[str] = (),
        documents: Sequence[str] = (),
        other_version_than: str | None = None,
        papers: PaperFilter = NO_FILTER,
    ) -> Iterator[Standing]:
        """Documents at stages, narrowed by all that is given; `documents` are whole ids.

        `other_version_than`: that a run has brought there, of any other version of the code.
        """
        return matching_standings(
            self.engine, StandingFilter(stages, states, reasons, portals, documents, other_version_than, papers)
        )

    def reasons(self) -> frozenset[str]:
        """The reasons that any document stands with."""
        return frozenset(each.reason for each in self.counts() if each.reason)

    # --- what is there

    def current_documents(self) -> Iterator[CurrentDocument]:
        """Every document by ascending id with its primary capture; superseded ones are marked."""
        return documents.current_documents(self.engine)

    def document_id(self, prefix: str) -> str:
        """The document whose id begins so. Raises `UnknownDocumentError`, `AmbiguousDocumentError`."""
        with read_transaction(self.engine) as connection:
            return documents.document_id(connection, prefix)

    def history(self, document_id: str) -> History:
        """All that is known of a document. Raises `UnknownDocumentError`."""
        with read_transaction(self.engine) as connection:
            return documents.history(connection, document_id)

    # --- what happened

    def last_night(self) -> date | None:
        """The date of the newest night, None in an empty ledger."""
        with read_transaction(self.engine) as connection:
            return nights.last_night(connection)

    def nights(self, on: date) -> tuple[Night, ...]:
        """The nights of all portals with this date."""
        with read_transaction(self.engine) as connection:
            return nights.nights_on(connection, on)

    def night_counts(self, on: date) -> tuple[StateCount, ...]:
        """What a night brought, by portal, stage, state and reason.

        `fetched` counts papers: reasons `new`, `changed` (new bytes), `unchanged`, and those of failures.
        """
        with read_transaction(self.engine) as connection:
            return counts.night_counts(connection, on)

    def failures(self, on: date) -> tuple[FailureRecord, ...]:
        """What could not be fetched in a night."""
        with read_transaction(self.engine) as connection:
            return counts.failures(connection, on)

    def findings(self, on: date) -> tuple[FindingRecord, ...]:
        """What a night showed of portals."""
        with read_transaction(self.engine) as connection:
            return counts.findings(connection, on)

    def counts(self) -> tuple[StateCount, ...]:
        """Where all documents stand now, by portal, stage, state and reason."""
        with read_transaction(self.engine) as connection:
            return counts.counts(connection)

    def coverage(self) -> tuple[Coverage, ...]:
        """What is there by portal, year and kind."""
        with read_transaction(self.engine) as connection:
            return coverage.coverage(connection)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
