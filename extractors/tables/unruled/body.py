"""The lines below an unruled header → rows of a lattice over known columns."""

import bisect
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.tables.chunks import SIGN, Chunk, TextRow, box_of
from extractors.tables.lattice import SAME_LINE, Lattice, Line, Sides, covered
from extractors.tables.unruled.pitched import pitched_rows
from extractors.tables.unruled.rows import group_spans, row_borders, rows_of
from schemas.records import Box, Word

ALONG = 0.6
"""A rule across belongs to a table where it runs along this share of it."""
SOME = 0.25
"""A rule that runs down beside this share of the rows is a border of columns: totals stand over several."""
NEARLY_ALL = 0.7
"""Rules across are those of the rows where there is one for so large a share of the rows."""
CENTRED = 0.06
"""How far a total's label may lie from the middle of the columns it stands over, as a share of their width."""
OUTSIDE = 20.0
"""A rule further outside a table is another's (points)."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The whole rules of a page that belong to no ruled table."""

    across: Sequence[Line]
    down: Sequence[Line]
    """Both sorted by their place, as `lines_from` gives them."""

    def columns(self, box: Box, body: Box) -> tuple[float, ...]:
        """The borders of a table's columns that rules run down along beside its rows, or none."""
        near = [line for line in self.down if box.x0 - OUTSIDE <= line.at <= box.x1 + OUTSIDE]
        places: dict[float, float] = {}
        for line in sorted(near, key=lambda line: line.at):
            at = next((at for at in places if line.at - at <= SAME_LINE), line.at)
            places[at] = places.get(at, 0.0) + max(_shared(line, body.y0, body.y1), 0.0)
        return _bordered([at for at, share in places.items() if share >= SOME], box.x0, box.x1)

    def rows(self, rows: Sequence[Box]) -> tuple[float, ...]:
        """The borders of rows that rules run across between, or none where there are none between most of them."""
        box = Box.around(rows)
        places = sorted(line.at for line in self.across if _shared(line, box.x0, box.x1) >= ALONG)
        between = [at for at in places if rows[0].cy < at < rows[-1].cy]
        parted = sum(any(above.cy < at < low.cy for at in between) for above, low in itertools.pairwise(rows))
        if parted < max(1, NEARLY_ALL * (len(rows) - 1)):
            return ()
        top = max((at for at in places if box.y0 - OUTSIDE <= at <= rows[0].cy), default=box.y0 - 1)
        low = min((at for at in places if rows[-1].cy <= at <= box.y1 + OUTSIDE), default=box.y1 + 1)
        return (top, *between, low)


def _shared(line: Line, low: float, high: float) -> float:
    return (min(line.high, high) - max(line.low, low)) / (high - low)


def _bordered(places: Sequence[float], first: float, last: float) -> tuple[float, ...]:
    """The places of rules, those of outer borders added where they were not drawn; a frame alone borders no columns."""
    if not any(first + 1 < at < last - 1 for at in places) or len(places) < 2:
        return ()
    start = () if places[0] <= first + 1 else (first - 1,)
    end = () if places[-1] >= last - 1 else (last + 1,)
    return (*start, *places, *end)


@dataclass(frozen=True, slots=True)
class Body:
    """The lattice of some rows, and the rows of those words that do not stand where their row is."""

    lattice: Lattice
    rows: dict[Word, int]


def body_rows(lines: Sequence[TextRow], xs: Sequence[float], groups: Sequence[int], ruling: Ruling) -> Body:
    """The rows of some lines over columns with the borders `xs`, of which `groups` hold labels of several rows."""
    rows, aside = _without_groups(lines, xs, groups)
    lined = rows_of(rows)
    ruled = ruling.rows([box_of(row) for row in lined])
    pitched = None if ruled else pitched_rows(rows, xs)
    ys = ruled or (pitched.borders if pitched else row_borders(lined))
    own_rows = pitched.rows if pitched else {}
    walls = _walls(lines, xs, ys, ruling.down, own_rows)
    floors = _drawn_floors(xs, ys, ruling.across) if ruled else _floors(xs, ys, aside)
    return Body(Lattice(tuple(xs), ys, walls, floors), own_rows)


def _without_groups(
    lines: Sequence[TextRow], xs: Sequence[float], groups: Sequence[int]
) -> tuple[list[TextRow], dict[int, list[Chunk]]]:
    """The lines without the texts in columns of groups, and those texts by column."""
    aside: dict[int, list[Chunk]] = {}
    kept: list[TextRow] = []
    for line in lines:
        places = [(_column(chunk, xs), chunk) for chunk in line]
        for col, chunk in places:
            if col is not None and col in groups:
                aside.setdefault(col, []).append(chunk)
        rest = [chunk for col, chunk in places if col not in groups]
        if rest:
            kept.append(rest)
    return kept, aside


