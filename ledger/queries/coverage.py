"""What is covered by portal, year and kind: from one index, at any size."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from ledger.records import Coverage
from ledger.tables import captures, fetch_failures, nights

Subject = tuple[str, int | None, str | None]
"""Portal, fiscal year, kind."""


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
