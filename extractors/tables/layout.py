"""A page → its tables of cells and the lines of text around them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from extractors.tables.cells import Sheaf, cells_of, sorted_into, spans_of
from extractors.tables.chunks import TextRow, text_rows
from extractors.tables.lattice import Lattice, Line, lattices_of, lines_from
from extractors.tables.lines import is_figure, lines_of, text_line, text_of
from extractors.tables.ruled.frames import parted
from extractors.tables.ruled.refine import refined
from extractors.tables.unruled.alignment import Carried, aligned_tables, extended_down
from extractors.tables.unruled.blocks import Block, blocks_between, lines_below
from extractors.tables.unruled.body import Ruling
from extractors.tables.unruled.broken import whole_figures
from extractors.tables.unruled.header import Head, printed_again
from extractors.tables.unruled.line_kinds import tabular, telling
from extractors.tables.unruled.touching import parted_where_columns_touch
from extractors.tables.vocabulary import NO_WORDS, Vocabulary
from schemas.records import Box, Cell, Page, TextLine, Word

ROWS, AMOUNTS = 3, 2
"""A cell with so many lines, so many of them amounts, holds several rows."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """What one page shows of a table; `xs` are its grid lines from left to right, `heads` its headings if unruled."""

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: int
    cells: tuple[Cell, ...]
    ruled: bool
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page as tables and the lines of text outside them, both from top to bottom."""

    number: int
    tables: tuple[PageTable, ...]
    lines: tuple[TextLine, ...]


def layout_of(page: Page, before: PageLayout | None = None, vocabulary: Vocabulary = NO_WORDS) -> PageLayout:
    """The layout of a page; a page that needs OCR has none.

    `before` is the layout of the page before: a table without rules that goes on has the columns it had there.
    """
    whole_rules = lines_from(page.rules)
    ruled, outside = _ruled(page, *whole_rules)
    words = whole_figures(parted_where_columns_touch(outside))
    rows = text_rows(words)
    tables: list[PageTable] = []
    for at, (lattice, sheaf) in enumerate(ruled):
        body = lines_below(rows, lattice.box, _ceiling(ruled, at)) if _is_header(lattice, sheaf) else []
        if not body:
            tables.append(_table(lattice, sheaf, page, ruled=True))
            continue
        taken = set(map(id, body))
        rows = [row for row in rows if id(row) not in taken]
        grown = extended_down(lattice, body)
        filled = sorted_into(grown, [*_words(sheaf), *words])
        words = filled.outside
        tables.append(_table(grown, filled, page, ruled=False))
    boxes = [lattice.box for lattice, _ in ruled]
    carried = _carried(before)
    blocks = blocks_between(rows, boxes, vocabulary, goes_on=carried is not None, across=whole_rules[0])
    if carried and carried.heads:
        blocks = _headed_again(rows, boxes, vocabulary, carried, whole_rules[0]) or blocks
    first = min((box.y0 for box in boxes), default=float("inf"))
    carried = carried if blocks and blocks[0].box.y1 <= first else None
    for table in aligned_tables(blocks, Ruling(*whole_rules), carried):
        sheaf = table.sorted(words)
        words = sheaf.outside
        cells = cells_of(table.lattice, sheaf, page)
        tables.append(
            PageTable(page.number, table.lattice.box, table.xs, table.lattice.shape[0], cells, False, table.heads)
        )
    ordered = sorted(tables, key=lambda table: (table.box.y0, table.box.x0))
    return PageLayout(page.number, tuple(ordered), _text_lines(words, page.number))


def _ceiling(ruled: Sequence[tuple[Lattice, Sheaf]], at: int) -> float:
    """Where the next ruled table below one begins."""
    own = ruled[at][0].box
    return min((grid.box.y0 for grid, _ in ruled if grid.box.y0 >= own.y1 - 1), default=float("inf"))


