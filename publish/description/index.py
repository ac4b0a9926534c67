"""`index.html` of the releases' folder: what there is, how far to trust it, how to load and to cite it.

It is made anew from the releases' own descriptions whenever a release is added, and needs no server.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from publish.description.citation import citation_line, released_on
from publish.description.figures import Figures
from publish.description.linked_data import dataset_linked, download
from publish.description.package import MEDIA_TYPES, files_of
from publish.description.page_templates import rendered
from publish.tables.paths import partition_of


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One format's file, or files where it is partitioned; `address` is of the file or folder, from the page."""

    format: str
    address: str
    bytes: int
    partitioned: bool


@dataclass(frozen=True, slots=True)
class ContentEntry:
    """A table, or another file, of a release; `rows` is None where it has none."""

    name: str
    zh: str
    en: str
    rows: int | None
    files: tuple[FileEntry, ...]


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """A release as the page shows it; `figures` is None where it was made before there were any."""

    version: str
    day: date
    bytes: int
    contents: tuple[ContentEntry, ...]
    figures: Figures | None
    citation: str

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(content.rows or 0 for content in self.contents)

    @property
    def amounts(self) -> int | None:
        """Line items, None where the release does not say."""
        return sum(self.figures["amounts"].values()) if self.figures else None

    def content(self, name: str) -> ContentEntry | None:
        """The entry of a table."""
        return next((each for each in self.contents if each.name == name), None)


def index_page(entries: Sequence[ReleaseEntry]) -> str:
    """The page of these releases, newest first."""
    newest = entries[0] if entries else None
    linked = dataset_linked(newest.version, _downloads(newest)) if newest else ""
    return rendered("index.html.j2", releases=entries, newest=newest, linked=linked)


def _downloads(release: ReleaseEntry) -> Iterator[Mapping[str, Any]]:
    """The files of a release that are one by one what they are; a table of several has a folder as its address."""
    for file in (file for content in release.contents for file in content.files):
        if not file.partitioned and file.format in MEDIA_TYPES:
            yield download(MEDIA_TYPES[file.format], file.address, file.bytes)


def release_entry(version: str, descriptor: Mapping[str, Any], figures: Figures | None) -> ReleaseEntry:
    """What the page shows of a release, from its `datapackage.json` and its `summary.json`."""
    resources = descriptor["resources"]
    return ReleaseEntry(
        version=version,
        day=released_on(version),
        bytes=sum(known["bytes"] for known in files_of(descriptor).values()),
        contents=tuple(_contents(version, resources)),
        figures=figures,
        citation=citation_line(version),
    )


def _contents(version: str, resources: Iterable[Mapping[str, Any]]) -> Iterator[ContentEntry]:
    """A table's CSV and Parquet files stand in one entry, which has their place in the description."""
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for resource in resources:
        by_name.setdefault(_content_name(resource), []).append(resource)
    for name, same in by_name.items():
        described = same[0]
        yield ContentEntry(
            name=name,
            zh=described.get("description_zh", ""),
            en=described.get("description", ""),
            rows=next((each["rows"] for each in same if each["type"] == "table"), None),
            files=tuple(_formats(version, same)),
        )


def _content_name(resource: Mapping[str, Any]) -> str:
    """The table that a resource has rows of, or the path of what is no table."""
    if resource["type"] == "table":
        return str(resource["name"])
    return str(resource.get("table") or resource["path"])


def _formats(version: str, resources: Sequence[Mapping[str, Any]]) -> Iterator[FileEntry]:
    """The files of one table by format, those of a partitioned one together."""
    for form, files in _by_format(resources).items():
        path = str(files[0]["path"])
        partition = partition_of(path)
        address = path.partition(f"/{partition}")[0] if partition else path
        yield FileEntry(form, f"{version}/{address}", sum(file["bytes"] for file in files), bool(partition))


def _by_format(resources: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The resources that are files; the one of a table with several CSV files has none of its own."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in resources:
        if isinstance(each["path"], str):
            found.setdefault(each["format"], []).append(each)
    return found
