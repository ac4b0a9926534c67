"""The lines below an unruled header → rows of a lattice over known columns."""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.tables.chunks import Chunk, TextRow, box_of
from extractors.tables.lattice import Lattice, Line, Sides, covered
from extractors.tables.rows import group_spans, row_borders, rows_of
from schemas.records import Box, Word

ALONG = 0.6
"""A rule belongs to a table where it runs along this share of it."""
NEARLY_ALL = 0.7
"""Rules across are those of the rows where there is one for so large a share of the rows."""
OUTSIDE = 20.0
"""A rule further outside a table is another's (points)."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The whole rules of a page that belong to no ruled table."""

    across: Sequence[Line]
    down: Sequence[Line]

    def columns(self, box: Box) -> tuple[float, ...]:
        """The borders of the columns that rules run down along, or none."""
        low, high = box.y0, box.y1
        return _bordered([ln.at for ln in self.down if _shared(ln, low, high) >= ALONG], box.x0, box.x1)

    def rows(self, box: Box, count: int) -> tuple[float, ...]:
        """The borders of about `count` rows that rules run across along, or none."""
        places = [ln.at for ln in self.across if _shared(ln, box.x0, box.x1) >= ALONG]
        borders = _bordered(places, box.y0, box.y1)
        return borders if len(borders) >= max(3, NEARLY_ALL * count) else ()


def _shared(line: Line, low: float, high: float) -> float:
    return (min(line.high, high) - max(line.low, low)) / (high - low)


def _bordered(places: Iterable[float], first: float, last: float) -> tuple[float, ...]:
    """The places of rules, those of outer borders added where they were not drawn."""
    near = sorted(at for at in places if first - OUTSIDE <= at <= last + OUTSIDE)
    if len(near) < 2:
        return ()
    start = () if near[0] <= first + 1 else (first - 1,)
    end = () if near[-1] >= last - 1 else (last + 1,)
    return (*start, *near, *end)


def body_rows(lines: Sequence[TextRow], xs: Sequence[float], groups: Sequence[int], ruling: Ruling) -> Lattice:
    """The rows of some lines over columns with the borders `xs`, of which `groups` hold labels of several rows."""
    rows, aside = _without_groups(lines, xs, groups)
    lined = rows_of(rows)
    ruled = ruling.rows(box_of(lines), len(lined))
    ys = ruled or row_borders(lined)
    walls = _walls(lines, xs, ys, ruling.down)
    if ruled:
        return Lattice(tuple(xs), ys, walls, _drawn_floors(xs, ys, ruling.across))
    return Lattice(tuple(xs), ys, walls, _floors(xs, ys, aside))


def _without_groups(
    lines: Sequence[TextRow], xs: Sequence[float], groups: Sequence[int]
) -> tuple[list[TextRow], dict[int, list[Chunk]]]:
    """The lines without the texts in columns of groups, and those texts by column."""
    aside: dict[int, list[Chunk]] = {}
    kept: list[TextRow] = []
    for line in lines:
        places = [(_column(chunk, xs), chunk) for chunk in line]
        for col, chunk in places:
            if col in groups:
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
    centres = [(top + low) / 2 for top, low in zip(ys, ys[1:], strict=False)]
    floors = [[True] * (len(xs) - 1) for _ in ys]
    for col, labels in aside.items():
        for first, last in group_spans([chunk.box.cy for chunk in labels], centres):
            for row in range(first + 1, last + 1):
                floors[row][col] = False
    return tuple(map(tuple, floors))


def _drawn_floors(xs: Sequence[float], ys: Sequence[float], across: Sequence[Line]) -> Sides:
    """Rows parted where rules across are drawn."""
    return tuple(covered(across, y, xs, border=y in (ys[0], ys[-1])) for y in ys)


def _walls(lines: Sequence[TextRow], xs: Sequence[float], ys: Sequence[float], down: Sequence[Line]) -> Sides:
    """Columns parted where rules run down, and where there are none by the words that run over a border."""
    parts = [part for line in lines for chunk in line for part in _cut(chunk, xs)]
    rows = [[part for part in parts if top <= part.box.cy <= low] for top, low in zip(ys, ys[1:], strict=False)]
    drawn = [_drawn_wall(x, ys, down, border=x in (xs[0], xs[-1])) for x in xs]
    return tuple(
        tuple(bool(wall[at]) if wall else parted for wall, parted in zip(drawn, _parted(row, xs), strict=True))
        for at, row in enumerate(rows)
    )


def _drawn_wall(x: float, ys: Sequence[float], down: Sequence[Line], *, border: bool) -> tuple[bool, ...]:
    """For each row whether a rule at `x` parts it; nothing where no rule runs there."""
    stands = border or any(abs(line.at - x) < 1 and _shared(line, ys[0], ys[-1]) > 0 for line in down)
    return covered(down, x, ys, border=border) if stands else ()


def _parted(row: Sequence[Chunk], xs: Sequence[float]) -> list[bool]:
    """Which borders part a row: those that no text runs over, one at least between any two texts."""
    walls = [not any(part.box.x0 + 1 < x < part.box.x1 - 1 for part in row) for x in xs]
    ordered = sorted(row, key=lambda part: part.box.x0)
    for left, right in zip(ordered, ordered[1:], strict=False):
        between = [k for k, x in enumerate(xs) if left.box.x1 - 1 <= x <= right.box.x0 + 1]
        if between and not any(walls[k] for k in between):
            for k in between:
                walls[k] = True
    return walls


def _cut(chunk: Chunk, xs: Sequence[float]) -> list[Chunk]:
    """A chunk cut between words that stand in different columns: texts printed close side by side."""
    groups: dict[int, list[Word]] = {}
    for word in chunk.words:
        groups.setdefault(bisect.bisect(xs, word.box.cx), []).append(word)
    return [Chunk.of(group) for group in groups.values()]
