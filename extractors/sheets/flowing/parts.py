"""What the readers of flowing documents give: parts, each a row of paragraphs and grids, and how cells are placed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from extractors.sheets.grid_cells import PADDING, SIZE, Align, CellGrid, GridCell, Paragraph, width_of
from extractors.sheets.places import place_of
from extractors.sheets.wording import cell_text
from extractors.tables.lines import is_figure
from extractors.tables.unruled.line_kinds import telling

Block = Paragraph | CellGrid
LARGEST_SPAN = 1_000
"""HTML allows no cell to span more columns (4.9.11), and no form has more rows in one."""
MOST_CELLS = 400_000
WIDEST = 220.0
"""No column of a flowing table is wider (points)."""


class FlowCell(NamedTuple):
    """A cell as it comes in its row, spans in columns and rows of the grid."""

    text: str
    col_span: int = 1
    row_span: int = 1
    align: Align = "left"
    indent: float = 0.0
    size: float = SIZE


@dataclass
class Parts:
    """Parts while they are filled."""

    done: list[list[Block]] = field(default_factory=lambda: [[]])

    def add(self, block: Block) -> None:
        """A block behind the others; a table right behind another one may go on with it, as on another page."""
        before = self.done[-1][-1] if self.done[-1] else None
        if isinstance(block, CellGrid) and isinstance(before, CellGrid):
            self.new()
            block = replace(block, widths=before.widths) if _may_go_on(before, block) else block
        self.done[-1].append(block)

    def new(self) -> None:
        """Another part, unless the last is still empty."""
        if self.done[-1]:
            self.done.append([])

    def finished(self) -> Sequence[Sequence[Block]]:
        """All parts that hold anything."""
        return [part for part in self.done if part]


def _may_go_on(before: CellGrid, grid: CellGrid) -> bool:
    """Whether a table may be the rest of the one before it: as many columns, and the same header or none."""
    first = _row(grid, 1)
    return _columns(before) == _columns(grid) and (first == _row(before, 1) or any(_is_amount(text) for text in first))


def _row(grid: CellGrid, row: int) -> list[str]:
    return [cell_text(cell.text) for cell in grid.cells if cell.row == row]


def _columns(grid: CellGrid) -> int:
    return max((cell.col + cell.col_span - 1 for cell in grid.cells), default=0)


def _is_amount(text: str) -> bool:
    return is_figure(text) and telling(text)


def grid_of(rows: Iterable[Sequence[FlowCell]], number: int, widths: Sequence[float] = ()) -> CellGrid:
    """Rows of cells in their places: each cell takes the first place of its row that no span from above covers."""
    cells: list[GridCell] = []
    taken: dict[int, set[int]] = {}
    for at, row in enumerate(rows, start=1):
        col = 1
        for cell in row:
            while col in taken.get(at, ()):
                col += 1
            over, down = _span(cell.col_span), _span(cell.row_span)
            for below in range(at, at + down):
                taken.setdefault(below, set()).update(range(col, col + over))
            place = place_of(f"Table{number}", at, col)
            cells.append(GridCell(at, col, cell.text, down, over, cell.align, cell.indent, cell.size, place=place))
            col += over
        if len(cells) > MOST_CELLS:
            break
    known = {at: width for at, width in enumerate(widths, start=1) if width}
    return CellGrid(tuple(_within(cells)), known or _natural(cells), {})


def _natural(cells: Sequence[GridCell]) -> dict[int, float]:
    """Columns as wide as the longest text in each, up to a limit at which texts are broken."""
    widths: dict[int, float] = {}
    for cell in cells:
        if cell.col_span == 1:
            needed = cell.indent + max(width_of(line, cell.size) for line in cell.text.split("\n")) + 4 * PADDING
            widths[cell.col] = max(widths.get(cell.col, 0.0), min(needed, WIDEST))
    return widths


def _within(cells: Sequence[GridCell]) -> Iterator[GridCell]:
    """The cells, none reaching below the last row."""
    last = max((cell.row for cell in cells), default=0)
    return (cell._replace(row_span=min(cell.row_span, last - cell.row + 1)) for cell in cells)


def _span(span: int) -> int:
    return min(max(span, 1), LARGEST_SPAN)
