"""A table as it is printed: rows of cells with what they span, blank ones among them, and what became an amount."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from website.papers.amounts import Amount
from website.release.rows import PaperRows, Row

MOST_BLANK = 400_000
"""Unit cells of a table that are laid out; one that spans more prints nothing but air."""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell with its text, or the amount that it became."""

    text: str
    row_span: int
    col_span: int
    amount: Amount | None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with its rows; the first `head` of them stand above all amounts."""

    row: Row
    head: int
    rows: Sequence[Sequence[PrintedCell]]
    amounts: Sequence[Amount]

    @property
    def number(self) -> int:
        """Its number within the paper."""
        return int(self.row["table_no"])


BLANK = PrintedCell("", 1, 1, None)


def printed_tables(paper: PaperRows, amounts: Sequence[Amount]) -> Iterator[PrintedTable]:
    """The paper's tables in printed order."""
    cells: dict[int, list[Row]] = defaultdict(list)
    for cell in paper.cells:
        cells[cell["table_no"]].append(cell)
    own: dict[int, dict[tuple[int, int], Amount]] = defaultdict(dict)
    for amount in amounts:
        own[amount.cell[0]][amount.cell[1:]] = amount
    for row in paper.tables:
        number = row["table_no"]
        first = min((place[0] for place in own[number]), default=row["row_count"] + 1)
        rows = list(_rows(row, cells[number], own[number]))
        yield PrintedTable(row, first - 1, rows, list(own[number].values()))


def _rows(table: Row, cells: Sequence[Row], amounts: Mapping[tuple[int, int], Amount]) -> Iterator[list[PrintedCell]]:
    """Row by row, a blank cell wherever nothing is printed and nothing spans."""
    at = {(cell["row"], cell["col"]): cell for cell in cells}
    height = table["row_count"] if table["row_count"] * table["col_count"] <= MOST_BLANK else 0
    covered: set[tuple[int, int]] = set()
    for row in range(1, height + 1):
        printed = []
        for col in range(1, table["col_count"] + 1):
            if (row, col) in covered:
                covered.discard((row, col))
                continue
            cell = at.get((row, col))
            if cell is None:
                printed.append(BLANK)
                continue
            across, down = range(col, col + cell["col_span"]), range(row, row + cell["row_span"])
            covered.update((r, c) for r in down for c in across if (r, c) != (row, col))
            printed.append(PrintedCell(cell["text"], cell["row_span"], cell["col_span"], amounts.get((row, col))))
        yield printed
