"""Rules → crossings → lattices: the grid lines of each ruled table of a page, and which sides of its cells are drawn.

Nothing here knows words or budgets. A broken, doubled or piecewise rule becomes one `Line`; lines that meet make a
`Lattice`; a side of a unit cell counts as drawn where lines cover most of it.
"""

import bisect
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from schemas.records import Box, Rule

SAME_LINE = 2.5
"""Pieces whose positions differ by no more than this are one line: double rules, sides drawn twice (points)."""
LARGEST_BREAK = 5.0
"""A gap no longer than this is a break in a line, not its end (points)."""
REACH = 3.0
"""Lines that miss one another by no more than this still meet (points)."""
MOSTLY = 0.6
"""A side is drawn where lines cover this share of it."""
AT_ONE_PLACE = 4
"""Of whole lines at one place, which follow one another, no more than this reach the same height."""
OVERHANG = 8.0
"""Lines that stand out further than this beyond the last line across show an outer border left undrawn (points)."""

Sides = tuple[tuple[bool, ...], ...]


class Line(NamedTuple):
    """A whole line: `at` is its place across its direction, `low` to `high` its reach along it (points)."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """The grid of one table.

    `xs` and `ys` are the grid lines, ascending; there are `len(ys) - 1` by `len(xs) - 1` unit cells. `walls[i][j]`
    says whether the left side of unit cell (i, j) is drawn (j up to the right border), `floors[i][j]` its upper side
    (i up to the lower border).
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    walls: Sides
    floors: Sides

    @property
    def box(self) -> Box:
        """The outer border."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of unit cells."""
        return len(self.ys) - 1, len(self.xs) - 1


def lattices_of(across: Sequence[Line], down: Sequence[Line]) -> list[Lattice]:
    """The ruled tables that the whole lines of a page make, as `lines_from` gives them, from top to bottom.

    Frames without any inner line are left out.
    """
    grids = [_lattice(*group) for group in _components(across, down)]
    found = [grid for grid in grids if grid is not None and grid.shape != (1, 1)]
    return sorted(found, key=lambda grid: (grid.box.y0, grid.box.x0))


def lines_from(rules: Iterable[Rule]) -> tuple[list[Line], list[Line]]:
    """Horizontal and vertical lines, each put together from all its pieces."""
    across: list[Line] = []
    down: list[Line] = []
    for x0, y0, x1, y1 in rules:
        if y0 == y1:
            across.append(Line(y0, x0, x1))
        else:
            down.append(Line(x0, y0, y1))
    return _whole(across), _whole(down)


def _whole(pieces: Iterable[Line]) -> list[Line]:
    return [line for group in _groups(pieces) for line in _mended(group)]


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    """Runs of lines each of which is at one place with the run's first."""
    groups: list[list[Line]] = []
    end = float("-inf")
    for line in sorted(lines, key=_place):
        if line[0] - end <= SAME_LINE:
            groups[-1].append(line)
        else:
            groups.append([line])
            end = line[0]
    return groups


def _mended(pieces: Iterable[Line]) -> list[Line]:
    """The pieces of about one position, those that follow one another closely put together."""
    whole: list[list[Line]] = []
    reach = float("-inf")
    for piece in sorted(pieces, key=_low):
        _, low, high = piece
        if low - reach <= LARGEST_BREAK:
            whole[-1].append(piece)
            reach = max(reach, high)
        else:
            whole.append([piece])
            reach = high
    return [Line(_mean_place(run), run[0].low, max([p.high for p in run])) for run in whole]


def _mean_place(pieces: Sequence[Line]) -> float:
    """Where most of the ink lies."""
    weight = sum([high - low for _, low, high in pieces])
    return sum([at * (high - low) for at, low, high in pieces]) / weight if weight else pieces[0].at


