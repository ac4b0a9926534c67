"""The steps of a night in plain Python, each taken up where the ledger says it was left.

How many things are done side by side, and who watches, is for a `Mapper` to say: threads, or Prefect's tasks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from crawlers.archive import Archive
from crawlers.wanted import Wanted
from flows.night.crawling import visit_portal
from flows.night.document_log import document_log
from flows.night.expectations import breaches, expectations
from flows.night.one_night import one_night
from flows.night.portal_visit import VisitResult
from flows.night.processing import Pipeline
from flows.night.pruning import prune_pages
from flows.night.publishing import gathered, publish_ledger
from flows.night.settings import NightSettings
from flows.night.steps_report import NightReport, Processed
from flows.night.telling import tell, telling_of_failure
from flows.releasing import Published
from flows.releasing import would_change as changes_of
from flows.site_making import make_site
from ledger import Ledger
from ledger.queries.newest_nights import newest_nights
from ledger.selection import Selection, chosen, requeue
from publish.derived.changes_summary import ChangeSummary
from reading.code_version import code_version
from reading.running.processes import DocumentProcesses
from reading.running.progress import Progress, unwatched
from reading.running.runner import in_threads

Item = TypeVar("Item")
VISITING, READING = "抓取 visiting", "读取 reading"
T = TypeVar("T")


class Mapper(Protocol):
    """Applies a function to items, `side` at a time, and hands over results as they come."""

    def __call__(self, function: Callable[[Item], T], items: Iterable[Item], side: int, /) -> Iterator[T]:
        """What the function gives, in the order in which it is there."""


def crawl(
    settings: NightSettings,
    ids: Sequence[str],
    each: Mapper = in_threads,
    *,
    dry_run: bool = False,
    wanted: Wanted | None = None,
    progress: Progress = unwatched,
) -> list[VisitResult]:
    """Visit the portals of these ids, all where none is given. Raises `WrongUseError` for an unknown one."""
    locations = settings.locations
    portals = locations.chosen(tuple(ids))
    visits = each(
        lambda portal: visit_portal(portal, locations, dry_run, settings.visit_seconds, wanted=wanted),
        portals,
        settings.side,
    )
    visited = sorted(progress(visits, len(portals), VISITING), key=lambda each: each.portal)
    if not dry_run:
        prune_pages(locations.cache, settings.keep_pages_days)
    return visited


def process(settings: NightSettings, each: Mapper = in_threads, *, progress: Progress = unwatched) -> Processed:
    """Read what is due, then check it against the years around it. `progress` shows how far it is."""
    done = Processed()
    with (
        document_log(settings.locations.root),
        Ledger.open(settings.locations.ledger) as ledger,
        DocumentProcesses(settings.jobs, settings.limits) as processes,
    ):
        line = Pipeline(ledger, Archive.open(settings.locations.archive), settings.locations, processes)
        with line.at_work():
            outcomes = (outcome for batch in line.due_batches() for outcome in each(line.read, batch, settings.jobs))
            for outcome in progress(outcomes, ledger.due_count("read"), READING):
                done.by_status[outcome.status] += 1
                done.reasons.update([(outcome.reason or "").partition(":")[0]] if outcome.reason else [])
                done.amounts.update(outcome.amounts)
            checked = line.check_all()
    return Processed(done.by_status, done.reasons, done.amounts, checked)


def publish(settings: NightSettings, version: str | None = None) -> Published | None:
    """Publish all that was read, and make the site where one is asked for; None where nothing was read."""
    with Ledger.open(settings.locations.ledger) as ledger:
        published = publish_ledger(ledger, settings.locations, version)
    if published is None or not settings.site:
        return published
    where = settings.locations
    built = make_site(where.releases, settings.jobs, settings.limits, archive=where.archive)
    return replace(published, site=built.index if built else None)


def would_change(settings: NightSettings, limit: int) -> ChangeSummary:
    """What publishing would change against the newest release. Raises `WrongUseError` where there is none."""
    locations = settings.locations
    with Ledger.open(locations.ledger) as ledger:
        gathered(ledger, locations)
    return changes_of(locations.work, Path(locations.releases), limit)


def requeue_selected(settings: NightSettings, selection: Selection) -> int:
    """Let the chosen documents wait for their stage again; returns how many. Raises `WrongUseError`."""
    with Ledger.open(settings.locations.ledger) as ledger:
        return requeue(ledger, list(chosen(ledger, selection, code_version())))


def report(
    settings: NightSettings,
    visits: Sequence[VisitResult],
    processed: Processed | None = None,
    published: Published | None = None,
    *,
    portals: Sequence[str] = (),
) -> NightReport:
    """Sum a night up: what is covered, and which bounds of the visited (or the named) portals are broken."""
    ids = tuple(visited.portal for visited in visits) or tuple(portals)
    visited_portals = settings.locations.chosen(ids) if ids else ()
    with Ledger.open(settings.locations.ledger) as ledger:
        expected = expectations(ledger, visited_portals)
        nights = newest_nights(ledger.engine)
    newest = ((portal, nights[portal.id]) for portal in visited_portals if portal.id in nights)
    broken = {portal.id: said for portal, night in newest if (said := breaches(portal, night, expected))}
    return NightReport(tuple(visits), processed or Processed(), published, expected, broken)


def night(settings: NightSettings, ids: Sequence[str], *, progress: Progress = unwatched) -> NightReport:
    """A whole night without Prefect: crawl, process, publish, sum up."""
    with one_night(settings.locations.root), telling_of_failure(settings):
        visits = crawl(settings, ids, progress=progress)
        processed = process(settings, progress=progress)
        summed = report(settings, visits, processed, publish(settings))
    tell(settings, summed)
    return summed


def rerun(settings: NightSettings, selection: Selection) -> NightReport:
    """The chosen documents again without Prefect."""
    with one_night(settings.locations.root):
        requeue_selected(settings, selection)
        processed = process(settings)
        return report(settings, (), processed, publish(settings))
