"""What a visit has brought so far, and what that says of the portal as a whole."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.fetching.windows import SHANGHAI
from schemas.captures import Capture, CrawlEvent, FetchFailure, ListedPaper, PortalFinding, Unchanged, Validators
from schemas.portals import Expected, Family, Portal


@dataclass(frozen=True, slots=True)
class VisitedPage:
    """A page that was read: what it is, and how many papers and further pages it offers."""

    url: str
    title: str
    page_kind: str
    papers: int
    onward: int
    passed_over: int
    family: Family = "generic"


@dataclass(slots=True)
class VisitStats:
    """The papers found, by address and in order; what became of them; which addresses gave which document."""

    found: dict[str, ListedPaper] = field(default_factory=dict)
    pages: list[VisitedPage] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    captured: int = 0
    unchanged: int = 0
    addresses: dict[str, dict[str, None]] = field(default_factory=dict)

    def count(self, event: CrawlEvent, known: Validators | None = None) -> None:
        """Take in an event; `known` is what was captured before at an unchanged address."""
        match event:
            case Capture():
                self.captured += 1
                self._met(event.document_id, event.paper.url)
            case Unchanged():
                self.unchanged += 1
                for document_id in known.document_ids if known else ():
                    self._met(document_id, event.paper.url)
            case FetchFailure():
                self.failures[event.reason] += 1

    def _met(self, document_id: str, url: str) -> None:
        self.addresses.setdefault(document_id, {})[url] = None


def findings(visit_stats: VisitStats, portal: Portal, now: datetime) -> Iterator[PortalFinding]:
    """Tell what a maintainer should look at: nothing at all, far too little, one document at several addresses."""
    if not visit_stats.found:
        pages = f"{len(visit_stats.pages)} pages, {sum(visit_stats.failures.values())} failures"
        yield PortalFinding(portal.id, "yields_nothing", pages, now)
    for expected in portal.expected:
        year = year_due(expected, now)
        papers = [
            paper for paper in visit_stats.found.values() if (paper.kind, paper.fiscal_year) == (expected.kind, year)
        ]
        if len(papers) < expected.papers_at_least * portal.bounds.found_share_at_least:
            detail = f"{expected.kind} {year}: {len(papers)} of at least {expected.papers_at_least}"
            yield PortalFinding(portal.id, "far_less_than_expected", detail, now)
    for document_id, urls in visit_stats.addresses.items():
        if len(urls) > 1:
            yield PortalFinding(portal.id, "same_bytes", f"{document_id}: {' '.join(urls)}", now)


def year_due(expected: Expected, now: datetime) -> int:
    """The latest fiscal year whose papers should be out: once the month has passed in Shanghai.

    A budget is published in its own year, final accounts in the year after.
    """
    today = now.astimezone(SHANGHAI)
    published_in = today.year if today.month > expected.from_month else today.year - 1
    return published_in if expected.kind == "budget" else published_in - 1
