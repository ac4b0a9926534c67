"""The lists of rows that stand side by side in a table: which columns label the rows of each, which hold its money."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.structure.header import Heads
from extractors.structure.labels import RowLabel, is_total
from extractors.structure.money import MoneyColumns
from extractors.tables.amounts import Printed
from extractors.tables.grid import Grid
from schemas.records import Cell
from schemas.wording import plain

_REMARKS = re.compile(r"备注|说明|备\s*注.*")
_SERIAL = re.compile(r"序号|行次")
_LEADING_CODE = re.compile(r"\(?(?P<code>\d{3,7})\)?(?=[^\d.,%年月日])")
FILLERS = ("类", "款", "项")
"""Printed in the columns of codes beside the first total."""
MOSTLY_CODES = 0.6
FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: its place in the table, its label, the texts before it, and its amounts in their cells."""

    row: int
    label: RowLabel
    outer: tuple[str, ...]
    money: tuple[tuple[Cell, Printed], ...]


@dataclass(frozen=True, slots=True)
class RowList:
    """A list: its columns of money and its rows from the top down."""

    columns: tuple[int, ...]
    rows: tuple[ListRow, ...]


def lists_of(grid: Grid, heads: Heads) -> list[RowList]:
    """The lists of a table from left to right: words after amounts begin a list of their own."""
    holds = MoneyColumns(grid, heads.rows, heads.body)
    lists = []
    for labels, money in _column_runs(grid, heads, holds):
        rows = tuple(_Rows(grid, heads, holds, labels, money).read())
        used = {cell.col for row in rows for cell, _ in row.money}
        if used:
            lists.append(RowList(tuple(sorted(used)), rows))
    return lists


def _column_runs(grid: Grid, heads: Heads, holds: MoneyColumns) -> Iterator[tuple[list[int], list[int]]]:
    labels: list[int] = []
    money: list[int] = []
    for col in range(1, grid.cols + 1):
        cells = [cell for cell in grid.column(col, heads.body) if cell.col == col]
        if any(holds.amount(cell, ()) is not None for cell in cells):
            money.append(col)
        elif cells and not any(_REMARKS.fullmatch(plain(head.text)) for head in grid.column(col, heads.rows)):
            if money:
                yield labels, money
                labels, money = [], []
            labels.append(col)
    yield labels, money


class _Rows:
    """Reads the rows of one list from top to bottom."""

    def __init__(
        self, grid: Grid, heads: Heads, holds: MoneyColumns, labels: Sequence[int], money: Sequence[int]
    ) -> None:
        self._grid, self._heads, self._holds, self._money = grid, heads, holds, money
        shown = [col for col in labels if not _is_serial(grid, heads, col)]
        self._labels = shown
        self._codes = _first_block([col for col in shown if _is_of_codes(grid, heads, col)])
        self._above: list[str] = []
        self._group: str | None = None

    def read(self) -> Iterator[ListRow]:
        for row in self._heads.body:
            if (made := self._row(row)) is not None:
                yield made

    def _row(self, row: int) -> ListRow | None:
        cells = [cell for cell in _distinct(self._grid.at(row, col) for col in self._labels) if not self._is_code(cell)]
        texts = [cell.text for cell in cells]
        money = tuple(self._amounts(row, texts))
        if not cells and not money:
            return None
        own = [cell for cell in cells if cell.row == row] or cells
        main = self._main(own)
        text = main.text if main is not None else ""
        code = self._code(row) or _leading_code(text)
        group = self._group_of(row, text, code, cells)
        amounts = {cell.col: value.value for cell, value in money}
        indent, column = (main.indent, main.col) if main is not None else (0.0, 0)
        label = RowLabel(text, code, indent, group, amounts, column)
        outer = tuple(cell.text for cell in cells if cell is not main and self._stands_before(cell, main))
        return ListRow(row, label, outer, money)

    def _is_code(self, cell: Cell) -> bool:
        text = plain(cell.text)
        return text.isdecimal() or text in FILLERS

    def _stands_before(self, cell: Cell, main: Cell | None) -> bool:
        return main is None or cell.col < main.col

    def _main(self, cells: Sequence[Cell]) -> Cell | None:
        """The cell that names a row: the words behind its code, or the innermost label."""
        behind = [cell for cell in cells if self._codes and cell.col + cell.col_span - 1 > self._codes[-1]]
        return behind[0] if behind else cells[-1] if cells else None

    def _amounts(self, row: int, labels: Sequence[str]) -> Iterator[tuple[Cell, Printed]]:
        for cell in _distinct(self._grid.at(row, col) for col in self._money):
            value = self._holds.amount(cell, labels) if cell.row == row else None
            if value is not None:
                yield cell, value

    def _code(self, row: int) -> str | None:
        """The whole code of a row, its upper levels taken from the rows above where it prints the last ones alone."""
        cells = [self._grid.at(row, col) for col in self._codes]
        own = [
            plain(cell.text) if cell and cell.col == col else "" for cell, col in zip(cells, self._codes, strict=True)
        ]
        parts = [part if part.isdecimal() else "" for part in own]
        if not any(parts):
            return None
        first = next(at for at, part in enumerate(parts) if part)
        known = self._above[:first] if first and len(parts[first]) < FEWEST_DIGITS else []
        code = "".join(known)
        for part in parts[first:]:
            code = part if part.startswith(code) and len(part) > len(code) else code + part
        self._above = [*known, *parts[first:]]
        return code if len(code) >= FEWEST_DIGITS else None

    def _group_of(self, row: int, text: str, code: str | None, cells: Sequence[Cell]) -> str | None:
        """The organisation that a row is for: printed before its code, or carried down from the last row that is."""
        before = [cell.text for cell in cells if self._codes and cell.col < self._codes[0]]
        if is_total(text):
            self._group = None
        elif before:
            self._group = plain(before[0])
        return self._group


def _distinct(cells: Iterator[Cell | None]) -> list[Cell]:
    kept: list[Cell] = []
    for cell in cells:
        if cell is not None and cell.text and not any(cell is other for other in kept):
            kept.append(cell)
    return kept


def _is_serial(grid: Grid, heads: Heads, col: int) -> bool:
    return any(_SERIAL.fullmatch(plain(head.text)) for head in grid.column(col, heads.rows))


def _is_of_codes(grid: Grid, heads: Heads, col: int) -> bool:
    texts = [plain(cell.text) for cell in grid.column(col, heads.body) if cell.col == col]
    return bool(texts) and sum(map(str.isdecimal, texts)) >= MOSTLY_CODES * len(texts)


def _first_block(columns: Sequence[int]) -> list[int]:
    """The first of the columns and those right beside it: a second classification has codes of its own."""
    return [col for at, col in enumerate(columns) if col == columns[0] + at]


def _leading_code(text: str) -> str | None:
    match = _LEADING_CODE.match(plain(text))
    return match["code"] if match else None
