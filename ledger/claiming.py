"""Claims: which process is at work on which documents, so that no two of them read one paper.

A claim ends with its lease, so that the papers of a machine that is gone come back. A process that is begun again where
one was killed takes over what that one had at once: on a root only one is at work at a time.
"""

import os
import socket
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Select,
    Table,
    Text,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)

from ledger.clock import Clock
from ledger.database import insert_into, write_transaction
from ledger.records import Stage
from ledger.tables import Moment, Number, documents, metadata, standings

LEASE = timedelta(minutes=30)
"""Longer than a document may take; a claim is renewed long before it ends."""
RENEWALS = 4
"""So often in a lease is a claim renewed."""

claims = Table(
    "claims",
    metadata,
    Column("document_no", Number, ForeignKey("documents.document_no"), nullable=False),
    Column("stage", Text, nullable=False),
    Column("holder", Text, nullable=False, comment="machine and root, of which one process at a time is at work"),
    Column("token", Text, nullable=False, comment="that process"),
    Column("until", Moment, nullable=False),
    PrimaryKeyConstraint("document_no", "stage"),
    sqlite_with_rowid=False,
)
Index("claims_by_token", claims.c.token)


@dataclass(frozen=True, slots=True)
class Claimer:
    """A process that claims documents. `holder` is the same for those that can only follow one another."""

    holder: str
    token: str = field(default_factory=lambda: f"{os.getpid()}-{uuid.uuid4().hex}")

    @classmethod
    def of_root(cls, root: Path) -> "Claimer":
        """The one process that is at work on a root (`flows.night.one_night`)."""
        return cls(f"{socket.gethostname()}:{root.resolve()}")


def claim(engine: Engine, stage: Stage, claimer: Claimer, most: int, now: datetime) -> list[str]:
    """Claim up to `most` documents that wait for a stage, or whose run was interrupted; interrupted ones first.

    Two that ask at the same moment get different ones: the claims' key decides, and on PostgreSQL rows that another is
    just claiming are passed over.
    """
    found: list[str] = []
    for state in ("running", "waiting"):
        with write_transaction(engine) as connection:
            rows = connection.execute(_free(stage, state, claimer, most - len(found), now)).all()
            taken = _taken(connection, [row.document_no for row in rows], stage, claimer, now)
        found += [row.document_id for row in rows if row.document_no in taken]
    return found


def _free(stage: Stage, state: str, claimer: Claimer, most: int, now: datetime) -> Select[tuple[int, str]]:
    """In the order of an index, so that the first of millions are found without sorting them."""
    same = and_(claims.c.document_no == standings.c.document_no, claims.c.stage == stage)
    held = exists().where(same, ~_is_free(claimer, now))
    asked = select(standings.c.document_no, documents.c.document_id)
    asked = asked.join_from(standings, documents, standings.c.document_no == documents.c.document_no)
    asked = asked.where(standings.c.stage == stage, standings.c.state == state, ~held)
    ordered = asked.order_by(standings.c.code_version, standings.c.document_no).limit(most)
    return ordered.with_for_update(of=standings, skip_locked=True)


def _is_free(claimer: Claimer, now: datetime) -> ColumnElement[bool]:
    left_behind = and_(claims.c.holder == claimer.holder, claims.c.token != claimer.token)
    return or_(claims.c.until <= now, left_behind)


def _taken(
    connection: Connection, numbers: Sequence[int], stage: Stage, claimer: Claimer, now: datetime
) -> frozenset[int]:
    """Those of the documents that are ours now: whoever came first has the row, and it stays his until it is free."""
    if not numbers:
        return frozenset()
    ours = {"holder": claimer.holder, "token": claimer.token, "until": now + LEASE}
    new = insert_into(connection, claims).values([{"document_no": each, "stage": stage, **ours} for each in numbers])
    taken = new.on_conflict_do_update(
        index_elements=["document_no", "stage"], set_=ours, where=_is_free(claimer, now)
    ).returning(claims.c.document_no)
    return frozenset(connection.scalars(taken))


def let_go(engine: Engine, claimer: Claimer) -> None:
    """End all claims of a process: what it did not finish is for others."""
    with write_transaction(engine) as connection:
        connection.execute(delete(claims).where(claims.c.token == claimer.token))


def renew(engine: Engine, claimer: Claimer, now: datetime) -> None:
    """Let all claims of a process begin their lease anew."""
    with write_transaction(engine) as connection:
        connection.execute(update(claims).where(claims.c.token == claimer.token).values(until=now + LEASE))


@contextmanager
def renewing(engine: Engine, claimer: Claimer, clock: Clock) -> Iterator[None]:
    """Renew the claims of this process as long as it is at work, and end them when it is done."""
    done = threading.Event()

    def keep() -> None:
        while not done.wait(LEASE.total_seconds() / RENEWALS):
            renew(engine, claimer, clock())

    thread = threading.Thread(target=keep, name="renew-claims", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        let_go(engine, claimer)
