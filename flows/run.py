"""The Prefect flow: papers → readings, a task for each → a release. `prefect_settings.configure` goes before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.releasing import Published, publish_work
from reading import work
from reading.running.limits import Limits
from reading.running.outcomes import Outcome
from reading.running.processes import DocumentProcesses
from reading.running.progress import Progress, unwatched
from reading.running.runner import read
from reading.sources import Found, Source
from reading.together import held_together

WORK = "work"
"""The work folder under the root."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did: each document's outcome, and the release."""

    outcomes: tuple[Outcome, ...]
    published: Published


def run(
    found: Found, root: Path, jobs: int, limits: Limits, *, version: str | None = None, progress: Progress = unwatched
) -> RunResult:
    """Read what was found, `jobs` documents at a time, and publish it to `root`/releases.

    Raises what `flows.releasing.publish_work` raises, and `OSError` where a reading cannot be kept.
    """
    runner: ThreadPoolTaskRunner[Outcome | Published] = ThreadPoolTaskRunner(max_workers=jobs)
    return folder_to_release.with_options(task_runner=runner)(  # type: ignore[arg-type]
        found.sources, root, jobs, limits, version=version, progress=progress
    )


@flow(name="folder-to-release", validate_parameters=False)
def folder_to_release(
    sources: Sequence[Source],
    root: Path,
    jobs: int,
    limits: Limits,
    *,
    version: str | None = None,
    progress: Progress = unwatched,
) -> RunResult:
    """A task for each document, then one that publishes."""
    with DocumentProcesses(jobs, limits) as processes:
        reading = [read_document.submit(source, root / WORK, processes) for source in sources]
        outcomes = [future.result() for future in progress(as_completed(reading), len(reading), "读取 reading")]
    outcomes = list(held_together(outcomes, sources, root / WORK).values())
    work.finish((outcome.document_id for outcome in outcomes), root / WORK)
    published = publish(root, version)
    return RunResult(tuple(published.refused.get(o.document_id, o) for o in outcomes), published)


@task(task_run_name="{source.name}", cache_policy=NO_CACHE)
def read_document(source: Source, folder: Path, processes: DocumentProcesses) -> Outcome:
    """Read one document into the work folder."""
    return read(source, folder, processes)


@task(cache_policy=NO_CACHE)
def publish(root: Path, version: str | None) -> Published:
    """Publish the work folder."""
    return publish_work(root / WORK, root, version)
