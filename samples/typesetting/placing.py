"""The cells of a part of a table at their place on a page, as marks and as truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samples.layout import Layout
from samples.truth import TruthRow
from samples.typesetting.cells import Cell
from samples.typesetting.lettering import LEADING, width
from samples.typesetting.measures import Measures
from samples.typesetting.parts import Part
from samples.typesetting.rules import RuledCell, rules_of
from samples.typesetting.sheets import Sheet
from schemas.records import Box


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its box, with the lines of text that stand in it here."""

    cell: Cell
    box: Box
    lines: tuple[str, ...]
    header: bool


def place(
    measures: Measures, part: Part, sheet: Sheet, left: float, *, with_header: bool, layout: Layout
) -> list[TruthRow]:
    """Set a part of a table from the sheet's `y` on, `left` points from its edge; give the amounts it states."""
    rows = [*(range(measures.grid.header_rows) if with_header else ()), *range(part.start, part.stop)]
    tops = _tops(measures, rows, sheet.y)
    placed = [_placed(cell, measures, part, tops, left) for cell in measures.grid.cells if _rows_here(cell, tops)]
    sheet.marks.extend(rules_of([RuledCell(each.box, each.header) for each in placed], layout))
    for each in placed:
        _write(each, measures, sheet)
    sheet.y = tops[rows[-1]] + measures.heights[rows[-1]]
    stated = (each.cell.truth for each in placed if each.cell.truth and not _continued(each.cell, part))
    return [row._replace(page=sheet.number) for row in stated]


def _tops(measures: Measures, rows: Sequence[int], top: float) -> dict[int, float]:
    tops = {}
    for row in rows:
        tops[row] = top
        top += measures.heights[row]
    return tops


def _continued(cell: Cell, part: Part) -> bool:
    """Whether all of the cell but the rest of its label stood on the page before."""
    return part.opens_broken and cell.row == part.start


def _rows_here(cell: Cell, tops: Mapping[int, float]) -> list[int]:
    return [row for row in range(cell.row, cell.row + cell.rows) if row in tops]


def _placed(cell: Cell, measures: Measures, part: Part, tops: Mapping[int, float], left: float) -> Placed:
    """Put a cell, or what stands here of a cell that goes over the page's edge, in its box."""
    here = _rows_here(cell, tops)
    box = Box(
        left + measures.edges[cell.col],
        tops[here[0]],
        left + measures.edges[cell.col + cell.cols],
        tops[here[-1]] + measures.heights[here[-1]],
    )
    lines = _lines_here(cell, measures.lines[cell], part) if here[0] == cell.row else ()
    return Placed(cell, box, lines, header=cell.row < measures.grid.header_rows)


def _lines_here(cell: Cell, lines: tuple[str, ...], part: Part) -> tuple[str, ...]:
    """Leave the first line of a broken label on one page and the rest for the next; all else is on the first."""
    in_two = cell.kind == "label" and len(lines) > 1
    if _continued(cell, part):
        return lines[1:] if in_two else ()
    if part.closes_broken and cell.row == part.stop - 1 and in_two:
        return lines[:1]
    return lines


def _write(placed: Placed, measures: Measures, sheet: Sheet) -> None:
    leading = measures.size * LEADING
    first = placed.box.cy - leading * (len(placed.lines) - 1) / 2
    for index, line in enumerate(placed.lines):
        x = _x(placed, line, measures)
        sheet.write(line, x, first + index * leading, measures.size, strong=placed.cell.strong)


def _x(placed: Placed, line: str, measures: Measures) -> float:
    advance = width(line, measures.size)
    if placed.cell.align == "left":
        return placed.box.x0 + measures.padding + placed.cell.shift * measures.size
    if placed.cell.align == "right":
        return placed.box.x1 - measures.padding - advance
    return placed.box.cx - advance / 2


def breakable_rows(measures: Measures) -> list[bool]:
    """Of each row, whether one of its labels has two lines or more, so that the row can lie across a page's edge."""
    tall = {cell.row for cell in measures.grid.cells if cell.kind == "label" and len(measures.lines[cell]) > 1}
    return [row in tall for row in range(measures.grid.rows)]
