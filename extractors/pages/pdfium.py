"""The first reader: pdfium through pypdfium2, glyphs and drawn paths of each page with a text layer."""

import contextlib
import ctypes
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as c

from extractors.pages.opening import check_bytes, check_page_count, check_page_size
from extractors.pages.painted import painted_on
from extractors.pages.rules import rules_seen
from extractors.pages.trust import reason_to_distrust
from extractors.pages.upright import Sheet, turn_of_text
from extractors.pages.words import words_of
from schemas.errors import DamagedPdfError, EncryptedPdfError
from schemas.records import Glyph, Page, Word

ANGLE_SAMPLE = 48
"""So many characters of a page tell which way its text runs."""
UNMAPPED = frozenset("\0\ufffe")
"""What pdfium gives for characters without any Unicode value."""

ENCRYPTED = b"/Encrypt"
"""What the trailer of an encrypted file names; pdfium's last error alone may still be that of another document."""


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


def read_pages(document: pypdfium2.PdfDocument) -> Iterator[Page]:
    """Each page of an open document in turn, upright; a page's memory is given back before the next is read."""
    for index in range(len(document)):
        yield read_page(document, index + 1)


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Page `number` (from 1), upright. Raises `DamagedPdfError` or `PageTooLargeError`."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise DamagedPdfError(f"page {number}: {error}") from error
    try:
        text = page.get_textpage()
        try:
            return _read(page, text, number)
        finally:
            text.close()
    finally:
        page.close()


def _read(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, number: int) -> Page:
    sheet = sheet_of(page, text)
    width, height = sheet.size
    check_page_size(number, width, height)
    place = sheet.upright()
    glyphs = [glyph for glyph in _glyphs(text, place) if _within(glyph, width, height)]
    painted = painted_on(page, text, place)
    doubt = reason_to_distrust(glyphs, painted.hidden, painted.pictures, width, height)
    if doubt:
        return Page(number, width, height, (), (), "pdfium", doubt)
    rules = rules_seen(painted.drawn, width, height)
    return Page(number, width, height, words_of(glyphs, rules), rules, "pdfium")


def hidden_words(document: pypdfium2.PdfDocument, number: int) -> tuple[Word, ...]:
    """The words of a page's text layer, whatever is thought of it, on the page as a viewer shows it.

    They are what a scanner's own OCR hid there: an opinion to compare with, not what the page says.
    """
    page = document[number - 1]
    text = page.get_textpage()
    try:
        left, bottom, right, top = page.get_bbox()
        place = Sheet(left, bottom, right, top, page.get_rotation()).upright()
        return words_of(_glyphs(text, place), ())
    finally:
        text.close()
        page.close()


def sheet_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Sheet:
    """Where an open page lies in its own coordinates, and how it must be turned to be upright."""
    left, bottom, right, top = page.get_bbox()
    return Sheet(left, bottom, right, top, turn_of_text(_angles(text), page.get_rotation()))


def _angles(text: pypdfium2.PdfTextPage) -> Iterator[float]:
    count = c.FPDFText_CountChars(text)
    for index in range(0, count, max(1, count // ANGLE_SAMPLE)):
        if not chr(c.FPDFText_GetUnicode(text, index)).isspace():
            yield -math.degrees(c.FPDFText_GetCharAngle(text, index))  # pdfium measures clockwise


def _within(glyph: Glyph, width: float, height: float) -> bool:
    return 0 <= glyph[1] + glyph[3] <= 2 * width and 0 <= glyph[2] + glyph[4] <= 2 * height


def _glyphs(text: pypdfium2.PdfTextPage, place: Any) -> Iterator[Glyph]:
    """The characters of a page; the loose box has the font's full height, which keeps a line's characters level."""
    rect = c.FS_RECTF()
    pointer, box_of = ctypes.byref(rect), c.FPDFText_GetLooseCharBox
    for index, letter in enumerate(_letters(text)):
        if letter in UNMAPPED or not box_of(text, index, pointer):
            continue
        left, right, low, high = rect.left, rect.right, rect.bottom, rect.top
        if left > right:
            left, right = right, left
        if low > high:
            low, high = high, low
        yield Glyph(letter, *place(left, low, right, high))


def _letters(text: pypdfium2.PdfTextPage) -> Sequence[str]:
    """The characters of a page by index, in one call where pdfium gives as many as it counts."""
    count = c.FPDFText_CountChars(text)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = c.FPDFText_GetText(text, 0, count, buffer)
    if written == count + 1:
        together = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="replace")
        if len(together) == count:
            return together
    return [chr(c.FPDFText_GetUnicode(text, index)) for index in range(count)]
