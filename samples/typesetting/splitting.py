"""A wide grid cut into one for the left-hand columns and one for the right-hand ones, as spreadsheets print them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from samples.layout import Layout
from samples.typesetting.cells import Cell, Grid

FEWEST_TO_SPLIT = 6
"""A grid of fewer columns is never cut."""


def split(grid: Grid, layout: Layout) -> tuple[Grid, ...]:
    """Cut `grid` before its middle amount column where the layout asks for it; the labels may stand in both halves."""
    amounts = [col for col, column in enumerate(grid.columns) if column.holds == "amount"]
    if layout.split_columns == "never" or len(grid.columns) < FEWEST_TO_SPLIT or len(amounts) < 4:
        return (grid,)
    at = amounts[len(amounts) // 2]
    one_panel = len({column.panel for column in grid.columns}) == 1
    repeated = range(amounts[0]) if layout.split_columns == "labelled" and one_panel else range(0)
    return _kept(grid, range(at)), _kept(grid, [*repeated, *range(at, len(grid.columns))])


def _kept(grid: Grid, cols: Iterable[int]) -> Grid:
    """Keep some columns; a cell that spans more is cut, its text stands where it began."""
    places = {col: place for place, col in enumerate(cols)}
    cells = tuple(_cut(grid.cells, places))
    return Grid(tuple(grid.columns[col] for col in places), grid.rows, grid.header_rows, cells)


def _cut(cells: Iterable[Cell], places: dict[int, int]) -> Iterator[Cell]:
    for cell in cells:
        here = [places[col] for col in range(cell.col, cell.col + cell.cols) if col in places]
        if here:
            text = cell.text if cell.col in places else ""
            yield replace(cell, col=here[0], cols=len(here), text=text)
