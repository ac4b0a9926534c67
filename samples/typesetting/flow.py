"""The blocks of a paper set one after the other on pages: covers, prose and tables."""

from collections.abc import Sequence
from dataclasses import replace

from samples.layout import Layout
from samples.paper import Cover, Paper, PrintedTable, Prose
from samples.truth import TruthRow
from samples.typesetting.grid import grid_of
from samples.typesetting.lettering import broken
from samples.typesetting.measures import Measures, measure
from samples.typesetting.parts import Room, parts_of
from samples.typesetting.placing import breakable_rows, place
from samples.typesetting.sheets import (
    FOOT_MARGIN,
    SIDE_MARGIN,
    TOP_MARGIN,
    Orientation,
    Sheet,
    Stack,
    framing,
)
from samples.typesetting.splitting import split
from samples.typesetting.titling import heading_height, set_heading
from schemas.records import Box

COVER_SIZE, TITLE_SIZE, TEXT_SIZE = 26.0, 16.0, 12.0
TEXT_LEADING = 23.0
NOTE_LEADING = 1.5
"""Distance of two lines of a note, in sizes."""
WIDE_TABLE = 7
"""From so many columns on a table is set on a landscape page."""
GAP_BETWEEN_TABLES = 26.0
LEAST_ROWS_BELOW_HEADER = 3
"""A table starts on a shared page only where so many rows fit below its header."""


def compose(paper: Paper, layout: Layout) -> tuple[Sequence[Sheet], list[TruthRow]]:
    """Set all blocks of `paper`; give its pages and what its tables state."""
    stack = Stack(layout)
    truth: list[TruthRow] = []
    for block in paper.blocks:
        match block:
            case Cover():
                _set_cover(block, stack)
            case Prose():
                _set_prose(block, stack)
            case PrintedTable():
                truth.extend(_set_table(block, stack))
    return stack.finished(), truth


def _of_text(layout: Layout) -> Orientation:
    return "landscape" if layout.orientation == "landscape" else "portrait"


def _set_cover(cover: Cover, stack: Stack) -> None:
    sheet = stack.new(_of_text(stack.layout))
    for index, line in enumerate(cover.lines):
        sheet.write_centred(line, sheet.width / 2, sheet.height / 3 + index * 2 * COVER_SIZE, COVER_SIZE, strong=True)
    sheet.y = sheet.height


def _set_prose(prose: Prose, stack: Stack) -> None:
    orientation = _of_text(stack.layout)
    sheet = stack.new(orientation)
    sheet.write_centred(prose.title, sheet.width / 2, sheet.y + TITLE_SIZE / 2, TITLE_SIZE, strong=True)
    sheet.y += 2.4 * TITLE_SIZE
    for paragraph in prose.paragraphs:
        is_heading = paragraph.startswith("#")
        text = "　　" + paragraph.removeprefix("#").strip()
        for line in broken(text, TEXT_SIZE, sheet.text_width):
            if sheet.room < TEXT_LEADING:
                sheet = stack.new(orientation)
            sheet.write(line, SIDE_MARGIN, sheet.y + TEXT_LEADING / 2, TEXT_SIZE, strong=is_heading)
            sheet.y += TEXT_LEADING


def _set_table(table: PrintedTable, stack: Stack) -> list[TruthRow]:
    layout = stack.layout
    grid = grid_of(table, layout)
    orientation = _orientation(len(grid.columns), layout)
    truth: list[TruthRow] = []
    for number, half in enumerate(split(grid, layout)):
        measures = measure(half, layout, stack.text_width(orientation))
        truth.extend(_set_grid(table, measures, stack, orientation, headed=number == 0))
    _set_notes(table, stack, orientation, (stack.last.width - measures.width) / 2, measures)
    return truth


def _set_grid(
    table: PrintedTable, measures: Measures, stack: Stack, orientation: Orientation, *, headed: bool
) -> list[TruthRow]:
    """Set a grid over as many pages as it takes, under the table's heading where `headed`."""
    layout, grid = stack.layout, measures.grid
    if headed:
        sheet, top = _begin_table(table, stack, orientation, measures)
    else:
        sheet, top = stack.new(orientation), TOP_MARGIN
    left = (sheet.width - measures.width) / 2
    header = measures.header_height
    again = _heading_again(table, layout)
    above = (header if layout.repeat_header else 0) + (heading_height(again, layout) if again else 0)
    room = Room(first=sheet.room - header, next=sheet.whole_room - above)
    parts = parts_of(measures.heights, grid.header_rows, breakable_rows(measures), room, layout)
    truth: list[TruthRow] = []
    for index, part in enumerate(parts):
        if index:
            sheet, top = stack.new(orientation), TOP_MARGIN
            if again:
                set_heading(again, layout, sheet, left, measures.width)
        with_header = index == 0 or layout.repeat_header
        truth.extend(place(measures, part, sheet, left, with_header=with_header, layout=layout))
        if layout.title_in_frame:
            sheet.marks.extend(framing(Box(left, top, left + measures.width, sheet.y)))
    return truth


def _heading_again(table: PrintedTable, layout: Layout) -> PrintedTable | None:
    """Give the table as the pages it goes on over are headed, or None where they bear no heading."""
    if layout.continued == "nothing":
        return None
    return replace(table, title=f"{table.title}（续）") if layout.continued == "title_marked" else table


def _begin_table(
    table: PrintedTable, stack: Stack, orientation: Orientation, measures: Measures
) -> tuple[Sheet, float]:
    """Set the heading; give the page that the rows begin on and the height at which the table with it begins there."""
    layout = stack.layout
    above = heading_height(table, layout)
    if layout.title_on_page_before:
        before = stack.last if stack.last.room >= above else stack.new(orientation)
        before.y = before.height - FOOT_MARGIN - above
        width = min(measures.width, before.text_width)
        set_heading(table, layout, before, (before.width - width) / 2, width)
        return stack.new(orientation), TOP_MARGIN
    first_rows = measures.heights[: measures.grid.header_rows + LEAST_ROWS_BELOW_HEADER]
    sheet = _page_for(stack, orientation, above + sum(first_rows))
    top = sheet.y
    set_heading(table, layout, sheet, (sheet.width - measures.width) / 2, measures.width)
    return sheet, top


def _orientation(columns: int, layout: Layout) -> Orientation:
    if layout.orientation != "by_width":
        return layout.orientation
    return "landscape" if columns >= WIDE_TABLE else "portrait"


def _page_for(stack: Stack, orientation: Orientation, least: float) -> Sheet:
    """Find the page that a table begins on: the last one where tables share pages and it has room, else a new one."""
    sheet = stack.last
    if (
        not stack.layout.tables_share_pages
        or sheet.orientation != orientation
        or sheet.room < least + GAP_BETWEEN_TABLES
    ):
        return stack.new(orientation)
    sheet.y += GAP_BETWEEN_TABLES
    return sheet


def _set_notes(table: PrintedTable, stack: Stack, orientation: Orientation, left: float, measures: Measures) -> None:
    """Set the notes below the table, on a new page where this one is full."""
    size = measures.size
    sheet = stack.last
    sheet.y += size / 2
    for note in table.notes:
        for line in broken(note, size, measures.width):
            if sheet.room < size:
                sheet = stack.new(orientation)
            sheet.write(line, left, sheet.y + size * NOTE_LEADING / 2, size)
            sheet.y += size * NOTE_LEADING
