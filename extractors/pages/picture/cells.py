"""The cells that rules enclose on a picture, and the lines of text in each, by their ink alone."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.ink import Bits
from extractors.pages.picture.ruling import REACH, Ruling, Segment, grid_mask

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
"""Text parted by more than this many times its height stands apart ..."""
OPEN_GAP = 0.8
"""... by so much where no rules part columns: an amount may stand close before the next column's label ..."""
DETECTED_GAP = 1.0
"""... and by so much where no rules are at all: the blank half of a full-width mark is no gap."""
MARK_SHARE = 0.45
"""A full-width mark has its ink in so much of its place, from the lower left corner on."""
TALLEST_BAND = 60.0
"""Rules further apart than this do not rule rows (points)."""
BESIDE = 24.0
"""Print sticks out of such a row so far (points)."""
ALIKE = 0.9
"""Rules above and below a row are of one length, but for this share."""
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


def bands_of(ruling: Ruling, point: float) -> list[Pixels]:
    """The rows of tables that have rules across alone, which enclose nothing."""
    free = sorted(rule for rule in ruling.across if not any(_meets(rule, other, point) for other in ruling.down))
    return [
        Pixels(round(upper.low), round(upper.at) + 1, round(upper.high), round(lower.at))
        for upper, lower in pairwise(free)
        if SMALLEST_SIDE * point <= lower.at - upper.at <= TALLEST_BAND * point and _are_alike(upper, lower)
    ]


def with_its_sides(band: Pixels, width: int, point: float) -> Pixels:
    """A row that no rules end, with what may stick out of it; `width` is the picture's."""
    out = round(BESIDE * point)
    return band._replace(x0=max(0, band.x0 - out), x1=min(width, band.x1 + out))


def lines_in_band(letters: Bits, band: Pixels, usual: float, point: float) -> list[Pixels]:
    """The texts of a row that no rules part, without what lies at its sides alone: a hole for filing."""
    wide = with_its_sides(band, letters.shape[1], point)
    lines = text_lines(letters, wide, usual, point, OPEN_GAP)
    return [line for line in lines if line.x0 < band.x1 and line.x1 > band.x0]


def _meets(across: Segment, down: Segment, point: float) -> bool:
    near = REACH * point
    return across.low - near <= down.at <= across.high + near and down.low - near <= across.at <= down.high + near


def _are_alike(upper: Segment, lower: Segment) -> bool:
    shared = min(upper.high, lower.high) - max(upper.low, lower.low)
    return shared >= ALIKE * max(upper.length, lower.length)


def _is_cell(box: Pixels, shape: tuple[int, int], point: float) -> bool:
    at_edge = box.x0 == 0 or box.y0 == 0 or box.x1 == shape[1] or box.y1 == shape[0]
    small = min(box.width, box.height) < SMALLEST_SIDE * point
    return not at_edge and not small and box.width * box.height < LARGEST_SHARE * shape[0] * shape[1]


def line_height(letters: Bits, cells: Iterable[Pixels], point: float) -> float:
    """The usual height in pixels of a line of text in the cells of a page; dashes and rule dust are none."""
    runs = [_runs(inked_rows(_ink_of(letters, cell))) for cell in cells]
    single = [own[0][1] - own[0][0] for own in runs if len(own) == 1 and own[0][1] - own[0][0] >= LEAST_LINE * point]
    return float(np.median(single)) if single else USUAL_LINE * point


def text_lines(letters: Bits, cell: Pixels, usual: float, point: float, widest: float = WIDE_GAP) -> list[Pixels]:
    """The lines of text in a cell, each cut where a gap parts it; none where the cell is blank.

    `usual` is the height of a line in pixels, `widest` the gap that parts nothing, in such heights.
    """
    own = _ink_of(letters, cell)
    rows = _lines(_runs(inked_rows(own)), usual)
    found = [part for top, low in rows for part in _parts(own, top, low, widest * usual)]
    return [
        Pixels(cell.x0 + box.x0, cell.y0 + box.y0, cell.x0 + box.x1, cell.y0 + box.y1)
        for box in found
        if _is_printed(own, box, point) and not _is_left_of_a_rule(box, cell, point)
    ]


def columns_of(letters: Bits, line: Pixels) -> list[Pixels]:
    """A line that no rules enclose, cut where a gap parts columns and trimmed to its ink; none where it has none."""
    own = _ink_of(letters, line)
    rows = np.flatnonzero(inked_rows(own))
    if not len(rows):
        return []
    top, low = int(rows[0]), int(rows[-1]) + 1
    return [
        Pixels(line.x0 + box.x0, line.y0 + box.y0, line.x0 + box.x1, line.y0 + box.y1)
        for box in _parts(own, top, low, DETECTED_GAP * (low - top))
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
        if at == len(runs) or runs[at][0] - runs[at - 1][1] > gap + _blank_half(own[top:low], runs[at - 1]):
            x0, x1 = runs[start][0], runs[at - 1][1]
            inked = np.flatnonzero(inked_rows(own[top:low, x0:x1]))
            yield Pixels(x0, top + int(inked[0]), x1, top + int(inked[-1]) + 1)
            start = at


def _blank_half(line: Bits, run: tuple[int, int]) -> float:
    """The paper in pixels that belongs to a full-width mark such as 、 whose ink is `run`; 0 for any other."""
    height, (x0, x1) = len(line), run
    small = x1 - x0 <= MARK_SHARE * height
    low = small and not line[: round(height * (1 - MARK_SHARE)), x0:x1].any()
    return height - (x1 - x0) if low else 0.0
