"""What a page paints besides its visible text, as pdfium gives it: paths, pictures, hidden characters."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as c

from extractors.pages.rules import Colour, Drawn
from schemas.records import Box

DEEPEST_FORM = 4
"""Form objects nested deeper than this are not followed; a file can nest them without end."""
HAIRLINE = 1.0
"""A path no thicker than this is a rule whatever its segments are (points)."""
RECTANGLE = 5
"""Segments of a rectangle as `re` or four lines make it: one move, four lines."""
CLOSED = 4
"""A sub-path of fewer points encloses nothing: its lines are strokes on their own."""
DARKEST, OPAQUE = 250, 200
"""Dark is a colour whose components add up to no more, and whose alpha is no less (of 255 each)."""
CLEAR: Colour = (255, 255, 255, 0)
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Painted:
    """What a page paints besides its visible text; `marked` where some text is faint."""

    drawn: list[Drawn]
    pictures: list[Box]
    hidden: int
    marked: bool


def painted_on(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, place: Any) -> Painted:
    """What an open page paints; `place` brings a box of the page's own space onto the upright page."""
    painted = Painted([], [], 0, marked=False)
    texts: list[tuple[Any, Matrix]] = []
    covers: list[tuple[Any, Box, int]] = []
    drawn = painted.drawn
    object_at, type_of = c.FPDFPage_GetObject, c.FPDFPageObj_GetType
    text_kind, path_kind = c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_PATH
    handle = page.raw
    for index in range(c.FPDFPage_CountObjects(handle)):
        item = object_at(handle, index)
        kind = type_of(item)
        if kind == text_kind:  # a page can have one for each of its letters
            texts.append((item, IDENTITY))
            continue
        if kind == path_kind:
            drawn.extend(_paths(item, IDENTITY, place))
            continue
        for part, part_kind, matrix in _opened(item, kind):
            if part_kind == path_kind:
                drawn.extend(_paths(part, matrix, place))
            elif part_kind == c.FPDF_PAGEOBJ_IMAGE:
                painted.pictures.append(_bounds(part, matrix, place))
                covers.append((part, painted.pictures[-1], len(texts)))
            elif part_kind == text_kind:
                texts.append((part, matrix))
    painted.marked = _any_faint(texts)
    if painted.pictures:
        opaque = [(box, texts_before) for item, box, texts_before in covers if _hides(page, item, texts_before)]
        painted.hidden = sum(
            _length(item, text)
            for number, (item, matrix) in enumerate(texts)
            if _unseen(item)
            or (
                (over := [box for box, before in opaque if number < before])
                and _beneath(_bounds(item, matrix, place), over)
            )
        )
    return painted


def _opened(item: Any, kind: int) -> Iterator[tuple[Any, int, Matrix]]:
    """An object with its type and the matrix from its space to the page's; a form's own objects in its place."""
    if kind == c.FPDF_PAGEOBJ_FORM:
        yield from _inside(item, IDENTITY, DEEPEST_FORM)
    else:
        yield item, kind, IDENTITY


def _inside(form: Any, matrix: Matrix, deeper: int) -> Iterator[tuple[Any, int, Matrix]]:
    inner = _times(_matrix(form), matrix)
    for index in range(c.FPDFFormObj_CountObjects(form) if deeper else 0):
        item = c.FPDFFormObj_GetObject(form, index)
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_FORM:
            yield from _inside(item, inner, deeper - 1)
        else:
            yield item, kind, inner


def _any_faint(texts: list[tuple[Any, Matrix]]) -> bool:
    """Whether any text is not printed dark and opaque, as nearly all that belongs to a paper is."""
    get, (red, green, blue, alpha) = c.FPDFPageObj_GetFillColor, _COLOUR
    for item, _ in texts:
        get(item, red, green, blue, alpha)
        if red.value + green.value + blue.value > DARKEST or alpha.value < OPAQUE:
            return True
    return False


