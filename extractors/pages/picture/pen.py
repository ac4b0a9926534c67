"""Marks of a pen or a pencil on print, told by their strokes: wider than the print's, and longer than where two meet.

What a mark hid stays hidden, and a mark taken off may take a thin stroke of a digit with it. So a figure that is read
without its marks is read in doubt, and one that was surely read with them keeps its text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.cells import Pixels, inked_columns, inked_rows
from extractors.pages.picture.figures import digits_of, is_figure, mended
from extractors.pages.picture.ink import WHITE, Bits, ink
from extractors.pages.picture.raster import Grey
from extractors.pages.picture.recogniser import Recognised

WIDER = 1.3
"""A pen's stroke is so many times as wide as the print's usual one ..."""
LONGER = 3.0
"""... and so many times as long as that is wide: where strokes of print meet there is a short blot."""
DRAWN = 0.35
"""Ink of which more than this share is of wide strokes was drawn by the pen as a whole."""
USUAL_SHARE = 90.0
"""The percentile of the widths of a line's strokes that is taken for the line's."""
LEAST_LEFT = 0.1
"""Of a line all in bold print less than this share of its ink would be left, and it has no marks."""
FRAME = 4
"""Pixels of paper kept round what is left of a line."""
SURE = 0.9
"""The confidence with which a line must be read without its marks ..."""
KEPT = 0.8
"""... for another figure to take the place of one that was read with less than this ..."""
DOUBTED = 0.5
"""... and the confidence that a figure has where both tell different ones."""

_BESIDE = re.compile(r"\d{1,4} +(\d{1,2}(?:[.,]\d{3})*[.,]\d{2}|\d{1,2}(?:,\d{3})+)", re.ASCII)
"""A figure written beside a printed one with which it makes no figure: 335 16.00."""
_TWO = re.compile(r"(?=.*[.,])\d[\d,.]* +\d[\d,.]*", re.ASCII)
"""Figures with a blank between them that are no code."""
_SIGN = re.compile(r"[√✓✔Vv/\s]")
"""What a tick is read as."""
Inside = NDArray[np.float32]
"""How far each pixel of ink is from paper (pixels)."""
Read = Callable[[Sequence[Grey]], list[Recognised]]


def stroke_of(letters: Bits, lines: Sequence[Pixels]) -> float:
    """Half the usual width in pixels of a page's strokes; 0 on a page without lines."""
    inside = cv2.distanceTransform(letters, cv2.DIST_L2, 3)
    ridges = inside * (inside >= cv2.dilate(inside, np.ones((3, 3), np.uint8)))
    widths = [_usual(ridges[line.y0 : line.y1, line.x0 : line.x1]) for line in lines]
    return float(np.median(widths)) if widths else 0.0


def _usual(ridges: Inside) -> float:
    own = ridges[ridges > 0]
    return float(np.percentile(own, USUAL_SHARE)) if len(own) else 0.0


def without_marks(line: Grey, stroke: float) -> Grey | None:
    """The picture of a line without a pen's marks, trimmed; None where it has none, or nothing would be left.

    `stroke` is half the usual width of the print's strokes in pixels.
    """
    dark = ink(line)
    marks = _marks(dark, stroke)
    if not marks.any():
        return None
    left = cv2.subtract(dark, marks)
    rows, columns = np.flatnonzero(inked_rows(left)), np.flatnonzero(inked_columns(left))
    if np.count_nonzero(left) < LEAST_LEFT * np.count_nonzero(dark) or not len(rows):
        return None
    bare = line.copy()
    bare[cv2.dilate(marks, np.ones((3, 3), np.uint8)) > 0] = WHITE
    x0, y0 = max(0, int(columns[0]) - FRAME), max(0, int(rows[0]) - FRAME)
    return bare[y0 : int(rows[-1]) + FRAME + 1, x0 : int(columns[-1]) + FRAME + 1]


def _marks(dark: Bits, stroke: float) -> Bits:
    """The ink of strokes that are wide and long."""
    inside = cv2.distanceTransform(dark, cv2.DIST_L2, 3)
    core = (inside > WIDER * stroke).astype(np.uint8)
    reach = 2 * round(WIDER * stroke) + 1
    around = cv2.dilate(core, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    wide = cv2.bitwise_and(dark, around * np.uint8(WHITE))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(wide, connectivity=8)
    long = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= LONGER * 2 * stroke
    long[0] = False
    strokes = cv2.dilate((long[labels] * np.uint8(WHITE)).astype(np.uint8), np.ones((3, 3), np.uint8))
    marks: Bits = cv2.bitwise_or(cv2.bitwise_and(strokes, dark), _written(dark, inside, stroke))
    return marks


def _written(dark: Bits, inside: Inside, stroke: float) -> Bits:
    """The pieces of ink that a pen drew as a whole: figures beside print, ticks that touch nothing."""
    count, pieces = cv2.connectedComponents(dark, connectivity=8)
    ridges = inside * (inside >= cv2.dilate(inside, np.ones((3, 3), np.uint8)))
    on = (ridges > 0) & (dark > 0)
    wide = np.bincount(pieces[on & (ridges > WIDER * stroke)], minlength=count)
    drawn = wide > DRAWN * np.bincount(pieces[on], minlength=count)
    drawn[0] = False
    written: Bits = (drawn[pieces] * np.uint8(WHITE)).astype(np.uint8)
    return written


def read_without_marks(
    shown: Sequence[Grey], readings: Sequence[Recognised], stroke: float, read: Read
) -> list[Recognised]:
    """The readings of pictures of lines, those that a pen has marked as they are read without its marks."""
    asked = (at for at, reading in enumerate(readings) if _may_be_marked(reading))
    bare = {at: own for at in asked if (own := without_marks(shown[at], stroke)) is not None}
    again = dict(zip(bare, read(list(bare.values())), strict=True))
    return [_printed_beside(_settled(first, again.get(at))) for at, first in enumerate(readings)]


def _may_be_marked(reading: Recognised) -> bool:
    """Whether a reading has a figure, a tick or a doubt: a mark beside a surely read label does no harm."""
    return bool(digits_of(reading.text) or _SIGN.search(reading.text)) or reading.confidence < SURE


def _printed_beside(reading: Recognised) -> Recognised:
    """A reading of two figures: the printed one where they make none together, else both, in doubt."""
    if not _TWO.fullmatch(mended(reading.text)):
        return reading
    match = _BESIDE.fullmatch(reading.text)
    return replace(reading, text=match[1] if match else reading.text, confidence=min(DOUBTED, reading.confidence))


def _settled(first: Recognised, bare: Recognised | None) -> Recognised:
    if bare is None or bare.confidence < SURE or bare.text == first.text:
        return first
    printed = _SIGN.sub("", first.text)
    if not is_figure(bare.text):
        doubtful = first.confidence < SURE and not digits_of(bare.text) and len(bare.text) >= len(printed)
        return bare if doubtful or bare.text == printed else first
    if bare.text == printed:
        return bare
    if is_figure(first.text) and first.confidence >= KEPT:
        return replace(first, confidence=DOUBTED)
    return replace(bare, confidence=DOUBTED)
