"""A paper as an XLSX workbook, set as `Habits` say: plainly a sheet for each table, amounts as formatted numbers."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from samples.layout import Layout
from samples.paper import Cover, Paper, PrintedTable, Prose
from samples.twins.habits import PLAIN, SIGNED, Habits, marked
from samples.twins.headings import HeadingRow, heading_rows
from samples.twins.parting import halves
from samples.typesetting.cells import Cell, Grid
from samples.typesetting.grid import grid_of

ALIGNS = {"left": "left", "centre": "center", "right": "right"}
TAB = 28
"""A tab has no more characters, a number before them."""
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\n]")


def write_workbook(paper: Paper, layout: Layout, path: Path, habits: Habits = PLAIN) -> None:
    """Write `paper` as a workbook: the cover and each text on a sheet of its own, too."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet | None = None
    for number, block in enumerate(paper.blocks, start=1):
        match block:
            case Cover():
                _text(book.create_sheet(f"封面{number}"), block.lines, "center")
            case Prose():
                texts = (block.title, *(text.removeprefix("#").strip() for text in block.paragraphs))
                _text(book.create_sheet(f"说明{number}"), texts, "left")
            case PrintedTable():
                name = (
                    _SHEET_NAME.sub("", f"{number}{block.title}")[:31] if habits.names == "titles" else f"Sheet{number}"
                )
                if sheet is None or habits.sheets != "together":
                    sheet = book.create_sheet(name)
                _Setter(book, layout, habits).table(sheet, block)
    book.save(path)


def _text(sheet: Worksheet, texts: tuple[str, ...], align: str) -> None:
    sheet.column_dimensions["A"].width = 90
    for row, text in enumerate(texts, start=1):
        sheet.cell(row, 1, text).alignment = Alignment(horizontal=align, wrap_text=True)


