"""XLS and ET: BIFF records in an OLE file, read by xlrd, which knows formats, merged cells, indents and hidden rows."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd  # type: ignore[import-untyped]

from extractors.errors import DamagedDocumentError, EncryptedDocumentError
from extractors.sheets.grid_cells import SIZE, Align, CellGrid, GridCell
from extractors.sheets.places import place_of
from extractors.sheets.workbooks.sheet import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Differs,
    Printed,
    Sheet,
    of_number,
    shown,
)
from extractors.sheets.workbooks.xlsx_styles import STEP, Style

TWIP = 1 / 20
"""Row heights and sizes of type are given in twips, in points."""
CHARACTER = 5.6 / 256
ALIGNS: dict[int, Align] = {1: "left", 2: "centre", 3: "right", 5: "left", 6: "centre", 7: "centre"}
"""[MS-XLS] 2.5.91, HorizAlign."""
VISIBLE = 0
BLANK = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def read_xls(path: Path) -> Iterator[Sheet]:
    """The visible sheets of a workbook. Raises `DamagedDocumentError` or `EncryptedDocumentError`."""
    try:
        with xlrd.open_workbook(str(path), logfile=io.StringIO(), formatting_info=True, on_demand=True) as book:
            for number in range(book.nsheets):
                sheet = book.sheet_by_index(number)
                yield _sheet(book, sheet, number + 1)
                book.unload_sheet(number)
    except xlrd.XLRDError as error:
        kind = EncryptedDocumentError if "encrypted" in str(error) else DamagedDocumentError
        raise kind(str(error)) from error
    except (MemoryError, RecursionError, GeneratorExit):
        raise
    except Exception as error:  # xlrd takes records at their word: over damaged ones it fails as the bytes have it
        raise DamagedDocumentError(f"{type(error).__name__}: {error}") from error


def _sheet(book: Any, sheet: Any, number: int) -> Sheet:
    printing = [row for row in range(sheet.nrows) if any(kind not in BLANK for kind in sheet.row_types(row))]
    if len(printing) > MOST_ROWS or sum(map(sheet.row_len, printing)) > 4 * MOST_CELLS:
        return Sheet(number, sheet.name, CellGrid((), {}, {}), too_large=True)
    cells: list[GridCell] = []
    differing: list[Differs] = []
    for row in printing:
        for col in range(min(sheet.row_len(row), MOST_COLUMNS)):
            style = _style(book, sheet.cell_xf_index(row, col))
            printed = _printed(book, sheet, row, col, style.code)
            if not printed.text and not style.framed:
                continue
            place = place_of(sheet.name, row + 1, col + 1)
            align = style.align or ("right" if printed.number else "left")
            cells.append(
                GridCell(row + 1, col + 1, printed.text, 1, 1, align, style.indent, style.size, style.framed, place)
            )
            if printed.differs:
                differing.append(Differs(place, printed.text, repr(sheet.cell_value(row, col))))
    rows = {at + 1: info for at, info in sheet.rowinfo_map.items()}
    cols = {at + 1: info for at, info in sheet.colinfo_map.items()}
    grid = CellGrid(
        tuple(cells),
        {at: info.width * CHARACTER for at, info in cols.items() if info.width},
        {at: info.height * TWIP for at, info in rows.items() if info.height},
    )
    spans = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    visible, hidden = shown(
        grid,
        (at for at, info in rows.items() if info.hidden or info.height == 0),
        (at for at, info in cols.items() if info.hidden or info.width == 0),
        spans,
    )
    if sheet.visibility != VISIBLE:
        return Sheet(number, sheet.name, CellGrid((), {}, {}), sum(bool(cell.text.strip()) for cell in cells))
    return Sheet(number, sheet.name, visible, hidden, tuple(differing))


def _printed(book: Any, sheet: Any, row: int, col: int, code: str) -> Printed:
    kind, value = sheet.cell_type(row, col), sheet.cell_value(row, col)
    if kind == xlrd.XL_CELL_TEXT:
        return Printed(value)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        if value == 0 and not sheet.show_zero_values:
            return Printed("")
        return of_number(repr(value), code)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Printed("TRUE" if value else "FALSE")
    if kind == xlrd.XL_CELL_ERROR:
        return Printed(xlrd.error_text_from_code.get(value, "#ERR!"))
    return Printed("")


def _style(book: Any, index: int) -> Style:
    if not 0 <= index < len(book.xf_list):
        return Style()
    xf = book.xf_list[index]
    form, border, alignment = book.format_map.get(xf.format_key), xf.border, xf.alignment
    size = book.font_list[xf.font_index].height * TWIP if xf.font_index < len(book.font_list) else SIZE
    return Style(
        code=form.format_str if form else "General",
        align=ALIGNS.get(alignment.hor_align),
        indent=STEP * alignment.indent_level,
        size=size,
        framed=bool(border.left_line_style or border.right_line_style),
    )
