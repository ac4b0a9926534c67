"""A table's cells by row and column, spans filled in."""

from collections.abc import Iterator, Sequence

from schemas.records import Cell, Table


class Grid:
    """The cells of a table by 1-based row and column; a spanning cell is found at every place it covers."""

    def __init__(self, table: Table) -> None:
        self.rows, self.cols = table.rows, table.cols
        self._at: dict[tuple[int, int], Cell] = {}
        self._starting: dict[int, list[Cell]] = {}
        for cell in table.cells:
            self._starting.setdefault(cell.row, []).append(cell)
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    self._at.setdefault((row, col), cell)

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers a place, if there is one."""
        return self._at.get((row, col))

    def text(self, row: int, col: int) -> str:
        """The text at a place, '' where blank."""
        cell = self._at.get((row, col))
        return cell.text if cell else ""

    def row(self, row: int) -> list[Cell]:
        """The cells that begin in a row, from left to right."""
        return self._starting.get(row, [])

    def printed(self, row: int) -> list[Cell]:
        """The cells that begin in a row and are not blank."""
        return [cell for cell in self.row(row) if cell.text]

    def column(self, col: int, rows: Sequence[int]) -> Iterator[Cell]:
        """The distinct cells of a column over some rows, blank ones left out."""
        last: Cell | None = None
        for row in rows:
            cell = self.at(row, col)
            if cell is not None and cell is not last and cell.text:
                yield cell
            last = cell
