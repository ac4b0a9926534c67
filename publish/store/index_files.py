"""`index.html` beside the releases of a folder or of a remote root, and the entries that it is made from."""

from pathlib import Path

from publish.description.figures import SUMMARY, read_figures
from publish.description.index import ReleaseEntry, index_page, release_entry
from publish.description.package import read_descriptor
from publish.store.remote import RemoteReleases
from publish.store.versions import published_versions
from publish.tables.durable import replace_text

INDEX = "index.html"


def release_entries(releases: Path) -> list[ReleaseEntry]:
    """The entries of a folder of releases, newest first."""
    return [_entry(releases / str(version)) for version in reversed(published_versions(releases))]


def remote_entries(remote: RemoteReleases, scratch: Path) -> list[ReleaseEntry]:
    """The same of a remote folder of releases; `scratch` is an empty folder for what they are made from."""
    folders = (remote.fetch_description(version, scratch, (SUMMARY,)) for version in reversed(remote.versions()))
    return [_entry(folder) for folder in folders]


def write_index(releases: Path) -> None:
    """Write the page of a folder of releases, in one step; it may be written again at any time."""
    replace_text(releases / INDEX, index_page(release_entries(releases)))


def write_remote_index(remote: RemoteReleases, scratch: Path) -> None:
    """Write the page of a remote folder of releases; `scratch` is an empty folder for what it is made from."""
    remote.put_beside(INDEX, index_page(remote_entries(remote, scratch)).encode())


def _entry(folder: Path) -> ReleaseEntry:
    return release_entry(folder.name, read_descriptor(folder), read_figures(folder))
