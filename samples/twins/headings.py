"""What stands above a table in a twin, as rows of texts over the table's columns."""

from samples.layout import Layout
from samples.paper import PrintedTable
from samples.typesetting.cells import Align

HeadingRow = list[tuple[str, Align]]
"""One text over all columns, or a left and a right one."""


def heading_rows(table: PrintedTable, layout: Layout) -> list[HeadingRow]:
    """The rows above a table, from the top down."""
    number = table.number or ""
    department = f"{table.department_word}：{table.department}"
    unit = f"单位：{table.unit}" if table.unit_line else ""
    titles = [] if layout.title_in_table else [_one(line, "centre") for line in table.title.split("\n")]
    if layout.title_in_table:
        return [_one(number, "right")] if number else []
    if layout.heading == "stack":
        return [*titles, *(_one(text, "right") for text in (number, department, unit) if text)]
    if layout.heading == "number_left":
        return [*([_one(number, "left")] if number else []), *titles, [(department, "left"), (unit, "right")]]
    return [*titles, *([_one(number, "right")] if number else []), [(department, "left"), (unit, "right")]]


def _one(text: str, align: Align) -> HeadingRow:
    return [(text, align)]
