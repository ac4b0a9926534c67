"""Grids and paragraphs → a page of tables and lines, as the readers of pages give it: geometry for what has none.

Columns have the widths and rows the heights that the source says; what stands outside tables stands where it is set.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from extractors.sheets.grid_cells import (
    PADDING,
    CellGrid,
    GridCell,
    Paragraph,
    indent_of,
    kept,
    printed_part,
    printing_columns,
    width_of,
)
from extractors.sheets.parting import parted
from extractors.sheets.wording import cell_text, one_line
from extractors.tables.layout import PageLayout, PageTable
from extractors.tables.vocabulary import Vocabulary
from schemas.records import Box, Cell, Page, Reader, TextLine, Word

LEFT, TOP = 72.0, 72.0
TEXT_WIDTH = 451.0
"""The type area of an A4 page, in which paragraphs are broken into lines."""
LEADING = 1.6
LEAST = 24.0
"""A column without a width of its own, or one too narrow to print, is so wide."""

Block = Paragraph | CellGrid
_CONTINUED = re.compile(r"[（(][\d一二三四五续]+[)）]$|续表?$")


@dataclass
class _Filling:
    """A page while it is filled from top to bottom."""

    number: int
    reader: Reader
    vocabulary: Vocabulary
    y: float = TOP
    right: float = LEFT + TEXT_WIDTH
    tables: list[PageTable] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)

    def write(self, text: str, x: float, y: float, size: float) -> None:
        """A line of text from `x` on whose middle is at `y`."""
        if shown := one_line(text):
            box = Box(x, y - size / 2, x + max(width_of(shown, size), 1.0), y + size / 2)
            self.lines.append(TextLine(shown, self.number, box))

    def paragraph(self, paragraph: Paragraph) -> None:
        """A paragraph, broken into lines; its first line is set in by two characters where it stands left."""
        text, size = one_line(paragraph.text), paragraph.size
        first = 2 * size if paragraph.align == "left" else 0.0
        for line in _broken(text, size, TEXT_WIDTH, first):
            free = TEXT_WIDTH - width_of(line, size)
            shift = {"left": first, "centre": max(free, 0.0) / 2, "right": max(free, 0.0)}[paragraph.align]
            self.write(line, LEFT + shift, self.y + size * LEADING / 2, size)
            self.y += size * LEADING
            first = 0.0

    def grid(self, whole: CellGrid) -> None:
        """A grid: its tables, and the lines around them."""
        grid = printed_part(whole)
        rows = max((cell.row for cell in grid.cells), default=0)
        cols = max((cell.col + cell.col_span - 1 for cell in grid.cells), default=0)
        xs = _edges(LEFT, (max(grid.widths.get(col, grid.width), LEAST) for col in range(1, cols + 1)))
        ys = _edges(self.y, (max(grid.heights.get(row, grid.height), PADDING) for row in range(1, rows + 1)))
        for piece in parted(grid, self.vocabulary):
            own = [cell for cell in grid.cells if piece.start <= cell.row < piece.stop and cell.text.strip()]
            if piece.table:
                self._table(grid, range(piece.start, piece.stop), xs, ys)
            else:
                for cell in own:
                    self._line(cell, xs, ys)
        self.y = ys[-1] + LEADING
        self.right = max(self.right, xs[-1])

    def _line(self, cell: GridCell, xs: Sequence[float], ys: Sequence[float]) -> None:
        left, right = xs[cell.col - 1], xs[cell.col - 1 + cell.col_span]
        middle = (ys[cell.row - 1] + ys[cell.row]) / 2
        shown = one_line(cell.text)
        free = right - left - width_of(shown, cell.size)
        shift = {"left": PADDING, "centre": max(free / 2, 0.0), "right": max(free, 0.0)}[cell.align]
        self.write(shown, left + shift, middle, cell.size)

    def _table(self, grid: CellGrid, rows: range, edges: Sequence[float], ys: Sequence[float]) -> None:
        cols = printing_columns(grid, rows)
        own = kept(grid, rows, cols)
        count = len(rows)
        xs = [*(edges[col - 1] for col in cols), edges[cols[-1]]]
        heights = ys[rows.start - 1 : rows.stop]
        cells = tuple(_cell(cell, xs, heights, self.number, self.reader) for cell in _filled(own, count, len(cols)))
        box = Box(xs[0], heights[0], xs[-1], heights[-1])
        self.tables.append(PageTable(self.number, box, tuple(xs), count, cells, ruled=True))

    def untitled(self) -> bool:
        """Whether there is a table and no line above says what it is; its unit and department may stand there."""
        top = self.tables[0].box.y0 if self.tables else 0.0
        above = (line.text for line in self.lines if line.box.cy < top)
        return bool(self.tables) and not any(map(self.vocabulary.says_title, above))

    def finished(self) -> tuple[Page, PageLayout]:
        """The page and its layout; the page's words are those outside the tables."""
        lines = tuple(sorted(self.lines, key=lambda line: (line.box.cy, line.box.x0)))
        words = tuple(Word(line.text, line.box) for line in lines)
        page = Page(self.number, self.right + LEFT, self.y + TOP, words, (), self.reader)
        return page, PageLayout(self.number, tuple(self.tables), lines)


