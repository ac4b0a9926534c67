"""The first reader: pdfium through pypdfium2, glyphs and drawn paths of each page with a text layer."""

import contextlib
import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as c

from extractors.pages.opening import check_bytes, check_page_count, check_page_size
from extractors.pages.rules import Colour, Drawn, rules_seen
from extractors.pages.trust import reason_to_distrust
from extractors.pages.upright import Sheet, turn_of_text
from extractors.pages.words import words_of
from schemas.errors import DamagedPdfError, EncryptedPdfError
from schemas.records import Box, Glyph, Page

ANGLE_SAMPLE = 48
"""So many characters of a page tell which way its text runs."""
DEEPEST_FORM = 4
"""Form objects nested deeper than this are not followed; a file can nest them without end."""
HAIRLINE = 1.0
"""A path no thicker than this is a rule whatever its segments are (points)."""
RECTANGLE = 5
"""Segments of a rectangle as `re` or four lines make it: one move, four lines."""
CLOSED = 4
"""A sub-path of fewer points encloses nothing: its lines are strokes on their own."""
UNMAPPED = frozenset({0, 0xFFFE})
"""What pdfium gives for characters without any Unicode value."""
CLEAR: Colour = (255, 255, 255, 0)
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


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
        locked = c.FPDF_GetLastError() == c.FPDF_ERR_PASSWORD or "password" in str(error).lower()
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
    glyphs = [g for g in _glyphs(text, place) if 0 <= g.box.cx <= width and 0 <= g.box.cy <= height]
    painted = _painted(page, text, place)
    doubt = reason_to_distrust(glyphs, painted.hidden, painted.pictures, width, height)
    if doubt:
        return Page(number, width, height, (), (), "pdfium", doubt)
    rules = rules_seen(painted.drawn, width, height)
    return Page(number, width, height, words_of(glyphs, rules), rules, "pdfium")


def sheet_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Sheet:
    """Where an open page lies in its own coordinates, and how it must be turned to be upright."""
    left, bottom, right, top = page.get_bbox()
    return Sheet(left, bottom, right, top, turn_of_text(_angles(text), page.get_rotation()))


