"""Archives as documents: only those of which no paper could be had, which are named with the reason."""

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from crawlers.files.archive_members import BrokenMember
from reading.containers import papers_in
from reading.errors import ContainerUnreadableError
from reading.formats import CONTAINERS
from reading.second_reader import NoSecondReader
from schemas.records import LineItem


class ContainerReader:
    """The reader of ZIP, RAR, 7Z and TAR: their papers are read on their own, so none is left for it."""

    formats = CONTAINERS

    def read(self, path: Path) -> NoReturn:
        """Raises `ContainerUnreadableError`: why no paper of the archive could be had."""
        found = list(papers_in(path))
        broken = [member for member in found if isinstance(member, BrokenMember)]
        if broken:
            raise ContainerUnreadableError(f"{broken[0].path}: {broken[0].error}")
        raise ContainerUnreadableError("its papers are documents of their own" if found else "no paper is in it")

    def second(self, path: Path, items: Sequence[LineItem]) -> NoSecondReader:
        """Nothing is read a second time."""
        return NoSecondReader()
