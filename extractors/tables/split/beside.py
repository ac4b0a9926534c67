"""Tables that print further columns of the rows of the table before: a sheet split by columns, each strip in full.

Where the pages of both strips break at the same rows the sheet is put together page by page (`sideways`). Where they
do not, the labels that both strips print tell it: the same ones in the same rows, below other headings and no other
title.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from extractors.tables.grid import Grid
from extractors.tables.lines import is_figure
from schemas.records import Cell, Table

ROWS = 3
"""Fewer rows of labels say too little about whether they are the same."""

Texts = tuple[str, ...]


def joined_beside(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables of a document, those that go on beside the one before joined to it, numbered from 1."""
    whole: list[_Strip] = []
    for strip in map(_Strip, tables):
        wide = _beside(whole[-1], strip) if whole else None
        if wide is None:
            whole.append(strip)
        else:
            whole[-1] = _Strip(wide)
    return tuple(replace(strip.table, number=number) for number, strip in enumerate(whole, start=1))


@dataclass(frozen=True)
class _Strip:
    """A table as `bands` (title and fields in its frame), `head` and `body`: its rows without those printed again."""

    table: Table

    @cached_property
    def grid(self) -> Grid:
        """Its cells by place."""
        return Grid(self.table)

    @cached_property
    def bands(self) -> list[int]:
        """The rows at its top that are one cell over all columns."""
        rows = range(1, self.table.rows + 1)
        return list(takewhile(lambda row: [c.col_span for c in self.grid.row(row)] == [self.table.cols], rows))

    @cached_property
    def head(self) -> list[int]:
        """The rows below that print headings alone."""
        first = len(self.bands) + 1
        rows = range(first, self.table.rows + 1)
        return list(range(first, next((row for row in rows if self._has_figure(row)), first)))

    @cached_property
    def body(self) -> list[int]:
        """All rows below without those that later pages print again."""
        top = [*self.bands, *self.head]
        again = {self.texts(row, self.table.cols) for row in top}
        return [
            row for row in range(len(top) + 1, self.table.rows + 1) if self.texts(row, self.table.cols) not in again
        ]

    def _has_figure(self, row: int) -> bool:
        return any(is_figure(cell.text) for cell in self.grid.row(row))

    def texts(self, row: int, last: int) -> Texts:
        """What a row prints in the columns as far as `last`."""
        return tuple(cell.text for cell in self.grid.printed(row) if cell.col <= last)

    def path(self, col: int) -> Texts:
        """The headings over a column."""
        return tuple(cell.text for cell in self.grid.column(col, self.head))


def _beside(left: _Strip, right: _Strip) -> Table | None:
    """The table that two strips show together; None where they are two tables."""
    if left.table.ruled != right.table.ruled or not left.head or not right.head or not _one_title(left, right):
        return None
    labels = _shared_columns(left, right)
    least = min(left.table.cols, right.table.cols)
    if not 0 < labels < least or _measures(left, labels) & _measures(right, labels):
        return None
    own, its = ([strip.texts(row, labels) for row in strip.body] for strip in (left, right))
    return _joined(left, right, labels) if own == its and len(set(own)) >= ROWS else None


def _one_title(left: _Strip, right: _Strip) -> bool:
    """Whether the right strip says nothing above its header that the left one does not say."""
    above = {line.text for line in right.table.heading} <= {line.text for line in left.table.heading}
    own, its = ({strip.texts(row, 1) for row in strip.bands} for strip in (left, right))
    return above and its <= own


def _shared_columns(left: _Strip, right: _Strip) -> int:
    """How many columns on the left have the same headings in both strips."""
    cols = range(1, min(left.table.cols, right.table.cols) + 1)
    return next((col - 1 for col in cols if not left.path(col) or left.path(col) != right.path(col)), len(cols))


def _measures(strip: _Strip, labels: int) -> set[Texts]:
    return {strip.path(col) for col in range(labels + 1, strip.table.cols + 1)}


def _joined(left: _Strip, right: _Strip, labels: int) -> Table:
    """Both strips as one table, the columns right of the `labels` of the right strip set beside the left one's."""
    cols = left.table.cols + right.table.cols - labels
    bands, depth = len(left.bands), max(len(left.head), len(right.head))
    cells = [replace(cell, col_span=cols) for row in left.bands for cell in left.grid.row(row)]
    cells.extend(_moved(left, bands, depth))
    for cell in _moved(right, bands, depth):
        first, last = max(cell.col, labels + 1), cell.col + cell.col_span - 1
        if first <= last:
            cells.append(replace(cell, col=first + left.table.cols - labels, col_span=last - first + 1))
    return replace(
        left.table,
        pages=tuple(sorted({*left.table.pages, *right.table.pages})),
        rows=bands + depth + len(left.body),
        cols=cols,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        below=right.table.below,
    )


def _moved(strip: _Strip, bands: int, depth: int) -> Iterator[Cell]:
    """The cells of header and body in the rows of both strips, the lowest headings reaching down to the body."""
    low = len(strip.bands) + len(strip.head)
    for at, row in enumerate(strip.head, start=1):
        for cell in strip.grid.row(row):
            end = depth if row + cell.row_span - 1 >= low else at + cell.row_span - 1
            yield replace(cell, row=bands + at, row_span=end - at + 1)
    for at, row in enumerate(strip.body, start=1):
        for cell in strip.grid.row(row):
            yield replace(cell, row=bands + depth + at, row_span=_rows_of(cell, strip.body))


def _rows_of(cell: Cell, rows: Sequence[int]) -> int:
    """How many of some rows a cell stands in."""
    return sum(cell.row <= row < cell.row + cell.row_span for row in rows) if cell.row_span > 1 else 1
