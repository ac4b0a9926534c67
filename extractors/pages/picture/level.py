"""The turn that brings a picture upright: a quarter turn told by the length of words, skew by their rows."""

from collections.abc import Sequence

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
COARSE_WIDTH = 1000
"""A first search looks at a picture so many pixels across."""


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
    """The angle in degrees, counter-clockwise positive, by which the picture must be turned to be level."""
    by = min(1.0, COARSE_WIDTH / dark.shape[1])
    small = cv2.resize(dark, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
    rough = _sharpest(small, np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.5))
    closer = _sharpest(small, np.arange(rough - 0.4, rough + 0.41, 0.1))
    half = cv2.resize(dark, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) if by < 0.5 else small
    return _sharpest(half, np.arange(closer - 0.1, closer + 0.11, FINEST))


def _sharpest(picture: Grey, angles: NDArray[np.float64]) -> float:
    """The angle whose rows change most abruptly from ink to paper; the smallest of equal ones."""
    tried = [(angle, levelled(picture, angle, border=0)) for angle in angles.tolist()]
    scores = {angle: (_sharpness(level), -abs(angle)) for angle, level in tried}
    return float(max(scores, key=scores.__getitem__))


def _sharpness(picture: Grey) -> float:
    rows = cv2.reduce(picture, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F).ravel()
    return float((np.diff(rows) ** 2).sum())


def levelled(picture: Grey, degrees: float, border: int = WHITE) -> Grey:
    """The picture turned counter-clockwise about its middle, its size kept."""
    if abs(degrees) < FINEST:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    flags = cv2.INTER_CUBIC if border else cv2.INTER_LINEAR
    level: Grey = cv2.warpAffine(picture, matrix, (width, height), flags=flags, borderValue=(border,))
    return level
