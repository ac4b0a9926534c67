"""The size of a grid on paper: type size, column widths, row heights and the lines of each cell. Lengths are points."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from samples.layout import Layout
from samples.typesetting.cells import Cell, Grid
from samples.typesetting.lettering import LEADING, broken, cut, width

SMALLEST_SIZE = 5.0
SIZE_STEP = 0.5
FEWEST_CHARACTERS = 5
"""Labels are not wrapped below this many characters before the type gets smaller."""
WORDS_CHARACTERS = 9
HEADER_LINES = 3
WIDEST_GROWTH = 2.2
"""A table with few narrow columns is not stretched over the whole page."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A grid and what it takes: `edges` are its columns' borders from 0, `lines` the text of each cell."""

    grid: Grid
    size: float
    padding: float
    edges: tuple[float, ...]
    heights: tuple[float, ...]
    lines: Mapping[Cell, tuple[str, ...]]

    @property
    def width(self) -> float:
        """The width of the whole table."""
        return self.edges[-1]

    def room(self, cell: Cell) -> float:
        """Give the width that a cell leaves for text."""
        return self.edges[cell.col + cell.cols] - self.edges[cell.col] - 2 * self.padding

    @property
    def header_height(self) -> float:
        """The height of the header."""
        return sum(self.heights[: self.grid.header_rows])


def measure(grid: Grid, layout: Layout, available: float) -> Measures:
    """Fit `grid` into `available` points: first by wrapping labels more tightly, then by smaller type."""
    size, widths = next(_fitting(grid, layout, available))
    if layout.fill:
        widths = _grown(widths, _limited(grid, layout), available)
    edges = (0.0, *accumulate(widths))
    unlined = Measures(grid, size, layout.padding, edges, (), {})
    lines = {cell: _lines(cell, size, unlined.room(cell)) for cell in grid.cells}
    return Measures(grid, size, layout.padding, edges, _heights(grid, layout, size, lines), lines)


def _lines(cell: Cell, size: float, room: float) -> tuple[str, ...]:
    """Break a cell's text; an amount that has no room is cut anywhere, as spreadsheets do."""
    if cell.kind == "amount" and cell.truth:
        return cut(cell.text, size, room)
    if cell.kind == "code":
        return (cell.text,)
    return broken(cell.text, size, room - cell.shift * size)


def _fitting(grid: Grid, layout: Layout, available: float) -> Iterator[tuple[float, list[float]]]:
    """(type size, column widths) that fit, the largest first; the smallest size whether it fits or not."""
    size = layout.size
    while size > SMALLEST_SIZE:
        for characters in _label_limits(layout.label_characters):
            widths = _natural_widths(grid, layout, size, characters)
            if sum(widths) <= available:
                yield size, widths
        size -= SIZE_STEP
    widths = _natural_widths(grid, layout, SMALLEST_SIZE, FEWEST_CHARACTERS)
    shrink = min(1.0, available / sum(widths))
    yield SMALLEST_SIZE, [natural * shrink for natural in widths]


def _limited(grid: Grid, layout: Layout) -> set[int]:
    """Columns that stay as narrow as they are, since the layout wraps some of their labels or amounts."""
    most: dict[str, float] = {
        "label": layout.label_characters,
        "amount": layout.amount_characters or math.inf,
        "code": math.inf if layout.code_room == 1 else 0,
    }
    cells = (cell for cell in grid.cells if cell.kind in most and cell.cols == 1)
    return {cell.col for cell in cells if len(cell.text) > most[cell.kind]}


def _grown(widths: Sequence[float], limited: set[int], available: float) -> list[float]:
    """Let all columns but the `limited` ones grow alike until the table is `available` wide or has grown enough."""
    fixed = sum(widths[col] for col in limited)
    free = sum(widths) - fixed
    growth = (available - fixed) / free if free else 1.0
    growth = max(1.0, min(growth, WIDEST_GROWTH))
    return [natural if col in limited else natural * growth for col, natural in enumerate(widths)]


def _label_limits(characters: int) -> Iterator[int]:
    while characters > FEWEST_CHARACTERS:
        yield characters
        characters = characters * 4 // 5
    yield FEWEST_CHARACTERS


def _natural_widths(grid: Grid, layout: Layout, size: float, characters: int) -> list[float]:
    """Find what each column needs for its own cells; labels longer than `characters` are wrapped."""
    widths = [0.0] * len(grid.columns)
    for cell in grid.cells:
        if cell.cols == 1:
            needed = _natural_width(cell, size, characters) + 2 * layout.padding
            if cell.kind == "amount" and layout.amount_characters:
                needed = min(needed, width("0" * layout.amount_characters, size) + 2 * layout.padding + 0.1)
            if cell.kind == "code":
                needed *= layout.code_room
            widths[cell.col] = max(widths[cell.col], needed)
    return widths


def _natural_width(cell: Cell, size: float, characters: int) -> float:
    natural = width(cell.text, size) + cell.shift * size
    if cell.kind == "header":
        return max(min(natural, 2 * size), natural / HEADER_LINES + size)
    if cell.kind in ("label", "group", "organisation"):
        return min(natural, characters * size) + 0.1
    if cell.kind == "words":
        return min(natural, WORDS_CHARACTERS * size) + 0.1
    return natural + 0.1  # what measuring and drawing round differently


def _heights(grid: Grid, layout: Layout, size: float, lines: Mapping[Cell, Sequence[str]]) -> tuple[float, ...]:
    """Each row as high as its highest cell; a cell over several rows adds what it lacks to the last of them."""
    heights = [layout.row_height * size / layout.size] * grid.rows
    for cell in sorted(grid.cells, key=lambda cell: cell.rows):
        needed = len(lines[cell]) * size * LEADING + math.ceil(size / 3)
        lacking = needed - sum(heights[cell.row : cell.row + cell.rows])
        heights[cell.last_row] += max(0.0, lacking)
    return tuple(heights)