def _components(across: Sequence[Line], down: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Groups of lines that hang together by crossings; a line that meets no other is in none."""
    columns = _columns(down)
    lines = [*across, *itertools.chain.from_iterable(columns)]
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    places = {id(line): at for at, line in enumerate(lines)}
    for own, line in enumerate(across):
        for other in _met_by(line, columns):
            parent[root(places[id(other)])] = root(own)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(root(index), ([], []))[index >= len(across)].append(line)
    alone = [across_alone[0] for across_alone, upright in groups.values() if across_alone and not upright]
    return [(_with_top_row(*group, alone), group[1]) for group in groups.values() if group[0] and group[1]]


def _with_top_row(across: list[Line], down: Sequence[Line], alone: Sequence[Line]) -> list[Line]:
    """The lines across of a table that is open at its sides, with one above that closes a heading over all columns.

    No line down meets it: it reaches as far as the table does, no further from it than its tallest row is high.
    """
    first = min(across, key=_place)
    open_at_sides = min(down, key=_place).at - first.low > OVERHANG and first.high - max(down, key=_place).at > OVERHANG
    rows = [below - above for above, below in itertools.pairwise(_places(across))]
    if not open_at_sides or not rows:
        return across
    alike = [line for line in alone if abs(line.low - first.low) <= REACH and abs(line.high - first.high) <= REACH]
    return [*[line for line in alike if 0 < first.at - line.at <= max(rows)][-1:], *across]


def _columns(down: Sequence[Line]) -> list[list[Line]]:
    """Lines down by their place, those of one place from top to bottom."""
    return [sorted(group, key=_low) for group in _groups(down)]


def _met_by(across: Line, columns: Sequence[Sequence[Line]]) -> Iterable[Line]:
    """The lines down that a line across meets: of each place the few next to it are looked at."""
    first = bisect.bisect_left(columns, across.low - REACH - SAME_LINE, key=lambda column: column[0].at)
    for column in itertools.takewhile(lambda column: column[0].at <= across.high + REACH, columns[first:]):
        end = bisect.bisect_right(column, across.at + REACH, key=_low)
        yield from (line for line in column[max(end - AT_ONE_PLACE, 0) : end] if _meet(across, line))


_place = itemgetter(0)
_low = itemgetter(1)
"""Where a line is, and where it begins."""


def _meet(across: Line, down: Line) -> bool:
    return across.low - REACH <= down.at <= across.high + REACH and down.low - REACH <= across.at <= down.high + REACH


def _lattice(across: Sequence[Line], down: Sequence[Line]) -> Lattice | None:
    xs = _with_borders(_places(down), across)
    ys = _with_borders(_places(across), down)
    if len(xs) < 2 or len(ys) < 2:
        return None
    across, down = sorted(across, key=_place), sorted(down, key=_place)
    walls = tuple(zip(*[covered(down, x, ys, border=x in (xs[0], xs[-1])) for x in xs], strict=True))
    floors = tuple(covered(across, y, xs, border=y in (ys[0], ys[-1])) for y in ys)
    return Lattice(xs, ys, walls, floors)


def _places(lines: Sequence[Line]) -> tuple[float, ...]:
    return tuple(_mean_place(group) for group in _groups(lines))


def _with_borders(places: tuple[float, ...], crossing: Sequence[Line]) -> tuple[float, ...]:
    """Grid lines, with an outer border added where the crossing lines show one that was not drawn."""
    low, high = min(line.low for line in crossing), max(line.high for line in crossing)
    first = (low,) if places[0] - low > OVERHANG else ()
    last = (high,) if high - places[-1] > OVERHANG else ()
    return (*first, *places, *last)


def covered(lines: Sequence[Line], at: float, stops: Sequence[float], *, border: bool) -> tuple[bool, ...]:
    """For each stretch between two stops whether lines at `at` cover most of it; a border closes everything.

    `lines` are sorted by their place.
    """
    if border:
        return (True,) * (len(stops) - 1)
    first = bisect.bisect_left(lines, at - SAME_LINE, key=_place)
    near = lines[first : bisect.bisect_right(lines, at + SAME_LINE, key=_place)]
    return tuple(
        sum(max(0.0, min(line.high, high) - max(line.low, low)) for line in near) >= MOSTLY * (high - low)
        for low, high in itertools.pairwise(stops)
    )
