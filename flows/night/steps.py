"""The steps of a night in plain Python, each taken up where the ledger says it was left.

How many things are done side by side, and who watches, is for a `Mapper` to say: threads, or Prefect's tasks.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from crawlers.archive import Archive
from flows.night.crawling import visit_portal
from flows.night.expectations import Expectation, breaches, expectations
from flows.night.one_night import one_night
from flows.night.portal_visit import VisitResult
from flows.night.processing import Pipeline
from flows.night.publishing import publish_ledger
from flows.night.settings import NightSettings
from flows.releasing import Published
from flows.site_making import make_site
from ledger import Ledger
from ledger.queries.newest_nights import newest_nights
from ledger.selection import Selection, chosen, requeue
from reading.code_version import code_version
from reading.running.processes import DocumentProcesses
from reading.running.runner import in_threads

Item = TypeVar("Item")
T = TypeVar("T")


class Mapper(Protocol):
    """Applies a function to items, `side` at a time, and hands over results as they come."""

    def __call__(self, function: Callable[[Item], T], items: Iterable[Item], side: int, /) -> Iterator[T]:
        """What the function gives, in the order in which it is there."""


@dataclass(frozen=True, slots=True)
class Processed:
    """How many documents were read, by status, with the reasons of others; how many were then checked."""

    by_status: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    amounts: Counter[str] = field(default_factory=Counter)
    checked: int = 0


@dataclass(frozen=True, slots=True)
class NightReport:
    """What a night brought. `breaches` are the bounds that were broken, by portal."""

    visits: tuple[VisitResult, ...]
    processed: Processed
    published: Published | None
    expectations: tuple[Expectation, ...]
    breaches: dict[str, tuple[str, ...]]

    @property
    def sound(self) -> bool:
        """Whether no bound is broken."""
        return not self.breaches


def crawl(
    settings: NightSettings, ids: Sequence[str], each: Mapper = in_threads, *, dry_run: bool = False
) -> list[VisitResult]:
    """Visit the portals of these ids, all where none is given. Raises `WrongUseError` for an unknown one."""
    locations = settings.locations
    portals = locations.chosen(tuple(ids))
    visits = each(
        lambda portal: visit_portal(portal, locations, dry_run, settings.visit_seconds), portals, settings.side
    )
    return sorted(visits, key=lambda visited: visited.portal)


def process(settings: NightSettings, each: Mapper = in_threads) -> Processed:
    """Read what is due, then check it against the years around it."""
    done = Processed()
    with (
        Ledger.open(settings.locations.ledger) as ledger,
        DocumentProcesses(settings.jobs, settings.limits) as processes,
    ):
        line = Pipeline(ledger, Archive.open(settings.locations.archive), settings.locations, processes)
        for batch in line.due_batches():
            for outcome in each(line.read, batch, settings.jobs):
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


def requeue_selected(settings: NightSettings, selection: Selection) -> int:
    """Let the chosen documents wait for their stage again; returns how many. Raises `WrongUseError`."""
    with Ledger.open(settings.locations.ledger) as ledger:
        return requeue(ledger, list(chosen(ledger, selection, code_version())))


def report(
    settings: NightSettings, visits: Sequence[VisitResult], processed: Processed, published: Published | None
) -> NightReport:
    """Sum a night up: what is covered, and which bounds of the visited portals are broken."""
    portals = settings.locations.chosen(tuple(visited.portal for visited in visits)) if visits else ()
    with Ledger.open(settings.locations.ledger) as ledger:
        expected = expectations(ledger, portals)
        nights = newest_nights(ledger.engine)
    broken = {portal.id: breaches(portal, nights[portal.id], expected) for portal in portals if portal.id in nights}
    return NightReport(tuple(visits), processed, published, expected, {k: v for k, v in broken.items() if v})


def night(settings: NightSettings, ids: Sequence[str]) -> NightReport:
    """A whole night without Prefect: crawl, process, publish, sum up."""
    with one_night(settings.locations.root):
        visits = crawl(settings, ids)
        processed = process(settings)
        return report(settings, visits, processed, publish(settings))


def rerun(settings: NightSettings, selection: Selection) -> NightReport:
    """The chosen documents again without Prefect."""
    with one_night(settings.locations.root):
        requeue_selected(settings, selection)
        processed = process(settings)
        return report(settings, (), processed, publish(settings))
