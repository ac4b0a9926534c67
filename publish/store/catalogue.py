"""What anybody can ask of releases, offline: which one a path means, whether it is sound, what changed between two."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from publish.derived.changes import change_summary
from publish.derived.changes_summary import ChangeSummary
from publish.description.index import ReleaseEntry
from publish.description.package import DESCRIPTOR
from publish.errors import ReleaseDamagedError
from publish.store.index_files import release_entries, remote_entries
from publish.store.packing import unpacked
from publish.store.remote import RemoteReleases
from publish.store.roots import is_remote
from publish.store.verification import Problem, problems_of
from publish.store.versions import RELEASES, newest_release
from schemas.errors import WrongUseError

MOST = 20
"""So many papers and amounts are named unless more are asked for."""


def release_at(path: Path) -> Path:
    """The release that a path means: its folder, or the newest where the path is a root, its releases, or `latest`.

    Raises `WrongUseError` where there is none.
    """
    if newest := newest_release(path) or newest_release(path / RELEASES):
        return newest
    if (path / DESCRIPTOR).is_file() or (path / "line_items.parquet").is_file():
        return path
    raise WrongUseError(f"这里没有版本 / no release here: {path}")


def verified(path: Path, further: Callable[[Path], Iterable[Problem]] | None = None) -> list[Problem]:
    """What is wrong with a release, or with one that was packed; nothing where it is sound.

    `further` looks at the folder of one that is sound so far. A folder without a description is no release.
    """
    if not path.exists():
        raise WrongUseError(f"没有这个文件夹 / no such folder: {path}")
    if path.suffix == ".zip" and path.is_file():
        with unpacked(path) as folder:
            return _problems(folder, further)
    return _problems(release_at(path) if not (path / DESCRIPTOR).is_file() else path, further)


def _problems(folder: Path, further: Callable[[Path], Iterable[Problem]] | None) -> list[Problem]:
    found = list(problems_of(folder))
    return found if found or further is None else list(further(folder))


def diff(old: Path, new: Path, limit: int = MOST) -> ChangeSummary:
    """What changed from one release to another; both are folders of a release or of what `extract` wrote.

    Raises `WrongUseError` where a folder is neither.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        try:
            return change_summary(old, new, Path(scratch), limit)
        except ReleaseDamagedError as error:
            raise WrongUseError(f"不是一个版本 / this is no release: {error}") from error


def releases_of(root: str) -> list[ReleaseEntry]:
    """The releases at a root, newest first."""
    if not is_remote(root):
        return release_entries(Path(root) / RELEASES)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        return remote_entries(RemoteReleases(root), Path(scratch))
