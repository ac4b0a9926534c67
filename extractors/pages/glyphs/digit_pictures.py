"""Single glyphs of an open page as pdfium draws them."""

import ctypes
import math
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as c

from extractors.pages.glyphs.digit_shapes import PIXELS, Alpha, NoInkError, alpha_of, own_ink

SMALLEST = 0.05
"""A glyph is not drawn as if it were lower (points)."""
LARGEST = 4_000.0
"""A text object is not drawn wider or higher (pixels)."""
ASLANT = math.radians(5)
OVERLAP = 0.02
"""A glyph that another covers by more than this share of its width is none to be told by its shape."""
STRETCHED = 1.25
"""A form that makes its text so many times as wide or as high shows other shapes than the object's own picture."""
WHOLE = 0.85
"""Less of a glyph's extents than this was clipped."""
Corners = tuple[float, float, float, float]
"""Left, bottom, right, top, in the page's own space or that of the form that an object stands in."""


class _Picture(NamedTuple):
    """A text object's ink, `scale` pixels a unit, from `left` and `top` on."""

    alpha: Alpha
    scale: float
    left: float
    top: float


class DigitPictures:
    """Glyphs cut out of pictures of their text objects, each object drawn once."""

    def __init__(self, document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        self._document, self._page, self._text = document, page, text
        self._drawn: dict[int | None, _Picture] = {}

    def of(self, index: int, box: Corners) -> Alpha | None:
        """The ink of the character `index`, upright; `box` is its own on the page.

        None where it runs aslant, is covered by its neighbour, clipped by its cell or too large to be drawn: it cannot
        be told.
        """
        item = c.FPDFText_GetTextObject(self._text, index)
        own, whole = c.FS_MATRIX(), c.FS_MATRIX()
        c.FPDFPageObj_GetMatrix(item, own)
        c.FPDFText_GetMatrix(self._text, index, whole)
        within = _in_object(box, own, whole)
        turn = math.atan2(own.b, own.a) / (math.pi / 2)
        quarters = round(turn)
        if within is None or abs(turn - quarters) * (math.pi / 2) > ASLANT or self._covered(index, box):
            return None
        high = within[2] - within[0] if quarters % 2 else within[3] - within[1]
        picture = self._picture(item, PIXELS / max(high, SMALLEST))
        if picture is None:
            return None
        glyph = own_ink(np.rot90(_cut_out(picture, within), -quarters % 4))
        return glyph if _is_whole(glyph, within, picture.scale) else None

    def _covered(self, index: int, box: Corners) -> bool:
        left, bottom, right, top = box
        for beside in (index - 1, index + 1):
            other = _char_box(self._text, beside)
            across, down = min(right, other[2]) - max(left, other[0]), min(top, other[3]) - max(bottom, other[1])
            if across > OVERLAP * (right - left) and down > OVERLAP * (top - bottom):
                return True
        return False

    def _picture(self, item: Any, scale: float) -> _Picture | None:
        """The object's picture; None where it would be too large."""
        address = ctypes.cast(item, ctypes.c_void_p).value
        if address not in self._drawn:
            left, bottom, right, top = _bounds(item)
            if max(right - left, top - bottom) * scale > LARGEST:
                return None
            try:
                alpha = alpha_of(self._document, self._page, item, scale)
            except NoInkError:
                alpha = np.zeros((1, 1), np.uint8)
            self._drawn[address] = _Picture(alpha, scale, left, top)
        return self._drawn[address]


def _is_whole(glyph: Alpha, box: Corners, scale: float) -> bool:
    """Whether the ink takes up its box, whichever way that is turned: what a spreadsheet's cell clips does not."""
    drawn, expected = sorted(glyph.shape), sorted((box[2] - box[0], box[3] - box[1]))
    return all(size >= WHOLE * scale * side for size, side in zip(drawn, expected, strict=True))


def _cut_out(picture: _Picture, box: Corners) -> Alpha:
    """The pixels of a box in an object's picture."""
    left, bottom, right, top = box
    rows = ((picture.top - top) * picture.scale, (picture.top - bottom) * picture.scale)
    columns = ((left - picture.left) * picture.scale, (right - picture.left) * picture.scale)
    (y0, y1), (x0, x1) = ((max(0, round(low)), max(0, round(high))) for low, high in (rows, columns))
    return picture.alpha[y0:y1, x0:x1]


def _in_object(box: Corners, own: Any, whole: Any) -> Corners | None:
    """A box of the page in the space of its text object, which is that of the form that it stands in.

    None where the form is turned against the page, or as good as flat or stretched.
    """
    if (own.a, own.b, own.c, own.d, own.e, own.f) == (whole.a, whole.b, whole.c, whole.d, whole.e, whole.f):
        return box
    there = np.array([[whole.a, whole.b, 0], [whole.c, whole.d, 0], [whole.e, whole.f, 1]], np.float64)
    here = np.array([[own.a, own.b, 0], [own.c, own.d, 0], [own.e, own.f, 1]], np.float64)
    if abs(np.linalg.det(there)) < 1e-9:
        return None
    corners = np.array([[box[0], box[1], 1], [box[2], box[3], 1]]) @ np.linalg.inv(there) @ here
    (x0, y0), (x1, y1) = corners.min(axis=0)[:2].tolist(), corners.max(axis=0)[:2].tolist()
    stretched = (x1 - x0) * (box[3] - box[1]) / max((box[2] - box[0]) * (y1 - y0), 1e-9)
    return (x0, y0, x1, y1) if 1 / STRETCHED < stretched < STRETCHED else None


_BOUNDS = tuple(ctypes.c_float() for _ in range(4))
"""Buffers that pdfium writes into."""


def _bounds(item: Any) -> tuple[float, ...]:
    c.FPDFPageObj_GetBounds(item, *_BOUNDS)
    return tuple(side.value for side in _BOUNDS)


_SIDES = tuple(ctypes.c_double() for _ in range(4))


def _char_box(text: pypdfium2.PdfTextPage, index: int) -> Corners:
    if not c.FPDFText_GetCharBox(text, index, *_SIDES):
        return 0.0, 0.0, 0.0, 0.0
    left, right, bottom, top = (side.value for side in _SIDES)
    return left, bottom, right, top
