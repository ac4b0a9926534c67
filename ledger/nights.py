"""Nights: one visit of one portal each, with its figures at the end."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from ledger.clock import night_date
from ledger.database import insert_into
from ledger.records import Night
from ledger.tables import nights

INTERRUPTED = "interrupted"
"""The finish reason of a night that was killed and not taken up again on its day."""


def begin_night(connection: Connection, portal: str, code_version: str, at: datetime) -> Night:
    """Today's night of a portal that never ended, or a new one; an older one that never ended is closed."""
    never_ended = (nights.c.portal == portal) & nights.c.finished.is_(None)
    running = _night(connection, never_ended)
    if running and running.date == night_date(at):
        return running
    if running:
        close = {"finished": at, "finish_reason": INTERRUPTED}
        connection.execute(update(nights).where(nights.c.night_id == running.night_id).values(close))
    row = {"portal": portal, "night_date": night_date(at), "started": at, "code_version": code_version}
    connection.execute(insert_into(connection, nights).values(row).on_conflict_do_nothing())
    begun = _night(connection, never_ended)  # by this command, or by one that came first at the same moment
    assert begun is not None
    return begun


def end_night(
    connection: Connection, night: Night, at: datetime, *, requests: int, bytes_received: int, finish_reason: str
) -> Night:
    """The night with its end; one that has ended stays as it is."""
    ours = nights.c.night_id == night.night_id
    figures = {"requests": requests, "bytes_received": bytes_received, "finish_reason": finish_reason}
    connection.execute(update(nights).where(ours, nights.c.finished.is_(None)).values(finished=at, **figures))
    ended = _night(connection, ours)
    assert ended is not None
    return ended


def last_night(connection: Connection) -> date | None:
    """The newest date of a night."""
    newest: date | None = connection.scalars(select(func.max(nights.c.night_date))).one()
    return newest


def nights_on(connection: Connection, on: date) -> tuple[Night, ...]:
    """The nights of a date, by portal and time."""
    asked = select(*_COLUMNS).where(nights.c.night_date == on).order_by(nights.c.portal, nights.c.night_id)
    return tuple(Night(*row) for row in connection.execute(asked))


_COLUMNS = tuple(
    nights.c[name]
    for name in (
        "night_id", "portal", "night_date", "started", "code_version",
        "finished", "finish_reason", "requests", "bytes_received",
    )
)  # fmt: skip
"""In the order of `Night`."""


def _night(connection: Connection, which: Any) -> Night | None:
    row = connection.execute(select(*_COLUMNS).where(which)).one_or_none()
    return None if row is None else Night(*row)
