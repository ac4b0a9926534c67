"""The first reader: pdfium through pypdfium2, glyphs and drawn paths of each page with a text layer."""

import contextlib
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as c

from extractors.pages.characters import Sample, characters, sample_of, style_of
from extractors.pages.glyphs.digits import Digits
from extractors.pages.opening import check_bytes, check_page_count, check_page_size
from extractors.pages.painted import Painted, painted_on
from extractors.pages.rules import rules_seen
from extractors.pages.trust import is_pictured, reason_to_distrust
from extractors.pages.upright import Sheet, turn_of_text
from extractors.pages.watermarks import Ground, Marks, Style, found_again, marks_on
from extractors.pages.words import words_of
from schemas.errors import DamagedPdfError, EncryptedPdfError
from schemas.records import Box, Glyph, Page, Rule, Word

ENCRYPTED = b"/Encrypt"
"""What the trailer of an encrypted file names; pdfium's last error alone may still be that of another document."""
DIGITS_DIFFER = "digits_not_as_drawn"
"""Why a page's text layer is not used whose fonts draw other digits than they tell."""


@contextlib.contextmanager
def open_pdf(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """The document at `path`, closed afterwards.

    Raises `EmptyFileError`, `NotAPdfError`, `EncryptedPdfError`, `DamagedPdfError` or `TooManyPagesError`.
    """
    check_bytes(path)
    try:
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == c.FPDF_ERR_PASSWORD and ENCRYPTED in path.read_bytes()
        raise (EncryptedPdfError if locked else DamagedPdfError)(str(error)) from error
    try:
        check_page_count(pages)
        yield document
    finally:
        document.close()


class Seen(NamedTuple):
    """A page as it was read, and what of it is a watermark or may be one."""

    page: Page
    marks: Marks


def read_pages(document: pypdfium2.PdfDocument) -> list[Page]:
    """The pages of an open document, upright; a page's memory is given back before the next is read.

    A page whose watermark only the other pages show is read again without it.
    """
    with Digits(document) as digits:
        seen = {number: _seen(document, number, digits) for number in range(1, len(document) + 1)}
        again = found_again({number: marks for number, (page, marks) in seen.items() if page.words or marks.sure})
        pages = {number: page for number, (page, _) in seen.items()}
        reread = {number: _seen(document, number, digits, known).page for number, known in again.items()}
    return [*(pages | reread).values()]


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Page `number` (from 1), upright. Raises `DamagedPdfError` or `PageTooLargeError`."""
    with Digits(document) as digits:
        return _seen(document, number, digits).page


def _seen(document: pypdfium2.PdfDocument, number: int, digits: Digits, known: Set[Style] = frozenset()) -> Seen:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise DamagedPdfError(f"page {number}: {error}") from error
    try:
        text = page.get_textpage()
        try:
            return _read(page, text, number, digits, known)
        finally:
            text.close()
    finally:
        page.close()


def _read(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, number: int, digits: Digits, known: Set[Style]) -> Seen:
    sample = sample_of(text)
    sheet = _sheet(page, sample)
    width, height = sheet.size
    check_page_size(number, width, height)
    place = sheet.upright()
    printed = characters(text, place, sheet.size, unmapped=sample.unmapped)
    painted = painted_on(page, text, place)
    rules = rules_seen(painted.drawn, width, height)
    marks = Marks({}, {})
    glyphs = [glyph for _, glyph in printed]
    if painted.marked or sample.aslant:
        styles = [style_of(text, index, glyph) for index, glyph in printed]
        marks = marks_on(glyphs, styles, _ground(painted, rules))
        glyphs = [g for g, style in zip(glyphs, styles, strict=True) if style not in marks.sure and style not in known]
    doubt = reason_to_distrust(glyphs, painted.hidden, painted.pictures, width, height)
    if not doubt and not digits.are_as_drawn(page, text, printed):
        doubt = DIGITS_DIFFER
    if not doubt and is_pictured(painted.pictures, width, height) and _is_shown(page, sheet, glyphs):
        doubt = "ocr_layer_over_picture"
    if doubt:
        return Seen(Page(number, width, height, (), (), "pdfium", doubt), Marks({}, {}))
    words = words_of(glyphs, rules)
    return Seen(Page(number, width, height, words, rules, "pdfium", shows_pictures=bool(painted.pictures)), marks)


def _is_shown(page: pypdfium2.PdfPage, sheet: Sheet, glyphs: Iterable[Glyph]) -> bool:
    """Whether the page's pictures print what its text says; the text is taken off the open page for it."""
    from extractors.pages.pictured import shown_by_pictures  # noqa: PLC0415  OpenCV is loaded for pictures alone

    boxes = [Box(glyph.x0, glyph.y0, glyph.x1, glyph.y1) for glyph in glyphs if not glyph.text.isspace()]
    return bool(boxes) and shown_by_pictures(page, sheet.turn, boxes)


def _ground(painted: Painted, rules: tuple[Rule, ...]) -> Ground:
    return Ground(rules, [drawn for drawn in painted.drawn if not drawn.outline])


def hidden_words(document: pypdfium2.PdfDocument, number: int) -> tuple[Word, ...]:
    """The words of a page's text layer, whatever is thought of it, on the page as a viewer shows it.

    They are what a scanner's own OCR hid there: an opinion to compare with, not what the page says.
    """
    page = document[number - 1]
    text = page.get_textpage()
    try:
        left, bottom, right, top = page.get_bbox()
        sheet = Sheet(left, bottom, right, top, page.get_rotation())
        return words_of([glyph for _, glyph in characters(text, sheet.upright(), sheet.size)], ())
    finally:
        text.close()
        page.close()


def sheet_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Sheet:
    """Where an open page lies in its own coordinates, and how it must be turned to be upright."""
    return _sheet(page, sample_of(text))


def _sheet(page: pypdfium2.PdfPage, sample: Sample) -> Sheet:
    left, bottom, right, top = page.get_bbox()
    return Sheet(left, bottom, right, top, turn_of_text(sample.angles, page.get_rotation()))
