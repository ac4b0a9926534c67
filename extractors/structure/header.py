"""Which rows of any table are its header: those above the first row of figures. No word of budgets is known here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.structure.labels import is_total, ordinal_of
from extractors.tables.grid import Grid
from schemas.records import Cell
from schemas.wording import plain

DEEPEST = 8
"""No table has more rows of header."""
_FIGURE = re.compile(r"[-+(]*[¥￥]?\d[\d,]*(?:\.\d+)?\)?%?|[(\[]?\d{3,7}[)\]]?\D.*")
_YEAR = re.compile(r"20\d{2}(?:年|$)")
_NUMBER = re.compile(r"栏?\(?\d{1,2}\)?(?:=[\d+\-*/()栏]+)?栏?|\*+|[甲乙丙丁]|[A-Z]")


@dataclass(frozen=True, slots=True)
class Heads:
    """The rows of a table: those that head its columns, and the body below without repeated heads and numbers."""

    rows: tuple[int, ...]
    body: tuple[int, ...]


def heads_of(grid: Grid) -> Heads:
    """The header of a table by where its figures begin.

    A first row of one cell over all columns is a title. The header goes on while a heading above spans columns that
    are headed further down, or a column has no heading yet; rows that number the columns (1 2 3, 栏次, ** **) belong to
    neither part, nor does a header repeated on a later page.
    """
    rows: list[int] = []
    last = 0
    for row in range(1, min(grid.rows, DEEPEST) + 1):
        cells = grid.printed(row)
        if numbers_columns(cells) or (not rows and _is_title(cells, grid)):
            last = row
            continue
        if _has_figure(cells) or (not _reached(grid, rows, row) and _is_body(cells, grid, rows, row)):
            break
        rows.append(row)
        last = row
    if _is_pair(grid, rows):
        return Heads((), _body(grid, (), 0))
    return Heads(tuple(rows), _body(grid, rows, last))


def _is_title(cells: Sequence[Cell], grid: Grid) -> bool:
    return not cells or (len(cells) == 1 and cells[0].col_span == grid.cols > 1)


def numbers_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: 栏次, ** **, or 1, 2, 3 … rising by one."""
    texts = [plain(cell.text) for cell in cells]
    if any(text in ("栏次", "栏目", "行次") for text in texts):
        return True
    if len(texts) < 2 or not all(map(_NUMBER.fullmatch, texts)):
        return False
    numbers = [int(digits[0]) for text in texts if (digits := re.findall(r"\d+", text.split("=")[0]))]
    return all(later == earlier + 1 for earlier, later in pairwise(numbers)) and (
        not numbers or numbers[0] <= 1 or any("*" in text for text in texts)
    )


def _has_figure(cells: Sequence[Cell]) -> bool:
    texts = [plain(cell.text) for cell in cells]
    return any(_FIGURE.fullmatch(text) and not _YEAR.match(text) for text in texts)


def _reached(grid: Grid, header: Sequence[int], row: int) -> bool:
    """Whether a heading above reaches down into a row."""
    above = (grid.at(header[-1], col) for col in range(1, grid.cols + 1)) if header else ()
    return any(cell is not None and cell.row + cell.row_span > row and cell.text for cell in above)


def _is_body(cells: Sequence[Cell], grid: Grid, header: Sequence[int], row: int) -> bool:
    first = cells[0].text if cells else ""
    if bool(cells) and (ordinal_of(first) is not None or (len(cells) <= 2 and is_total(first))):
        return True
    return bool(header) and not _goes_on(grid, header, row)


def _goes_on(grid: Grid, header: Sequence[int], row: int) -> bool:
    """Whether a row is header still: it parts what a heading above spans, or heads columns that have no heading yet.

    A row that prints something under a heading of a single column as well is the next line of a list.
    """
    if len(grid.printed(row)) < 2:
        return False
    columns = range(1, grid.cols + 1)
    above = {col: cell for col in columns if (cell := grid.at(header[-1], col)) is not None and cell.text}
    if any(not any(grid.text(each, col) for each in header) for col in columns):
        return True
    alone = any(cell.col_span == 1 and cell.row < row and grid.text(row, col) for col, cell in above.items())
    begun = [cell.col for cell in grid.printed(row)]
    parted = (sum(cell.col <= col < cell.col + cell.col_span for col in begun) > 1 for cell in above.values())
    return any(parted) and not alone


def _is_pair(grid: Grid, header: Sequence[int]) -> bool:
    """Whether what was taken for a header is a label with its value: 项目名称 | 审计业务经费."""
    cells = grid.printed(header[0]) if len(header) == 1 else []
    return len(cells) == 2 and cells[1].col_span > 1


def _body(grid: Grid, header: Sequence[int], last: int) -> tuple[int, ...]:
    heads = {_texts(grid, row) for row in header}
    return tuple(
        row
        for row in range(last + 1, grid.rows + 1)
        if grid.printed(row) and _texts(grid, row) not in heads and not numbers_columns(grid.printed(row))
    )


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(plain(cell.text) for cell in grid.printed(row))
