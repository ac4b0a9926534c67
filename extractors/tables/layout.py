"""A page → its tables of cells and the lines of text around them."""

from dataclasses import dataclass

from extractors.tables.alignment import aligned_lattices
from extractors.tables.cells import Sheaf, cells_of, sorted_into
from extractors.tables.lattice import Lattice, lattices
from extractors.tables.lines import lines_of, text_line
from extractors.tables.refine import refined
from schemas.records import Box, Cell, Page, TextLine, Word


@dataclass(frozen=True, slots=True)
class PageTable:
    """What one page shows of a table; `xs` are its grid lines from left to right."""

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: int
    cells: tuple[Cell, ...]
    ruled: bool


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page as tables and the lines of text outside them, both from top to bottom."""

    number: int
    tables: tuple[PageTable, ...]
    lines: tuple[TextLine, ...]


def layout_of(page: Page) -> PageLayout:
    """The layout of a page; a page that needs OCR has none."""
    tables: list[PageTable] = []
    words = page.words
    for lattice in lattices(page.rules):
        if _encloses(lattice, tables):
            continue
        grid, sheaf = refined(lattice, sorted_into(lattice, words))
        if not sheaf.inside:
            continue
        tables.append(_table(grid, sheaf, page, ruled=True))
        words = sheaf.outside
    for lattice in aligned_lattices(words, page.rules):
        sheaf = sorted_into(lattice, words)
        tables.append(_table(lattice, sheaf, page, ruled=False))
        words = sheaf.outside
    ordered = sorted(tables, key=lambda table: (table.box.y0, table.box.x0))
    return PageLayout(page.number, tuple(ordered), _text_lines(words, page.number))


def _encloses(lattice: Lattice, tables: list[PageTable]) -> bool:
    """A frame of a few cells round tables already found is a border of the page, not a table."""
    return any(lattice.box.contains(t.box.cx, t.box.cy) and lattice.box.height > t.box.height for t in tables)


def _table(lattice: Lattice, sheaf: Sheaf, page: Page, *, ruled: bool) -> PageTable:
    return PageTable(page.number, lattice.box, lattice.xs, lattice.shape[0], cells_of(lattice, sheaf, page), ruled)


def _text_lines(words: tuple[Word, ...], page: int) -> tuple[TextLine, ...]:
    return tuple(text_line(line, page) for line in lines_of(words))
