"""What the reading of documents took and brought, night by night: for trends over many of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Column, Date, Engine, Float, Integer, PrimaryKeyConstraint, Table, Text, func, select

from ledger.database import insert_into, read_transaction, write_transaction
from ledger.tables import metadata, night_tallies

Layer = Literal["text", "picture"]
"""Whether a document was read from its text, or from its picture by recognition."""

reading_figures = Table(
    "reading_figures",
    metadata,
    Column("night_date", Date, nullable=False),
    Column("layer", Text, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("amounts", Integer, nullable=False),
    Column("proven", Integer, nullable=False),
    PrimaryKeyConstraint("night_date", "layer"),
    sqlite_with_rowid=False,
)
_SUMMED = ("documents", "seconds", "amounts", "proven")


@dataclass(frozen=True, slots=True)
class Trend:
    """A date's nights: papers found and new ones, documents read and failures of any stage, and what reading took."""

    night: date
    found: int
    new: int
    read: int
    failed: int
    amounts: int
    proven: int
    seconds_text: float
    seconds_picture: float


def add_figures(engine: Engine, night: date, layer: Layer, *, seconds: float, amounts: int, proven: int) -> None:
    """Count one reading in."""
    row = {"documents": 1, "seconds": seconds, "amounts": amounts, "proven": proven}
    with write_transaction(engine) as connection:
        new = insert_into(connection, reading_figures).values(night_date=night, layer=layer, **row)
        more = {name: reading_figures.c[name] + new.excluded[name] for name in _SUMMED}
        connection.execute(new.on_conflict_do_update(index_elements=["night_date", "layer"], set_=more))


def trends(engine: Engine, since: date, until: date) -> Iterator[Trend]:
    """The dates with nights from `since` to `until`, both included, in order."""
    tally, own = night_tallies.c, reading_figures.c
    counted = select(tally.night_date, tally.stage, tally.state, tally.reason, func.sum(tally.count))
    counted = counted.where(tally.night_date.between(since, until)).group_by(*counted.selected_columns[:4])
    taken = select(own.night_date, own.layer, own.seconds, own.amounts, own.proven)
    taken = taken.where(own.night_date.between(since, until))
    with read_transaction(engine) as connection:
        counts = connection.execute(counted).all()
        figures = connection.execute(taken).all()
    for night in sorted({row[0] for row in counts} | {row[0] for row in figures}):
        of_night = [row[1:] for row in counts if row[0] == night]
        read = {row.layer: row for row in figures if row.night_date == night}
        yield Trend(
            night=night,
            found=sum(count for stage, state, _, count in of_night if (stage, state) == ("fetched", "ok")),
            new=sum(count for stage, _, why, count in of_night if stage == "fetched" and why in ("new", "changed")),
            read=sum(count for stage, state, _, count in of_night if (stage, state) == ("read", "ok")),
            failed=sum(count for _, state, _, count in of_night if state == "failed"),
            amounts=sum(row.amounts for row in read.values()),
            proven=sum(row.proven for row in read.values()),
            seconds_text=read["text"].seconds if "text" in read else 0.0,
            seconds_picture=read["picture"].seconds if "picture" in read else 0.0,
        )
