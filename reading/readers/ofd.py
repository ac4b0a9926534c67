"""OFD: pages of words and rules, laid out as those of PDFs are; scanned pages read from their pictures."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extractors.pages.ocr import with_pictures
from extractors.pages.ofd import read_ofd
from extractors.pages.ofd.scans import scans_of, told_by_pictures
from extractors.pages.pdfium import open_pdf
from reading.contents import Contents, SecondReading
from reading.pdf_contents import contents_of_pages
from reading.second_reader import NoSecondReader, SecondReader
from schemas.records import OCR_READERS, Format, LineItem, Page


class OfdReader:
    """The reader of OFD."""

    formats: frozenset[Format] = frozenset({"ofd"})

    def read(self, path: Path) -> Contents:
        """The pages of an OFD. Raises `UnreadableDocumentError`, a page's own where none of them can be read."""
        pages = read_ofd(path)
        if not any(page.needs_ocr or page.shows_pictures for page in pages):
            return contents_of_pages(pages, Contents((), (), ()))
        return _with_scans(path, pages)

    @contextmanager
    def second(self, path: Path, items: Sequence[LineItem]) -> Iterator[SecondReading]:
        """The second reader of an OFD's scanned pages; of its text there is none."""
        if any(item.reader in OCR_READERS for item in items):
            with scans_of(path) as scans, SecondReader(scans.path, items) as second:
                yield second
        else:
            with NoSecondReader() as nobody:
                yield nobody


def _with_scans(path: Path, pages: Sequence[Page]) -> Contents:
    with scans_of(path) as scans, open_pdf(scans.path) as pdf:
        told = told_by_pictures(pdf, pages)
        pictured = {page.number: page.needs_ocr for page in told if page.needs_ocr}
        lost = {number: error for number, error in scans.refused.items() if number in pictured}
        if len(lost) == len(told):
            raise lost[min(lost)]
        read, refused = with_pictures(pdf, [page for page in told if page.number not in lost])
    seen = {page.number: page for page in (*told, *read)}
    return contents_of_pages(list(seen.values()), Contents((), (), (), pictured, {**refused, **lost}))
