"""Which documents a command is about: the papers among files and folders, each content once."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crawlers.files.media_types import HEAD_BYTES, sniff
from reading.containers import members_of
from schemas.errors import WrongUseError
from schemas.records import Document, Kind, PaperRole
from schemas.visible import visible_line

SUFFIX = ".pdf"
LEADS_OUTSIDE = "是指向文件夹之外的链接，请直接给出该文件 / a link that leads outside the folder: name the file itself"
LEFT_BY_OFFICE = "~$"
"""What the names of files begin with that office programs leave beside an open document."""
SAID_BY_BOTH = ("kind", "fiscal_year", "department")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file is from: the columns of the dataset's `documents` that no reader can know, None for what is unknown.

    `kind`, `fiscal_year` and `department` are the portal's words, for a file that does not say so itself.
    """

    file_name: str
    source_url: str | None = None
    page_url: str | None = None
    title: str | None = None
    portal: str | None = None
    fetched_at: datetime | None = None
    published_on: date | None = None
    division_code: str | None = None
    superseded_by: str | None = None
    container: str | None = None
    container_place: str | None = None
    role: PaperRole | None = None
    division: str | None = None
    kind: Kind | None = None
    fiscal_year: int | None = None
    department: str | None = None

    def given_to(self, document: Document) -> Document:
        """The document with its provenance; what it says of itself stands."""
        own = {name: getattr(document, name) or getattr(self, name) for name in SAID_BY_BOTH}
        rest = {
            field.name: _shown(getattr(self, field.name)) for field in fields(self) if field.name not in SAID_BY_BOTH
        }
        return replace(document, **own, **rest)


def _shown(value: Any) -> Any:
    """A text as it may be stored: titles and addresses come from pages, names from whoever made the file."""
    return visible_line(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and its `document_id`; `copies` are other paths with the same bytes.

    `origin` is where it is from; None for a file that is just there, and is known by its own name. `within` is the
    archive or the PDF that it came in.
    """

    path: Path
    document_id: str
    copies: tuple[Path, ...] = ()
    origin: Provenance | None = None
    within: Path | None = None

    @property
    def name(self) -> str:
        """The file's name, always text that can be written anywhere."""
        return self.provenance.file_name

    @property
    def folder(self) -> Path:
        """The folder that it lies in, or that what it came in does."""
        return (self.within or self.path).parent

    @property
    def provenance(self) -> Provenance:
        """Where it is from, as far as is known."""
        return self.origin or Provenance(readable_name(self.path))


@dataclass(frozen=True, slots=True)
class Found:
    """The documents by ascending `document_id`, and the files that could not be opened, each with the reason."""

    sources: tuple[Source, ...]
    unopened: tuple[tuple[Path, str], ...] = ()


def document_id(path: Path) -> str:
    """Lower-case hex SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def find(paths: Iterable[Path]) -> Found:
    """The documents at `paths`: a file as it is, a folder's papers at any depth.

    A paper in a folder is a file named *.pdf in any case, or one of another name whose bytes are those of a kind that
    papers come in; a link that leads outside of the folder is not followed. Where several files have the same bytes,
    the first in the order given (in a folder: by path) lends its name. An archive's papers are documents of their own,
    and so are those that a PDF carries, which is one, too.
    Raises `WrongUseError` where a path does not exist, or there is no document at all.
    """
    by_id: dict[str, list[Path]] = {}
    origins: dict[Path, Provenance] = {}
    within: dict[Path, Path] = {}
    unopened: list[tuple[Path, str]] = []
    for path in _files(paths, unopened):
        try:
            unpacked = members_of(path)
            origins |= {
                own: Provenance(name, container=readable_name(path), container_place=place)
                for own, name, place in unpacked.members
            }
            unopened.extend(unpacked.broken)
            within |= {own: path for own, _, _ in unpacked.members}
            members = [member.path for member in unpacked.members]
            for own in members if members and not unpacked.beside else [path, *members]:
                by_id.setdefault(document_id(own), []).append(own)
        except OSError as error:
            unopened.append((path, error.strerror or str(error)))
    if not by_id and not unopened:
        raise WrongUseError("没有找到可读的文件 / no papers found")
    sources = (
        Source(first, identity, tuple(copies), origins.get(first), within.get(first))
        for identity, (first, *copies) in sorted(by_id.items())
    )
    return Found(tuple(sources), tuple(unopened))


def readable_name(path: Path) -> str:
    """The file's name as text; one that is not UTF-8 is taken for GB 18030, as in archives made on Chinese Windows.

    Control characters and those that turn the direction of writing are seen as U+FFFD.
    """
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return visible_line(os.fsencode(path.name).decode("gb18030", errors="backslashreplace"))
    return visible_line(path.name)


def _files(paths: Iterable[Path], refused: list[tuple[Path, str]]) -> Iterator[Path]:
    """Each file once, however many paths lead to it; a link in a folder that leads outside of it is `refused`."""
    seen: set[Path] = set()
    for path in paths:
        if not (path.is_dir() or path.is_file()):
            raise WrongUseError(f"没有这个文件或文件夹 / no such file or folder: {path}")
        for file in _papers_in(path) if path.is_dir() else [path]:
            place = file.resolve()
            if path.is_dir() and not place.is_relative_to(path.resolve()):
                refused.append((file, LEADS_OUTSIDE))
            elif place not in seen:
                seen.add(place)
                yield file


def _papers_in(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(names) if _is_paper(path := Path(parent, name)))


def _is_paper(path: Path) -> bool:
    """Whether a folder's file is taken; only regular ones are, for a pipe would keep the reader waiting."""
    return path.is_file() and (path.suffix.lower() == SUFFIX or _reads_as_paper(path))


def _reads_as_paper(path: Path) -> bool:
    if path.name.startswith(LEFT_BY_OFFICE):
        return False
    try:
        with path.open("rb") as stream:
            return sniff(stream.read(HEAD_BYTES)) not in ("empty", "unknown")
    except OSError:
        return False