@dataclass
class _Setter:
    """Sets tables on sheets; `left` columns stand before them, and the one after `spaced` is blank."""

    book: Workbook
    layout: Layout
    habits: Habits

    @property
    def left(self) -> int:
        """Columns before the table."""
        return self.habits.blank_cols

    def table(self, sheet: Worksheet, table: PrintedTable) -> None:
        """A table below what the sheet holds."""
        grid = grid_of(table, self.layout)
        row = sheet.max_row + 2 if sheet.max_row > 1 else 1
        row += self.habits.blank_rows
        cols = self._col(len(grid.columns) - 1)
        for texts in self._heading(table):
            self._heading_row(sheet, row, cols, texts)
            row += 1
        parts = self._parts(grid)
        for at, part in enumerate(parts):
            own = sheet if not at else self.book.create_sheet(f"{sheet.title[:25]}({at + 1})")
            first = row if not at else 1
            for cell in part.cells:
                self._cell(own, first, cell)
            self._widths(own, grid)
            if self.habits.hidden and self.habits.sheets != "together":
                self._hide(own, first, part)
            sheet, row = own, first + part.rows
        for at, note in enumerate(table.notes):
            sheet.cell(row + at, 1 + self.left, note)
        if self.habits.signed:
            row += len(table.notes) + 1
            for at, text in enumerate(SIGNED):
                sheet.cell(row, 1 + self.left + at, text)

    def _heading(self, table: PrintedTable) -> list[HeadingRow]:
        rows = heading_rows(table, self.layout)
        if self._named_by_tab(rows, table):
            return rows[len(table.title.split("\n")) :]
        if (
            self.habits.unit_beside
            and "\n" not in table.title
            and len(rows) > 1
            and len(rows[-1]) > 1
            and len(rows[0]) == 1
        ):
            (title, _), (who, _), unit = rows[0][0], rows[-1][0], rows[-1][1]
            return [[(title, "left"), unit], *rows[1:-1], [(who, "left")]]
        return rows

    def _named_by_tab(self, rows: list[HeadingRow], table: PrintedTable) -> bool:
        """Whether the sheet's tab alone bears the title, which is short enough for it and stands first."""
        habits = self.habits
        tab = (
            habits.tab_alone and habits.sheets == "each" and habits.names == "titles" and not self.layout.title_in_table
        )
        return tab and len(table.title) < TAB and len(rows) > 1 and rows[0][0][0] == table.title

    def _heading_row(self, sheet: Worksheet, row: int, cols: int, texts: HeadingRow) -> None:
        """One text over all columns, or the first at the left and the last in the last column."""
        for text, align in texts:
            col = 1 + self.left if len(texts) == 1 or align == "left" else cols
            cell = sheet.cell(row, col, text or None)
            across = len(texts) == 1 and self.habits.titles == "across"
            cell.alignment = Alignment(horizontal="centerContinuous" if across else ALIGNS[align])
            cell.font = Font(size=16 if align == "centre" else 10)
        if len(texts) == 1 and cols > 1 + self.left and self.habits.titles == "merged":
            sheet.merge_cells(start_row=row, start_column=1 + self.left, end_row=row, end_column=cols)

    def _parts(self, grid: Grid) -> list[Grid]:
        """The grid, or its first rows and the others."""
        cut = halves(grid) if self.habits.sheets == "split" else None
        return [grid] if cut is None else [*cut]

    def _col(self, col: int) -> int:
        """The sheet's column of a grid's, with a blank one after the first where there is a spacer."""
        return 1 + self.left + col + (self.habits.spacer and col > 0)

    def _cell(self, sheet: Worksheet, first: int, cell: Cell) -> None:
        row, col, last = first + cell.row, self._col(cell.col), self._col(cell.col + cell.cols - 1)
        own = sheet.cell(row, col)
        if marked(self.habits, cell.row, cell.kind) and cell.text:
            raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
            own.value = CellRichText(TextBlock(InlineFont(), cell.text), raised)
        elif cell.kind == "amount" and _NUMBER.fullmatch(cell.text) and self.habits.numbers != "text":
            own.value, own.number_format = self._number(cell.text)
        else:
            own.value, own.number_format = self._label(cell), "@"
        blanks = len(cell.text) - len(cell.text.lstrip("　"))
        indent = cell.shift + (blanks if self.habits.indents == "setting" else 0)
        own.alignment = Alignment(horizontal=ALIGNS[cell.align], indent=indent, wrap_text=True, vertical="center")
        own.font = Font(size=9, bold=cell.strong)
        if cell.rows > 1 or last > col:
            sheet.merge_cells(start_row=row, start_column=col, end_row=row + cell.rows - 1, end_column=last)
        if self.habits.borders and self.layout.rules != "none":
            thin = Side(style="thin")
            for r in range(row, row + cell.rows):
                for c in range(col, last + 1):
                    sheet.cell(r, c).border = Border(left=thin, right=thin, top=thin, bottom=thin)

    def _label(self, cell: Cell) -> str | None:
        text = cell.text.lstrip("　") if self.habits.indents == "setting" and cell.kind == "label" else cell.text
        return text or None

    def _number(self, text: str) -> tuple[Decimal, str]:
        value = Decimal(text.replace(",", ""))
        decimals = len(text.partition(".")[2])
        if self.habits.numbers == "general" and "," not in text and str(value.normalize()) == text:
            return value, "General"
        if self.habits.numbers == "rounding":
            value += Decimal("0.0034").scaleb(2 - decimals) * (1 if value >= 0 else -1)
        whole = "#,##0" if self.layout.amounts.thousands or "," in text else "0"
        return value, whole + ("." + "0" * decimals if decimals else "")

    def _hide(self, sheet: Worksheet, first: int, grid: Grid) -> None:
        """A column and a row with figures that are not shown."""
        col, row = self._col(len(grid.columns)), first + grid.rows
        for at in range(first, row):
            sheet.cell(at, col, 9999.99)
        sheet.column_dimensions[get_column_letter(col)].hidden = True
        for at in range(self._col(0), col):
            sheet.cell(row, at, 8888.88)
        sheet.row_dimensions[row].hidden = True

    def _widths(self, sheet: Worksheet, grid: Grid) -> None:
        for at in range(len(grid.columns)):
            own = [cell for cell in grid.cells if cell.col == at and cell.cols == 1 and cell.kind != "header"]
            longest = max((len(cell.text) for cell in own), default=4)
            sheet.column_dimensions[get_column_letter(self._col(at))].width = max(8, min(2 * longest, 48))
