"""Pages of words and rules, of a PDF or of what is laid out as one, with their tables and lines."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from extractors.items.vocabulary import VOCABULARY
from extractors.pages.ocr import whole_page, with_pictures
from extractors.pages.pdfium import open_pdf, read_pages
from extractors.tables.layout import PageLayout, layout_of
from extractors.tables.split.sideways import whole_sheets
from reading.contents import Contents
from reading.whole_pages import with_whole_pages
from schemas.records import Page


def read_pdf(path: Path) -> Contents:
    """The pages of a PDF, those without a text layer read from their pictures. Raises `UnreadableDocumentError`."""
    with open_pdf(path) as pdf:
        seen = list(read_pages(pdf))
        pages, refused = with_pictures(pdf, seen)
        pictured = {page.number: page.needs_ocr for page in seen if page.needs_ocr}
        known = Contents((), (), (), pictured, refused)
        contents = contents_of_pages(pages, known)
        laid = partial(contents_of_pages, known=known)
        return with_whole_pages(contents, path.name, laid, partial(whole_page, pdf)) if pictured else contents


def contents_of_pages(pages: Sequence[Page], known: Contents) -> Contents:
    """Pages of words and rules with their layouts, beside what is known of them."""
    layouts = layouts_of(pages)
    sheets = whole_sheets(pages, layouts, VOCABULARY)
    return Contents(pages, layouts, sheets, known.pictured, known.refused, known.findings)


def layouts_of(pages: Iterable[Page]) -> list[PageLayout]:
    """The layout of each page, which may go on from the page before."""
    layouts: list[PageLayout] = []
    for page in pages:
        layouts.append(layout_of(page, layouts[-1] if layouts else None, VOCABULARY))
    return layouts
