"""The characters of a page's text layer as pdfium gives them: letter, place, ink and slant."""

import ctypes
import math
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as c

from extractors.pages.letters import UNREAD, letter, paired
from extractors.pages.rules import Colour
from extractors.pages.watermarks import ASLANT, Style, printed_as, slant_of
from schemas.records import Glyph

SAMPLE = 48
"""So many characters of a page tell which way its text runs."""
EACH = 3
"""One character of so many is asked whether its font has a map to Unicode: a title can have a font of its own."""
FLATTEST = 0.2
"""A box of less height than this holds no letter (points)."""
LINE_END_HYPHEN = "\ufffe"
"""What pdfium makes of a hyphen at the end of a line; as a single character it is U+0002."""
_LINE_ENDS = str.maketrans("", "", "\r\n\t")
_STROKED = (c.FPDF_TEXTRENDERMODE_STROKE, c.FPDF_TEXTRENDERMODE_STROKE_CLIP)


class Sample(NamedTuple):
    """What some of a page's characters show: angles in degrees counter-clockwise, and whether any font has no map."""

    angles: tuple[float, ...]
    unmapped: bool

    @property
    def aslant(self) -> bool:
        """Whether text runs neither along nor across the page."""
        return any(abs(slant_of(angle)) >= ASLANT for angle in self.angles)


def sample_of(text: pypdfium2.PdfTextPage) -> Sample:
    """A sample of the characters of an open text page."""
    count = c.FPDFText_CountChars(text)
    has_error = c.FPDFText_HasUnicodeMapError
    angles: list[float] = []
    for index in range(0, count, max(1, count // SAMPLE)):
        if chr(c.FPDFText_GetUnicode(text, index)).isspace():
            continue
        angles.append(-math.degrees(c.FPDFText_GetCharAngle(text, index)))  # pdfium measures clockwise
    return Sample(tuple(angles), 1 in map(has_error, repeat(text.raw), range(0, count, EACH)))


def characters(
    text: pypdfium2.PdfTextPage, place: Any, size: tuple[float, float], *, unmapped: bool = False
) -> Iterator[tuple[int, Glyph]]:
    """The characters on an upright page of some width and height by their index, those beyond its edges left out.

    `unmapped` says that some font has no map to Unicode. The loose box has the font's full height, which keeps the
    characters of a line level.
    """
    width, height = size
    rect = c.FS_RECTF()
    pointer, box_of, handle = ctypes.byref(rect), c.FPDFText_GetLooseCharBox, text.raw
    for index, character in enumerate(letters_of(text, unmapped=unmapped)):
        if not character or not box_of(handle, index, pointer):
            continue
        left, right, low, high = rect.left, rect.right, rect.bottom, rect.top
        if left > right:
            left, right = right, left
        if low > high:
            low, high = high, low
        if (high - low < FLATTEST and not character.isspace()) or (character == UNREAD and right - left < FLATTEST):
            continue
        x0, y0, x1, y1 = place(left, low, right, high)
        if 0 <= x0 + x1 <= 2 * width and 0 <= y0 + y1 <= 2 * height:
            yield index, Glyph(character, x0, y0, x1, y1)


def letters_of(text: pypdfium2.PdfTextPage, *, unmapped: bool) -> Sequence[str]:
    """The characters of a page by index as they may be written, '' where there is nothing to see."""
    told = _told(text)
    plain = told.translate(_LINE_ENDS).isprintable() if isinstance(told, str) else False
    if plain and not unmapped:
        return told
    return [_letter(text, index, character, unmapped=unmapped) for index, character in enumerate(told)]


def _letter(text: pypdfium2.PdfTextPage, index: int, character: str, *, unmapped: bool) -> str:
    if character == LINE_END_HYPHEN or (character == "\x02" and c.FPDFText_IsHyphen(text, index) == 1):
        return "-"
    if unmapped and character != " " and c.FPDFText_HasUnicodeMapError(text, index) == 1:
        return UNREAD
    if character.isprintable():
        return character
    return "".join(letter(part) for part in character)


def _told(text: pypdfium2.PdfTextPage) -> Sequence[str]:
    """The characters by index, in one call where pdfium gives as many as it counts."""
    count = c.FPDFText_CountChars(text)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = c.FPDFText_GetText(text, 0, count, buffer)
    if written == count + 1:
        together = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="replace")
        if len(together) == count:
            return together
    return paired([chr(c.FPDFText_GetUnicode(text, index)) for index in range(count)])


def style_of(text: pypdfium2.PdfTextPage, index: int, glyph: Glyph) -> Style:
    """How a character is printed; text that is drawn as outlines alone has the colour of its lines."""
    outlined = c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(text, index)) in _STROKED
    get = c.FPDFText_GetStrokeColor if outlined else c.FPDFText_GetFillColor
    get(text, index, *_COLOUR)
    red, green, blue, alpha = (part.value for part in _COLOUR)
    colour: Colour = (red, green, blue, alpha)
    angle = -math.degrees(c.FPDFText_GetCharAngle(text, index))
    return printed_as(colour, angle, glyph)


_COLOUR = tuple(ctypes.c_uint() for _ in range(4))
"""Buffers that pdfium writes into."""
