"""`index.html`, `index.json` and `feed.xml` beside the releases of a folder or of a remote root, and their entries."""

from pathlib import Path

from publish.description.feeds import FEED, INDEX_JSON, atom_feed, index_json
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
    """Write the page of a folder of releases, each file in one step; it may be written again at any time."""
    for name, text in _files(release_entries(releases)).items():
        replace_text(releases / name, text)


def write_remote_index(remote: RemoteReleases, scratch: Path) -> None:
    """Write the page of a remote folder of releases; `scratch` is an empty folder for what it is made from."""
    for name, text in _files(remote_entries(remote, scratch)).items():
        remote.put_beside(name, text.encode())


def _files(entries: list[ReleaseEntry]) -> dict[str, str]:
    """What stands beside the releases, by name."""
    return {INDEX: index_page(entries), INDEX_JSON: index_json(entries), FEED: atom_feed(entries)}


def _entry(folder: Path) -> ReleaseEntry:
    return release_entry(folder.name, read_descriptor(folder), read_figures(folder))
