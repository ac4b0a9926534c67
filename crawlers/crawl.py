"""One visit to one portal, from its entries to the last event. Once per process: a Twisted reactor runs only once."""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawlers.fetching.rate_limiter import RateLimiter
from crawlers.fetching.settings import settings_for
from crawlers.fetching.spider import PortalSpider
from crawlers.fetching.visit import Keeping, Visit
from crawlers.fetching.visit_stats import VisitedPage, findings
from crawlers.limits import Limits
from crawlers.wanted import Wanted
from schemas.captures import CrawlEvent, ListedPaper, Validators
from schemas.portals import Portal

CONTACT_VARIABLE = "GONGKAI_CONTACT"
_ENDED_EARLY = ("out_of_window", "budget_used_up", "retry_later")


class ContactMissingError(Exception):
    """Public portals are not visited without an address that their maintainers can write to."""

    advice = f"请设置环境变量 {CONTACT_VARIABLE} 为联系邮箱或网址 / set {CONTACT_VARIABLE} to your mail or web address"

    def __str__(self) -> str:
        return self.advice


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What a visit came to. `bytes_received` counts heads and bodies as transferred, robots.txt included.

    `papers` is how many were found; `captured` counts files (an archive may hold several), `unchanged` papers.
    `failures` counts by reason. `finish_reason` is `finished`, `shutdown` (a signal came), or the first of
    `retry_later`, `budget_used_up`, `out_of_window` that kept the visit from its end.
    """

    portal: str
    requests: int
    bytes_received: int
    pages: tuple[VisitedPage, ...]
    found: tuple[ListedPaper, ...]
    captured: int
    unchanged: int
    failures: Mapping[str, int]
    finish_reason: str

    @property
    def papers(self) -> int:
        """How many papers the portal's pages offer."""
        return len(self.found)


def utc_now() -> datetime:
    """The present, aware."""
    return datetime.now(UTC)


def crawl(
    portal: Portal,
    archive: Keeping,
    known: Callable[[str], Validators | None],
    report: Callable[[CrawlEvent], None],
    *,
    cache: Path,
    now: Callable[[], datetime] = utc_now,
    dry_run: bool = False,
    discover: bool = False,
    limits: Limits | None = None,
    wanted: Wanted | None = None,
    contact: str | None = None,
) -> CrawlSummary:
    """Visit a portal and report each event as soon as it is known, a capture once its bytes are in the archive.

    Args:
        portal: what to visit and how.
        archive: takes what is fetched; untouched where nothing is.
        known: by a paper's address, the validators of its last capture and the documents it gave; None if never seen.
            Of several captures it must be the last reported one's: the members of an archive carry none but the last.
        report: called from this thread; an error that it raises ends the visit and is raised here.
        cache: a folder for pages and for the pace at each host, shared by all portals and nights.
        now: the time, aware.
        dry_run: read the pages, fetch no papers; the summary's `found` and `pages` say what is there.
        discover: the same, for a portal that has only an address.
        limits: bounds on what is taken in; the defaults where None.
        wanted: which papers to take; all where None.
        contact: a mail or web address for the User-Agent; the environment's GONGKAI_CONTACT where None.

    Raises:
        ContactMissingError: no contact, and the portal is a public one.
        Exception: what `archive` or `report` raised; what was reported before stands.
    """
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415  it takes a second that a dry command line need not wait

    _silence_libraries()
    bounds = limits or Limits()
    rate_limiter = RateLimiter(cache / "hosts", portal.pace, bounds.wait_at_most_seconds, now)
    look_only = dry_run or discover
    visit = Visit(portal, archive, known, report, now, bounds, rate_limiter, look_only, wanted or Wanted())
    settings = settings_for(portal, bounds, cache / "pages", _contact(portal, contact))
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(PortalSpider)
    process.crawl(crawler, visit=visit)
    process.start(install_signal_handlers=threading.current_thread() is threading.main_thread())
    spider = crawler.spider
    assert isinstance(spider, PortalSpider)
    if spider.defect:
        raise spider.defect
    return _concluded(spider, str(crawler.stats.get_value("finish_reason")))


def _concluded(spider: PortalSpider, ended: str) -> CrawlSummary:
    """Report what the visit says of the portal as a whole, and sum it up."""
    visit, visit_stats = spider.visit, spider.visit_stats
    early = next((reason for reason in _ENDED_EARLY if visit_stats.failures[reason]), None)
    finish_reason = early or ended if ended == "finished" else ended
    if finish_reason == "finished":
        for finding in findings(visit_stats, visit.portal, visit.now()):
            visit.report(finding)
    return CrawlSummary(
        portal=visit.portal.id,
        requests=visit.traffic.requests,
        bytes_received=visit.traffic.bytes_received,
        pages=tuple(visit_stats.pages),
        found=tuple(visit_stats.found.values()),
        captured=visit_stats.captured,
        unchanged=visit_stats.unchanged,
        failures=dict(visit_stats.failures),
        finish_reason=finish_reason,
    )


def _contact(portal: Portal, given: str | None) -> str:
    contact = given or os.environ.get(CONTACT_VARIABLE)
    if contact:
        return contact
    if portal.allow_private:
        return "none, a test on this machine"
    raise ContactMissingError


def _silence_libraries() -> None:
    """Keep Scrapy's and Twisted's own words off the terminal, unless someone has set their level: events say it all."""
    for name in ("scrapy", "twisted", "protego"):
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.CRITICAL)
