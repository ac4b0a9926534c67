"""What there is to mark on one page of a reading: plain records, before anything is drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from extractors.pages.overlays.canvas import Colour
from schemas.records import Box, Finding, LineItem, Reading, Status, Table
from schemas.wording import plain

STATUS_COLOURS: Mapping[Status, Colour] = {
    "proven": (26, 152, 80),
    "repaired": (230, 145, 20),
    "unproven": (140, 140, 140),
    "contradicted": (215, 48, 39),
    "source_inconsistent": (123, 50, 148),
}
MEASURE_COLOURS: Sequence[Colour] = (
    (207, 226, 255),
    (255, 224, 189),
    (209, 240, 205),
    (232, 215, 245),
    (255, 214, 224),
    (205, 240, 240),
    (240, 235, 190),
    (222, 222, 222),
)
"""Light enough to read through; taken in turn by a table's measures, from left to right."""

CellKey = tuple[int | None, int | None, int | None]
"""Table, row and column."""


@dataclass(frozen=True, slots=True)
class AmountMark:
    """A cell that became a line item."""

    box: Box
    measure: str
    colour: Colour
    status: Status


@dataclass(frozen=True, slots=True)
class TableMarks:
    """The part of a table that stands on one page. `headings` are the lines that say what it declares."""

    table: Table
    frame: Box
    cells: tuple[Box, ...]
    amounts: tuple[AmountMark, ...]
    headings: frozenset[Box]
    troubled: tuple[Box, ...]

    @property
    def measures(self) -> dict[str, Colour]:
        """The measures on this page, left to right."""
        return {mark.measure: mark.colour for mark in sorted(self.amounts, key=lambda mark: mark.box.x0)}


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Everything to mark on page `number` of a file, and the findings made there."""

    file_name: str
    number: int
    tables: tuple[TableMarks, ...]
    findings: tuple[Finding, ...]


def marks_of(reading: Reading, number: int) -> PageMarks:
    """The marks of page `number`."""
    items = {(item.table_no, item.row, item.col): item for item in reading.line_items}
    findings = tuple(finding for finding in reading.findings if _page(finding, reading.tables) == number)
    tables = tuple(_table_marks(table, number, items, findings) for table in reading.tables if number in table.pages)
    return PageMarks(reading.document.file_name, number, tables, findings)


def _table_marks(
    table: Table, number: int, items: Mapping[CellKey, LineItem], findings: Iterable[Finding]
) -> TableMarks:
    cells = [cell for cell in table.cells if cell.page == number]
    amounts = [item for cell in table.cells if (item := items.get((table.number, cell.row, cell.col)))]
    colours = _colours(amounts)
    troubled = {(f.row, f.col) for f in findings if f.table_no == table.number and f.row}
    return TableMarks(
        table=table,
        frame=Box.around([cell.box for cell in cells]),
        cells=tuple(cell.box for cell in cells),
        amounts=tuple(
            AmountMark(_box(item), item.measure, colours[item.measure], item.status)
            for item in amounts
            if item.page == number
        ),
        headings=_headings(table, number),
        troubled=tuple(cell.box for cell in cells if (cell.row, cell.col) in troubled or (cell.row, None) in troubled),
    )


def _box(item: LineItem) -> Box:
    return Box(item.x0, item.y0, item.x1, item.y1)


def _colours(items: Iterable[LineItem]) -> dict[str, Colour]:
    """A colour for each measure of a table, the same on all its pages."""
    leftmost: dict[str, float] = {}
    for item in items:
        leftmost[item.measure] = min(item.x0, leftmost.get(item.measure, item.x0))
    return dict(zip(sorted(leftmost, key=lambda measure: leftmost[measure]), cycle(MEASURE_COLOURS), strict=False))


def _headings(table: Table, number: int) -> frozenset[Box]:
    """The lines above the table that say its title, department or unit; the nearest where several do."""
    declared = table.declared
    said = (declared.title, declared.department, declared.unit and f"单位:{declared.unit}")
    nearest = {words: line for line in table.heading for words in said if words and plain(words) in plain(line.text)}
    return frozenset(line.box for line in nearest.values() if line.page == number)


def _page(finding: Finding, tables: Iterable[Table]) -> int | None:
    """Where a finding is shown: on its page, or on the first of its table."""
    if finding.page is not None or finding.table_no is None:
        return finding.page
    return next((table.pages[0] for table in tables if table.number == finding.table_no), None)
