"""The characters of a page's text layer as pdfium gives them: letter, place, ink and slant."""

import ctypes
import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as c
from numpy.typing import NDArray

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
    handle = text.raw
    count = c.FPDFText_CountChars(handle)
    has_error = c.FPDFText_HasUnicodeMapError
    angles: list[float] = []
    for index in range(0, count, max(1, count // SAMPLE)):
        if chr(c.FPDFText_GetUnicode(handle, index)).isspace():
            continue
        angles.append(-math.degrees(c.FPDFText_GetCharAngle(handle, index)))  # pdfium measures clockwise
    return Sample(tuple(angles), 1 in map(has_error, repeat(handle), range(0, count, EACH)))


def characters(
    text: pypdfium2.PdfTextPage, place: Any, size: tuple[float, float], *, unmapped: bool = False
) -> list[tuple[int, Glyph]]:
    """The characters on an upright page of some width and height by their index, those beyond its edges left out.

    `unmapped` says that some font has no map to Unicode. The loose box has the font's full height, which keeps the
    characters of a line level.
    """
    letters = letters_of(text, unmapped=unmapped)
    if not letters:
        return []
    left, top, right, bottom, has_box = _loose_boxes(text, len(letters))
    left, right = np.minimum(left, right), np.maximum(left, right)
    low, high = np.minimum(bottom, top), np.maximum(bottom, top)
    x0, y0, x1, y1 = place(left, low, right, high)
    width, height = size
    across, down = x0 + x1, y0 + y1
    there = has_box & (across >= 0) & (across <= 2 * width) & (down >= 0) & (down <= 2 * height)
    flat = {at for at in _places(high - low < FLATTEST) if not letters[at].isspace()}
    flat.update(at for at in _places(right - left < FLATTEST) if letters[at] == UNREAD)
    glyphs = list(map(_GLYPH, zip(letters, x0.tolist(), y0.tolist(), x1.tolist(), y1.tolist(), strict=True)))
    return [(at, glyphs[at]) for at in _places(there) if letters[at] and at not in flat]


_GLYPH: Callable[[Iterable[Any]], Glyph] = partial(tuple.__new__, Glyph)
"""A glyph of its fields, without a call of Python's own for each."""


def _places(chosen: NDArray[np.bool_]) -> list[int]:
    places: list[int] = np.flatnonzero(chosen).tolist()
    return places


_LOOSE_BOX = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(c.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
"""`FPDFText_GetLooseCharBox` that takes addresses: a page has a thousand characters, and a pointer for each is dear."""
_SIDES = 4
_BYTES = ctypes.sizeof(c.FS_RECTF)


def _loose_boxes(text: pypdfium2.PdfTextPage, count: int) -> tuple[NDArray[Any], ...]:
    """Left, top, right and bottom of the first characters in the page's own space, and whether each has a box."""
    values = (c.FS_RECTF * count)()
    addresses = range(ctypes.addressof(values), ctypes.addressof(values) + count * _BYTES, _BYTES)
    has_box = list(map(_LOOSE_BOX, repeat(ctypes.cast(text.raw, ctypes.c_void_p)), range(count), addresses))
    sides = np.frombuffer(values, np.float32).reshape(count, _SIDES).astype(np.float64)
    return (*sides.T, np.array(has_box, np.bool_))


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
