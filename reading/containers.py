"""Archives that are handed over with papers in them, and PDFs that carry files: each paper is a document of its own.

Members are unpacked in memory by the crawler's own code, with its limits; none is written to a path that it names.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crawlers.errors import FetchError
from crawlers.files.media_types import CONTAINERS, HEAD_BYTES, PAPERS, PICTURES, Media, may_carry_files, sniff
from crawlers.limits import Limits
from reading.errors import ContainerUnreadableError

if TYPE_CHECKING:
    from crawlers.files.archive_members import BrokenMember, Member

WANTED: frozenset[Media] = PAPERS | PICTURES | {"html"}
LIMITS = Limits()
ATTACHMENTS = "attachments"
"""Stands for the files of a PDF of which none can be had."""
LONGEST_NAME = 80
"""Characters; a name is cleaned of folders, and says the year or the department where nothing else does."""


class MemberFile(NamedTuple):
    """A paper of an archive: the file that holds its bytes, its name, its path within the archive."""

    path: Path
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The papers of an archive, or that a PDF carries, and the members that cannot be had, each with the reason.

    `beside` says that they are beside a paper, the PDF itself.
    """

    members: tuple[MemberFile, ...] = ()
    broken: tuple[tuple[Path, str], ...] = ()
    beside: bool = False


def members_of(path: Path) -> Unpacked:
    """The papers in the archive at `path`, or that the PDF there carries.

    Nothing for any other file, or an archive of which nothing can be had; of a PDF that is told as a broken member.

    The files are there until the process ends.
    """
    carrier = _kind_of_carrier(path)
    if carrier is None:
        return Unpacked()
    from crawlers.files.archive_members import Member  # noqa: PLC0415  its libraries take 0.3 s

    members: list[MemberFile] = []
    broken: list[tuple[Path, str]] = []
    beside = carrier not in CONTAINERS
    try:
        for found in papers_in(path):
            if isinstance(found, Member):
                members.append(_written(found))
            else:
                broken.append((path / found.path, str(found.error)))
    except ContainerUnreadableError as error:
        if not beside:
            return Unpacked()  # the archive itself is then the document that cannot be read
        broken.append((path / ATTACHMENTS, str(error)))
    return Unpacked(tuple(members), tuple(broken) if members or beside else (), beside)


def papers_in(path: Path) -> "Iterator[Member | BrokenMember]":
    """The papers in the file at `path`. Raises `ContainerUnreadableError` where it cannot be opened."""
    from crawlers.files.archive_members import unpack  # noqa: PLC0415

    content = path.read_bytes()
    media = sniff(content)
    if not may_carry_files(media, content):
        return
    try:
        yield from unpack(content, media, LIMITS, WANTED)
    except FetchError as error:
        raise ContainerUnreadableError(str(error)) from error


def _kind_of_carrier(path: Path) -> Media | None:
    """What a file is by its beginning, where that may hold others; packages of office programs are told by their parts.

    A PDF is asked as a whole.
    """
    with path.open("rb") as stream:
        media = sniff(head := stream.read(HEAD_BYTES))
        content = head + stream.read() if media == "pdf" else head
    return media if may_carry_files(media, content) else None


def _written(member: "Member") -> MemberFile:
    name = member.path.rpartition("/")[2]
    file = _scratch() / sha256(member.content).hexdigest() / name[-LONGEST_NAME:]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(member.content)
    return MemberFile(file, name, member.path)


@cache
def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gongkai-members-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
