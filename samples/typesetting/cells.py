"""The grid of a printed table: cells with spans, and what each truly states. Rows and columns count from 0."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from samples.layout import Layout
from samples.paper import Column, Holds, PrintedTable
from samples.truth import LineNumbers, TruthRow

Align = Literal["left", "centre", "right"]
CellKind = Literal["header", "code", "label", "group", "amount", "words", "ordinal", "blank", "organisation"]

CODE_PARTS: dict[str, tuple[tuple[str, slice], ...]] = {
    "function": (("类", slice(0, 3)), ("款", slice(3, 5)), ("项", slice(5, 7))),
    "economic": (("类", slice(0, 3)), ("款", slice(3, 5))),
}
"""The columns of a code's parts, and the digits that each holds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid. `truth` is what it states, if it states an amount; its page is not known yet.

    `shift` is how many characters a text that stands left is moved right.
    """

    row: int
    col: int
    kind: CellKind
    text: str = ""
    rows: int = 1
    cols: int = 1
    align: Align = "centre"
    strong: bool = False
    truth: TruthRow | None = None
    shift: int = 0

    @property
    def last_row(self) -> int:
        """The lowest row that the cell reaches into."""
        return self.row + self.rows - 1


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column as drawn: a column of a panel, or the column of one part of its code."""

    panel: int
    column: Column
    part: str = ""

    @property
    def holds(self) -> Holds:
        """What the column holds."""
        return self.column.holds


@dataclass(frozen=True, slots=True)
class Grid:
    """All cells of a table; of its `rows` the first `header_rows` are the header."""

    columns: tuple[GridColumn, ...]
    rows: int
    header_rows: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table's rows are arranged from: the table, how it is drawn, its columns, where its body begins."""

    table: PrintedTable
    layout: Layout
    columns: Sequence[GridColumn]
    first_row: int
    numbers: LineNumbers

    @property
    def line_rows(self) -> int:
        """Rows of lines, blank ones included; the closing rows come below them."""
        longest = max(1 if panel.transposed else len(panel.lines) for panel in self.table.panels)
        return max(longest, self.table.least_rows if self.layout.rows_ruled else 0)

    @property
    def body_rows(self) -> int:
        """Rows below the header."""
        return self.line_rows + len(self.table.feet)

    def cols(self, panel: int, *holds: Holds) -> list[int]:
        """Find the grid columns of a panel: all of them, or those that hold one of `holds`."""
        return [i for i, c in enumerate(self.columns) if c.panel == panel and (not holds or c.holds in holds)]
