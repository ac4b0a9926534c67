"""OFD, the national fixed-layout format (GB/T 33190-2016): text objects and paths of its pages as words and rules.

Read by lxml: of the libraries for OFD none is kept that gives more than a rendering.
"""

from pathlib import Path

from extractors.errors import DamagedDocumentError
from extractors.packages import opened
from extractors.pages.ofd.objects import paths_of, pictures_of, texts_of
from extractors.pages.ofd.sheets import Sheet, sheets_of
from extractors.pages.rules import rules_seen
from extractors.pages.trust import is_pictured, reason_to_distrust
from extractors.pages.words import words_of
from schemas.records import Glyph, Page


def read_ofd(path: Path) -> list[Page]:
    """The pages of all documents in an OFD, those that are scans without words and with the reason (`needs_ocr`).

    Raises `UnreadableDocumentError` where it cannot be read.
    """
    with opened(path) as package:
        pages = [_page(sheet) for sheet in sheets_of(package)]
    if not pages:
        raise DamagedDocumentError("an OFD without a page")
    return pages


def _page(sheet: Sheet) -> Page:
    drawn = [shape for source in sheet.sources for shape in paths_of(source, sheet.upright)]
    rules = rules_seen(drawn, sheet.width, sheet.height)
    runs = [text for source in sheet.sources for text in texts_of(source, sheet.upright)]
    pictures = [placed.box for source in sheet.sources for placed in pictures_of(source, sheet.upright)]
    glyphs = [glyph for text in runs for glyph in (*text, Glyph(" ", 0, 0, 0, 0))]
    doubt = (
        reason_to_distrust(glyphs, 0, pictures, sheet.width, sheet.height)
        if is_pictured(pictures, sheet.width, sheet.height)
        else None
    )
    if doubt:
        return Page(sheet.number, sheet.width, sheet.height, (), (), "ofd", doubt)
    words = words_of(glyphs, rules)
    return Page(sheet.number, sheet.width, sheet.height, words, rules, "ofd", shows_pictures=bool(pictures))
