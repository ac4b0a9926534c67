"""Which digit a drawn glyph is, told by its shape alone.

A glyph is brought to a common height and nearly to a common width, blurred and compared with the digits of the
standard fonts that pdfium carries, each in several widths: Song, Kai, Fang-song and Hei print their digits like one of
them. Over 2,495 digits of the 355 fonts of 62 papers the right digit was always the nearest; that a wrong one is
further off by no more than `SLACK` is so for one in seven thousand pairs.
"""

import ctypes
from collections.abc import Sequence
from functools import cache

import numpy as np
import pypdfium2
import pypdfium2.raw as c
from numpy.typing import NDArray

Alpha = NDArray[np.uint8]
"""How much ink: rows × columns, 0 to 255."""
Shapes = NDArray[np.float32]
"""Glyphs × features, each of length 1 and mean 0."""

SLACK = 0.04
"""A glyph may resemble another digit by so much more than its own (cosine)."""
PIXELS = 24
"""A digit is drawn about so many pixels high to be told."""
INKED = 96
"""More of 255 is ink."""
CELL = 32
"""A glyph is brought to a square of so many pixels."""
USUAL_WIDTH, OF_THE_CELL, KEPT = 0.62, 0.75, 0.2
"""A digit is so wide against its height, and takes so much of the square then; of how much wider or narrower it is, so
much is kept (as an exponent)."""
BLUR = 2
"""Pixels on either side that are averaged, twice: thin strokes then overlap thick ones."""
COARSE = 4
"""So many pixels each way are one feature then."""
STANDARD = (
    *("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-Roman", "Times-Bold", "Times-Italic"),
    *("Courier", "Courier-Bold"),
)
WIDTHS = (0.8, 0.9, 1.0, 1.15)


class NoInkError(Exception):
    """A glyph that draws nothing."""


def digits_told(glyphs: Sequence[Alpha], claimed: Sequence[int]) -> NDArray[np.bool_]:
    """Whether each glyph, cut down to its own ink, may be the digit that is claimed of it."""
    templates, digits = _templates()
    alike = np.einsum("gf,tf->gt", _shapes([_squared(glyph) for glyph in glyphs]), templates)  # no threads of BLAS
    best = np.stack([alike[:, digits == digit].max(axis=1) for digit in range(10)], axis=1)
    own = best[np.arange(len(glyphs)), np.array(claimed)]
    told: NDArray[np.bool_] = own + SLACK >= best.max(axis=1)
    return told


def own_ink(alpha: Alpha) -> Alpha:
    """A picture cut down to its ink, with neither rows nor columns where there is none."""
    inked = alpha > INKED
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        return alpha[:0, :0]
    return alpha[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _squared(own: Alpha) -> Alpha:
    """A glyph's own ink in a square of `CELL` pixels, in the middle."""
    height, width = own.shape
    across = round(CELL * OF_THE_CELL * (width / height / USUAL_WIDTH) ** KEPT)
    across = min(CELL, max(CELL // 8, across))
    down = ((np.arange(CELL) + 0.5) * height / CELL).astype(int)
    square = np.zeros((CELL, CELL), np.uint8)
    left = (CELL - across) // 2
    square[:, left : left + across] = own[np.ix_(down, ((np.arange(across) + 0.5) * width / across).astype(int))]
    return square


def _shapes(squares: Sequence[Alpha]) -> Shapes:
    across = _blurring()
    coarse = across @ np.array(squares, np.float32) @ across.T
    flat = coarse.reshape(len(squares), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    shapes: Shapes = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), np.float32(1e-6))
    return shapes


@cache
def _blurring() -> NDArray[np.float32]:
    """Coarse pixels × pixels: how much of each pixel of a row goes into each coarse one, blurred twice."""
    near = np.abs(np.subtract.outer(np.arange(-2 * BLUR, CELL + 2 * BLUR), np.arange(-2 * BLUR, CELL + 2 * BLUR)))
    once = (near <= BLUR) / (2 * BLUR + 1)
    twice = (once @ once)[BLUR:-BLUR, 2 * BLUR : -2 * BLUR]
    blurring: NDArray[np.float32] = twice.reshape(-1, COARSE, CELL).mean(axis=1).astype(np.float32)
    return blurring


@cache
def _templates() -> tuple[Shapes, NDArray[np.int64]]:
    """The digits of the standard fonts in several widths, and which digit each is."""
    document = pypdfium2.PdfDocument.new()
    try:
        page = document.new_page(100, 100)
        drawn = [(digit, _standard(document, page, font, digit)) for font in STANDARD for digit in range(10)]
    finally:
        document.close()
    widened = [(digit, _widened(alpha, by)) for digit, alpha in drawn for by in WIDTHS]
    return _shapes([_squared(own_ink(alpha)) for _, alpha in widened]), np.array([digit for digit, _ in widened])


def _standard(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, font: str, digit: int) -> Alpha:
    handle = c.FPDFText_LoadStandardFont(document, font.encode())
    item = c.FPDFPageObj_CreateTextObj(document, handle, float(PIXELS))
    written = (c.FPDF_WCHAR * 2)(ord(str(digit)), 0)
    c.FPDFText_SetText(item, written)
    try:
        return alpha_of(document, page, item, 1.4)  # a digit is seven tenths of its font's size
    finally:
        c.FPDFPageObj_Destroy(item)
        c.FPDFFont_Close(handle)


def _widened(alpha: Alpha, by: float) -> Alpha:
    width = alpha.shape[1]
    across = max(2, round(width * by))
    return alpha[:, ((np.arange(across) + 0.5) * width / across).astype(int)]


def alpha_of(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, item: object, scale: float) -> Alpha:
    """The ink of a text object alone, `scale` pixels a unit of its own space, whatever its colour.

    Raises `NoInkError` where pdfium draws none.
    """
    bitmap = c.FPDFTextObj_GetRenderedBitmap(document, page, item, scale)
    if not bitmap:
        raise NoInkError
    try:
        width, height = c.FPDFBitmap_GetWidth(bitmap), c.FPDFBitmap_GetHeight(bitmap)
        stride = c.FPDFBitmap_GetStride(bitmap)
        pixels: Alpha = np.frombuffer(ctypes.string_at(c.FPDFBitmap_GetBuffer(bitmap), stride * height), np.uint8)
        return pixels.reshape(height, stride)[:, 3 : 4 * width : 4]
    finally:
        c.FPDFBitmap_Destroy(bitmap)
