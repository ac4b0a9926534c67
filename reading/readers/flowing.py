"""Word documents and web pages: they flow, and their parts are pages only while they are read."""

from collections.abc import Callable, Sequence
from pathlib import Path

from crawlers.pages.decoding import decoded
from extractors.errors import NoTableInPageError
from extractors.items.vocabulary import VOCABULARY
from extractors.sheets.flowing.docx import read_docx
from extractors.sheets.flowing.parts import Block
from extractors.sheets.flowing.web import read_web_page
from extractors.sheets.grid_cells import CellGrid
from extractors.sheets.laying import laid_out
from reading.contents import Contents
from reading.formats import format_of
from reading.rendered.rendered_reader import RenderedReader
from schemas.errors import NotAPdfError
from schemas.records import Format, LineItem


def _web_page(path: Path) -> Sequence[Sequence[Block]]:
    """The blocks of a page. Raises `NotAPdfError` or `NoTableInPageError` where it can be no paper."""
    parts = read_web_page(decoded(path.read_bytes(), {}))
    if not parts:
        raise NotAPdfError("a web page without any text")
    if not any(isinstance(block, CellGrid) for part in parts for block in part):
        raise NoTableInPageError(path.name)
    return parts


BY_FORMAT: dict[Format, Callable[[Path], Sequence[Sequence[Block]]]] = {"docx": read_docx, "html": _web_page}


class FlowingReader:
    """The reader of DOCX and HTML."""

    formats: frozenset[Format] = frozenset(BY_FORMAT)

    def read(self, path: Path) -> Contents:
        """All of a document. Raises `UnreadableDocumentError`."""
        return contents_of_parts(BY_FORMAT[format_of(path)](path))

    def second(self, path: Path, items: Sequence[LineItem]) -> RenderedReader:
        """Its own rendering."""
        return RenderedReader(path, format_of(path), items)


def contents_of_parts(parts: Sequence[Sequence[Block]]) -> Contents:
    """The parts laid out, each on a page of its own."""
    laid = [laid_out(number, part, "cells", VOCABULARY) for number, part in enumerate(parts, start=1)]
    layouts = [layout for _, layout in laid]
    return Contents([page for page, _ in laid], layouts, layouts, paged=False)
