"""Rows that keep their height whatever they print: a label that wraps stands over its neighbours.

Its lines stand evenly round the middle of its row, at one distance from one another, and off the middles of all rows;
figures and labels of one line stand on them.
"""

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.tables.chunks import TextRow
from schemas.records import Word

ON_ROW = 0.12
"""A text stands on a row where it is no further from its middle than this share of the rows' distance."""
SAME_BASELINE = 0.1
"""Words whose middles differ by no more than this share of their height are one line of a label."""
LEADING = (0.9, 2.0)
"""The lines of a label stand so many heights apart, at least and at most."""


@dataclass(frozen=True, slots=True)
class Pitched:
    """Rows of one height: their borders, and the row of each word."""

    borders: tuple[float, ...]
    rows: dict[Word, int]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows at one distance; `first` is the middle of one of them."""

    first: float
    pitch: float

    def row(self, level: float) -> int:
        """The row nearest to a height, counted from the first."""
        return round((level - self.first) / self.pitch)

    def holds(self, level: float) -> bool:
        """Whether a height is the middle of a row."""
        return abs(level - self.first - self.row(level) * self.pitch) <= ON_ROW * self.pitch


_Piece = tuple[Word, ...]
"""The words of one line of a cell."""


def pitched_rows(lines: Sequence[TextRow], xs: Sequence[float]) -> Pitched | None:
    """The rows of lines some of whose labels are taller than their rows, over columns with the borders `xs`.

    None where no label is, or where some line belongs to none.
    """
    words = [word for line in lines for chunk in line for word in chunk.words]
    height = median(word.box.height for word in words)
    grid = _grid([chunk.box.cy for line in lines for chunk in line if chunk.is_figure], height)
    if grid is None:
        return None
    columns = _pieces(words, xs)
    aside = [[piece for piece in pieces if not grid.holds(_level(piece))] for pieces in columns]
    pairs = _paired(aside, grid, height)
    if not pairs or 2 * len(pairs) < sum(map(len, aside)):
        return None
    rows = {word: grid.row(_level(piece)) for pieces in columns for piece in pieces for word in piece}
    rows |= {word: row for above, low, row in pairs for word in (*above, *low)}
    used = sorted(set(rows.values()))
    middles = [grid.first + row * grid.pitch for row in used]
    inner = [(above + low) / 2 for above, low in itertools.pairwise(middles)]
    borders = (middles[0] - grid.pitch / 2, *inner, middles[-1] + grid.pitch / 2)
    return Pitched(borders, {word: used.index(row) for word, row in rows.items()})


def _level(piece: _Piece) -> float:
    return piece[0].box.cy


def _grid(figures: Sequence[float], height: float) -> _Grid | None:
    """The rows at one distance on which all figures stand, or None where they stand on none."""
    levels: list[float] = []
    for figure in sorted(figures):
        if not levels or figure - levels[-1] > height / 2:
            levels.append(figure)
    gaps = [low - above for above, low in itertools.pairwise(levels)]
    for parts in (1, 2, 3):
        least = min(gaps, default=0.0) / parts
        if least < height:
            return None
        grid = _Grid(levels[0], sum(gaps) / sum(round(gap / least) for gap in gaps))
        if all(map(grid.holds, levels)):
            return grid
    return None


def _pieces(words: Sequence[Word], xs: Sequence[float]) -> list[list[_Piece]]:
    """The lines of each column's cells, from top to bottom."""
    columns: dict[int, list[Word]] = {}
    for word in words:
        columns.setdefault(bisect.bisect(xs, word.box.cx), []).append(word)
    return [_lines(column) for column in columns.values()]


def _lines(words: Sequence[Word]) -> list[_Piece]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.cy):
        if lines and word.box.cy - lines[-1][0].box.cy <= SAME_BASELINE * word.box.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [tuple(line) for line in lines]


def _paired(columns: Sequence[Sequence[_Piece]], grid: _Grid, height: float) -> list[tuple[_Piece, _Piece, int]]:
    """Lines that stand evenly round the middle of a row, with the row: at the distance that pairs most of them."""
    gaps = [
        _level(low) - _level(above)
        for pieces in columns
        for at, above in enumerate(pieces)
        for low in pieces[at + 1 : at + 4]
    ]
    possible = [gap for gap in gaps if LEADING[0] * height <= gap <= LEADING[1] * height]
    tries = [[pair for pieces in columns for pair in _at_distance(pieces, gap, grid)] for gap in sorted(set(possible))]
    return max(tries, key=len, default=[])


def _at_distance(pieces: Sequence[_Piece], gap: float, grid: _Grid) -> list[tuple[_Piece, _Piece, int]]:
    """The pairs of a column's lines that stand at one distance, or twice that with a line on the row between."""
    rest = list(pieces)
    pairs = []
    while rest:
        above = rest.pop(0)
        for low in rest:
            apart = _level(low) - _level(above)
            middle = (_level(above) + _level(low)) / 2
            even = any(abs(apart - times * gap) <= ON_ROW * gap for times in (1, 2))
            if even and grid.holds(middle):
                rest.remove(low)
                pairs.append((above, low, grid.row(middle)))
                break
    return pairs
