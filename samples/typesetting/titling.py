"""What stands above a table: its title, its number, the department and the unit."""

from samples.layout import Layout
from samples.paper import PrintedTable
from samples.typesetting.sheets import Sheet

TITLE_SIZE = 16.0
TITLE_HEIGHT = 34.0
TITLE_LEADING = 22.0
LINE_SIZE = 10.0
LINE_HEIGHT = 16.0
INSET = 2.0


def heading_height(table: PrintedTable, layout: Layout) -> float:
    """Give the points that the heading takes."""
    titles = len(_title_lines(table.title, layout))
    return TITLE_HEIGHT + TITLE_LEADING * max(titles - 1, 0) + LINE_HEIGHT * len(_lines(table, layout))


def set_heading(table: PrintedTable, layout: Layout, sheet: Sheet, left: float, width: float) -> None:
    """Print the heading over a table that is `width` wide, from the sheet's `y` on."""
    lines = _lines(table, layout)
    if layout.heading == "number_left":
        number, lines = lines[0], lines[1:]
        _set_line(number, sheet, left, width)
    titles = _title_lines(table.title, layout)
    for place, title in enumerate(titles):
        middle = sheet.y + TITLE_HEIGHT / 2 + place * TITLE_LEADING
        sheet.write_centred(title, left + width / 2, middle, TITLE_SIZE, strong=True)
    sheet.y += TITLE_HEIGHT + TITLE_LEADING * max(len(titles) - 1, 0)
    for line in lines:
        _set_line(line, sheet, left, width)


def _title_lines(title: str, layout: Layout) -> list[str]:
    """Give the lines that a title is printed in; none where the table itself holds it."""
    return [] if layout.title_in_table else title.split("\n")


def _lines(table: PrintedTable, layout: Layout) -> list[tuple[str, str]]:
    """(left text, right text) of each line beside the title, the topmost first."""
    number = table.number or ""
    department = f"{table.department_word}：{table.department}"
    unit = f"单位：{table.unit}" if table.unit_line else ""
    if layout.title_in_table:
        return [("", number)] if number and layout.heading != "number_left" else [(number, "")]
    if layout.heading == "stack":
        return [("", text) for text in (number, department, unit) if text]
    if layout.heading == "number_left":
        return [(number, ""), (department, unit)]
    return [*([("", number)] if number else []), (department, unit)]


def _set_line(texts: tuple[str, str], sheet: Sheet, left: float, width: float) -> None:
    middle = sheet.y + LINE_HEIGHT / 2
    sheet.write(texts[0], left + INSET, middle, LINE_SIZE)
    sheet.write_right(texts[1], left + width - INSET, middle, LINE_SIZE)
    sheet.y += LINE_HEIGHT
