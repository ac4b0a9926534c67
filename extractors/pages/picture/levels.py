"""How dark a page's own ink is: pale print made strong, and what is printed on the back or stamped in grey left out.

Fixed levels of grey lose a worn ribbon's rows and take what shows through for print. Both ways are offered, and taken
only where the page is read more surely by them (`choosing`).
"""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.ink import TEXT_LEVEL, WHITE
from extractors.pages.picture.raster import Grey

STROKE = 2.0
"""Points; strokes of letters stand further apart than half of this."""
SOFT = 0.25
"""Points (standard deviation); the grain of paper is finer than a stroke."""
NOISE = 5.0
"""What is darker than paper by so many standard deviations of its grain is ink ..."""
LEAST = 15
"""... and by so many grey levels at least."""
FEWEST = 500
"""A page with fewer strokes has no print to learn levels from."""
PALE = 100.0
"""Grey levels of depth that the strokes of usual print exceed, thin ones of small print too ..."""
MANY = 0.1
"""... but for less than this share of them."""
STRONG = 140.0
"""The depth that the stroke at that share is brought to (grey levels)."""
FLAT = 24
"""Grey levels that differ by less over a stroke's width are a plateau: a stamp's or a brush's, never thin print's."""
PLATEAU = 0.02
"""The share of the inked pixels on faint plateaus where something is stamped in grey or shows through."""
DEEPEST = 95.0
"""The percentage of the plateaus' pixels that are no deeper than the faint ink is taken to be ..."""
BEYOND = 8.0
"""... and so many grey levels more."""
WIDE = 1.8
"""Points; a stroke of a stamp is wider, one of usual print narrower."""
EDGE = 0.7
"""A stamp's stroke fades out so far (points)."""
Depth = NDArray[np.uint8]
"""255 less the grey level."""


class Ink(NamedTuple):
    """Depths of a page's strokes in grey levels: the `floor` above the paper's grain, and one depth for each stroke."""

    floor: float
    ridges: Depth


def ink_of(even: Grey, point: float) -> Ink:
    """The depths of the strokes of an evened picture with `point` pixels to 1/72 inch."""
    paper = even[even > WHITE // 2 + 60].astype(np.float32)
    usual = float(np.median(paper)) if paper.size else float(WHITE)
    grain = 1.4826 * float(np.median(np.abs(paper - usual))) if paper.size else 0.0
    floor = max(float(LEAST), WHITE - usual + NOISE * grain)
    depth = _softened_depth(even, point)
    size = round(STROKE * point) | 1
    highest = cv2.dilate(depth, np.ones((size, size), np.uint8))
    return Ink(floor, depth[(depth >= highest) & (depth > floor)])


def _softened_depth(even: Grey, point: float) -> Depth:
    return np.asarray(cv2.GaussianBlur(WHITE - even, (0, 0), SOFT * point), np.uint8)


def strengthened(even: Grey, point: float) -> Grey | None:
    """The picture with its pale ink nearly as dark as black print is usually; None where its ink is not pale."""
    ink = ink_of(even, point)
    pale = float(np.quantile(ink.ridges, MANY)) if len(ink.ridges) >= FEWEST else PALE
    if pale >= PALE:
        return None
    curve = np.interp(np.arange(WHITE + 1), (ink.floor / 2, pale, WHITE), (0, STRONG, WHITE))
    strong: Grey = cv2.LUT(_softened_depth(even, point), (WHITE - curve).astype(np.uint8))
    return strong


def without_faint_ink(even: Grey, point: float) -> Grey | None:
    """The picture divided by what wide strokes of a fainter ink leave of the paper's white; None where it has one ink.

    A stamp's strokes and, blurred by the paper, those of its back are wider than print. Thin strokes stay as dark as
    they are, and print over a stamp too.
    """
    flat = _plateaus(even, point)
    inked = np.count_nonzero(even < TEXT_LEVEL)
    if np.count_nonzero(flat) <= PLATEAU * inked:
        return None
    level = np.percentile(WHITE - even[flat], DEEPEST) + BEYOND
    size = round(WIDE * point) | 1
    window = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    wide = cv2.morphologyEx(WHITE - even, cv2.MORPH_OPEN, window)
    edge = 2 * max(1, round(EDGE * point)) + 1
    faint = cv2.dilate(np.where(wide <= level, wide, 0).astype(np.uint8), np.ones((edge, edge), np.uint8))
    lifted: Grey = cv2.divide(even, cv2.max(WHITE - faint, 1), scale=WHITE)
    return lifted


def _plateaus(even: Grey, point: float) -> NDArray[np.bool_]:
    """The inked pixels of even depth as far as a stroke is wide, fainter than black print."""
    size = max(3, round(STROKE / 2 * point) | 1)
    window = np.ones((size, size), np.uint8)
    uneven = cv2.subtract(cv2.dilate(even, window), cv2.erode(even, window))
    plateaus: NDArray[np.bool_] = (even < TEXT_LEVEL) & (uneven < FLAT) & (even > WHITE // 4)
    return plateaus
