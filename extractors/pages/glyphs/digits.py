"""Whether the digits that a text layer tells are those that are drawn: a font can map its 6 to "8".

Both readers of a text layer use the font's own map and are one witness. So each font's digits are drawn once and told
by shape. What is drawn once is a glyph: a digit of a font with its own extents, for a second glyph that is mapped to
the same digit has others, but for 0, 6 and 9, which are looked at more often where one of them never occurs.
"""

import ctypes
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import repeat
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as c
from numpy.typing import NDArray

from extractors.pages.glyphs.digit_pictures import DigitPictures
from extractors.pages.glyphs.digit_shapes import digits_told
from schemas.records import Glyph

DIGITS: Mapping[str, int] = {
    digit: value for row in ("0123456789", "０１２３４５６７８９") for value, digit in enumerate(row)
}
ALIKE = frozenset({0, 6, 9})
"""Digits that have the same extents in most fonts."""
SAMPLE, ENOUGH = 12, 20
"""So many of each of those are looked at in a font in which one of them does not occur, on pages of `ENOUGH` digits."""
FINENESS = 200
"""Extents are compared in this part of a point: a thousandth of the size of small print."""
SMALLEST, LARGEST = 0.5, 200.0
"""A digit whose height lies outside of these is no print (points)."""

Extents = NDArray[np.float64]
"""Digits × left, right, bottom, top in the page's own space."""
GlyphKey = tuple[int, int, int]
"""A font, a digit, and how wide the glyph is against its height, in thousandths."""


class _Drawn(NamedTuple):
    """A digit to be told: its character's place, what is claimed of it, and the font's own glyph."""

    at: int
    digit: int
    key: GlyphKey
    box: tuple[float, float, float, float]


class Digits:
    """The digits of a document's fonts, each glyph told once; a context that lets go of the fonts."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._told: Counter[GlyphKey] = Counter()
        self._of_fonts: dict[int, set[int]] = defaultdict(set)
        """The digits that were told of each font."""
        self._fonts: dict[int, Any] = {}
        """A text object for each font, which keeps it from being freed and its address from being another's."""

    def __enter__(self) -> "Digits":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for holder in self._fonts.values():
            c.FPDFPageObj_Destroy(holder)
        self._fonts.clear()

    def are_as_drawn(
        self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, printed: Sequence[tuple[int, Glyph]]
    ) -> bool:
        """Whether the digits of an open page look like what its text layer says; also where it has none."""
        told = [(index, DIGITS[glyph[0]]) for index, glyph in printed if glyph[0] in DIGITS]
        if not told:
            return True
        indices, digits = [index for index, _ in told], np.array([digit for _, digit in told])
        extents = _extents(text, indices)
        each = [self._drawn(text, indices[at], int(digits[at]), extents[at]) for at in _each_glyph(digits, extents)]
        new = {drawn.key: drawn for drawn in each if drawn and not self._told[drawn.key]}
        for font, digit, _ in new:
            self._of_fonts[font].add(digit)
        more = self._more(text, indices, digits, extents, {drawn.key[0] for drawn in each if drawn})
        drawn = [*new.values(), *more]
        if not _as_drawn(DigitPictures(self._document, page, text), drawn):
            return False
        self._told.update(each.key for each in drawn)
        return True

    def _more(
        self,
        text: pypdfium2.PdfTextPage,
        indices: Sequence[int],
        digits: NDArray[np.int64],
        extents: Extents,
        fonts: Set[int],
    ) -> Iterator[_Drawn]:
        """More digits of like extents, of fonts in which one of these never occurred: it may be told as another."""
        lacking = {font for font in fonts if not self._of_fonts[font] >= ALIKE}
        for digit in ALIKE if lacking and len(digits) >= ENOUGH else ():
            places = np.flatnonzero(digits == digit)
            for at in places[:: max(1, len(places) // SAMPLE)][1:]:
                drawn = self._drawn(text, indices[at], digit, extents[at])
                if drawn and drawn.key[0] in lacking and self._told[drawn.key] < SAMPLE:
                    yield drawn

    def _drawn(self, text: pypdfium2.PdfTextPage, index: int, digit: int, extent: NDArray[np.float64]) -> _Drawn | None:
        left, right, bottom, top = extent.tolist()
        width, height = right - left, top - bottom
        if not SMALLEST <= max(width, height) <= LARGEST:
            return None
        font = c.FPDFTextObj_GetFont(c.FPDFText_GetTextObject(text, index))
        address = ctypes.cast(font, ctypes.c_void_p).value
        if address is None:
            return None
        if address not in self._fonts:
            self._fonts[address] = c.FPDFPageObj_CreateTextObj(self._document, font, 1.0)
        key = address, digit, round(1000 * width / max(height, 0.001))
        return _Drawn(index, digit, key, (left, bottom, right, top))


def _as_drawn(pictures: DigitPictures, drawn: Iterable[_Drawn]) -> bool:
    seen = [(glyph, each.digit) for each in drawn if (glyph := pictures.of(each.at, each.box)) is not None]
    return not seen or bool(digits_told([glyph for glyph, _ in seen], [digit for _, digit in seen]).all())


_ADDRESS = ctypes.cast(c.FPDFText_GetCharBox, ctypes.c_void_p).value
_CHAR_BOX = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *4 * [ctypes.c_void_p])(_ADDRESS or 0)
"""`FPDFText_GetCharBox` that takes addresses: a page has a thousand digits, and a pointer for each is dear."""


def _extents(text: pypdfium2.PdfTextPage, indices: Sequence[int]) -> Extents:
    """Where the ink of some characters lies, as their font tells."""
    count = len(indices)
    values = (ctypes.c_double * (4 * count))()
    start, handle = ctypes.addressof(values), ctypes.cast(text.raw, ctypes.c_void_p)
    sides = [range(start + 8 * side, start + 32 * count, 32) for side in range(4)]
    deque(map(_CHAR_BOX, repeat(handle), indices, *sides), maxlen=0)
    extents: Extents = np.frombuffer(memoryview(values).cast("B"), np.float64).reshape(count, 4)
    return extents


def _each_glyph(digits: NDArray[np.int64], extents: Extents) -> list[int]:
    """The place of the first digit of each kind and size."""
    width = np.rint((extents[:, 1] - extents[:, 0]) * FINENESS).astype(np.int64)
    height = np.rint((extents[:, 3] - extents[:, 2]) * FINENESS).astype(np.int64)
    _, first = np.unique(digits + 10 * (width + (height << 24)), return_index=True)
    places: list[int] = first.tolist()
    return places
