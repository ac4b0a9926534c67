"""Single cells of pages with a text layer read again by pdfplumber, which is loaded when it is first asked."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from schemas.errors import UnreadableDocumentError
from schemas.records import Box, Page, Word

if TYPE_CHECKING:
    import pdfplumber

PAGES_KEPT = 64
"""Amounts that failing checks share are asked for in no order of pages; reading one takes longest of all."""


class TextAgain:
    """The text layer of the document at `path`; a context that opens it when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = ExitStack()
        self._page = lru_cache(PAGES_KEPT)(self._read_page)
        self._document = lru_cache(1)(self._opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def words(self, page: int, cell: Box) -> Iterator[Word]:
        """The words whose centres are in a cell of a page."""
        return (word for word in self._page(page).words if cell.contains(word.box.cx, word.box.cy))

    def _opened(self) -> "pdfplumber.PDF":
        from extractors.pages.plumber import open_pdf  # noqa: PLC0415  most papers are never read again

        return self._open.enter_context(open_pdf(self._path))

    def _read_page(self, number: int) -> Page:
        """The page as the second reader sees it: nothing where it cannot open what the first one could."""
        from extractors.pages.plumber import read_page  # noqa: PLC0415

        try:
            return read_page(self._document(), number)
        except UnreadableDocumentError:
            return Page(number, 0.0, 0.0, (), (), "pdfplumber")
