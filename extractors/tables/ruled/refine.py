"""Ruled tables whose inner rules are not all drawn: columns and rows are parted by how their words stand.

Only figures give proof: two figures side by side in one cell show a column border that was not drawn, figures
stacked in one cell show row borders. Text alone wraps and proves nothing.
"""

import bisect
import itertools
from collections.abc import Iterable, Sequence

from extractors.tables.broken_figures import is_piece, usual_decimals
from extractors.tables.cells import Sheaf, sorted_into
from extractors.tables.lattice import Lattice
from extractors.tables.lines import Line, is_figure, lines_of
from extractors.tables.ruled.broken import Surroundings, are_rows, mended
from extractors.tables.ruled.spill import settled
from schemas.records import Word

COLUMN_GAP = 1.0
"""Figures of one line belong to two columns where the gap between them is wider than this many type sizes."""


def refined(lattice: Lattice, sheaf: Sheaf) -> tuple[Lattice, Sheaf]:
    """The lattice with the borders added that its figures prove, and the words sorted into it anew."""
    sheaf = _mended(lattice, settled(lattice, sheaf))
    words = [word for unit in sheaf.inside.values() for word in unit]
    new_xs = _column_borders(lattice, sheaf)
    if new_xs:
        lattice = with_columns(lattice, new_xs, words)
        sheaf = Sheaf(sorted_into(lattice, words).inside, sheaf.outside)
    new_ys = _row_borders(lattice, sheaf)
    if new_ys:
        lattice = with_rows(lattice, new_ys)
        sheaf = Sheaf(sorted_into(lattice, words).inside, sheaf.outside)
    return lattice, sheaf


def _mended(lattice: Lattice, sheaf: Sheaf) -> Sheaf:
    """The words of a table with figures that are broken over the lines of a cell put together."""
    crowded = [unit for unit, words in sheaf.inside.items() if any(is_piece(line) for line in lines_of(words)[1:])]
    if not crowded:
        return sheaf
    lines = {unit: lines_of(words) for unit, words in sheaf.inside.items()}
    usual = usual_decimals(lines.values())
    inside = dict(sheaf.inside)
    of_row: dict[int, list[tuple[int, Sequence[Line]]]] = {}
    for (row, col), stack in lines.items():
        of_row.setdefault(row, []).append((col, stack))
    for row, col in crowded:
        width = lattice.xs[col + 1] - lattice.xs[col]
        beside = [stack for other, stack in of_row[row] if other != col]
        whole = mended(lines[row, col], Surroundings(width, usual, beside))
        inside[row, col] = [word for line in whole for word in line]
    return Sheaf(inside, sheaf.outside)


def _column_borders(lattice: Lattice, sheaf: Sheaf) -> list[float]:
    """Where columns of figures stand side by side within one drawn column, the middles of the blank strips between."""
    borders: list[float] = []
    for col in range(lattice.shape[1]):
        units = [sheaf.inside.get((row, col), []) for row in range(lattice.shape[0])]
        if all(len(unit) < 2 for unit in units):
            continue
        lines = [line for unit in units for line in lines_of(unit)]
        crowded = [line for line in lines if _side_by_side(line)]
        if len(crowded) >= 2 or (crowded and len(lines) <= 3):
            borders.extend(_blank_strips([w for line in crowded for w in line]))
    return borders


def _side_by_side(line: Sequence[Word]) -> bool:
    if len(line) < 2:
        return False
    figures = [word for word in line if is_figure(word.text)]
    pairs = itertools.pairwise(figures)
    return any(right.box.x0 - left.box.x1 > COLUMN_GAP * left.box.height for left, right in pairs)


def _blank_strips(words: Iterable[Word]) -> list[float]:
    """The middles of the strips that no word stands in, between the first word and the last."""
    strips = []
    reach: float | None = None
    for word in sorted(words, key=lambda w: w.box.x0):
        if reach is not None and word.box.x0 > reach:
            strips.append((reach + word.box.x0) / 2)
        reach = max(reach or word.box.x1, word.box.x1)
    return strips


def with_columns(lattice: Lattice, xs: Iterable[float], words: Sequence[Word]) -> Lattice:
    """The lattice with further column borders; a word that runs over one keeps its row's cells together there."""
    for x in sorted(xs):
        at = bisect.bisect_right(lattice.xs, x)
        open_rows = [any(_runs_over(w, x, lattice.ys[i], lattice.ys[i + 1]) for w in words) for i in _rows(lattice)]
        walls = tuple((*row[:at], not open_rows[i], *row[at:]) for i, row in enumerate(lattice.walls))
        floors = tuple((*row[:at], row[at - 1], *row[at:]) for row in lattice.floors)
        lattice = Lattice((*lattice.xs[:at], x, *lattice.xs[at:]), lattice.ys, walls, floors)
    return lattice


def _rows(lattice: Lattice) -> range:
    return range(lattice.shape[0])


def _runs_over(word: Word, x: float, top: float, bottom: float) -> bool:
    return word.box.x0 < x < word.box.x1 and top <= word.box.cy <= bottom


def _row_borders(lattice: Lattice, sheaf: Sheaf) -> list[float]:
    """Within each drawn row whose figures are stacked, the middles between one line of figures and the next."""
    borders: list[float] = []
    widths = [right - left for left, right in itertools.pairwise(lattice.xs)]
    for row in _rows(lattice):
        units = [sheaf.inside.get((row, col), []) for col in range(lattice.shape[1])]
        if all(len(unit) < 2 for unit in units):
            continue
        figures = are_rows(list(zip(map(lines_of, units), widths, strict=True)))
        if figures:
            centres = _distinct([line[0].box.cy for stack in figures for line in stack], figures[0][0][0].box.height)
            borders.extend((a + b) / 2 for a, b in itertools.pairwise(centres))
    return borders


def _distinct(places: Iterable[float], size: float) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > size / 2:
            kept.append(place)
    return kept


def with_rows(lattice: Lattice, ys: Iterable[float]) -> Lattice:
    """The lattice with further row borders through all of its columns."""
    for y in sorted(ys):
        at = bisect.bisect_right(lattice.ys, y)
        floors = (*lattice.floors[:at], (True,) * lattice.shape[1], *lattice.floors[at:])
        walls = (*lattice.walls[:at], lattice.walls[at - 1], *lattice.walls[at:])
        lattice = Lattice(lattice.xs, (*lattice.ys[:at], y, *lattice.ys[at:]), walls, floors)
    return lattice
