"""Pictures as scans: each is a page, read as a scanned page of a PDF is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extractors.pages.picture_files import as_pdf
from reading.contents import Contents, SecondReading
from reading.pdf_contents import read_pdf
from reading.second_reader import SecondReader
from schemas.records import Format, LineItem


class PictureReader:
    """The reader of JPEG, PNG and TIFF."""

    formats: frozenset[Format] = frozenset({"picture"})

    def read(self, path: Path) -> Contents:
        """The pages of a picture. Raises `UnreadableDocumentError`."""
        with as_pdf(path) as pdf:
            return read_pdf(pdf)

    @contextmanager
    def second(self, path: Path, items: Sequence[LineItem]) -> Iterator[SecondReading]:
        """The second reader of the PDF that a picture makes."""
        with as_pdf(path) as pdf, SecondReader(pdf, items) as second:
            yield second
