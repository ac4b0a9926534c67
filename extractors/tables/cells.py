"""A lattice and the words within it → the cells of a table, spans included."""

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from extractors.tables.lattice import Lattice
from extractors.tables.lines import lines_of, text_of_lines
from schemas.records import Box, Cell, Page, Word

Unit = tuple[int, int]
LATTICES_KEPT = 16
"""The cells of a lattice are asked for several times while its page is laid out."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The words that fall into each unit cell of a lattice, and those that stand outside it."""

    inside: dict[Unit, list[Word]]
    outside: tuple[Word, ...]


def sorted_into(lattice: Lattice, words: Iterable[Word]) -> Sheaf:
    """Each word goes where its middle lies."""
    inside: dict[Unit, list[Word]] = {}
    outside: list[Word] = []
    xs, ys = lattice.xs, lattice.ys
    last_row, last_col = len(ys) - 2, len(xs) - 2
    for word in words:
        x0, y0, x1, y1 = word.box
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]:
            row, col = bisect.bisect_right(ys, y) - 1, bisect.bisect_right(xs, x) - 1
            inside.setdefault((min(row, last_row), min(col, last_col)), []).append(word)
        else:
            outside.append(word)
    return Sheaf(inside, tuple(outside))


def cells_of(lattice: Lattice, sheaf: Sheaf, page: Page) -> tuple[Cell, ...]:
    """All cells of a lattice in reading order, blank ones too; rows and columns count from 1."""
    cells = []
    for top, left, bottom, right in spans_of(lattice):
        units = [(i, j) for i in range(top, bottom + 1) for j in range(left, right + 1)]
        words = [word for unit in units for word in sheaf.inside.get(unit, ())]
        lines = lines_of(words)
        box = Box(lattice.xs[left], lattice.ys[top], lattice.xs[right + 1], lattice.ys[bottom + 1])
        confidence = min((word.confidence for word in words), default=1.0)
        cells.append(
            Cell(
                row=top + 1,
                col=left + 1,
                row_span=bottom - top + 1,
                col_span=right - left + 1,
                text=text_of_lines(lines),
                page=page.number,
                box=box,
                reader=page.reader,
                confidence=confidence,
                indent=min([word.box.x0 for word in lines[0]]) - box.x0 if lines else 0.0,
            )
        )
    return tuple(cells)


@lru_cache(maxsize=LATTICES_KEPT)
def spans_of(lattice: Lattice) -> tuple[tuple[int, int, int, int], ...]:
    """(top, left, bottom, right) of each cell in unit cells, all inclusive, in reading order.

    Unit cells without a drawn side between them belong to one cell. Where such a region is no rectangle (a side was
    lost on the way), it is cut into the widest rectangles row by row, which keeps columns apart.
    """
    rows, cols = lattice.shape
    taken: set[Unit] = set()
    spans = []
    for i in range(rows):
        for j in range(cols):
            if (i, j) in taken:
                continue
            right = _right_end(lattice, i, j, taken)
            bottom = _lower_end(lattice, i, j, right)
            taken.update((a, b) for a in range(i, bottom + 1) for b in range(j, right + 1))
            spans.append((i, j, bottom, right))
    return tuple(spans)


def _right_end(lattice: Lattice, row: int, col: int, taken: set[Unit]) -> int:
    end = col
    walls = lattice.walls[row]
    while end + 2 < len(walls) and not walls[end + 1] and (row, end + 1) not in taken:
        end += 1
    return end


def _lower_end(lattice: Lattice, row: int, left: int, right: int) -> int:
    """The last row down to which the run of unit cells goes on unparted, as wide as it is."""
    end = row
    while end + 1 < len(lattice.walls) and _goes_on(lattice, end + 1, left, right):
        end += 1
    return end


def _goes_on(lattice: Lattice, row: int, left: int, right: int) -> bool:
    if any(lattice.floors[row][left : right + 1]):
        return False
    walls = lattice.walls[row]
    return not any(walls[left + 1 : right + 1]) and walls[left] and walls[right + 1]
