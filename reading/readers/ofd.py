"""OFD: pages of words and rules, laid out as those of PDFs are."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extractors.pages.errors import PictureUnreadableError
from extractors.pages.ofd import read_ofd
from reading.contents import Contents
from reading.pdf_contents import contents_of_pages
from reading.second_reader import NoSecondReader
from schemas.errors import UnreadableDocumentError
from schemas.records import Format, LineItem


class OfdReader:
    """The reader of OFD."""

    formats: frozenset[Format] = frozenset({"ofd"})

    def read(self, path: Path) -> Contents:
        """The pages of an OFD; scanned ones are named and not read. Raises `UnreadableDocumentError`."""
        pages = read_ofd(path)
        pictured = {page.number: page.needs_ocr for page in pages if page.needs_ocr}
        refused: dict[int, UnreadableDocumentError] = {
            number: PictureUnreadableError("a scanned page of an OFD") for number in pictured
        }
        if refused and len(refused) == len(pages):
            raise refused[min(refused)]
        plain = [replace(page, needs_ocr=None) for page in pages]
        return contents_of_pages(plain, Contents((), (), (), pictured, refused))

    def second(self, path: Path, items: Sequence[LineItem]) -> NoSecondReader:
        """The second reader of an OFD."""
        return NoSecondReader()
