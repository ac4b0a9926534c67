"""What every family's pages are made from."""

from dataclasses import dataclass
from typing import Protocol

from samples.portal.publications import Publication
from samples.portal.resources import Resource, Routes

MEDIA = {".pdf": "application/pdf", ".zip": "application/zip", ".rar": "application/x-rar-compressed"}


@dataclass(frozen=True, slots=True)
class Build:
    """A site at one moment: its papers in order, how many a list's page shows, and which rebuild this is.

    `numbers` are those in which the papers came in; a paper keeps its own when others vanish.
    """

    published: tuple[Publication, ...]
    numbers: tuple[int, ...]
    per_page: int
    generation: int

    def number(self, index: int) -> int:
        """A CMS's running number for the paper at `index`, another one after each rebuild."""
        return 10_000 * (self.generation + 1) + self.numbers[index]

    def pages(self) -> list[list[tuple[int, Publication]]]:
        """The papers by pages of the list, with their indices; one empty page where there are none."""
        numbered = list(enumerate(self.published))
        starts = range(0, len(numbered), self.per_page)
        return [numbered[start : start + self.per_page] for start in starts] or [[]]


class Manner(Protocol):
    """A family: the addresses that it gives and the pages that stand there."""

    def entry(self, build: Build) -> str:
        """The path of the list's first page."""

    def file_target(self, build: Build, index: int) -> str:
        """The path, and query, of the file of the paper at `index`."""

    def routes(self, build: Build) -> Routes:
        """All pages and files."""


def file_resource(publication: Publication, disposition: bytes | None = None) -> Resource:
    """A paper's file as served."""
    content_type = MEDIA.get(publication.suffix, "application/octet-stream")
    return Resource(publication.content, content_type, disposition)
