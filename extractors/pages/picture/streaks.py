"""Thin lines down a whole picture, which dirt on a feeder's glass leaves: they cut cells and figures like rules."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.ink import TEXT_LEVEL
from extractors.pages.picture.raster import Grey

THICKEST = 1.6
"""Points; what is thicker is no dirt."""
DARKER = 14
"""Grey levels by which a streak is darker than what is to both sides of it ..."""
MOSTLY = 0.75
"""... in so many of the picture's rows: print that it runs through hides it ..."""
PRINTED = 25
"""Grey levels by which print beneath is darker than the streak itself."""
LEAST_PRINT = 0.5
"""Print beyond them has so many dark pixels to a row of the picture."""
MARGINS = ((0.02, 0.05), (0.95, 0.98))
"""... and in those of its margins, to which no table's rule reaches (shares of its height)."""


def without_streaks(even: Grey, point: float) -> Grey | None:
    """The evened picture, streaks along either side filled from what is beside them; None where there are none."""
    down = _filled(even, point)
    across = _filled(np.ascontiguousarray((even if down is None else down).T), point)
    return down if across is None else np.ascontiguousarray(across.T)


def _filled(even: Grey, point: float) -> Grey | None:
    """The picture without its streaks that run down, print that shows in them kept; None where none does."""
    wide = max(2, round(THICKEST * point))
    columns = _streaked(even, wide)
    if not columns.any():
        return None
    worn = cv2.dilate(columns.astype(np.uint8)[None], np.ones((1, 3), np.uint8))[0] > 0
    paper = np.flatnonzero(~worn)
    clean = even.copy()
    for at in np.flatnonzero(worn).tolist():
        after = int(np.searchsorted(paper, at))
        left, right = (int(paper[min(max(place, 0), len(paper) - 1)]) for place in (after - 1, after))
        share = (at - left) / max(right - left, 1)
        filled = cv2.addWeighted(even[:, left], 1 - share, even[:, right], share, 0).ravel()
        printed = even[:, at] + PRINTED < np.median(even[:, at])
        clean[:, at] = np.where(printed, even[:, at], filled)
    return clean


def _streaked(even: Grey, wide: int) -> NDArray[np.bool_]:
    """Which columns are darker, nearly all the way down, than those so many pixels to both sides."""
    height, width = even.shape
    found = np.zeros(width, bool)
    margins = [slice(round(low * height), round(high * height)) for low, high in MARGINS]
    asked = np.flatnonzero(np.logical_and.reduce([_share_darker(even[rows], wide) >= MOSTLY for rows in margins]))
    for at in asked.tolist():
        around = even[:, max(0, at - wide) : at + wide + 1]
        found[at] = _share_darker(around, wide)[min(at, wide)] >= MOSTLY
    return found if _is_printed_beyond(even, np.flatnonzero(found), wide) else np.zeros(width, bool)


def _is_printed_beyond(even: Grey, columns: NDArray[np.int64], wide: int) -> bool:
    """Whether anything is printed left of all `columns` or right of them: a table cut out along its frame has rules."""
    if not len(columns):
        return False
    beyond = (even[:, : max(0, int(columns[0]) - wide)], even[:, int(columns[-1]) + wide + 1 :])
    return any(np.count_nonzero(side < TEXT_LEVEL) > LEAST_PRINT * len(even) for side in beyond)


def _share_darker(rows: Grey, wide: int) -> NDArray[np.float64]:
    """In which share of some rows each column is darker than those to both sides of it."""
    framed = cv2.copyMakeBorder(rows, 0, 0, wide, wide, cv2.BORDER_REPLICATE)
    beside = cv2.min(framed[:, : -2 * wide], framed[:, 2 * wide :])
    darker: NDArray[np.float64] = (cv2.subtract(beside, rows) >= DARKER).mean(axis=0)
    return darker
