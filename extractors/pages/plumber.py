"""The second reader: pdfplumber (pdfminer) gives the same `Page` from its own parse of the file.

Slower than the first by far, so it is asked for single pages, where a check doubts what the first one read.
"""

import contextlib
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils import dedupe_chars
from pdfplumber.utils.exceptions import PdfminerException

from extractors.pages.letters import UNREAD, letter
from extractors.pages.opening import check_bytes, check_page_count, check_page_size
from extractors.pages.rules import Colour, Drawn, rules_seen
from extractors.pages.trust import reason_to_distrust
from extractors.pages.upright import Sheet, turn_of_text
from extractors.pages.watermarks import Ground, Style, marks_on, printed_as
from extractors.pages.words import words_of
from schemas.errors import DamagedPdfError, EncryptedPdfError, UnreadableDocumentError
from schemas.records import Box, Glyph, Page

ANGLE_SAMPLE = 48
"""So many characters of a page tell which way its text runs."""
BLACK: Colour = (0, 0, 0, 255)


@contextlib.contextmanager
def open_pdf(path: Path) -> Iterator[pdfplumber.PDF]:
    """The document at `path`, closed afterwards; raises what the first reader raises for the same fault."""
    check_bytes(path)
    try:
        document = pdfplumber.open(path)
        pages = len(document.pages)
    except PdfminerException as error:
        locked = isinstance(error.__context__, PDFPasswordIncorrect)
        raise (EncryptedPdfError if locked else DamagedPdfError)(str(error)) from error
    except Exception as error:  # pdfminer meets a damaged file with errors of all kinds
        raise DamagedPdfError(_told(error)) from error
    try:
        check_page_count(pages)
        yield document
    finally:
        document.close()


def read_page(document: pdfplumber.PDF, number: int) -> Page:
    """Page `number` (from 1), upright. pdfplumber keeps a page's objects until the page itself is closed."""
    page = document.pages[number - 1]
    try:
        return _read(page, number)
    except UnreadableDocumentError:
        raise
    except Exception as error:
        raise DamagedPdfError(f"page {number}: {_told(error)}") from error
    finally:
        page.close()


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, PdfminerException) else f"{type(error).__name__}: {error}"


def _read(page: Any, number: int) -> Page:
    sheet = _sheet(page)
    width, height = sheet.size
    check_page_size(number, width, height)
    turned = _Turned(page, sheet)
    chars = dedupe_chars(_Numbered(page.chars), extra_attrs=())  # bold made by printing twice
    printed = [Glyph(_written(char["text"], inked=char["width"] > 0), *turned.box(char)) for char in chars]
    drawn = list(_drawn(page, turned))
    rules = rules_seen(drawn, width, height)
    styles = [_style(char, glyph) for char, glyph in zip(chars, printed, strict=True)]
    marks = marks_on(printed, styles, Ground(rules, [shape for shape in drawn if not shape.outline]))
    glyphs = [glyph for glyph, style in zip(printed, styles, strict=True) if glyph.text and style not in marks.sure]
    pictures = [turned.box(image) for image in page.images]
    hidden = sum(char.get("non_stroking_color") is None and char.get("stroking_color") is None for char in page.chars)
    doubt = reason_to_distrust(glyphs, hidden, pictures, width, height)
    if doubt:
        return Page(number, width, height, (), (), "pdfplumber", doubt)
    return Page(number, width, height, words_of(glyphs, rules), rules, "pdfplumber")


class _Numbered(list[dict[str, Any]]):
    """Characters that know their order: pdfplumber asks for each one's, and a list looks through all before it."""

    def __init__(self, chars: Sequence[dict[str, Any]]) -> None:
        super().__init__(chars)
        self._order = {id(char): order for order, char in enumerate(chars)}

    def index(self, char: Any, *_: Any) -> int:
        """The place of one of these very characters."""
        return self._order[id(char)]


class _Turned:
    """pdfplumber turns /Rotate itself; what is left is text that was laid sideways on an upright sheet."""

    def __init__(self, page: Any, sheet: Sheet) -> None:
        self._height = float(page.height)
        self._place = sheet.upright()

    def box(self, thing: Any) -> Box:
        corners = self._place(
            float(thing["x0"]),
            self._height - float(thing["bottom"]),
            float(thing["x1"]),
            self._height - float(thing["top"]),
        )
        return Box(*corners)


def _sheet(page: Any) -> Sheet:
    turn = turn_of_text(_angles(page.chars[:: max(1, len(page.chars) // ANGLE_SAMPLE)]), 0)
    return Sheet(0.0, 0.0, float(page.width), float(page.height), turn)


def _angles(chars: Sequence[Any]) -> Iterator[float]:
    """Angles of the text on the page as pdfplumber shows it, counter-clockwise."""
    for char in chars:
        a, b = char["matrix"][:2]
        yield math.degrees(math.atan2(b, a))


def _written(text: str, *, inked: bool) -> str:
    """A character as it may be written; pdfminer gives `(cid:7)` for one that its font does not map."""
    return UNREAD if text.startswith("(cid:") else "".join(letter(part, inked=inked) for part in text)


def _style(char: Any, glyph: Glyph) -> Style:
    """How a character is printed; pdfplumber does not tell how opaque."""
    colour = char.get("non_stroking_color")
    a, b = char["matrix"][:2]
    return printed_as(BLACK if colour is None else _colour(colour), math.degrees(math.atan2(b, a)), glyph)


def _drawn(page: Any, turned: _Turned) -> Iterator[Drawn]:
    for rect in page.rects:
        if rect.get("fill"):
            yield Drawn(turned.box(rect), _colour(rect.get("non_stroking_color")), outline=False)
        if rect.get("stroke"):
            yield Drawn(turned.box(rect), _colour(rect.get("stroking_color")), outline=True)
    for line in page.lines:
        yield Drawn(turned.box(line), _colour(line.get("stroking_color")), outline=True)
    for curve in page.curves:
        if curve.get("fill"):
            yield Drawn(turned.box(curve), _colour(curve.get("non_stroking_color")), outline=False)


def _colour(values: Any) -> Colour:
    """A colour of any PDF space as red, green, blue and alpha; patterns and unknown spaces count as black."""
    parts = values if isinstance(values, list | tuple) else (values,)
    return _mixed(tuple(float(part) for part in parts if isinstance(part, int | float)))


@lru_cache(maxsize=256)
def _mixed(parts: Sequence[float]) -> Colour:
    """A colour from its grey, its red, green and blue, or its cyan, magenta, yellow and black."""
    numbers = list(parts)
    if len(numbers) == 4:
        cyan, magenta, yellow, key = numbers
        numbers = [(1 - cyan) * (1 - key), (1 - magenta) * (1 - key), (1 - yellow) * (1 - key)]
    if len(numbers) == 1:
        numbers *= 3
    if len(numbers) != 3:
        return BLACK
    red, green, blue = (round(255 * max(0.0, min(1.0, v))) for v in numbers)
    return red, green, blue, 255
