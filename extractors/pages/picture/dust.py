"""Black and white pixels that paper, glass and wire add to a picture, told from the points of figures."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.cells import SMALLEST_MARK
from extractors.pages.picture.ink import WHITE, Bits
from extractors.pages.picture.raster import Grey

Filled = NDArray[np.bool_]
"""Whether each piece of ink, by its number, is of some kind."""

BREAK = 1.5
"""Pieces of a worn stroke stand no further apart (points)."""
BESIDE = 3.0
"""A figure's point, or a piece of a worn letter, stands no further from what it belongs to (points)."""
DUSTY = 2.0
"""So many specks to a square inch of paper lie among the letters too."""
OUTLIER = 90
"""Grey levels by which a speck differs from all around it."""
SPECK = 2
"""Pixels; the point of a figure at 150 dpi has four, and a hairline is long."""


def dust_on(letters: Bits, point: float) -> Bits:
    """The ink that is little and far from anything printed.

    A black pixel in a blank cell would be read as a mark, one beyond the end of a line of text draws its box out. What
    lies among letters stays: a worn stroke breaks into pieces no larger than dust.
    """
    dust, labels = _dust(letters, point)
    found: Bits = (dust[labels] * np.uint8(WHITE)).astype(np.uint8)
    return found


def is_dusty(dark: Bits, point: float) -> bool:
    """Whether specks lie all over a picture, and not only where something was printed."""
    dust, _ = _dust(dark, point)
    square_inches = dark.size / (72 * point) ** 2
    return bool(dust.sum() > DUSTY * square_inches)


def dusted(even: Grey) -> Grey:
    """The picture without its specks, black or white, among the letters and elsewhere."""
    around = cv2.medianBlur(even, 3)
    apart = (cv2.absdiff(even, around) > OUTLIER).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(apart, connectivity=8)
    specks = stats[:, cv2.CC_STAT_AREA] <= SPECK
    specks[0] = False
    clean: Grey = np.where(specks[labels], around, even)
    return clean


def _dust(letters: Bits, point: float) -> tuple[Filled, NDArray[np.int32]]:
    """Which pieces of ink are dust, and the piece of each pixel; piece 0 is the paper.

    What little breaks part is one piece: a faint digit is a row of specks, each no larger than dust.
    """
    size = round(BREAK * point) | 1
    whole = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    count, labels = cv2.connectedComponents(whole, connectivity=8)
    labels[letters == 0] = 0
    amount = np.bincount(labels.ravel(), minlength=count)
    small = amount < (SMALLEST_MARK * point) ** 2
    dust = small & ~_near(~small, labels, point)
    dust[0] = False
    return dust, labels


def _near(large: Filled, labels: NDArray[np.int32], point: float) -> Filled:
    """Which of the labelled pieces of ink lie near a large one; piece 0 is the paper."""
    large[0] = False
    reach = 2 * round(BESIDE * point) + 1
    around = cv2.dilate(large[labels].astype(np.uint8), np.ones((reach, reach), np.uint8))
    near = np.zeros(len(large), bool)
    near[labels[around > 0]] = True
    return near
