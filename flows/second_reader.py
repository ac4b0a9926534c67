"""The second reader's word on single amounts of a paper: pdfplumber, page by page, only where it is asked."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from checks import Alternative
from extractors.items.amounts import NotAnAmountError, printed_amount
from extractors.pages.plumber import open_pdf, read_page
from extractors.tables.lines import text_of
from schemas.records import Box, LineItem, Page

PAGES_KEPT = 8
"""Amounts that a failing check joins stand on a few pages."""


class SecondReader:
    """Reads a cell's amount again from the document at `path`; a context that opens it when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open = ExitStack()
        self._page = lru_cache(PAGES_KEPT)(self._read_page)
        self._document = lru_cache(1)(lambda: self._open.enter_context(open_pdf(path)))

    def __enter__(self) -> "SecondReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def __call__(self, item: LineItem) -> Sequence[Alternative]:
        """What stands in the amount's cell by this reader; nothing where it sees no amount there, or a person has."""
        if item.reader == "correction":
            return ()
        page = self._page(item.page)
        box = Box(item.x0, item.y0, item.x1, item.y1)
        text = text_of(word for word in page.words if box.contains(word.box.cx, word.box.cy))
        try:
            value = printed_amount(text)
        except NotAnAmountError:
            return ()
        return () if value is None else (Alternative(text, value.yuan(item.unit), "pdfplumber"),)

    def _read_page(self, number: int) -> Page:
        return read_page(self._document(), number)
