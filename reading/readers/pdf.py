"""PDFs: their text layer by pdfium, pages without one from their pictures; pdfplumber and a second engine beside."""

from collections.abc import Sequence
from pathlib import Path

from reading.contents import Contents
from reading.pdf_contents import read_pdf
from reading.second_reader import SecondReader
from schemas.records import Format, LineItem


class PdfReader:
    """The reader of PDFs."""

    formats: frozenset[Format] = frozenset({"pdf"})

    def read(self, path: Path) -> Contents:
        """The pages of a PDF. Raises `UnreadableDocumentError`."""
        return read_pdf(path)

    def second(self, path: Path, items: Sequence[LineItem]) -> SecondReader:
        """The second reader of a PDF."""
        return SecondReader(path, items)
