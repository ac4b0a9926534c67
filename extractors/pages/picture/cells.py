"""The cells that rules enclose on a picture, and the lines of text in each, by their ink alone."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.ink import Bits
from extractors.pages.picture.ruling import Ruling, grid_mask

SMALLEST_SIDE = 5.0
"""Points; what is narrower lies between the two strokes of a double rule."""
LARGEST_SHARE = 0.25
"""An enclosed area over this share of the picture is the frame of a page."""
MOST_LINES = 12
"""A cell that holds more lines than this is a page of prose within a frame."""
SMALLEST_MARK = 1.2
"""What stands alone on a line has at least so much ink, this length squared (points)."""
MARK = 1.6
"""The least length of anything printed but dots (points)."""
REMNANT = 1.2
"""What is thinner and lies along the edge of a cell is left of its rule (points) ..."""
EDGE = 1.8
"""... if it is so near (points)."""
WIDE_GAP = 2.0
"""Text parted by more than this many times its height stands apart."""
LEAST_LINE = 4.0
"""The height of a line of the smallest print (points)."""
USUAL_LINE = 10.0
"""The height of a line of text where the page does not tell (points)."""


Filled = NDArray[np.bool_]
"""Whether there is ink in each row, or in each column."""


class Pixels(NamedTuple):
    """A rectangle of pixels, the last row and column left out."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.y1 - self.y0


def cells_of(ruling: Ruling, shape: tuple[int, int], point: float) -> list[Pixels]:
    """The areas that the rules enclose, merged cells as one, without the page's own frame."""
    if not (ruling.across and ruling.down):
        return []
    room = cv2.bitwise_not(grid_mask(ruling, shape, point))
    _, _, stats, _ = cv2.connectedComponentsWithStats(room, connectivity=4)
    boxes = [Pixels(left, top, left + width, top + height) for left, top, width, height, _ in stats[1:].tolist()]
    return [box for box in boxes if _is_cell(box, shape, point)]


def _is_cell(box: Pixels, shape: tuple[int, int], point: float) -> bool:
    at_edge = box.x0 == 0 or box.y0 == 0 or box.x1 == shape[1] or box.y1 == shape[0]
    small = min(box.width, box.height) < SMALLEST_SIDE * point
    return not at_edge and not small and box.width * box.height < LARGEST_SHARE * shape[0] * shape[1]


def line_height(letters: Bits, cells: Iterable[Pixels], point: float) -> float:
    """The usual height in pixels of a line of text in the cells of a page; dashes and rule dust are none."""
    runs = [_runs(inked_rows(_ink_of(letters, cell))) for cell in cells]
    single = [own[0][1] - own[0][0] for own in runs if len(own) == 1 and own[0][1] - own[0][0] >= LEAST_LINE * point]
    return float(np.median(single)) if single else USUAL_LINE * point


def text_lines(letters: Bits, cell: Pixels, usual: float, point: float) -> list[Pixels]:
    """The lines of text in a cell, each cut where a wide gap parts it; none where the cell is blank.

    `usual` is the height of a line in pixels.
    """
    own = _ink_of(letters, cell)
    rows = _lines(_runs(inked_rows(own)), usual)
    found = [part for top, low in rows for part in _parts(own, top, low, WIDE_GAP * usual)]
    return [
        Pixels(cell.x0 + box.x0, cell.y0 + box.y0, cell.x0 + box.x1, cell.y0 + box.y1)
        for box in found
        if _is_printed(own, box, point) and not _is_left_of_a_rule(box, cell, point)
    ]


def _is_printed(own: Bits, box: Pixels, point: float) -> bool:
    """Whether a mark has the ink of the least thing printed: specks side by side reach far and are little."""
    amount = int(np.count_nonzero(own[box.y0 : box.y1, box.x0 : box.x1]))
    return max(box.width, box.height) >= MARK * point and amount >= (SMALLEST_MARK * point) ** 2


def _is_left_of_a_rule(box: Pixels, cell: Pixels, point: float) -> bool:
    """Whether a mark is what wiping left of the rule above or below its cell; `box` is in pixels of the cell."""
    away = min(box.y0, cell.height - box.y1)
    return box.height < REMNANT * point and away < EDGE * point


def _ink_of(letters: Bits, cell: Pixels) -> Bits:
    return letters[cell.y0 : cell.y1, cell.x0 : cell.x1]


def inked_rows(letters: Bits) -> Filled:
    """Which rows have ink."""
    return np.asarray(letters.any(axis=1))


def inked_columns(letters: Bits) -> Filled:
    """Which columns have ink."""
    return np.asarray(letters.any(axis=0))


def _runs(filled: Filled) -> list[tuple[int, int]]:
    """Runs of true values as (first, past the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _lines(runs: Sequence[tuple[int, int]], usual: float) -> list[tuple[int, int]]:
    """Runs of rows put together to lines: a character such as 二 has blank rows within."""
    lines: list[tuple[int, int]] = []
    for top, low in runs:
        flat = lines and min(low - top, lines[-1][1] - lines[-1][0]) < 0.6 * usual
        if flat and low - lines[-1][0] <= 1.3 * usual:
            lines[-1] = (lines[-1][0], low)
        else:
            lines.append((top, low))
    return lines


def _parts(own: Bits, top: int, low: int, gap: float) -> Iterator[Pixels]:
    """A line's stretches of ink that no more than `gap` pixels part."""
    runs = _runs(inked_columns(own[top:low]))
    start = 0
    for at in range(1, len(runs) + 1):
        if at == len(runs) or runs[at][0] - runs[at - 1][1] > gap:
            x0, x1 = runs[start][0], runs[at - 1][1]
            inked = np.flatnonzero(inked_rows(own[top:low, x0:x1]))
            yield Pixels(x0, top + int(inked[0]), x1, top + int(inked[-1]) + 1)
            start = at
