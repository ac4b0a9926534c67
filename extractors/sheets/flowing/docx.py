"""DOCX and DOCM: the document's part of XML (ECMA-376 part 1, 17), changes accepted, macros and links never looked at.

Walked by lxml and not by python-docx, which leaves out text boxes, tables within cells and what changes were tracked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from extractors.errors import DamagedDocumentError
from extractors.packages import Package, attribute, child, children, local, opened
from extractors.sheets.flowing.docx_styles import Setting, Styles, styles_of
from extractors.sheets.flowing.docx_text import page_breaks, text_boxes, text_of
from extractors.sheets.flowing.parts import Block, FlowCell, Parts, grid_of
from extractors.sheets.grid_cells import CellGrid, Paragraph, kept
from extractors.sheets.relations import first_of, related_to

TWIP = 1 / 20
REMOVED = frozenset({"del", "moveFrom", "sectPr", "tblPr", "tblGrid"})
THROUGH = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body"})
"""Elements that only hold others."""
SLIVER = 4.0
"""No column is narrower (points)."""
NESTED = 2
"""A table within a cell that has so many rows and columns is a table of its own."""


def read_docx(path: Path) -> Sequence[Sequence[Block]]:
    """The parts of a document, one for each page that it says begins. Raises `UnreadableDocumentError`."""
    with opened(path) as package:
        part = first_of(related_to(package, ""), "officeDocument")
        if part not in package.names:
            raise DamagedDocumentError("no part of type officeDocument")
        related = related_to(package, part)
        body = child(package.tree(part), "body")
        if body is None:
            raise DamagedDocumentError("a document without a body")
        reading = _Reading(styles_of(package, first_of(related, "styles")))
        reading.headers(package, related, body)
        reading.blocks(body)
        return reading.parts.finished()


@dataclass
class _Reading:
    """A document while it is read."""

    styles: Styles
    parts: Parts = field(default_factory=Parts)
    tables: int = 0

    def headers(self, package: Package, related: Mapping[str, tuple[str, str]], body: etree._Element) -> None:
        """What stands at the top of the first pages: some papers print a form's number or unit there."""
        for reference in body.iterfind(".//{*}sectPr/{*}headerReference"):
            _, part = related.get(attribute(reference, "id") or "", ("", ""))
            if part in package.names:
                self.blocks(package.tree(part))
                return

    def blocks(self, container: etree._Element) -> None:
        """The paragraphs and tables of a container, in order."""
        for element in container:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in THROUGH:
                self.blocks(element)
            elif name == "AlternateContent" and (choice := next(iter(element), None)) is not None:
                self.blocks(choice)

    def _paragraph(self, element: etree._Element) -> None:
        for box in text_boxes(element):
            self.blocks(box)
        setting = self.styles.of(element)
        before, after = page_breaks(element)
        if before or setting.new_page:
            self.parts.new()
        text = text_of(element)
        for line in text.split("\n"):
            if line.strip():
                self.parts.add(Paragraph(line, setting.align, setting.size))
        if after:
            self.parts.new()

    def _table(self, element: etree._Element) -> None:
        """A table, or where its cells hold tables what they hold, one after the other."""
        inner = [table for table in element.iter("{*}tbl") if table is not element]
        if any(_is_table(table) for table in inner):
            for cell in element.iterfind("./{*}tr/{*}tc"):
                self.blocks(cell)
            return
        self.tables += 1
        columns = element.iterfind("./{*}tblGrid/{*}gridCol")
        widths = [_points(attribute(column, "w")) for column in columns]
        self.parts.add(_without_slivers(grid_of(_spanned(list(self._rows(element))), self.tables, widths)))

    def _rows(self, table: etree._Element) -> Iterator[list[tuple[FlowCell, str]]]:
        """Each row's cells, and for each whether it begins or goes on with a cell merged down."""
        for row in _within(table, "tr"):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                continue
            before = _number(properties, "gridBefore") if properties is not None else 0
            cells = [(FlowCell("", before), "")] if before else []
            yield cells + [self._cell(cell) for cell in _within(row, "tc")]

    def _cell(self, cell: etree._Element) -> tuple[FlowCell, str]:
        properties = child(cell, "tcPr")
        merged, over = "", 1
        if properties is not None:
            over = max(_number(properties, "gridSpan"), 1)
            if (down := child(properties, "vMerge")) is not None:
                merged = attribute(down, "val") or "continue"
        paragraphs = [p for p in cell.iter("{*}p") if not _removed(p, cell)]
        settings = [self.styles.of(p) for p in paragraphs[:1]] or [Setting()]
        text = "\n".join(text_of(p) for p in paragraphs)
        align, indent, size, _ = settings[0]
        return FlowCell(text, over, 1, align, indent, size), merged


def _without_slivers(grid: CellGrid) -> CellGrid:
    """The grid without columns too narrow to hold anything: edges of two rows that were meant to be one."""
    narrow = {col for col, width in grid.widths.items() if width < SLIVER}
    filled = {cell.col for cell in grid.cells if cell.text.strip() and cell.col_span == 1}
    last = max((cell.col + cell.col_span - 1 for cell in grid.cells), default=0)
    rows = {row for cell in grid.cells for row in range(cell.row, cell.row + cell.row_span)}
    return kept(grid, rows, set(range(1, last + 1)) - (narrow - filled)) if narrow - filled else grid


def _spanned(rows: Sequence[Sequence[tuple[FlowCell, str]]]) -> Iterator[list[FlowCell]]:
    """The rows, a cell merged down made one and what goes on with it left out."""
    open_at: dict[int, tuple[int, int]] = {}
    spans: dict[tuple[int, int], int] = {}
    for at, row in enumerate(rows):
        col = 0
        for place, (cell, merged) in enumerate(row):
            if merged == "continue" and col in open_at:
                spans[open_at[col]] = spans.get(open_at[col], 1) + 1
                spans[at, place] = 0
            elif merged == "restart":
                open_at[col] = at, place
            else:
                open_at.pop(col, None)
            col += cell.col_span
    for at, row in enumerate(rows):
        own = ((cell, spans.get((at, place), 1)) for place, (cell, _) in enumerate(row))
        yield [cell._replace(row_span=down) for cell, down in own if down]


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those within controls and tracked insertions."""
    for own in element:
        if local(own) == name:
            yield own
        elif local(own) in THROUGH:
            yield from _within(own, name)


def _is_table(element: etree._Element) -> bool:
    rows = list(_within(element, "tr"))
    return len(rows) >= NESTED and max(sum(1 for _ in _within(row, "tc")) for row in rows) >= NESTED


def _removed(paragraph: etree._Element, cell: etree._Element) -> bool:
    """Whether a paragraph is part of a removed change, or the second form of a drawing."""
    for above in paragraph.iterancestors():
        if above is cell:
            return False
        if local(above) in REMOVED or local(above) == "Fallback":
            return True
    return False


def _number(properties: etree._Element, name: str) -> int:
    found = next(children(properties, name), None)
    value = (attribute(found, "val") or "0") if found is not None else "0"
    return int(value) if value.isdecimal() and len(value) < 6 else 0


def _points(twips: str | None) -> float:
    return int(twips) * TWIP if twips and twips.isdecimal() else 0.0
