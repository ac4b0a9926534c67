"""What happened in a night, where all documents stand, what is covered: from tallies and an index, at any size."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from ledger.records import Coverage, FailureRecord, FindingRecord, Tally
from ledger.tables import captures, fetch_failures, night_tallies, nights, portal_findings, standing_tallies

Subject = tuple[str, int | None, str | None]
"""Portal, fiscal year, kind."""


def night_counts(connection: Connection, on: date) -> tuple[Tally, ...]:
    """What happened under a date, by portal, stage, state and reason."""
    key = [night_tallies.c[name] for name in ("portal", "stage", "state", "reason")]
    asked = select(*key, night_tallies.c.count).where(night_tallies.c.night_date == on)
    return tuple(_tally(row) for row in connection.execute(asked.order_by(*key)))


def counts(connection: Connection) -> tuple[Tally, ...]:
    """How many documents stand how, whatever code brought them there."""
    key = [standing_tallies.c[name] for name in ("portal", "stage", "state", "reason")]
    total = func.sum(standing_tallies.c.count)
    asked = select(*key, total).group_by(*key).having(total > 0).order_by(*key)
    return tuple(_tally(row) for row in connection.execute(asked))


def _tally(row: Any) -> Tally:
    portal, stage, state, reason, count = row
    return Tally(portal, stage, state, reason or None, int(count))


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


def coverage(connection: Connection) -> tuple[Coverage, ...]:
    """What is there by portal, year and kind, and what each portal's last night failed to fetch of it."""
    key = (captures.c.portal, captures.c.fiscal_year, captures.c.kind)
    asked = select(*key, func.count(), func.count(captures.c.superseded_by)).group_by(*key)
    found = {(row[0], row[1], row[2]): (row[3], row[4]) for row in connection.execute(asked)}
    failed = _failures_of_last_nights(connection)
    subjects = sorted({*found, *failed}, key=lambda each: (each[0], each[1] or 0, each[2] or ""))
    return tuple(_coverage(each, found.get(each, (0, 0)), failed.get(each, {})) for each in subjects)


def _coverage(subject: Subject, counted: tuple[int, int], failed: Mapping[str, int]) -> Coverage:
    portal, fiscal_year, kind = subject
    papers, superseded = counted
    return Coverage(portal, fiscal_year, kind, papers - superseded, superseded, failed)  # type: ignore[arg-type]


def _failures_of_last_nights(connection: Connection) -> dict[Subject, Counter[str]]:
    """By subject, how many papers failed for which reason in the newest night of each portal."""
    newest = select(func.max(nights.c.night_id)).group_by(nights.c.portal)
    key = (nights.c.portal, fetch_failures.c.fiscal_year, fetch_failures.c.kind, fetch_failures.c.reason)
    asked = select(*key, func.count()).join_from(fetch_failures, nights)
    asked = asked.where(fetch_failures.c.night_id.in_(newest), fetch_failures.c.title.is_not(None)).group_by(*key)
    failed: dict[Subject, Counter[str]] = {}
    for portal, fiscal_year, kind, reason, count in connection.execute(asked):
        failed.setdefault((portal, fiscal_year, kind), Counter())[reason] = count
    return failed
