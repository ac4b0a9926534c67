"""What each portal should have published, what of it was found, and why the rest is not there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawlers.fetching.visit_stats import year_due
from ledger import Ledger
from ledger.queries.newest_nights import NewestNight, newest_nights
from publish.derived.coverage import CrawlCoverage, Outcome
from schemas.portals import Portal
from schemas.records import Kind

BLOCKED = frozenset(
    {"access_denied", "block_page", "login_page", "robots_disallowed", "robots_unavailable", "retry_later"}
)
"""Reasons by which a portal keeps us out. It is left alone: none is evaded."""
NOT_LOOKED = frozenset({"out_of_window", "budget_used_up", "interrupted", "shutdown"})
KINDS: tuple[Kind, ...] = ("budget", "final_accounts")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A portal's papers of one year and kind: how many are expected (None: unknown), found, and what that means."""

    portal: str
    name: str
    division_code: str | None
    fiscal_year: int
    kind: Kind
    expected: int | None
    found: int
    outcome: Outcome
    reason: str | None = None

    def as_crawl_coverage(self) -> CrawlCoverage:
        """The row that a release's coverage is made with."""
        return CrawlCoverage(
            self.portal, self.division_code, self.fiscal_year, self.kind, self.outcome, self.expected, self.reason
        )


def expectations(ledger: Ledger, portals: Iterable[Portal]) -> tuple[Expectation, ...]:
    """Every portal's years and kinds that are expected or found, by portal, year and kind; newest year first."""
    nights = newest_nights(ledger.engine)
    found = {
        (each.portal, each.fiscal_year, each.kind): each.papers
        for each in ledger.coverage()
        if each.fiscal_year and each.kind
    }
    return tuple(
        expectation
        for portal in portals
        for expectation in _of_portal(portal, nights.get(portal.id), found, ledger.now())
    )


def _of_portal(
    portal: Portal, night: NewestNight | None, found: Mapping[tuple[str, int, Kind], int], now: datetime
) -> Iterator[Expectation]:
    expected = {(year_due(each, now), each.kind): each.papers_at_least for each in portal.expected}
    seen = {(year, kind) for name, year, kind in found if name == portal.id}
    for year, kind in sorted({*expected, *seen}, key=lambda each: (-each[0], KINDS.index(each[1]))):
        count = found.get((portal.id, year, kind), 0)
        outcome, reason = _outcome(count, night)
        yield Expectation(
            portal.id, portal.name, portal.division_code, year, kind, expected.get((year, kind)), count, outcome, reason
        )


def _outcome(found: int, night: NewestNight | None) -> tuple[Outcome, str | None]:
    """What the newest night says of papers; what was found in any night is found."""
    if found:
        return "found", None
    if night is None:
        return "not_looked", None
    reasons = sorted(night.failures, key=lambda reason: (-night.failures[reason], reason))
    if blocking := [reason for reason in reasons if reason in BLOCKED]:
        return "blocked", blocking[0]
    if night.finish_reason is None or night.finish_reason in NOT_LOOKED:
        return "not_looked", night.finish_reason or "interrupted"
    if night.finish_reason != "finished":
        return "failed", night.finish_reason
    return ("failed", reasons[0]) if reasons else ("not_published", None)


def breaches(portal: Portal, night: NewestNight, expectations: Sequence[Expectation]) -> tuple[str, ...]:
    """The bounds of a portal that its night broke, each in words; none where all is well."""
    return tuple(_breaches(portal, night, expectations))


def _breaches(portal: Portal, night: NewestNight, expectations: Sequence[Expectation]) -> Iterator[str]:
    bounds = portal.bounds
    failed = sum(night.failures.values())
    share = failed / (failed + night.papers) if failed else 0.0
    if share > bounds.failed_share_at_most:
        yield f"{failed} 个地址失败 / addresses failed ({share:.0%} > {bounds.failed_share_at_most:.0%})"
    if night.finish_reason in ("crashed", "time_limit", "disk_full"):
        yield f"抓取中断 / the visit ended early: {night.finish_reason}"
    for each in expectations:
        least = (each.expected or 0) * bounds.found_share_at_least
        if each.portal == portal.id and each.found < least:
            yield f"{each.fiscal_year} {each.kind}: 找到 found {each.found} < {least:g} ({each.outcome})"
