"""A paper as an XLSX workbook: a sheet for each table, titles in merged cells, amounts as numbers with a format."""

import re
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from samples.layout import Layout
from samples.paper import Cover, Paper, PrintedTable, Prose
from samples.twins.headings import HeadingRow, heading_rows
from samples.typesetting.cells import Cell, Grid
from samples.typesetting.grid import grid_of

ALIGNS = {"left": "left", "centre": "center", "right": "right"}
POINTS_PER_CHARACTER = 5.6
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\n]")


def write_workbook(paper: Paper, layout: Layout, path: Path) -> None:
    """Write `paper` as a workbook: the cover and each text on a sheet of its own, too."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, block in enumerate(paper.blocks, start=1):
        match block:
            case Cover():
                _text(book.create_sheet(f"封面{number}"), block.lines, "center")
            case Prose():
                texts = (block.title, *(text.removeprefix("#").strip() for text in block.paragraphs))
                _text(book.create_sheet(f"说明{number}"), texts, "left")
            case PrintedTable():
                name = _SHEET_NAME.sub("", f"{number}{block.title}")[:31]
                _table(book.create_sheet(name), block, layout)
    book.save(path)


def _text(sheet: Worksheet, texts: tuple[str, ...], align: str) -> None:
    sheet.column_dimensions["A"].width = 90
    for row, text in enumerate(texts, start=1):
        sheet.cell(row, 1, text).alignment = Alignment(horizontal=align, wrap_text=True)


def _table(sheet: Worksheet, table: PrintedTable, layout: Layout) -> None:
    grid = grid_of(table, layout)
    cols = len(grid.columns)
    row = 1
    for texts in heading_rows(table, layout):
        _heading(sheet, row, cols, texts)
        row += 1
    for cell in grid.cells:
        _cell(sheet, row, cell, layout)
    _widths(sheet, grid)
    for at, note in enumerate(table.notes):
        sheet.cell(row + grid.rows + at, 1, note)


def _heading(sheet: Worksheet, row: int, cols: int, texts: HeadingRow) -> None:
    """One text merged over all columns, or the first at the left and the last in the last column."""
    for text, align in texts:
        col = 1 if len(texts) == 1 or align == "left" else cols
        cell = sheet.cell(row, col, text or None)
        cell.alignment = Alignment(horizontal=ALIGNS[align])
        cell.font = Font(size=16 if align == "centre" else 10)
    if len(texts) == 1 and cols > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=cols)


def _cell(sheet: Worksheet, first: int, cell: Cell, layout: Layout) -> None:
    row, col = first + cell.row, 1 + cell.col
    own = sheet.cell(row, col)
    if cell.kind == "amount" and _NUMBER.fullmatch(cell.text):
        own.value = Decimal(cell.text.replace(",", ""))
        decimals = len(cell.text.partition(".")[2])
        whole = "#,##0" if layout.amounts.thousands or "," in cell.text else "0"
        own.number_format = whole + ("." + "0" * decimals if decimals else "")
    else:
        own.value = cell.text or None
        own.number_format = "@"
    own.alignment = Alignment(horizontal=ALIGNS[cell.align], indent=cell.shift, wrap_text=True, vertical="center")
    own.font = Font(size=9, bold=cell.strong)
    if cell.rows > 1 or cell.cols > 1:
        sheet.merge_cells(start_row=row, start_column=col, end_row=row + cell.rows - 1, end_column=col + cell.cols - 1)
    if layout.rules != "none":
        thin = Side(style="thin")
        for r in range(row, row + cell.rows):
            for c in range(col, col + cell.cols):
                sheet.cell(r, c).border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _widths(sheet: Worksheet, grid: Grid) -> None:
    for at in range(len(grid.columns)):
        longest = max(
            (len(c.text) for c in grid.cells if c.col == at and c.cols == 1 and c.kind != "header"), default=4
        )
        sheet.column_dimensions[get_column_letter(at + 1)].width = max(8, min(2 * longest, 48))
