"""What every reader of workbooks gives: sheets of cells as printed, and what of them is not printed or not the same."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from extractors.errors import DamagedDocumentError
from extractors.sheets.grid_cells import CellGrid, GridCell, among, kept
from extractors.sheets.number_format import is_date, printed_number

MOST_CELLS = 150_000
"""So many printed cells has no sheet of a department's forms; a register of payments has more."""
MOST_ROWS = 20_000
"""Nor so many rows."""
MOST_COLUMNS = 1_000


MOST_POINTS = 5_000.0
"""No row is higher, no column wider, no type larger than that; programs stop at a tenth of it."""


def points(text: str | None, otherwise: float) -> float:
    """A size that a file gives; `otherwise` where it gives none, or one that is no size of anything that is printed."""
    try:
        found = float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
    return found if 0.0 <= found <= MOST_POINTS else otherwise


MOST_COVERED = 1_000_000
"""Rows below the tops of all merged cells of a sheet, together: each row of a sheet lies below few of them."""


class Differs(NamedTuple):
    """A cell whose stored number is another than the one that it prints, by more than rounding."""

    place: str
    printed: str
    stored: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; `number` is its place in the workbook, from 1.

    `hidden` counts the printed-looking cells that are not shown, `differing` are those whose stored number differs from
    the printed one; `too_large` says that the sheet is no form's, and was left; `uncalculated` counts the formulas
    whose value the file does not hold.
    """

    number: int
    name: str
    grid: CellGrid
    hidden: int = 0
    differing: tuple[Differs, ...] = ()
    too_large: bool = False
    uncalculated: int = 0


class Printed(NamedTuple):
    """A cell's text, whether it is a number, and whether that is another than what is stored."""

    text: str
    number: bool = False
    differs: bool = False


@lru_cache(maxsize=4096)
def of_number(stored: str, code: str) -> Printed:
    """What a stored number prints under a format."""
    try:
        value = Decimal(stored)
        text = printed_number(value, code)
    except (InvalidOperation, ValueError, OverflowError):
        return Printed(stored)
    return Printed(text, True, not is_date(code) and differs(value, text))


def differs(value: Decimal, text: str) -> bool:
    """Whether a printed number is not the stored one rounded to its decimals."""
    bare = re.sub(r"[,\s¥￥$]", "", text)
    negative = bare.startswith(("-", "(")) or bare.endswith(")")
    bare = bare.strip("()-+")
    percent = bare.endswith("%")
    try:
        printed = Decimal(bare.rstrip("%"))
    except InvalidOperation:
        return False
    shown = (-printed if negative else printed) / (100 if percent else 1)
    decimals = len(bare.rstrip("%").partition(".")[2]) + 2 * percent
    step = Decimal(1).scaleb(-decimals)
    return abs(value.quantize(step, ROUND_HALF_UP) - shown) > step


def shown(
    grid: CellGrid, hidden_rows: Iterable[int], hidden_cols: Iterable[int], spans: Iterable[tuple[int, int, int, int]]
) -> tuple[CellGrid, int]:
    """The grid without what is hidden, and how many cells with text that leaves out.

    `spans` are the merged cells as (top, left, bottom, right); what they cover has no text of its own.
    """
    merged = _merged(grid, list(spans))
    rows = sorted(_rows_of(merged.cells) - set(hidden_rows))
    last = max((cell.col + cell.col_span - 1 for cell in merged.cells), default=0)
    cols = sorted(set(range(1, min(last, MOST_COLUMNS) + 1)) - set(hidden_cols))
    left = [cell for cell in merged.cells if cell.text.strip() and not _shows(cell, rows, cols)]
    return kept(merged, rows, cols), len(left)


def _rows_of(cells: Iterable[GridCell]) -> set[int]:
    """The rows that cells are in, each looked at once however many merged cells lie over it."""
    rows: set[int] = set()
    reached = 0
    for cell in sorted(cells, key=lambda cell: cell.row):
        rows.update(range(max(cell.row, reached + 1), cell.row + cell.row_span))
        reached = max(reached, cell.row + cell.row_span - 1)
    return rows


def _shows(cell: GridCell, rows: Sequence[int], cols: Sequence[int]) -> bool:
    return bool(among(rows, cell.row, cell.row_span)[1] and among(cols, cell.col, cell.col_span)[1])


def _merged(grid: CellGrid, spans: list[tuple[int, int, int, int]]) -> CellGrid:
    """The grid with merged cells made one; where a range covers others, those within are gone.

    A range reaches no further down than cells do. Raises `DamagedDocumentError` where ranges cover one another.
    """
    if not spans:
        return grid
    lowest = max((cell.row for cell in grid.cells), default=0)
    spans = [(top, left, min(bottom, lowest), right) for top, left, bottom, right in spans]
    tops = {(top, left): (bottom, right) for top, left, bottom, right in spans}
    covered = set(_covered(spans, grid.cells))
    cells = []
    for cell in grid.cells:
        end = tops.get((cell.row, cell.col))
        if end and end[0] >= cell.row and end[1] >= cell.col:
            cells.append(cell._replace(row_span=end[0] - cell.row + 1, col_span=end[1] - cell.col + 1))
        elif (cell.row, cell.col) not in covered:
            cells.append(cell)
    return CellGrid(tuple(cells), grid.widths, grid.heights, grid.width, grid.height)


def _covered(spans: list[tuple[int, int, int, int]], cells: Iterable[GridCell]) -> Iterator[tuple[int, int]]:
    """Which cells lie within a merged one and are not its first; merged ranges may be as large as a sheet."""
    by_row: dict[int, list[int]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell.col)
    rows = sorted(by_row)
    looked = 0
    for top, left, bottom, right in spans:
        first, count = among(rows, top, bottom - top + 1)
        looked += count
        if looked > MOST_COVERED:
            raise DamagedDocumentError("merged cells that cover one another")
        for row in rows[first : first + count]:
            for col in by_row[row]:
                if left <= col <= right and (row, col) != (top, left):
                    yield row, col