def _unseen(item: Any) -> bool:
    return bool(c.FPDFTextObj_GetTextRenderMode(item) == c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _beneath(box: Box, pictures: list[Box]) -> bool:
    return any(p.contains(box.cx, box.cy) for p in pictures)


def _hides(page: pypdfium2.PdfPage, picture: Any, texts_before: int) -> bool:
    """Whether a picture hides what was painted before it; a watermark's picture is transparent but for its letters."""
    if not texts_before or c.FPDFPageObj_HasTransparency(picture):
        return False
    bitmap = c.FPDFImageObj_GetRenderedBitmap(page.pdf, page, picture)
    if not bitmap:
        return True
    try:
        return c.FPDFBitmap_GetFormat(bitmap) != c.FPDFBitmap_BGRA or _mean_alpha(bitmap) >= OPAQUE
    finally:
        c.FPDFBitmap_Destroy(bitmap)


def _mean_alpha(bitmap: Any) -> float:
    """How opaque a picture in BGRA is on the whole, from 0 to 255."""
    size = c.FPDFBitmap_GetStride(bitmap) * c.FPDFBitmap_GetHeight(bitmap)
    pixels = ctypes.string_at(c.FPDFBitmap_GetBuffer(bitmap), size)
    alphas = pixels[3::4]
    return sum(alphas) / max(len(alphas), 1)


def _length(item: Any, text: pypdfium2.PdfTextPage) -> int:
    return max(int(c.FPDFTextObj_GetText(item, text, None, 0)) // 2 - 1, 0)  # bytes of UTF-16 with a closing zero


_DRAW_MODE = (ctypes.c_int(), ctypes.c_int())
_BOUNDS = tuple(ctypes.c_float() for _ in range(4))
_COLOUR = tuple(ctypes.c_uint() for _ in range(4))
_POINT = (ctypes.c_float(), ctypes.c_float())
"""Buffers that pdfium writes into; pdfium itself is not safe to call from several threads."""


def _bounds(item: Any, matrix: Matrix, place: Any) -> Box:
    left, bottom, right, top = _BOUNDS
    c.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    if matrix is not IDENTITY:
        return _placed([(left.value, bottom.value), (right.value, top.value)], matrix, place)
    return Box(*place(left.value, bottom.value, right.value, top.value))


def _paths(item: Any, matrix: Matrix, place: Any) -> Sequence[Drawn]:
    """What a path paints: at once where it is one bar or rectangle, else sub-path by sub-path.

    Called for every border of every cell, so kept flat.
    """
    filling, stroking = _DRAW_MODE
    c.FPDFPath_GetDrawMode(item, filling, stroking)
    if not (filling.value or stroking.value):
        return ()
    fill = _colour(c.FPDFPageObj_GetFillColor, item) if filling.value else CLEAR
    stroke = _colour(c.FPDFPageObj_GetStrokeColor, item) if stroking.value else CLEAR
    whole = _bounds(item, matrix, place)
    x0, y0, x1, y1 = whole
    if x1 - x0 <= HAIRLINE or y1 - y0 <= HAIRLINE:
        return (Drawn(whole, stroke if stroke[3] > fill[3] else fill, outline=False),)
    if c.FPDFPath_CountSegments(item) == RECTANGLE:
        return _shape(whole, fill, stroke)
    return _by_subpaths(item, matrix, place, fill, stroke)


def _shape(box: Box, fill: Colour, stroke: Colour) -> Sequence[Drawn]:
    filled = (Drawn(box, fill, outline=False),) if fill[3] else ()
    return (*filled, Drawn(box, stroke, outline=True)) if stroke[3] else filled


def _by_subpaths(item: Any, matrix: Matrix, place: Any, fill: Colour, stroke: Colour) -> list[Drawn]:
    drawn: list[Drawn] = []
    for points in _subpaths(item):
        if len(points) >= CLOSED:
            drawn.extend(_shape(_placed(points, matrix, place), fill, stroke))
        elif stroke[3]:
            drawn.extend(Drawn(_placed(ends, matrix, place), stroke, outline=True) for ends in pairwise(points))
    return drawn


def _subpaths(item: Any) -> list[list[Point]]:
    """The points of each sub-path."""
    own = _matrix(item)
    x, y = _POINT
    segment_at, type_of, point_of, move = (
        c.FPDFPath_GetPathSegment,
        c.FPDFPathSegment_GetType,
        c.FPDFPathSegment_GetPoint,
        c.FPDF_SEGMENT_MOVETO,
    )
    found: list[list[Point]] = []
    for index in range(c.FPDFPath_CountSegments(item)):
        segment = segment_at(item, index)
        if type_of(segment) == move or not found:
            found.append([])
        point_of(segment, x, y)
        found[-1].append(_apply(own, x.value, y.value))
    return found


def _colour(get: Any, item: Any) -> Colour:
    red, green, blue, alpha = _COLOUR
    get(item, red, green, blue, alpha)
    return red.value, green.value, blue.value, alpha.value


def _matrix(item: Any) -> Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(item, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, d, e, f, g = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, d * p + e * r, d * q + e * s, f * p + g * r + t, f * q + g * s + u)


def _apply(m: Matrix, x: float, y: float) -> Point:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _placed(points: Sequence[Point], matrix: Matrix, place: Any) -> Box:
    if matrix is not IDENTITY:
        points = [_apply(matrix, x, y) for x, y in points]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(*place(min(xs), min(ys), max(xs), max(ys)))
