"""The turn that brings a picture upright: a quarter turn told by the length of words, skew by their rows."""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.ink import WHITE, Bits
from extractors.pages.picture.raster import Grey

LARGEST_LETTER = 60.0
"""Points; what is longer is a rule, a frame or a picture."""
SMALLEST_WORD = 4.0
"""Points; the height of a word in the smallest print."""
WORD_GAPS = (2.0, 3.5, 5.0)
"""Characters of a word stand no further apart: close print, usual print, print set wide (points)."""
WIDE_GAPS = (10.0, 16.0)
"""A cover has large print alone, whose characters stand further apart (points)."""
FEW_WORDS = 600.0
"""A page whose words are shorter together has no lines of usual print (points)."""
LONG = 3.0
"""What is so many times longer than high is a word, and not a 1."""
MOST_SKEW = 5.0
"""Degrees either way; feeders and flat beds stay within two or three."""
FINEST = 0.05
"""Degrees; 0.05° moves a rule of A3's length by 1 point."""
STRIP = 24
"""Pixels; a line of text is level within so little, whatever the skew."""
SMOOTHED = 1.5
"""Rows (standard deviation)."""


def lies_sideways(dark: Bits, point: float) -> bool:
    """Whether lines of text run up or down: whether words are long in that direction, all lengths added up."""
    letters = _letters(dark, point)
    down, across = _lengths(letters, WORD_GAPS, point)
    if down + across < FEW_WORDS * point * len(WORD_GAPS):
        down, across = _lengths(letters, WIDE_GAPS, point)
    return down > across


def _lengths(letters: Bits, gaps: Sequence[float], point: float) -> tuple[float, float]:
    """The lengths in pixels of words that run up or down, and of those that run across, over several gaps."""
    found = [_down_and_across(letters, gap * point, point) for gap in gaps]
    return sum(down for down, _ in found), sum(across for _, across in found)


def _letters(dark: Bits, point: float) -> Bits:
    """The ink without rules, frames and pictures."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    small = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) <= LARGEST_LETTER * point
    small[0] = False
    letters: Bits = (small[labels] * np.uint8(WHITE)).astype(np.uint8)
    return letters


def _down_and_across(letters: Bits, gap: float, point: float) -> tuple[float, float]:
    """The lengths in pixels of words that run up or down, and of those that run across."""
    size = max(1, round(gap / 2)) * 2 + 1
    joined = cv2.dilate(letters, cv2.getStructuringElement(cv2.MORPH_RECT, (size, size)))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    across, down = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    shorter = np.minimum(across, down)
    words = (shorter >= SMALLEST_WORD * point) & (shorter <= LARGEST_LETTER * point)
    return float(down[words & (down > LONG * across)].sum()), float(across[words & (across > LONG * down)].sum())


def turned(picture: NDArray[np.uint8], degrees: int) -> NDArray[np.uint8]:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def skew_of(dark: Bits) -> float:
    """The angle in degrees, counter-clockwise positive, by which the picture must be turned to be level.

    The picture is looked at in upright strips. Each strip's ink by rows is moved up or down as a turn would move it,
    and the angle is taken at which the rows of all strips together change most abruptly from ink to paper.
    """
    strips = _strips(dark)
    rough = _sharpest(strips, np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.25))
    closer = _sharpest(strips, np.arange(rough - 0.25, rough + 0.26, FINEST))
    return _sharpest(strips, np.arange(closer - FINEST, closer + FINEST + 0.001, FINEST / 4))


class _Strips(NamedTuple):
    """Upright strips of a picture: `ink` by row and strip, and how far each one's middle is from the picture's."""

    ink: NDArray[np.float32]
    away: NDArray[np.float32]


def _strips(dark: Bits) -> _Strips:
    """The rows are smoothed: between two rows the ink is a mean, and would be less abrupt than at no turn at all."""
    height, width = dark.shape
    count = max(1, width // STRIP)
    narrow = cv2.resize(dark[:, : count * STRIP], (count, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    smooth = cv2.sepFilter2D(narrow, cv2.CV_32F, np.ones(1), cv2.getGaussianKernel(9, SMOOTHED))
    away = (np.arange(count, dtype=np.float32) + 0.5) * STRIP - width / 2
    return _Strips(smooth, away.astype(np.float32))


def _sharpest(strips: _Strips, angles: NDArray[np.float64]) -> float:
    """The angle whose rows change most abruptly from ink to paper; the smallest of equal ones."""
    scores = {angle: (_sharpness(strips, angle), -abs(angle)) for angle in angles.tolist()}
    return float(max(scores, key=scores.__getitem__))


def _sharpness(strips: _Strips, degrees: float) -> float:
    height, count = strips.ink.shape
    down = np.arange(height, dtype=np.float32)[:, None] + strips.away * np.float32(np.tan(np.radians(degrees)))
    across = np.tile(np.arange(count, dtype=np.float32), (height, 1))
    rows = cv2.remap(strips.ink, across, down, cv2.INTER_LINEAR).sum(axis=1)
    return float((np.diff(rows) ** 2).sum())


def levelled(picture: Grey, degrees: float) -> Grey:
    """The picture turned counter-clockwise about its middle, its size kept, paper in the corners."""
    if abs(degrees) < FINEST:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    level: Grey = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(WHITE,))
    return level
