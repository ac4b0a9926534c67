"""Headings with the columns they stand over → the rows of a lattice in which each is one cell, as if it were ruled."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.tables.cells import Unit
from extractors.tables.chunks import Chunk
from extractors.tables.lattice import Lattice
from schemas.records import Word

SAME_PLACE = 3.0
"""Headings of two pages whose middles differ by no more than this are the same ones printed again (points)."""
LEAST_HEIGHT = 0.5
"""Rows of a header are kept at least so high where its levels overlap (points)."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over the columns `first` to `last` (from 0)."""

    heading: Chunk
    first: int
    last: int

    def covers(self, column: int) -> bool:
        """Whether it stands over a column."""
        return self.first <= column <= self.last

    def above(self, other: "Head") -> bool:
        """Whether it stands over another heading."""
        shared = self.first <= other.last and other.first <= self.last
        return shared and self.heading.box.cy < other.heading.box.cy and self is not other


@dataclass(frozen=True, slots=True)
class HeaderRows:
    """The lattice of a header, and the unit cell that each of its words belongs to."""

    lattice: Lattice
    units: dict[Word, Unit]


def header_rows(heads: Sequence[Head], xs: Sequence[float], bottom: float) -> HeaderRows:
    """The rows of a header that ends at the height `bottom`, over columns with the borders `xs`."""
    levels = _levels(heads)
    depth = max(levels) + 1
    ends = [depth if _is_lowest(head, heads) else level + 1 for head, level in zip(heads, levels, strict=True)]
    owner: dict[Unit, int] = {
        (row, col): place
        for place, head in enumerate(heads)
        for row in range(levels[place], ends[place])
        for col in range(head.first, head.last + 1)
    }
    rows, cols = range(depth), range(len(xs) - 1)
    walls = tuple((True, *(owner.get((i, j - 1), -1) != owner.get((i, j), -2) for j in cols[1:]), True) for i in rows)
    floors = tuple(
        tuple(i in (0, depth) or owner.get((i - 1, j), -1) != owner.get((i, j), -2) for j in cols)
        for i in range(depth + 1)
    )
    units = {word: (levels[k], head.first) for k, head in enumerate(heads) for word in head.heading.words}
    return HeaderRows(Lattice(tuple(xs), _heights(heads, levels, bottom), walls, floors), units)


def _levels(heads: Sequence[Head]) -> list[int]:
    """How many headings stand over each, from the top of the header."""
    levels = [0] * len(heads)
    for at in sorted(range(len(heads)), key=lambda k: heads[k].heading.box.cy):
        over = [levels[k] + 1 for k, other in enumerate(heads) if other.above(heads[at])]
        levels[at] = max(over, default=0)
    return levels


def _is_lowest(head: Head, heads: Sequence[Head]) -> bool:
    return not any(head.above(other) for other in heads)


def _heights(heads: Sequence[Head], levels: Sequence[int], bottom: float) -> tuple[float, ...]:
    """The borders of the header's rows, from above its first line down to `bottom`."""
    borders = [min(head.heading.box.y0 for head in heads) - 1]
    for level in range(1, max(levels) + 1):
        above = [head.heading.box.y1 for head, own in zip(heads, levels, strict=True) if own == level - 1]
        below = [head.heading.box.y1 for head, own in zip(heads, levels, strict=True) if own == level]
        borders.append(max(borders[-1] + LEAST_HEIGHT, (min(above) + max(below)) / 2))
    return (*borders, max(bottom, borders[-1] + LEAST_HEIGHT))


def group_columns(heads: Sequence[Head]) -> list[int]:
    """The columns of groups: those left of the last column under one lowest heading."""
    return [col for head in heads if _is_lowest(head, heads) for col in range(head.first, head.last)]


def printed_again(heads: Sequence[Head], headings: Sequence[Chunk]) -> tuple[list[Head], list[Chunk]] | None:
    """The headings of a page as those of the page before that are printed again; None where they are others.

    With them goes what stands below them all: the rest of a row that the page breaks, which can be a heading's word.
    """
    old = sorted(heads, key=lambda head: _place(head.heading))
    new = [heading for heading in headings if any(_same(head.heading, heading) for head in heads)]
    rest = [heading for heading in headings if heading not in new]
    if not old or len(old) != len(new):
        return None
    pairs = list(zip(old, sorted(new, key=_place), strict=True))
    bottom = max(heading.box.y1 for heading in new)
    if not all(_same(o.heading, n) for o, n in pairs) or any(heading.box.y0 < bottom for heading in rest):
        return None
    return [Head(n, o.first, o.last) for o, n in pairs], rest


def _same(one: Chunk, other: Chunk) -> bool:
    return one.text == other.text and abs(one.box.cx - other.box.cx) <= SAME_PLACE


def _place(heading: Chunk) -> tuple[str, float]:
    return heading.text, heading.box.cx
