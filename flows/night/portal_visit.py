"""One portal's visit, in a process of its own: `python -m flows.night.portal_visit`, its request on standard input.

It writes to the archive and to the ledger as it goes, so that a kill at any moment loses at most what is on its way,
and answers with a `VisitResult` on standard output.
"""

import errno
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from pydantic import TypeAdapter

from crawlers.archive import Archive
from crawlers.archive.errors import ArchiveFullError
from crawlers.crawl import CrawlSummary, crawl
from crawlers.fetching.visit_stats import VisitedPage
from crawlers.limits import Limits
from crawlers.wanted import Wanted
from ledger import Ledger
from ledger.clock import now
from ledger.errors import LedgerFullError
from schemas.captures import CrawlEvent, ListedPaper
from schemas.portals import Portal

GLANCE_SECONDS = 0.5
DISK_FULL = "disk_full"
"""The finish reason of a visit that our own disk had no more room for."""


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What to visit, and where to keep what is found; with `dry_run` nothing is fetched or kept but pages."""

    portal: Portal
    archive: str
    ledger: str
    cache: Path
    code_version: str
    dry_run: bool = False
    limits: Limits | None = None
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
class VisitResult:
    """What a visit came to.

    `finish_reason` is that of `crawlers.crawl.CrawlSummary`, or `crashed`, `time_limit` or `disk_full`.
    """

    portal: str
    finish_reason: str
    requests: int = 0
    bytes_received: int = 0
    pages: int = 0
    papers: int = 0
    captured: int = 0
    unchanged: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    listed: tuple[ListedPaper, ...] = ()
    looked: tuple[VisitedPage, ...] = ()
    detail: str = ""


def visit(request: VisitRequest) -> VisitResult:
    """Visit the portal; once in a process, for the network's reactor runs only once."""
    if request.dry_run:
        return visited(_crawled(request, None, lambda event: None), listed=True)
    with Ledger.open(request.ledger) as ledger:
        night = ledger.begin_night(request.portal.id, request.code_version)
        summary = _crawled(request, ledger, lambda event: ledger.record(event, night))
        ledger.end_night(
            night,
            requests=summary.requests,
            bytes_received=summary.bytes_received,
            finish_reason=summary.finish_reason,
        )
    return visited(summary)


def _crawled(request: VisitRequest, ledger: Ledger | None, report: Callable[[CrawlEvent], None]) -> CrawlSummary:
    return crawl(
        request.portal,
        Archive.open(request.archive),
        ledger.validators if ledger else lambda url: None,
        report,
        cache=request.cache,
        now=now,
        dry_run=request.dry_run,
        limits=request.limits,
        wanted=request.wanted,
    )


def visited(summary: CrawlSummary, *, listed: bool = False) -> VisitResult:
    """The summary in short; `listed` keeps the papers and pages themselves."""
    return VisitResult(
        portal=summary.portal,
        finish_reason=summary.finish_reason,
        requests=summary.requests,
        bytes_received=summary.bytes_received,
        pages=len(summary.pages),
        papers=summary.papers,
        captured=summary.captured,
        unchanged=summary.unchanged,
        failures=dict(summary.failures),
        listed=summary.found if listed else (),
        looked=summary.pages if listed else (),
    )


def main() -> None:
    """Answer the request on standard input."""
    Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    asked = TypeAdapter(VisitRequest).validate_json(sys.stdin.buffer.read())
    try:
        result = visit(asked)
    except (ArchiveFullError, LedgerFullError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        result = VisitResult(asked.portal.id, DISK_FULL, detail=str(error).replace("\n", " "))
    sys.stdout.buffer.write(TypeAdapter(VisitResult).dump_json(result))


def _end_with_parent(parent: int) -> None:
    """Nobody waits for a visit whose parent was killed, and the next night must not meet it at the same hosts."""
    while os.getppid() == parent:
        time.sleep(GLANCE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
