"""Where documents stand: the one place that moves a document at a stage, and the counts with it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, update

from ledger.database import insert_into
from ledger.errors import UnknownDocumentError
from ledger.recording.counts import StandingKey, add_standings
from ledger.records import Stage, State
from ledger.tables import captures, documents, standings


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that this transaction has locked; `portal` is that of its earliest capture."""

    number: int
    document_id: str
    portal: str


@dataclass(frozen=True, slots=True)
class StandingState:
    """How a document stands at a stage; the columns of `standings` but for the key."""

    state: State
    input_hash: str
    code_version: str = ""
    reason: str = ""
    run_no: int | None = None


class Transitions:
    """The transitions of one transaction, whose counts are written at its end."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.counts: Counter[StandingKey] = Counter()

    def lock(self, document_id: str) -> DocumentRow:
        """A document that no other writer moves meanwhile. Raises `UnknownDocumentError`."""
        found = self._locked(documents.c.document_id == document_id)
        if found is None:
            raise UnknownDocumentError(document_id)
        return found

    def lock_new(self, document_id: str, size_bytes: int, portal: str) -> DocumentRow:
        """The same, of a document that is put in where it is not there yet."""
        row = {"document_id": document_id, "size_bytes": size_bytes, "portal": portal}
        self.connection.execute(insert_into(self.connection, documents).values(row).on_conflict_do_nothing())
        return self.lock(document_id)

    def lock_number(self, number: int) -> DocumentRow:
        """The same, by the document's number, which must exist."""
        found = self._locked(documents.c.document_no == number)
        assert found is not None
        return found

    def _locked(self, which: Any) -> DocumentRow | None:
        columns = (documents.c.document_no, documents.c.document_id, documents.c.portal)
        row = self.connection.execute(select(*columns).where(which).with_for_update()).one_or_none()
        return None if row is None else DocumentRow(*row)

    def position(self, document: DocumentRow, stage: Stage) -> StandingState | None:
        """Where it stands, None where it has not come so far."""
        columns = [standings.c[name] for name in StandingState.__slots__]
        row = self.connection.execute(select(*columns).where(_at(document, stage))).one_or_none()
        return None if row is None else StandingState(*row)

    def move(self, document: DocumentRow, stage: Stage, after: StandingState) -> None:
        """Let it stand so from now on."""
        before = self.position(document, stage)
        values = {name: getattr(after, name) for name in StandingState.__slots__}
        if before is None:
            row = {"document_no": document.number, "stage": stage, **values}
            self.connection.execute(standings.insert().values(row))
        elif before != after:
            self.connection.execute(update(standings).where(_at(document, stage)).values(values))
        self._count(document.portal, stage, before, -1)
        self._count(document.portal, stage, after, 1)

    def remove(self, document: DocumentRow, stage: Stage) -> None:
        """Let it not have come so far."""
        before = self.position(document, stage)
        self.connection.execute(delete(standings).where(_at(document, stage)))
        self._count(document.portal, stage, before, -1)

    def await_input(self, document: DocumentRow, stage: Stage, input_hash: str) -> None:
        """Let it wait with this input, unless it has processed just this, or does so now."""
        before = self.position(document, stage)
        if before is None or before.input_hash != input_hash:
            self.move(document, stage, StandingState("waiting", input_hash))

    def rehome(self, document: DocumentRow) -> None:
        """Count it with the portal of its earliest capture, in whatever order the captures came in."""
        earliest = select(captures.c.portal).where(captures.c.document_no == document.number)
        portal = self.connection.scalars(earliest.order_by(captures.c.first_seen, captures.c.portal).limit(1)).one()
        if portal == document.portal:
            return
        columns = (standings.c.stage, standings.c.state, standings.c.code_version, standings.c.reason)
        rows = self.connection.execute(select(*columns).where(standings.c.document_no == document.number))
        for row in rows:
            self.counts[StandingKey(document.portal, *row)] -= 1
            self.counts[StandingKey(portal, *row)] += 1
        ours = documents.c.document_no == document.number
        self.connection.execute(update(documents).where(ours).values(portal=portal))

    def _count(self, portal: str, stage: Stage, position: StandingState | None, change: int) -> None:
        if position is not None:
            key = StandingKey(portal, stage, position.state, position.code_version, position.reason)
            self.counts[key] += change


@contextmanager
def transitions(connection: Connection) -> Iterator[Transitions]:
    """The transitions of a transaction that ends with this block."""
    made = Transitions(connection)
    yield made
    add_standings(connection, made.counts)


def _at(document: DocumentRow, stage: Stage) -> Any:
    return (standings.c.document_no == document.number) & (standings.c.stage == stage)
