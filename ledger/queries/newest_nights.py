"""How each portal's newest night ended, and what could not be fetched in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, func, select

from ledger.database import read_transaction
from ledger.tables import fetch_failures, night_tallies, nights


@dataclass(frozen=True, slots=True)
class NewestNight:
    """The newest night of a portal: how it ended (None: not at all), what it brought, and its failures by reason.

    `papers` counts those that it saw, new or known; `failures` those of papers and of pages.
    """

    portal: str
    finish_reason: str | None
    papers: int
    failures: Mapping[str, int]


def last_seen(engine: Engine) -> dict[str, date]:
    """By portal, the last date on which its visit saw a paper, new or known; else the date of its first visit."""
    saw = select(night_tallies.c.portal, func.max(night_tallies.c.night_date))
    saw = saw.where(night_tallies.c.stage == "fetched", night_tallies.c.state == "ok", night_tallies.c.count > 0)
    first = select(nights.c.portal, func.min(nights.c.night_date)).group_by(nights.c.portal)
    with read_transaction(engine) as connection:
        visited = connection.execute(first).all()
        seen = connection.execute(saw.group_by(night_tallies.c.portal)).all()
    return {row[0]: row[1] for row in [*visited, *seen]}


def newest_nights(engine: Engine) -> dict[str, NewestNight]:
    """The newest night of each portal that was ever visited."""
    newest = select(func.max(nights.c.night_id)).group_by(nights.c.portal)
    ended = select(nights.c.portal, nights.c.night_id, nights.c.night_date, nights.c.finish_reason)
    with read_transaction(engine) as connection:
        rows = connection.execute(ended.where(nights.c.night_id.in_(newest)).order_by(nights.c.portal)).all()
        failed = select(fetch_failures.c.night_id, fetch_failures.c.reason, func.count())
        failed = failed.where(fetch_failures.c.night_id.in_(newest)).group_by(*failed.selected_columns[:2])
        failures: dict[int, Counter[str]] = {row.night_id: Counter() for row in rows}
        for night_id, reason, count in connection.execute(failed):
            failures[night_id][reason] = count
        seen = select(night_tallies.c.portal, night_tallies.c.night_date, func.sum(night_tallies.c.count))
        seen = seen.where(night_tallies.c.stage == "fetched", night_tallies.c.state == "ok")
        papers = {(p, on): int(count) for p, on, count in connection.execute(seen.group_by("portal", "night_date"))}
    return {
        row.portal: NewestNight(
            row.portal, row.finish_reason, papers.get((row.portal, row.night_date), 0), failures[row.night_id]
        )
        for row in rows
    }