def _column(chunk: Chunk, xs: Sequence[float]) -> int | None:
    """The column that a chunk stands in, or None where it stands in several."""
    left, right = bisect.bisect(xs, chunk.box.x0), bisect.bisect(xs, chunk.box.x1)
    return left - 1 if left == right else None


def _floors(xs: Sequence[float], ys: Sequence[float], aside: dict[int, list[Chunk]]) -> Sides:
    """All rows parted in all columns but between the rows of one group."""
    centres = [(top + low) / 2 for top, low in itertools.pairwise(ys)]
    floors = [[True] * (len(xs) - 1) for _ in ys]
    for col, labels in aside.items():
        for first, last in group_spans([chunk.box.cy for chunk in labels], centres):
            for row in range(first + 1, last + 1):
                floors[row][col] = False
    return tuple(map(tuple, floors))


def _drawn_floors(xs: Sequence[float], ys: Sequence[float], across: Sequence[Line]) -> Sides:
    """Rows parted where rules across are drawn."""
    return tuple(covered(across, y, xs, border=y in (ys[0], ys[-1])) for y in ys)


def _walls(
    lines: Sequence[TextRow], xs: Sequence[float], ys: Sequence[float], down: Sequence[Line], own_rows: dict[Word, int]
) -> Sides:
    """Columns parted where rules run down, and where there are none by the words that run over a border."""
    rows: list[list[Chunk]] = [[] for _ in ys[1:]]
    for part in (part for line in lines for chunk in line for part in _cut(chunk, xs)):
        at = own_rows.get(part.words[0], bisect.bisect(ys, part.box.cy) - 1)
        rows[min(max(at, 0), len(rows) - 1)].append(part)
    figures = _figure_columns(lines, xs)
    drawn = [_drawn_wall(x, ys, down, border=x in (xs[0], xs[-1])) for x in xs]
    return tuple(
        tuple(bool(wall[at]) if wall else parted for wall, parted in zip(drawn, _parted(row, xs, figures), strict=True))
        for at, row in enumerate(rows)
    )


def _drawn_wall(x: float, ys: Sequence[float], down: Sequence[Line], *, border: bool) -> tuple[bool, ...]:
    """For each row whether a rule at `x` parts it; nothing where no rule runs there."""
    stands = border or any(abs(line.at - x) <= SAME_LINE and _shared(line, ys[0], ys[-1]) > 0 for line in down)
    return covered(down, x, ys, border=border) if stands else ()


def _figure_columns(lines: Sequence[TextRow], xs: Sequence[float]) -> set[int]:
    """The columns that hold more figures than other texts."""
    count: Counter[int | None] = Counter()
    for line in lines:
        for chunk in line:
            count[_column(chunk, xs)] += 1 if chunk.is_figure else -1
    return {col for col, surplus in count.items() if col is not None and surplus > 0}


def _parted(row: Sequence[Chunk], xs: Sequence[float], figures: set[int]) -> list[bool]:
    """Which borders part a row: those that no text reaches over, one at least between any two texts."""
    spans = [_span(part, row, xs, figures) for part in row]
    walls = [not any(low + 1 < x < high - 1 for low, high in spans) for x in xs]
    ordered = sorted(row, key=lambda part: part.box.x0)
    for left, right in itertools.pairwise(ordered):
        between = [k for k, x in enumerate(xs) if left.box.x1 - 1 <= x <= right.box.x0 + 1]
        if between and not any(walls[k] for k in between):
            for k in between:
                walls[k] = True
    return walls


def _span(part: Chunk, row: Sequence[Chunk], xs: Sequence[float], figures: set[int]) -> tuple[float, float]:
    """How far a text reaches: a label in columns of figures is a total's, centred over several blank ones."""
    column = _column(part, xs)
    if part.is_figure or SIGN.fullmatch(part.text) or (column is not None and column not in figures):
        return part.box.x0, part.box.x1
    floor = max((other.box.x1 for other in row if other.box.x1 <= part.box.x0), default=float("-inf"))
    ceiling = min((other.box.x0 for other in row if other.box.x0 >= part.box.x1), default=float("inf"))
    lows = [x for x in xs if floor < x <= part.box.x0 + 1]
    highs = [x for x in xs if part.box.x1 - 1 <= x < ceiling]
    fits = [(a, b) for a in lows for b in highs if abs((a + b) / 2 - part.box.cx) <= CENTRED * (b - a)]
    return max(fits, key=lambda span: span[1] - span[0], default=(part.box.x0, part.box.x1))


def _cut(chunk: Chunk, xs: Sequence[float]) -> list[Chunk]:
    """A chunk cut between words that stand in different columns: texts printed close side by side."""
    groups: dict[int, list[Word]] = {}
    for word in chunk.words:
        groups.setdefault(bisect.bisect(xs, word.box.cx), []).append(word)
    return [Chunk.of(group) for group in groups.values()]
