"""From the work folder to a release."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publish.derived.changes_summary import ChangeSummary
from publish.derived.coverage import CrawlCoverage
from publish.store.catalogue import diff
from publish.store.derived_files import derived_files
from publish.store.index_files import write_index, write_remote_index
from publish.store.release import Release
from publish.store.remote import RemoteReleases
from publish.store.roots import Root, is_remote, next_version_at, publish_at
from publish.store.versions import RELEASES, latest_version
from publish.tables.dataset_files import write_dataset
from publish.tables.papers import Paper
from publish.tables.reference import reference_rows
from reading.running.outcomes import Outcome
from reading.writing import write
from schemas.errors import WrongUseError

STAGING = "staging"
"""The folder of a work folder where a release for a remote root is built."""


@dataclass(frozen=True, slots=True)
class Published:
    """A release and the documents whose rows it refused; `site` is the page to open, where a site was made."""

    release: Release
    refused: dict[str, Outcome]
    site: Path | None = None


def publish_work(
    work: Path,
    root: Root,
    version: str | None,
    *,
    crawl_coverage: Iterable[CrawlCoverage] = (),
    today: date | None = None,
) -> Published:
    """Publish the readings of a work folder to `root`/releases, as `version` or today's next, and its index.

    `root` is a folder, or the address of a store such as `s3://bucket/prefix`; the release is then built under the work
    folder. `crawl_coverage` is what a crawl knows of papers that are not there. Raises `WrongUseError` where there are
    no readings, and the errors of `publish.store.release.publish_release`.
    """
    name = version or next_version_at(root, today or date.today())
    reference, derived = reference_rows(), derived_files(crawl_coverage)

    def publish(papers: Sequence[Paper]) -> Release:
        return publish_at(papers, root, name, staging=work / STAGING, reference=reference, derived=derived)

    release, refused = write(work, publish)
    _write_index(root)
    return Published(release, refused)


def _write_index(root: Root) -> None:
    if not is_remote(root):
        write_index(Path(root) / RELEASES)
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        write_remote_index(RemoteReleases(str(root)), Path(scratch))


def would_change(work: Path, root: Path, limit: int) -> ChangeSummary:
    """What publishing the work folder would change against the newest release, with nothing written.

    Raises `WrongUseError` where there are no readings, or no release to compare them with.
    """
    newest = latest_version(root / RELEASES)
    if newest is None:
        raise WrongUseError(f"这里还没有发布过版本 / no release here yet: {root / RELEASES}")
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        folder = Path(scratch) / "would-be"
        write(work, lambda papers: write_dataset(papers, folder, reference_rows()))
        return diff(root / RELEASES / str(newest), folder, limit)
