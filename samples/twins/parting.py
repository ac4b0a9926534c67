"""A long table set as two, as editors leave it."""

from collections.abc import Iterator
from dataclasses import replace

from samples.twins.habits import Habits
from samples.typesetting.cells import Cell, Grid

LONG = 12
"""A table with so many rows below its header may be set as two."""


def halves(grid: Grid) -> tuple[Grid, Grid] | None:
    """The first rows of a grid and the others, cut where no cell spans; None for a short one."""
    body = grid.rows - grid.header_rows
    if body < LONG:
        return None
    cut = grid.header_rows + body // 2
    while any(cell.row < cut <= cell.last_row for cell in grid.cells) and cut < grid.rows - 1:
        cut += 1
    first = tuple(cell for cell in grid.cells if cell.row < cut)
    rest = tuple(_down(cell, -cut) for cell in grid.cells if cell.row >= cut)
    return replace(grid, rows=cut, cells=first), replace(grid, rows=grid.rows - cut, header_rows=0, cells=rest)


def parts_of(grid: Grid, habits: Habits) -> Iterator[Grid]:
    """The tables that a grid is set as; the second with the header again, or without it."""
    cut = halves(grid) if habits.broken != "no" else None
    if cut is None:
        yield grid
        return
    first, rest = cut
    yield first
    if habits.broken == "bare":
        yield rest
    else:
        header = tuple(cell for cell in grid.cells if cell.row < grid.header_rows)
        again = (*header, *(_down(cell, grid.header_rows) for cell in rest.cells))
        yield replace(rest, rows=rest.rows + grid.header_rows, header_rows=grid.header_rows, cells=again)


def _down(cell: Cell, rows: int) -> Cell:
    return replace(cell, row=cell.row + rows)
