"""The Prefect flows of the night. `flows.prefect_settings.configure` goes before this module is imported.

Prefect schedules and shows; the ledger knows. A flow's body is a call of `flows.night.steps` with Prefect's tasks to do
things side by side: one for each portal and each document.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from datetime import timedelta
from typing import TypeVar

from prefect import flow, runtime, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.end_with_parent import end_with_parent
from flows.errors import BoundsBrokenError
from flows.night import steps
from flows.night.one_night import one_night
from flows.night.portal_visit import VisitResult
from flows.night.report import coverage_rows, night_markdown
from flows.night.settings import NightSettings
from flows.night.steps_report import NightReport, Processed
from flows.night.telling import tell, telling_of_failure
from flows.prefect_settings import OWN_PAGE
from flows.release_link import releases_link, site_link
from flows.releasing import Published
from ledger.clock import night_date, now
from ledger.selection import Selection
from reading.running.progress import Progress, unwatched

Item = TypeVar("Item")
T = TypeVar("T")

WATCHED: ContextVar[Progress] = ContextVar("watched", default=unwatched)
"""How a flow that a person began at a terminal shows there how far it is."""
NIGHT = timedelta(hours=12).total_seconds()
"""A night that takes longer would meet the next one."""
TASK = timedelta(hours=7).total_seconds()
"""Above what a visit or a document may take by the settings: those end first and say why."""


@task(task_run_name="{name}", cache_policy=NO_CACHE, timeout_seconds=TASK)
def piece(name: str, function: Callable[[Item], T], item: Item) -> T:
    """One portal's visit, or one document's reading."""
    return function(item)


def as_tasks(function: Callable[[Item], T], items: Iterable[Item], side: int) -> Iterator[T]:
    """A `flows.night.steps.Mapper` whose work Prefect shows: a task for each item, `side` by the flow's task runner."""
    futures = [piece.submit(getattr(item, "id", str(item))[:40], function, item) for item in items]
    return (future.result() for future in as_completed(futures))


def _of_tonight() -> str:
    """The name of a run: what it is, and of which night."""
    return f"{runtime.flow_run.flow_name} {night_date(now())}"


@flow(name="crawl", flow_run_name=_of_tonight, timeout_seconds=NIGHT)
def crawl(settings: NightSettings, portals: list[str] | None = None) -> list[VisitResult]:
    """Visit the portals of these ids, all where none is given."""
    return steps.crawl(settings, portals or [], as_tasks, progress=WATCHED.get())


@flow(name="process", flow_run_name=_of_tonight, timeout_seconds=NIGHT)
def process(settings: NightSettings) -> Processed:
    """Read and check what is due."""
    return steps.process(settings, as_tasks, progress=WATCHED.get())


@flow(name="publish", flow_run_name=_of_tonight, timeout_seconds=NIGHT)
def publish(settings: NightSettings, version: str | None = None) -> Published | None:
    """Publish all that was read."""
    return steps.publish(settings, version)


@flow(name="nightly", flow_run_name=_of_tonight, timeout_seconds=NIGHT)
def nightly(settings: NightSettings | None = None, portals: list[str] | None = None) -> NightReport:
    """Crawl, process, publish, and say what came of it. Raises `BoundsBrokenError` where a portal's bound is broken."""
    told = settings or NightSettings()
    _end_with_the_runner()
    with one_night(told.locations.root), telling_of_failure(told):
        visits = _with_workers(crawl, told.side)(told, portals)
        processed = _with_workers(process, told.jobs)(told)
        report = steps.report(told, visits, processed, publish(told))
    tell(told, report)
    return _concluded(told, report)


@flow(name="rerun", flow_run_name=_of_tonight, timeout_seconds=NIGHT)
def rerun(settings: NightSettings | None = None, selection: Selection | None = None) -> NightReport:
    """Do the chosen documents again from the archive, and publish. Raises `WrongUseError` where none are chosen."""
    told = settings or NightSettings()
    _end_with_the_runner()
    with one_night(told.locations.root):
        steps.requeue_selected(told, selection or Selection())
        processed = _with_workers(process, told.jobs)(told)
        return _concluded(told, steps.report(told, (), processed, publish(told)))


def _end_with_the_runner() -> None:
    """A run that the server began by itself is a process of its own: it ends where `gongkai serve` is killed."""
    if runtime.deployment.name and os.environ.get(OWN_PAGE):
        end_with_parent()


def _with_workers(each: Callable[..., T], side: int) -> Callable[..., T]:
    runner: ThreadPoolTaskRunner[object] = ThreadPoolTaskRunner(max_workers=side)
    return each.with_options(task_runner=runner)  # type: ignore[attr-defined,no-any-return]


def _concluded(told: NightSettings, report: NightReport) -> NightReport:
    """Put the summary on the flow run's page."""
    create_markdown_artifact(night_markdown(report), key="night", description="这一夜 / what the night brought")
    create_table_artifact(coverage_rows(report), key="coverage", description="公开与收录 / coverage")
    if report.published:
        where = told.locations.releases
        create_link_artifact(releases_link(where), link_text=report.published.release.version, key="release")
        if report.published.site:
            create_link_artifact(site_link(where), link_text="网站 / site", key="site")
    if not report.sound:
        raise BoundsBrokenError(report)
    return report
