"""XLSX and XLSM: parts of XML, streamed (ECMA-376 part 1, 18). Macros, links and formulas are never looked at.

Read by lxml and not by a library of workbooks: calamine gives no number formats, indents or hidden rows; openpyxl does,
and takes seconds and gigabytes for a workbook of 50 MB of which the forms are a few sheets.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

from extractors.errors import DamagedDocumentError
from extractors.packages import Package, attribute, children, local, opened
from extractors.sheets.grid_cells import CellGrid, GridCell
from extractors.sheets.number_format import is_date
from extractors.sheets.places import place_of
from extractors.sheets.relations import first_of, related_to
from extractors.sheets.runs import is_beside
from extractors.sheets.workbooks.sheet import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Differs,
    Printed,
    Sheet,
    of_number,
    points,
    shown,
)
from extractors.sheets.workbooks.xlsx_styles import Style, styles_of

CHARACTER = 5.6
"""A column's width is given in digits of the default type; one takes so many points."""
SINCE_1904 = 1462
"""Days that the dates of the 1904 system are behind."""
MOST_STRINGS = 2_000_000

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(path: Path) -> Iterator[Sheet]:
    """The visible sheets of a workbook. Raises `UnreadableDocumentError` where it cannot be read.

    A part is one sheet, however often a damaged workbook lists it.
    """
    seen: set[str] = set()
    with opened(path) as package:
        book = _part_of_type(package, "", "officeDocument")
        related = related_to(package, book)
        root = package.tree(book)
        strings = _strings(package, first_of(related, "sharedStrings"))
        styles = styles_of(package, first_of(related, "styles"))
        late = any(attribute(pr, "date1904") in ("1", "true") for pr in children(root, "workbookPr"))
        for number, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet"), start=1):
            _, part = related.get(attribute(sheet, "id") or "", ("", ""))
            visible = sheet.get("state", "visible") == "visible"
            if part in package.names and part not in seen and "worksheet" in _root_name(package, part):
                seen.add(part)
                name = sheet.get("name", f"Sheet{number}")
                read = _Reading(name, strings, styles, late).read(package, part, number)
                yield read if visible else _left_out(read)


def _left_out(sheet: Sheet) -> Sheet:
    """A sheet that is not shown: nothing of it is printed."""
    count = sum(bool(cell.text.strip()) for cell in sheet.grid.cells) + sheet.hidden
    return Sheet(sheet.number, sheet.name, CellGrid((), {}, {}), count)


def _root_name(package: Package, part: str) -> str:
    with package.stream(part) as stream:
        return stream.read(4096).replace(b"\0", b"").decode("latin-1")


def _part_of_type(package: Package, part: str, kind: str) -> str:
    name = first_of(related_to(package, part), kind)
    if name not in package.names:
        raise DamagedDocumentError(f"no part of type {kind}")
    return name


def _strings(package: Package, part: str) -> Sequence[str]:
    """The shared strings, without the phonetic readings beside them."""
    if part not in package.names:
        return ()
    found: list[str] = []
    for _, item in package.elements(part, "{*}si"):
        found.append(_text(item))
        if len(found) > MOST_STRINGS:
            break
    return found


def _text(item: etree._Element) -> str:
    """The text of a string, without phonetic readings, struck runs and the raised marks of notes."""
    own = (t for t in item.iter("{*}t") if not any(local(above) == "rPh" for above in t.iterancestors()))
    return _unescaped("".join(t.text or "" for t in own if not _of_run_beside(t)))


def _of_run_beside(text: etree._Element) -> bool:
    run = text.getparent()
    return run is not None and is_beside(run)


