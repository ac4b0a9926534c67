"""How a table is cut over pages: which body rows stand on which page, and which row lies across the edge."""

from collections.abc import Sequence
from dataclasses import dataclass

from samples.layout import Layout

LOOK_BACK = 6
"""How many rows a page may end early so that a row with a label in two lines meets its end."""


@dataclass(frozen=True, slots=True)
class Part:
    """The body rows start to stop (grid rows, stop excluded) of a table on one page.

    With `opens_broken` the first of them began on the page before; with `closes_broken` the last ends on the next
    one, where it is the first again.
    """

    start: int
    stop: int
    opens_broken: bool = False
    closes_broken: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """The height that the body rows find on the page where the table starts, and on each page after it."""

    first: float
    next: float


def parts_of(
    heights: Sequence[float], first_row: int, breakable: Sequence[bool], room: Room, layout: Layout
) -> list[Part]:
    """Cut the rows from `first_row` on; `breakable` says of each row whether its label has two lines."""
    parts: list[Part] = []
    start, stop, opens_broken = first_row, len(heights), False
    while start < stop:
        end = _end_of_page(heights, start, room.next if parts else room.first, layout)
        if layout.total_alone and end == stop and stop - start > 1:
            end = stop - 1
        broken = _broken_row(breakable, start, end) if layout.broken_row and end < stop else None
        if broken is None:
            parts.append(Part(start, end, opens_broken))
            start, opens_broken = end, False
        else:
            parts.append(Part(start, broken + 1, opens_broken, closes_broken=True))
            start, opens_broken = broken, True
    return parts


def _end_of_page(heights: Sequence[float], start: int, room: float, layout: Layout) -> int:
    """Find the first row that the page has no room for or that its limit leaves out; at least one row is placed."""
    end, used = start, 0.0
    while end < len(heights) and (end == start or used + heights[end] <= room):
        used += heights[end]
        end += 1
    return min(end, start + layout.rows_per_page) if layout.rows_per_page else end


def _broken_row(breakable: Sequence[bool], start: int, end: int) -> int | None:
    """Find the last breakable row near the page's end; never the first row, which may have been broken already."""
    near = range(end - 1, max(start, end - 1 - LOOK_BACK), -1)
    return next((row for row in near if breakable[row]), None)
