"""A visit in a process of its own, as the night makes it, and a memory of what earlier visits brought."""

import multiprocessing
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from crawlers.archive import Archive
from crawlers.crawl import CrawlSummary, crawl
from crawlers.limits import Limits
from schemas.captures import Capture, CrawlEvent, FetchFailure, PortalFinding, Unchanged, Validators
from schemas.portals import Portal

QUICK = Limits(retries=0, timeout_seconds=3.0, backoff_seconds=0.05, wait_at_most_seconds=2.0)
TOGETHER = 240
"""Seconds that a visit may take before the test gives up."""


@dataclass
class Visited:
    """What a visit came to."""

    summary: CrawlSummary | None
    events: list[CrawlEvent]
    error: str | None = None

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def captures(self) -> list[Capture]:
        return self.of(Capture)

    @property
    def unchanged(self) -> list[Unchanged]:
        return self.of(Unchanged)

    @property
    def reasons(self) -> dict[str, str]:
        """The reason of each failure by its address."""
        return {failure.url: failure.reason for failure in self.of(FetchFailure)}

    @property
    def findings(self) -> list[str]:
        return [finding.code for finding in self.of(PortalFinding)]


@dataclass
class Memory:
    """Validators by address, as a ledger keeps them: those of the last capture reported."""

    folder: Path
    validators: dict[str, Validators] = field(default_factory=dict)

    def keep(self, events: Iterable[CrawlEvent]) -> None:
        fetches: dict[tuple[str, datetime], list[Capture]] = {}
        for event in events:
            if isinstance(event, Capture):
                fetches.setdefault((event.paper.url, event.fetched_at), []).append(event)
        for (url, _), captures in fetches.items():
            headers = dict(captures[-1].headers)
            ids = tuple(capture.document_id for capture in captures)
            self.validators[url] = Validators(headers.get("etag"), headers.get("last-modified"), ids)


def visit(portal: Portal, memory: Memory, limits: Limits = QUICK, **options: Any) -> Visited:
    """Crawl `portal` in a fresh process, with the archive and the cache under the memory's folder."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["crawlers.archive", "crawlers.fetching.download_handler", "crawlers.fetching.spider"]
    )
    receiving, sending = context.Pipe(duplex=False)
    known = dict(memory.validators)
    child = context.Process(target=_visit, args=(sending, portal, memory.folder, known, {"limits": limits, **options}))
    child.start()
    sending.close()
    try:
        assert receiving.poll(TOGETHER), "the visit takes too long"
        visited: Visited = receiving.recv()
    finally:
        child.join(5)
        child.kill()
    memory.keep(visited.events)
    return visited


def _visit(sending: Any, portal: Portal, folder: Path, known: dict[str, Validators], options: dict[str, Any]) -> None:
    events: list[CrawlEvent] = []
    archive = Archive.open(str(folder / "archive"))
    report = partial(options.pop("report", list.append), events)
    try:
        summary = crawl(portal, archive, known.get, report, cache=folder / "cache", **options)
    except Exception as error:
        sending.send(Visited(None, events, repr(error)))
    else:
        sending.send(Visited(summary, events))


def at_noon() -> datetime:
    """A clock that stands still at noon in Shanghai."""
    return datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
