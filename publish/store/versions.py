"""The versions under `<root>/releases`: their names, their order, and the pointer that names the newest."""

from datetime import date
from pathlib import Path

from publish.description.version import Version
from publish.errors import VersionExistsError, VersionRefusedError
from publish.tables.durable import replace_text

RELEASES = "releases"
"""The folder of the releases under a root."""
POINTER = "latest"


def published_versions(releases: Path) -> list[Version]:
    """The versions in a folder of releases, oldest first; whatever else lies there is no release."""
    names = [path.name for path in releases.iterdir() if path.is_dir()] if releases.is_dir() else []
    return versions_among(names)


def versions_among(names: list[str]) -> list[Version]:
    """The versions among some names, oldest first."""
    return sorted(version for version in map(Version.parse, names) if version)


def version_after(published: list[Version], today: date) -> str:
    """The name for a release made `today`: the day's first, or the one after a newest of today or later."""
    first_today = Version(today.year, today.month, today.day)
    newest = max(published, default=None)
    return str(first_today if newest is None or newest < first_today else newest._replace(n=newest.n + 1))


def accepted_version(name: str, published: list[Version]) -> Version:
    """The version of this name, if it may be published: raises `VersionExistsError` or `VersionRefusedError`."""
    version = Version.parse(name)
    if version is None:
        raise VersionRefusedError(f"{name!r} is no version: it takes YYYY.M.D, as 2026.3.5, or YYYY.M.D.N, N from 2")
    if version in published:
        raise VersionExistsError(f"{version} is published already")
    if published and version < published[-1]:
        raise VersionRefusedError(f"{version} does not come after {published[-1]}, the newest release")
    return version


def point_to_newest(releases: Path) -> None:
    """Let `latest` name the newest release, in one step. Does nothing where it does so already, or there is none."""
    newest = max(published_versions(releases), default=None)
    if newest is not None and latest_version(releases) != newest:
        replace_text(releases / POINTER, f"{newest}\n")


def latest_version(releases: Path) -> Version | None:
    """The version that the pointer names, or None where there is no pointer."""
    pointer = releases / POINTER
    return Version.parse(pointer.read_text(encoding="utf-8").strip()) if pointer.exists() else None


def newest_release(path: Path) -> Path | None:
    """The newest release where a path means releases: their folder, or its pointer `latest`; None where it does not."""
    releases = path.parent if path.name == POINTER and path.is_file() else path
    newest = latest_version(releases) if (releases / POINTER).is_file() else None
    return releases / str(newest) if newest else None
