"""What to do next, and which documents to do again: found bucket by bucket, a page of documents at a time.

A bucket is all documents that stand alike at a stage. The counts tell which buckets there are, an index leads to the
documents of each, and a page begins after the last document of the one before: nothing is sorted, nothing is skipped
over, and each page is a transaction of its own, so that others may write meanwhile.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select

from ledger.database import read_transaction
from ledger.queries.paper_filter import NO_FILTER, PaperFilter
from ledger.records import Due, Stage, Standing, State, Why
from ledger.tables import documents, standing_tallies, standings

PAGE = 1000
"""Documents in memory at a time."""
ORDER: tuple[Why, ...] = ("interrupted", "waiting", "stale")
"""Interrupted ones first: those that this very command begins must not be taken for interrupted."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """The documents that stand so at a stage, and how many they are."""

    stage: Stage
    state: State
    code_version: str
    count: int


@dataclass(frozen=True, slots=True)
class StandingFilter:
    """What standings are narrowed by; an empty sequence narrows by nothing."""

    stages: Sequence[Stage] = ()
    states: Sequence[str] = ()
    reasons: Sequence[str] = ()
    portals: Sequence[str] = ()
    documents: Sequence[str] = ()
    other_version_than: str | None = None
    papers: PaperFilter = NO_FILTER


def due(engine: Engine, stage: Stage, code_version: str | None) -> Iterator[Due]:
    """See `ledger.Ledger.due`."""
    for why, bucket in due_buckets(engine, stage, code_version):
        for each in _standings_in(engine, bucket, StandingFilter()):
            yield Due(each.document_id, each.portal, stage, each.input_hash, why)


def due_buckets(engine: Engine, stage: Stage, code_version: str | None) -> list[tuple[Why, Bucket]]:
    """The buckets whose documents are due, in the order to take them."""
    found = [
        (why, each) for each in _buckets(engine, StandingFilter(stages=(stage,))) if (why := _why(each, code_version))
    ]
    return sorted(found, key=lambda pair: (ORDER.index(pair[0]), pair[1].state, pair[1].code_version))


def _why(bucket: Bucket, code_version: str | None) -> Why | None:
    if bucket.state == "running":
        return "interrupted"
    if bucket.state == "waiting":
        return "waiting"
    return "stale" if code_version is not None and bucket.code_version != code_version else None


def matching_standings(engine: Engine, wanted: StandingFilter) -> Iterator[Standing]:
    """See `ledger.Ledger.standings`."""
    if wanted.documents:
        yield from _page(engine, wanted, documents.c.document_id.in_(wanted.documents))
    elif wanted.portals:
        for numbers in _pages_of_portals(engine, wanted.portals):
            yield from _page(engine, wanted, standings.c.document_no.in_(numbers))
    else:
        for bucket in _buckets(engine, wanted):
            yield from _standings_in(engine, bucket, wanted)


def _buckets(engine: Engine, wanted: StandingFilter) -> list[Bucket]:
    """The buckets that are not empty, by stage, state and version."""
    key = (standing_tallies.c.stage, standing_tallies.c.state, standing_tallies.c.code_version)
    total = func.sum(standing_tallies.c.count)
    asked = select(*key, total).where(*_conditions(standing_tallies, wanted)).group_by(*key).order_by(*key)
    with read_transaction(engine) as connection:
        return [Bucket(*row) for row in connection.execute(asked.having(total > 0))]


def _standings_in(engine: Engine, bucket: Bucket, wanted: StandingFilter) -> Iterator[Standing]:
    inside = (
        (standings.c.stage == bucket.stage)
        & (standings.c.state == bucket.state)
        & (standings.c.code_version == bucket.code_version)
    )
    after = 0
    while True:
        ordered = _select(wanted, inside & (standings.c.document_no > after)).order_by(standings.c.document_no)
        with read_transaction(engine) as connection:
            rows = connection.execute(ordered.limit(PAGE)).all()
        if not rows:
            return
        yield from map(_standing, rows)
        after = rows[-1].document_no


def _pages_of_portals(engine: Engine, portals: Sequence[str]) -> Iterator[list[int]]:
    for portal in portals:
        after = 0
        while True:
            ours = (documents.c.portal == portal) & (documents.c.document_no > after)
            asked = select(documents.c.document_no).where(ours).order_by(documents.c.document_no).limit(PAGE)
            with read_transaction(engine) as connection:
                numbers = list(connection.scalars(asked))
            if not numbers:
                break
            yield numbers
            after = numbers[-1]


def _page(engine: Engine, wanted: StandingFilter, which: Any) -> list[Standing]:
    asked = _select(wanted, which).order_by(standings.c.document_no, standings.c.stage)
    with read_transaction(engine) as connection:
        return [_standing(row) for row in connection.execute(asked)]


def _select(wanted: StandingFilter, which: Any) -> Any:
    return (
        select(
            standings.c.document_no,
            documents.c.document_id,
            documents.c.portal,
            standings.c.stage,
            standings.c.state,
            standings.c.input_hash,
            standings.c.code_version,
            standings.c.reason,
        )
        .join_from(standings, documents, standings.c.document_no == documents.c.document_no)
        .where(which, *_conditions(standings, wanted), *wanted.papers.conditions())
    )


def _conditions(table: Any, wanted: StandingFilter) -> list[Any]:
    """Those that standings and their counts share."""
    named = (("stage", wanted.stages), ("state", wanted.states), ("reason", wanted.reasons))
    conditions = [table.c[name].in_(values) for name, values in named if values]
    if wanted.portals:
        conditions.append((table if "portal" in table.c else documents).c.portal.in_(wanted.portals))
    if wanted.other_version_than is not None:
        conditions.append(table.c.code_version.not_in(("", wanted.other_version_than)))
    return conditions


def _standing(row: Any) -> Standing:
    _, document_id, portal, stage, state, input_hash, code_version, reason = row
    return Standing(document_id, portal, stage, state, input_hash, code_version or None, reason or None)
