"""The pages that a person would see of a file that is no PDF: scans as they are, office files as printed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from extractors.pages.ofd.scans import scans_of
from extractors.pages.picture_files import as_pdf
from reading.errors import OfficeMissingError
from reading.rendered.office import converted
from schemas.records import Format

PRINTED: frozenset[Format] = frozenset({"xlsx", "xls", "ods", "docx", "doc", "rtf", "odt"})
"""What LibreOffice prints as it is. Of web pages it would fetch what they name."""


class Pages(NamedTuple):
    """A PDF of a document's pages, and whether its boxes are those of the reading."""

    path: Path
    same: bool


@contextmanager
def as_pages(path: Path, kind: Format | None) -> Iterator[Pages | None]:
    """The pages of a document as a PDF, for as long as the context lasts; None where nothing can print it."""
    if kind is None or kind == "pdf":
        yield Pages(path, same=True)
    elif kind == "picture":
        with as_pdf(path) as pdf:
            yield Pages(pdf, same=True)
    elif kind == "ofd":
        with scans_of(path) as scans:
            yield Pages(scans.path, same=True) if scans.whole else None
    elif kind in PRINTED:
        try:
            with converted(path, "pdf") as printed:
                yield Pages(printed, same=False)
        except OfficeMissingError:
            yield None
    else:
        yield None
