"""ODS: OpenDocument spreadsheets (ISO/IEC 26300), which keep beside each stored number the text that it prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

from extractors.packages import attribute, child, children, local, opened
from extractors.sheets.grid_cells import SIZE, Align, CellGrid, GridCell
from extractors.sheets.odf import cell_text, length
from extractors.sheets.places import place_of
from extractors.sheets.workbooks.sheet import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Differs,
    Sheet,
    differs,
    shown,
)

ALIGNS: dict[str, Align] = {"center": "centre", "end": "right", "right": "right", "start": "left", "left": "left"}
NUMBERS = frozenset({"float", "currency", "percentage"})


@dataclass(frozen=True, slots=True)
class _Style:
    align: Align | None = None
    indent: float = 0.0
    size: float | None = None
    framed: bool = False
    extent: float = 0.0
    shown: bool = True
    parent: str = ""


def read_ods(path: Path) -> Iterator[Sheet]:
    """The visible sheets of a spreadsheet. Raises `UnreadableDocumentError` where it cannot be read."""
    with opened(path) as package:
        root = package.tree("content.xml")
        styles = {name: style for part in _style_parts(root) for name, style in _styles(part)}
        for number, table in enumerate(root.iterfind("{*}body/{*}spreadsheet/{*}table"), start=1):
            name = attribute(table, "name") or f"Sheet{number}"
            visible = styles.get(attribute(table, "style-name") or "", _Style()).shown
            yield _Reading(name, styles).read(table, number, visible=visible)


def _style_parts(root: etree._Element) -> Iterator[etree._Element]:
    if (own := child(root, "automatic-styles")) is not None:
        yield own


def _styles(part: etree._Element) -> Iterator[tuple[str, _Style]]:
    for style in children(part, "style"):
        properties = {local(p): p for p in style}
        cell, paragraph, text = (properties.get(f"{kind}-properties") for kind in ("table-cell", "paragraph", "text"))
        extents = [
            p for kind in ("table-column", "table-row") if (p := properties.get(f"{kind}-properties")) is not None
        ]
        table = properties.get("table-properties")
        borders = [] if cell is None else [attribute(cell, f"border{side}") for side in ("", "-left", "-right")]
        yield (
            attribute(style, "name") or "",
            _Style(
                align=ALIGNS.get(attribute(paragraph, "text-align") or "") if paragraph is not None else None,
                indent=length(attribute(paragraph, "margin-left")) if paragraph is not None else 0.0,
                size=(length(attribute(text, "font-size")) or None) if text is not None else None,
                framed=any(border not in (None, "none") for border in borders),
                extent=max(
                    (length(attribute(p, k)) for p in extents for k in ("column-width", "row-height")), default=0.0
                ),
                shown=table is None or attribute(table, "display") != "false",
            ),
        )


@dataclass
class _Reading:
    """One sheet while it is read."""

    name: str
    styles: Mapping[str, _Style]
    cells: list[GridCell] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    differing: list[Differs] = field(default_factory=list)
    row: int = 0

    def read(self, table: etree._Element, number: int, *, visible: bool) -> Sheet:
        self._columns(table)
        for row in table.iter("{*}table-row"):
            if len(self.cells) > MOST_CELLS:
                break
            self._row(row)
        if len(self.cells) > MOST_CELLS:
            return Sheet(number, self.name, CellGrid((), {}, {}), too_large=True)
        if not visible:
            return Sheet(number, self.name, CellGrid((), {}, {}), sum(bool(cell.text.strip()) for cell in self.cells))
        grid = CellGrid(tuple(self.cells), self.widths, self.heights)
        shown_grid, hidden = shown(grid, self.hidden_rows, self.hidden_cols, self.spans)
        return Sheet(number, self.name, shown_grid, hidden, tuple(self.differing))

    def _columns(self, table: etree._Element) -> None:
        at = 0
        for column in table.iter("{*}table-column"):
            count = _repeated(column, "number-columns-repeated")
            own = range(at + 1, min(at + count, MOST_COLUMNS) + 1)
            width = self.styles.get(attribute(column, "style-name") or "", _Style()).extent
            self.widths |= dict.fromkeys(own, width) if width else {}
            if attribute(column, "visibility") in ("collapse", "filter"):
                self.hidden_cols.update(own)
            at += count

    def _row(self, element: etree._Element) -> None:
        """Take up a row as often as it is repeated, where it prints anything."""
        count = _repeated(element, "number-rows-repeated")
        before = len(self.cells)
        self.row += 1
        self._cells(element)
        hidden = attribute(element, "visibility") in ("collapse", "filter")
        height = self.styles.get(attribute(element, "style-name") or "", _Style()).extent
        if not any(cell.text.strip() for cell in self.cells[before:]):
            del self.cells[before:]
            self.row += count - 1
            return
        again = self.cells[before:]
        rows = range(self.row, self.row + min(count, MOST_ROWS))
        for row in rows[1:]:
            self.cells.extend(cell._replace(row=row, place=place_of(self.name, row, cell.col)) for cell in again)
            if len(self.cells) > MOST_CELLS:
                break
        self.heights |= dict.fromkeys(rows, height) if height else {}
        if hidden:
            self.hidden_rows.update(rows)
        self.row += count - 1

    def _cells(self, element: etree._Element) -> None:
        col = 1
        for cell in element:
            name = local(cell)
            if name not in ("table-cell", "covered-table-cell"):
                continue
            count = _repeated(cell, "number-columns-repeated")
            if name == "table-cell":
                self._cell(cell, col, count)
            col += count

    def _cell(self, element: etree._Element, col: int, count: int) -> None:
        style = self.styles.get(attribute(element, "style-name") or "", _Style())
        text = cell_text(element)
        if not text and not style.framed:
            return
        number = attribute(element, "value-type") in NUMBERS
        stored = attribute(element, "value") or ""
        over, down = _repeated(element, "number-columns-spanned"), _repeated(element, "number-rows-spanned")
        for at in range(col, min(col + count, MOST_COLUMNS + 1)):
            place = place_of(self.name, self.row, at)
            align = style.align or ("right" if number else "left")
            size = style.size or SIZE
            self.cells.append(GridCell(self.row, at, text, 1, 1, align, style.indent, size, style.framed, place))
            if number and _differs(stored, text):
                self.differing.append(Differs(place, text, stored))
            if over > 1 or down > 1:
                self.spans.append((self.row, at, self.row + down - 1, min(at + over - 1, MOST_COLUMNS)))


def _differs(stored: str, text: str) -> bool:
    try:
        return differs(Decimal(stored), text)
    except InvalidOperation:
        return False


def _repeated(element: etree._Element, name: str) -> int:
    value = attribute(element, name) or "1"
    return max(int(value), 1) if value.isdecimal() else 1
