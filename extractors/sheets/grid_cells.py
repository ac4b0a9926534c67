"""Cells as a source has them: a grid with spans, what is printed in each and how it is set. Lengths are points."""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

Align = Literal["left", "centre", "right"]

SIZE = 10.5
"""The size of type where a source does not say it: 五号."""
PADDING = 2.0
"""Between a cell's border and its text."""


class GridCell(NamedTuple):
    """A cell; rows and columns count from 1. `text` is as printed, white space at its beginning included.

    `indent` is what the cell's own setting moves the text right by. `framed` says whether a border is drawn at its
    side; `place` names the cell as its program does.
    """

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    align: Align = "left"
    indent: float = 0.0
    size: float = SIZE
    framed: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Cells in reading order, those without text where they have a border or a span, and the sizes of rows and columns.

    `widths` and `heights` hold what is known of columns and rows by number; all others have the default. `ruled` says
    whether the source draws borders at all.
    """

    cells: tuple[GridCell, ...]
    widths: Mapping[int, float]
    heights: Mapping[int, float]
    width: float = 54.0
    height: float = 17.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables."""

    text: str
    align: Align = "left"
    size: float = SIZE


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """How wide a text is printed: wide characters take their size, others half of it."""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else size / 2 for c in text)


def indent_of(cell: GridCell, width: float) -> float:
    """How far right of the cell's left border its text begins, in a cell `width` wide."""
    text = cell.text.rstrip()
    bare = text.lstrip()
    if cell.align == "left":
        return PADDING + cell.indent + width_of(text[: len(text) - len(bare)], cell.size)
    free = width - width_of(bare, cell.size) - 2 * PADDING
    if cell.align == "centre":
        return PADDING + max(free, 0.0) / 2
    return PADDING + max(free - cell.indent, 0.0)


def kept(grid: CellGrid, rows: Iterable[int], cols: Iterable[int]) -> CellGrid:
    """The grid with some rows and columns alone, numbered anew; a cell that keeps none of its own goes."""
    own_rows, own_cols = sorted(rows), sorted(cols)
    row_at, col_at = _places(own_rows), _places(own_cols)
    cells = []
    for cell in grid.cells:
        if cell.row_span == cell.col_span == 1:
            if cell.row in row_at and cell.col in col_at:
                cells.append(GridCell(row_at[cell.row], col_at[cell.col], *cell[2:]))
            continue
        top, down = among(own_rows, cell.row, cell.row_span)
        left, over = among(own_cols, cell.col, cell.col_span)
        if down and over:
            cells.append(cell._replace(row=top + 1, col=left + 1, row_span=down, col_span=over))
    widths = {col_at[col]: grid.widths.get(col, grid.width) for col in own_cols}
    heights = {row_at[row]: grid.heights.get(row, grid.height) for row in own_rows}
    return CellGrid(tuple(cells), widths, heights, grid.width, grid.height)


def among(numbers: Sequence[int], first: int, span: int) -> tuple[int, int]:
    """Which of some ascending numbers is the first of a span, and how many of them are in it: however long it is."""
    begin = bisect_left(numbers, first)
    return begin, bisect_left(numbers, first + span) - begin


def _places(numbers: Sequence[int]) -> dict[int, int]:
    return {number: place for place, number in enumerate(numbers, start=1)}


def printed_part(grid: CellGrid) -> CellGrid:
    """The grid without rows that print nothing, and without columns behind those that print."""
    rows = {cell.row for cell in grid.cells if cell.text.strip()}
    cols = printing_columns(grid, rows)
    return kept(grid, rows, range(1, cols[-1] + 1) if cols else ())


def printing_columns(grid: CellGrid, rows: Collection[int]) -> list[int]:
    """The columns in which a cell with text begins in some rows, or that are ruled in most of them, ascending."""
    texts = {cell.col for cell in grid.cells if cell.row in rows and cell.text.strip()}
    ruled = Counter(cell.col for cell in grid.cells if cell.row in rows and cell.framed)
    return sorted(texts | {col for col, count in ruled.items() if 2 * count > len(rows)})