def _angles(text: pypdfium2.PdfTextPage) -> Iterator[float]:
    count = c.FPDFText_CountChars(text)
    for index in range(0, count, max(1, count // ANGLE_SAMPLE)):
        if not chr(c.FPDFText_GetUnicode(text, index)).isspace():
            yield -math.degrees(c.FPDFText_GetCharAngle(text, index))  # pdfium measures clockwise


def _glyphs(text: pypdfium2.PdfTextPage, place: Any) -> Iterator[Glyph]:
    """The characters of a page; the loose box has the font's full height, which keeps a line's characters level."""
    rect = c.FS_RECTF()
    pointer = ctypes.byref(rect)
    unicode_of, box_of = c.FPDFText_GetUnicode, c.FPDFText_GetLooseCharBox
    for index in range(c.FPDFText_CountChars(text)):
        code = unicode_of(text, index)
        if code in UNMAPPED or not box_of(text, index, pointer):
            continue
        left, right, low, high = rect.left, rect.right, rect.bottom, rect.top
        box = place(
            left if left < right else right,
            low if low < high else high,
            right if left < right else left,
            high if low < high else low,
        )
        yield Glyph(chr(code), box, box[3] - box[1])


@dataclass(slots=True)
class _Painted:
    """What a page paints besides its visible text."""

    drawn: list[Drawn]
    pictures: list[Box]
    hidden: int


def _painted(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, place: Any) -> _Painted:
    painted = _Painted([], [], 0)
    texts_so_far: list[Any] = []
    for item, matrix in _objects(page):
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_PATH:
            painted.drawn.extend(_paths(item, matrix, place))
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            painted.pictures.append(_bounds(item, matrix, place))
        elif kind == c.FPDF_PAGEOBJ_TEXT:
            texts_so_far.append((item, matrix, len(painted.pictures)))
    if painted.pictures:
        painted.hidden = sum(
            _length(item, text)
            for item, matrix, before in texts_so_far
            if _unseen(item) or _beneath(_bounds(item, matrix, place), painted.pictures[before:])
        )
    return painted


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """Each object of a page in painting order with the matrix from its space to the page's, form objects opened."""
    for index in range(c.FPDFPage_CountObjects(page)):
        yield from _opened(c.FPDFPage_GetObject(page, index), IDENTITY, DEEPEST_FORM)


def _opened(item: Any, matrix: Matrix, deeper: int) -> Iterator[tuple[Any, Matrix]]:
    if c.FPDFPageObj_GetType(item) != c.FPDF_PAGEOBJ_FORM:
        yield item, matrix
    elif deeper:
        inner = _times(_matrix(item), matrix)
        for index in range(c.FPDFFormObj_CountObjects(item)):
            yield from _opened(c.FPDFFormObj_GetObject(item, index), inner, deeper - 1)


def _unseen(item: Any) -> bool:
    return bool(c.FPDFTextObj_GetTextRenderMode(item) == c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _beneath(box: Box, pictures: list[Box]) -> bool:
    return any(p.contains(box.cx, box.cy) for p in pictures)


def _length(item: Any, text: pypdfium2.PdfTextPage) -> int:
    return max(int(c.FPDFTextObj_GetText(item, text, None, 0)) // 2 - 1, 0)  # bytes of UTF-16 with a closing zero


_DRAW_MODE = (ctypes.c_int(), ctypes.c_int())
_BOUNDS = tuple(ctypes.c_float() for _ in range(4))
_COLOUR = tuple(ctypes.c_uint() for _ in range(4))
"""Buffers that pdfium writes into; pdfium itself is not safe to call from several threads."""


def _bounds(item: Any, matrix: Matrix, place: Any) -> Box:
    c.FPDFPageObj_GetBounds(item, *_BOUNDS)
    left, bottom, right, top = (bound.value for bound in _BOUNDS)
    if matrix is not IDENTITY:
        return _placed([(left, bottom), (right, top)], matrix, place)
    box: Box = place(left, bottom, right, top)
    return box


def _paths(item: Any, matrix: Matrix, place: Any) -> Iterator[Drawn]:
    """What a path paints: at once where it is one bar or rectangle, else sub-path by sub-path."""
    c.FPDFPath_GetDrawMode(item, *_DRAW_MODE)
    filling, stroking = (mode.value for mode in _DRAW_MODE)
    if not (filling or stroking):
        return
    fill = _colour(c.FPDFPageObj_GetFillColor, item) if filling else CLEAR
    stroke = _colour(c.FPDFPageObj_GetStrokeColor, item) if stroking else CLEAR
    whole = _bounds(item, matrix, place)
    segments = c.FPDFPath_CountSegments(item)
    if min(whole[2] - whole[0], whole[3] - whole[1]) <= HAIRLINE:
        yield Drawn(whole, max(fill, stroke, key=lambda colour: colour[3]), outline=False)
    elif segments == RECTANGLE:
        yield from _shape(whole, fill, stroke)
    else:
        yield from _by_subpaths(item, matrix, place, fill, stroke)


def _shape(box: Box, fill: Colour, stroke: Colour) -> Iterator[Drawn]:
    if fill[3]:
        yield Drawn(box, fill, outline=False)
    if stroke[3]:
        yield Drawn(box, stroke, outline=True)


def _by_subpaths(item: Any, matrix: Matrix, place: Any, fill: Colour, stroke: Colour) -> Iterator[Drawn]:
    for points in _subpaths(item):
        if len(points) >= CLOSED:
            yield from _shape(_placed(points, matrix, place), fill, stroke)
        elif stroke[3]:
            yield from (Drawn(_placed(ends, matrix, place), stroke, outline=True) for ends in _pairs(points))


def _pairs(points: list[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    yield from ([a, b] for a, b in pairwise(points))


def _subpaths(item: Any) -> Iterator[list[tuple[float, float]]]:
    matrix = _matrix(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(c.FPDFPath_CountSegments(item)):
        segment = c.FPDFPath_GetPathSegment(item, index)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO and len(points) > 1:
            yield points
            points = []
        elif c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO:
            points = []
        c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_apply(matrix, x.value, y.value))
    if len(points) > 1:
        yield points


def _colour(get: Any, item: Any) -> Colour:
    get(item, *_COLOUR)
    red, green, blue, alpha = (part.value for part in _COLOUR)
    return red, green, blue, alpha


def _matrix(item: Any) -> Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(item, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, d, e, f, g = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, d * p + e * r, d * q + e * s, f * p + g * r + t, f * q + g * s + u)


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _placed(points: list[tuple[float, float]], matrix: Matrix, place: Any) -> Box:
    moved = [_apply(matrix, x, y) for x, y in points] if matrix is not IDENTITY else points
    xs, ys = [x for x, _ in moved], [y for _, y in moved]
    box: Box = place(min(xs), min(ys), max(xs), max(ys))
    return box