def _unescaped(text: str) -> str:
    """A text with `_x000D_` and the like as the characters that they stand for (22.9.2.19)."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


@dataclass
class _Reading:
    """One sheet while it is read."""

    name: str
    strings: Sequence[str]
    styles: Sequence[Style]
    since_1904: bool
    cells: list[GridCell] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: list[tuple[int, int]] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    differing: list[Differs] = field(default_factory=list)
    zeros: bool = True
    width: float = 54.0
    height: float = 15.0
    row: int = 0
    uncalculated: int = 0

    def read(self, package: Package, part: str, number: int) -> Sheet:
        tags = ("sheetView", "sheetFormatPr", "col", "row", "mergeCell")
        printed = rows = 0
        for tag, element in package.elements(part, *(f"{{*}}{tag}" for tag in tags)):
            match tag:
                case "row":
                    own = self._row(element)
                    printed, rows = printed + own, rows + bool(own)
                case "col":
                    self._col(element)
                case "mergeCell":
                    self._span(element.get("ref", ""))
                case "sheetView":
                    self.zeros = self.zeros and element.get("showZeros", "1") not in ("0", "false")
                case _:
                    self.height = points(element.get("defaultRowHeight"), self.height)
            if printed > MOST_CELLS or rows > MOST_ROWS:
                return Sheet(number, self.name, CellGrid((), {}, {}), too_large=True)
        grid = CellGrid(tuple(self.cells), self.widths, self.heights, self.width, self.height)
        cols = {col for first, last in self.hidden_cols for col in range(first, min(last, MOST_COLUMNS) + 1)}
        visible, hidden = shown(grid, self.hidden_rows, cols, self.spans)
        return Sheet(number, self.name, visible, hidden, tuple(self.differing), uncalculated=self.uncalculated)

    def _row(self, element: etree._Element) -> int:
        """Take up a row where it prints anything, and tell how many cells do; borders without a text are nothing."""
        self.row = int(element.get("r", self.row + 1))
        col = printed = 0
        before = len(self.cells)
        for cell in children(element, "c"):
            found = _PLACE.fullmatch(cell.get("r", ""))
            col = _column(found[1]) if found else col + 1
            if col <= MOST_COLUMNS:
                printed += self._cell(cell, col)
        height = points(element.get("ht"), self.height)
        if not printed:
            del self.cells[before:]
            return 0
        self.heights[self.row] = height
        if element.get("hidden") in ("1", "true") or height == 0:
            self.hidden_rows.add(self.row)
        return printed

    def _cell(self, element: etree._Element, col: int) -> bool:
        """Take a cell up where it prints anything or has a border; whether it prints anything."""
        at = int(element.get("s", "0"))
        style = self.styles[at] if at < len(self.styles) else Style()
        printed = self._printed(element, style)
        if not printed.text and not style.framed:
            return False
        place = place_of(self.name, self.row, col)
        align = style.align or ("right" if printed.number else "left")
        self.cells.append(
            GridCell(self.row, col, printed.text, 1, 1, align, style.indent, style.size, style.framed, place)
        )
        if printed.differs:
            self.differing.append(Differs(place, printed.text, element.findtext("{*}v") or ""))
        return bool(printed.text)

    def _printed(self, element: etree._Element, style: Style) -> Printed:
        kind = element.get("t", "n")
        value = next((part.text for part in element if local(part) == "v"), None)
        if kind == "inlineStr":
            return Printed("".join(_text(item) for item in children(element, "is")))
        if not value:
            self.uncalculated += kind != "str" and element.find("{*}f") is not None
            return Printed("")
        if kind == "s":
            at = int(value)
            return Printed(self.strings[at] if at < len(self.strings) else f"#{value}")
        if kind != "n":
            return Printed({"0": "FALSE", "1": "TRUE"}.get(value, value) if kind == "b" else _unescaped(value))
        return self._number(value, style)

    def _number(self, value: str, style: Style) -> Printed:
        if not self.zeros and _is_zero(value):
            return Printed("")
        if self.since_1904 and is_date(style.code):
            value = str(float(value) + SINCE_1904)
        return of_number(value, style.code)

    def _col(self, element: etree._Element) -> None:
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        width = points(element.get("width"), self.width / CHARACTER) * CHARACTER
        if element.get("hidden") in ("1", "true") or width == 0:
            self.hidden_cols.append((first, last))
        if width:
            self.widths |= dict.fromkeys(range(first, min(last, MOST_COLUMNS) + 1), width)

    def _span(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        ends = [_PLACE.fullmatch(end) for end in (first, last or first)]
        if ends[0] and ends[1]:
            left, right = _column(ends[0][1]), _column(ends[1][1])
            self.spans.append((int(ends[0][2]), left, int(ends[1][2]), min(right, MOST_COLUMNS)))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _is_zero(value: str) -> bool:
    try:
        return Decimal(value) == 0
    except InvalidOperation:
        return False
