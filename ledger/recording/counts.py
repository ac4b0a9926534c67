"""Counts kept beside the rows they count, so that `status` over a million documents reads some hundred rows.

A count changes in the transaction of what it counts. Keys are written in ascending order, so that two writers on
PostgreSQL wait for one another rather than in a circle.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, func, insert, select

from ledger.database import insert_into
from ledger.tables import documents, night_tallies, standing_tallies, standings


class StandingKey(NamedTuple):
    """Documents that stand alike."""

    portal: str
    stage: str
    state: str
    code_version: str
    reason: str


class NightKey(NamedTuple):
    """Events of one date that are alike."""

    night_date: date
    portal: str
    stage: str
    state: str
    reason: str


def add_standings(connection: Connection, changes: Mapping[StandingKey, int]) -> None:
    """Add to how many documents stand so; changes may be negative."""
    _add(connection, standing_tallies, {key: change for key, change in changes.items() if change})


def add_night(connection: Connection, changes: Mapping[NightKey, int]) -> None:
    """Add to what happened under a date."""
    _add(connection, night_tallies, changes)


def _add(connection: Connection, table: Table, changes: Mapping[StandingKey, int] | Mapping[NightKey, int]) -> None:
    if not changes:
        return
    names = [column.name for column in table.primary_key]
    rows = [{**dict(zip(names, key, strict=True)), "count": change} for key, change in sorted(changes.items())]
    upsert = insert_into(connection, table)
    upsert = upsert.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={"count": table.c.count + upsert.excluded.count}
    )
    connection.execute(upsert, rows)


def recount(connection: Connection) -> None:
    """Make the counts of standings anew, after rows were put in by other means than the ledger's own."""
    connection.execute(delete(standing_tallies))
    key = [documents.c.portal, *(standings.c[name] for name in StandingKey._fields[1:])]
    counted = select(*key, func.count()).join_from(standings, documents).group_by(*key)
    connection.execute(insert(standing_tallies).from_select([*StandingKey._fields, "count"], counted))
