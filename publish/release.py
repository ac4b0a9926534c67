"""Immutable releases: built beside, verified from disk, moved in one rename; the pointer moves last.

A kill at any step leaves `<root>/releases` without the new version or with the whole of it. What it may leave besides
(`.building`, a pointer that still names the version before) is put right by the next publish.
"""

import fcntl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from publish.changelog import CHANGELOG, changelog
from publish.durable import scratch_folder, sync, sync_tree
from publish.errors import PublishInProgressError
from publish.package import describe, read_descriptor, row_counts, write_descriptor
from publish.rows import Row
from publish.tables import write_tables
from publish.verification import verify_release
from publish.versions import accepted_version, point_to_newest, published_versions
from schemas.records import Reading


@dataclass(frozen=True, slots=True)
class Release:
    """A published version and its folder; `is_new` is False where the content was published already."""

    version: str
    folder: Path
    is_new: bool


def publish_release(
    readings: Iterable[Reading],
    root: Path,
    version: str,
    *,
    reference: Mapping[str, Sequence[Row]] | None = None,
    force: bool = False,
) -> Release:
    """Publish the readings as `<root>/releases/<version>`, unless the newest release has the same content already.

    `version` is `YYYY.MM.DD.n` (`publish.versions.next_version` proposes one); `force` publishes the same content anew.
    `readings` and `reference` are those of `publish.tables.write_tables`. Raises `VersionExistsError`,
    `VersionRefusedError`, `RowRefusedError`, `DocumentOrderError`, `PublishInProgressError`, `ReleaseDamagedError`.
    """
    releases = root / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    with _only_publisher(releases), scratch_folder(releases / ".building") as building:
        point_to_newest(releases)
        published = published_versions(releases)
        accepted = accepted_version(version, published)
        newest = releases / str(published[-1]) if published else None
        _build(building, readings, str(accepted), newest, reference)
        if newest and not force and _same_content(building, newest):
            return Release(newest.name, newest, is_new=False)
        sync_tree(building)
        verify_release(building)
        target = releases / str(accepted)
        building.rename(target)
        sync(releases)
        point_to_newest(releases)
    return Release(target.name, target, is_new=True)


def _build(
    building: Path,
    readings: Iterable[Reading],
    version: str,
    newest: Path | None,
    reference: Mapping[str, Sequence[Row]] | None,
) -> None:
    rows = write_tables(readings, building / "parquet", building / "csv", reference)
    write_descriptor(building, describe(building, version, rows))
    before = (newest.name, row_counts(read_descriptor(newest))) if newest else None
    older = (newest / CHANGELOG).read_text(encoding="utf-8") if newest else ""
    (building / CHANGELOG).write_text(changelog(version, rows, before, older), encoding="utf-8", newline="\n")


def _same_content(one: Path, other: Path) -> bool:
    """Whether two releases have the same files, by hash, under the same schemas."""
    resources, other_resources = (read_descriptor(release)["resources"] for release in (one, other))
    return bool(resources == other_resources)


@contextmanager
def _only_publisher(releases: Path) -> Iterator[None]:
    """Hold the folder's lock, which dies with the process; `PublishInProgressError` where another one holds it."""
    with (releases / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishInProgressError(f"another process is publishing to {releases}") from error
        yield
