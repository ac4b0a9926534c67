"""A grid of cells → its tables and the lines around them: a sheet prints titles, notes and several forms in one grid.

What is one table is told by borders, where the source draws them, and by what rows say: a title above a row of headings
begins another table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractors.sheets.grid_cells import CellGrid, GridCell
from extractors.sheets.wording import cell_text
from extractors.tables.lines import is_figure
from extractors.tables.unruled.line_kinds import telling
from extractors.tables.vocabulary import Vocabulary

HEADER = 4
"""Amounts follow a header within so many rows."""
HEADINGS = 2
"""A row with so many known headings heads columns."""
LONG = 30
"""No label is longer; a note is."""
_NOTE = re.compile(r"^(?:[（(]?(?:注|备注|说明|附注|填报说明|编制说明)[）)]?[:：\d]|[※*＊])|。$")

_SIGNED = re.compile(
    r"^[^:：]{0,6}(?:负责人|主管|领导|制表|填表|填报|编制|审核|复核|经办|联系|电话|日期|盖章)[^:：]{0,3}[:：].{0,20}$"
    r"|^20\d{2}年\d{1,2}月\d{1,2}日$"
)
"""Who made a table and when, below it: 单位负责人：, 制表人：张三."""


class Piece(NamedTuple):
    """Rows `start` to `stop` (from 1, `stop` excluded) of a grid: a table, or lines outside tables."""

    start: int
    stop: int
    table: bool


@dataclass(frozen=True)
class _Row:
    """A row: the cells with text that begin in it, and whether it has borders at the sides of its cells."""

    cells: Sequence[GridCell]
    framed: bool

    @cached_property
    def texts(self) -> list[str]:
        """What it prints."""
        return [cell_text(cell.text) for cell in self.cells]

    @cached_property
    def signed(self) -> bool:
        """Whether it says who made the table, and nothing else."""
        return bool(self.texts) and all(map(_SIGNED.search, self.texts))

    @cached_property
    def amounts(self) -> bool:
        """Whether it holds an amount."""
        return any(is_figure(text) and telling(text) for text in self.texts)


def parted(grid: CellGrid, vocabulary: Vocabulary) -> list[Piece]:
    """The tables of a grid and the lines around them, from top to bottom; all its rows print something."""
    rows = _rows(grid)
    ruled = sum(row.framed for row in rows) >= HEADINGS
    captions = [_is_caption(row, vocabulary, ruled=ruled) for row in rows]
    sheet = _Sheet(rows, captions, vocabulary)
    pieces: list[Piece] = []
    at = 0
    while at < len(rows):
        start = sheet.start(at)
        end = sheet.end(start) if start < len(rows) else start
        pieces.extend(Piece(row + 1, row + 2, False) for row in range(at, start))
        if start < end:
            pieces.append(Piece(start + 1, end + 1, sheet.worth_it(start, end)))
        at = max(end, start)
    return pieces


def _rows(grid: CellGrid) -> list[_Row]:
    count = max((cell.row for cell in grid.cells), default=0)
    printed: list[list[GridCell]] = [[] for _ in range(count)]
    framed = [0] * count
    for cell in grid.cells:
        if cell.text.strip():
            printed[cell.row - 1].append(cell)
        for row in range(cell.row, min(cell.row + cell.row_span, count + 1)):
            framed[row - 1] += cell.framed
    return [_Row(cells, bool(sides)) for cells, sides in zip(printed, framed, strict=True)]


def _is_caption(row: _Row, vocabulary: Vocabulary, *, ruled: bool) -> bool:
    """Whether a row can stand above or below a table and not in it."""
    if row.amounts or sum(map(vocabulary.is_heading, row.texts)) >= HEADINGS:
        return False
    if row.framed:
        return any(map(vocabulary.says_caption, row.texts)) and not all(map(is_figure, row.texts))
    return ruled or len(row.texts) == 1 or row.signed or any(map(vocabulary.says_caption, row.texts))


@dataclass(frozen=True)
class _Sheet:
    """The rows of a grid, and which of them are no table's."""

    rows: Sequence[_Row]
    captions: Sequence[bool]
    vocabulary: Vocabulary

    def start(self, at: int) -> int:
        """Where the next table begins; behind the last row where there is none."""
        first = self._next(at, caption=False)
        if first == len(self.rows) or not self.rows[first].amounts or first == at:
            return first
        above = self.rows[first - 1]  # no table begins with amounts: what stands right above them is its header
        return first - 1 if len(above.texts) > 1 and not any(map(self._is_field, above.texts)) else first

    def end(self, start: int) -> int:
        """Where the table that begins at `start` ends: before another one's title, or before notes."""
        row = start + 1
        while row < len(self.rows):
            if not self.captions[row]:
                row += 1
                continue
            after = self._next(row, caption=False)
            own = range(row, after)
            first = next((at for at in own if self._stands_outside(at, last=after == len(self.rows))), None)
            if first is not None and (after == len(self.rows) or self._begins(first, after)):
                return first
            row = after
        return row

    def worth_it(self, start: int, end: int) -> bool:
        """Whether rows are a table and not a text in several cells."""
        own = self.rows[start:end]
        return (end - start > 1 or own[0].amounts) and any(len(row.texts) > 1 for row in own)

    def _next(self, at: int, *, caption: bool) -> int:
        return next((k for k in range(at, len(self.rows)) if self.captions[k] is caption), len(self.rows))

    def _is_field(self, text: str) -> bool:
        return ":" in text or "：" in text

    def _stands_outside(self, at: int, *, last: bool) -> bool:
        """Whether a row between or behind tables is none of theirs."""
        row = self.rows[at]
        if any(map(self.vocabulary.says_caption, row.texts)) and not last:
            return True
        if row.signed or any(_NOTE.search(text) or len(text) > LONG for text in row.texts):
            return True
        return not row.framed and any(other.framed for other in self.rows[max(at - HEADER, 0) : at])

    def _begins(self, first: int, after: int) -> bool:
        """Whether a table begins with the captions from `first` on, whose header is the row `after` them."""
        titled = any(
            "表" in text and self.vocabulary.says_caption(text) for row in self.rows[first:after] for text in row.texts
        )
        outside = not any(row.framed for row in self.rows[first:after]) and self.rows[after].framed
        if titled and outside:
            return True
        head = next((row for row in self.rows[after : after + 2] if len(row.texts) >= HEADINGS), None)
        if head is None or head.amounts or not (titled or outside):
            return False
        known = sum(map(self.vocabulary.is_heading, head.texts)) >= HEADINGS
        return known or any(row.amounts for row in self.rows[after + 1 : after + 1 + HEADER])
