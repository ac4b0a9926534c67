"""What happened in a night, and where all documents stand: from counts that are kept, at any size."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from ledger.records import FailureRecord, FindingRecord, StateCount
from ledger.tables import fetch_failures, night_tallies, nights, portal_findings, standing_tallies


def night_counts(connection: Connection, on: date) -> tuple[StateCount, ...]:
    """What happened under a date, by portal, stage, state and reason."""
    key = [night_tallies.c[name] for name in ("portal", "stage", "state", "reason")]
    asked = select(*key, night_tallies.c.count).where(night_tallies.c.night_date == on)
    return tuple(_state_count(row) for row in connection.execute(asked.order_by(*key)))


def counts(connection: Connection) -> tuple[StateCount, ...]:
    """How many documents stand how, whatever code brought them there."""
    key = [standing_tallies.c[name] for name in ("portal", "stage", "state", "reason")]
    total = func.sum(standing_tallies.c.count)
    asked = select(*key, total).group_by(*key).having(total > 0).order_by(*key)
    return tuple(_state_count(row) for row in connection.execute(asked))


def _state_count(row: Any) -> StateCount:
    portal, stage, state, reason, count = row
    return StateCount(portal, stage, state, reason or None, int(count))


def failures(connection: Connection, on: date) -> tuple[FailureRecord, ...]:
    """What could not be fetched in the nights of a date."""
    columns = [fetch_failures.c[name] for name in ("url", "reason", "detail", "at", "title")]
    asked = select(nights.c.portal, *columns).join_from(fetch_failures, nights).where(nights.c.night_date == on)
    order = (nights.c.portal, fetch_failures.c.url, fetch_failures.c.reason, nights.c.night_id)
    return tuple(FailureRecord(*row) for row in connection.execute(asked.order_by(*order)))


def findings(connection: Connection, on: date) -> tuple[FindingRecord, ...]:
    """What the nights of a date showed of portals."""
    columns = [portal_findings.c[name] for name in ("code", "detail", "at")]
    asked = select(nights.c.portal, *columns).join_from(portal_findings, nights).where(nights.c.night_date == on)
    order = (nights.c.portal, portal_findings.c.code, portal_findings.c.detail, nights.c.night_id)
    return tuple(FindingRecord(*row) for row in connection.execute(asked.order_by(*order)))
