"""A printed table arranged in a grid: its header, its lines and its closing rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from samples.layout import IN_PARTS, IN_THE_LABEL, CodeStyle, Layout
from samples.paper import Foot, PrintedTable
from samples.truth import line_numbers
from samples.typesetting.body import amount_cell, blank_cells, body_cells, label_cell, ordinal_cells
from samples.typesetting.cells import CODE_PARTS, Cell, Grid, GridColumn, Setting
from samples.typesetting.heading import heading_cells


def grid_of(table: PrintedTable, layout: Layout) -> Grid:
    """Arrange `table` with codes, amounts and totals as `layout` prints them."""
    columns = tuple(_columns(table, table.codes or layout.codes))
    header, header_rows = heading_cells(columns, table.column_numbers, stars=layout.number_row == "stars")
    if layout.title_in_table:
        titles = _title_cells(table, len(columns))
        header = (*titles, *(replace(cell, row=cell.row + len(titles)) for cell in header))
        header_rows += len(titles)
    setting = Setting(table, layout, columns, header_rows, line_numbers(table))
    cells = (*header, *body_cells(setting), *_closing_cells(setting))
    return Grid(columns, header_rows + setting.body_rows, header_rows, cells)


def _columns(table: PrintedTable, codes: CodeStyle) -> Iterator[GridColumn]:
    """List the panels' columns from left to right, one for each part of a code where those are printed apart."""
    for number, panel in enumerate(table.panels):
        for column in panel.columns:
            if column.holds == "code" and codes in IN_THE_LABEL:
                continue
            if column.holds == "code" and codes in IN_PARTS and panel.code_system:
                yield from (GridColumn(number, column, part) for part, _ in CODE_PARTS[panel.code_system])
            else:
                yield GridColumn(number, column)


def _title_cells(table: PrintedTable, columns: int) -> tuple[Cell, ...]:
    """Set the title over all columns, and below it the department and the unit, in rows of the table."""
    unit = f"　　　　单位：{table.unit}" if table.unit_line else ""
    return (
        Cell(0, 0, "header", table.title.replace("\n", ""), 1, columns, strong=True),
        Cell(1, 0, "header", f"{table.department_word}：{table.department}{unit}", 1, columns, "right"),
    )


def _closing_cells(setting: Setting) -> Iterator[Cell]:
    first_closing = setting.first_row + setting.line_rows
    for index, feet in enumerate(setting.table.feet):
        panel = 0
        for place, foot in enumerate(feet):
            covered = range(panel, panel + foot.covers)
            number = setting.numbers.of_feet.get((index, place), 0)
            yield from _closing(setting, first_closing + index, covered, foot, number)
            panel += foot.covers


def _closing(setting: Setting, row: int, covered: Sequence[int], foot: Foot, number: int) -> Iterator[Cell]:
    """Set a closing line's label from the first covered panel to the last one's labels, then its amounts."""
    cols = [col for panel in covered for col in setting.cols(panel)]
    if len(covered) == 1:
        yield from ordinal_cells(setting, row, covered[0])
    if foot.line is None:
        yield from blank_cells(setting, row, cols)
        return
    last_label = max(setting.cols(covered[-1], "label"))
    yield label_cell(setting, row, cols[0], last_label - cols[0] + 1, foot.line)
    for col in setting.cols(covered[-1], "amount"):
        yield amount_cell(setting, row, col, foot.line, side=foot.side, place=number)