def _is_header(lattice: Lattice, sheaf: Sheaf) -> bool:
    """Whether a ruled table can be the header of rows that are not: no amounts, and no blank rows of its own."""
    if any(telling(word.text) for word in _words(sheaf) if is_figure(word.text)):
        return False
    rows, cols = lattice.shape
    lowest = [cell for cell in spans_of(lattice) if cell[2] == rows - 1]
    printed = sum(
        right - left + 1
        for top, left, low, right in lowest
        if any((i, j) in sheaf.inside for i in range(top, low + 1) for j in range(left, right + 1))
    )
    return 2 * printed > cols


def _carried(before: PageLayout | None) -> Carried | None:
    """The columns of a table without rules that ends the page before and may go on."""
    if before is None or not before.tables or before.tables[-1].ruled:
        return None
    return Carried(before.tables[-1].xs, before.tables[-1].heads)


def _headed_again(
    rows: Sequence[TextRow], boxes: Sequence[Box], vocabulary: Vocabulary, carried: Carried, across: Sequence[Line]
) -> list[Block] | None:
    """The blocks of a page that begins with the headings of the page before, known or not; None where it does not."""
    words = {word.text for row in rows for chunk in row for word in chunk.words}
    if not all(_begins_with(head.heading.text, words) for head in carried.heads):
        return None
    known = vocabulary.with_headings(head.heading.text for head in carried.heads)
    blocks = blocks_between(rows, boxes, known, goes_on=True, across=across)
    return blocks if blocks and printed_again(carried.heads, blocks[0].head) is not None else None


def _begins_with(text: str, words: Set[str]) -> bool:
    """Whether a text begins with one of some words."""
    return any(text[:end] in words for end in range(1, len(text) + 1))


def _ruled(
    page: Page, across: Sequence[Line], down: Sequence[Line]
) -> tuple[list[tuple[Lattice, Sheaf]], tuple[Word, ...]]:
    """The ruled tables of a page with their words, and the words outside them."""
    words = page.words
    found: list[tuple[Lattice, Sheaf]] = []
    for lattice in sorted(lattices_of(across, down), key=lambda grid: grid.box.height):
        if any(_encloses(lattice, inner) for inner, _ in found):
            continue
        sheaf = sorted_into(lattice, words)
        if _columns_alone(lattice, sheaf) or _frame_alone(lattice, sheaf):
            continue
        grid, sheaf = refined(lattice, sheaf)
        if sheaf.inside:
            found.extend(parted(grid, sheaf))
            words = sheaf.outside
    return found, words


def _columns_alone(lattice: Lattice, sheaf: Sheaf) -> bool:
    """Whether a frame parts columns and no rows: its cells hold amounts of several rows and texts above."""
    if lattice.shape[0] > 1 or lattice.shape[1] < 2:
        return False
    stacks = [[text_of(line) for line in lines_of(words)] for words in sheaf.inside.values()]
    return any(
        len(stack) >= ROWS and sum(is_figure(text) and telling(text) for text in stack) >= AMOUNTS for stack in stacks
    )


def _frame_alone(lattice: Lattice, sheaf: Sheaf) -> bool:
    """Whether a frame holds a whole table that has no rules of its own, below a title that it parts off or not."""
    if lattice.shape[1] > 1:
        return False
    return any(sum(map(tabular, text_rows(words))) >= ROWS for words in sheaf.inside.values())


def _words(sheaf: Sheaf) -> list[Word]:
    return [word for unit in sheaf.inside.values() for word in unit]


def _encloses(lattice: Lattice, inner: Lattice) -> bool:
    """A frame of a few cells round a table already found is a border of the page, not a table."""
    return lattice.box.contains(inner.box.cx, inner.box.cy)


def _table(lattice: Lattice, sheaf: Sheaf, page: Page, *, ruled: bool) -> PageTable:
    return PageTable(page.number, lattice.box, lattice.xs, lattice.shape[0], cells_of(lattice, sheaf, page), ruled)


def _text_lines(words: tuple[Word, ...], page: int) -> tuple[TextLine, ...]:
    return tuple(text_line(line, page) for line in lines_of(words))