def laid_out(
    number: int, blocks: Iterable[Block], reader: Reader, vocabulary: Vocabulary, *, name: str = ""
) -> tuple[Page, PageLayout]:
    """A page of `blocks` from top to bottom; a sheet's `name` stands above it where nothing else says what it is."""
    filling = _Filling(number, reader, vocabulary)
    for block in blocks:
        if isinstance(block, Paragraph):
            filling.paragraph(block)
        else:
            filling.grid(block)
    if filling.untitled() and vocabulary.says_caption(name) and not _CONTINUED.search(name):
        filling.write(name, LEFT, TOP - 20, 10.5)
    return filling.finished()


def _edges(start: float, sizes: Iterable[float]) -> list[float]:
    return list(accumulate(sizes, initial=start))


def _filled(grid: CellGrid, rows: int, cols: int) -> Iterator[GridCell]:
    """All cells in reading order: blank ones stand where the source has none."""
    taken: set[tuple[int, int]] = set()
    cells: dict[tuple[int, int], GridCell] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.col)):
        if cell.row_span == cell.col_span == 1 and (cell.row, cell.col) not in taken:
            cells[cell.row, cell.col] = cell
            taken.add((cell.row, cell.col))
            continue
        places = {
            (r, c) for r in range(cell.row, cell.row + cell.row_span) for c in range(cell.col, cell.col + cell.col_span)
        }
        if not places & taken:
            cells[cell.row, cell.col] = cell
            taken |= places
        elif cell.text.strip():  # a text within a merged cell: it keeps its own place, the merged one what is left
            cells[cell.row, cell.col] = cell._replace(row_span=1, col_span=1)
            taken.add((cell.row, cell.col))
    for row in range(1, rows + 1):
        for col in range(1, cols + 1):
            if (row, col) in cells:
                yield cells[row, col]
            elif (row, col) not in taken:
                yield GridCell(row, col, "")


def _cell(cell: GridCell, xs: Sequence[float], ys: Sequence[float], page: int, reader: Reader) -> Cell:
    right, low = min(cell.col - 1 + cell.col_span, len(xs) - 1), min(cell.row - 1 + cell.row_span, len(ys) - 1)
    box = Box(xs[cell.col - 1], ys[cell.row - 1], xs[right], ys[low])
    return Cell(
        row=cell.row,
        col=cell.col,
        row_span=cell.row_span,
        col_span=cell.col_span,
        text=cell_text(cell.text),
        page=page,
        box=box,
        reader=reader,
        indent=indent_of(cell, box.width),
        place=cell.place or None,
    )


def _broken(text: str, size: float, width: float, first: float) -> Iterator[str]:
    """A text in lines no wider than `width`, the first of them by `first` narrower."""
    line, used = "", first
    for character in text:
        wide = width_of(character, size)
        if line and used + wide > width:
            yield line
            line, used = "", 0.0
        line += character
        used += wide
    if line:
        yield line
