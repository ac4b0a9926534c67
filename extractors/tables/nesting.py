"""Headings of an unruled header → a tree: which heading stands over which.

A header's cells tile it: a heading over several columns is centred on them, one over a single column is centred from
top to bottom on the rows it spans. So the topmost line heads what lies below it, each heading a run of neighbours
whose middle is its own; what is left stands beside them and spans their rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.tables.chunks import Chunk

SAME_LEVEL = 0.4
"""Headings whose centres differ by less than this share of their height stand at one level."""
MID_HEIGHT = 0.65
"""A heading that spans all rows is no further from their middle, in its heights."""
MISPLACED = 0.3
"""What a heading beside the others costs that is not centred on their rows, as a share of its width."""
CHILDLESS = 15.0
"""What a heading of the topmost line costs that heads nothing (points off centre)."""
IMPOSSIBLE = 1e6

Between = Callable[[float, float], float]
"""Where the border of two columns lies, given where the headings of the left one end and of the right one begin."""


@dataclass(frozen=True, slots=True)
class Node:
    """A heading and the headings it stands over; one without any is a column's own."""

    heading: Chunk
    children: tuple["Node", ...] = ()

    def leaves(self) -> list["Node"]:
        """The nodes of single columns under this one, from left to right."""
        return [leaf for child in self.children for leaf in child.leaves()] or [self]


def nested(headings: Sequence[Chunk], left: float, right: float, between: Between) -> tuple[Node, ...]:
    """The tree of some headings, which reach from `left` to `right`, its nodes from left to right."""
    if not headings:
        return ()
    ordered = sorted(headings, key=lambda heading: heading.box.cx)
    level = _topmost(ordered)
    rest = [heading for heading in ordered if not _among(heading, level)]
    if not rest:
        return tuple(Node(heading) for heading in level)
    tiling = _Tiling(level, rest, left, right, between)
    nodes: list[Node] = []
    for parent, low, high in tiling.runs():
        below = nested(rest[low:high], tiling.edge(low), tiling.edge(high), between)
        nodes.extend([Node(parent, below)] if parent else below)
    return tuple(nodes)


def _topmost(headings: Sequence[Chunk]) -> list[Chunk]:
    top = min(heading.box.cy for heading in headings)
    return [heading for heading in headings if heading.box.cy - top <= SAME_LEVEL * _line_height(heading)]


def _line_height(heading: Chunk) -> float:
    return heading.words[0].box.height


def _among(heading: Chunk, others: Sequence[Chunk]) -> bool:
    return any(heading is other for other in others)


class _Run(NamedTuple):
    """A run of the headings below a line, and the heading that it stands under or None where it stands beside."""

    parent: Chunk | None
    low: int
    high: int


class _Plan(NamedTuple):
    cost: float
    runs: tuple[_Run, ...]

    def then(self, run: _Run, cost: float) -> "_Plan":
        return _Plan(self.cost + cost, (*self.runs, run) if run.low < run.high or run.parent else self.runs)


class _Tiling:
    """The ways in which the headings of one line can share those below them out among themselves."""

    def __init__(
        self, level: Sequence[Chunk], rest: Sequence[Chunk], left: float, right: float, between: Between
    ) -> None:
        self._level, self._rest = level, rest
        self._ends = (left, right)
        self._between = between
        self._top = min(heading.box.y0 for heading in (*level, *rest))
        self._bottom = max(heading.box.y1 for heading in (*level, *rest))
        self._edges = [self._edge(at) for at in range(len(rest) + 1)]

    def edge(self, at: int) -> float:
        """The border before the heading `at` of `rest`."""
        return self._edges[at]

    def runs(self) -> tuple[_Run, ...]:
        """The best sharing out of `rest`, from left to right."""
        ends = range(len(self._rest) + 1)
        plans = [_Plan(0.0, ()).then(_Run(None, 0, end), self._cost_beside(0, end)) for end in ends]
        for parent in self._level:
            plans = [min((self._headed(plans[at], parent, at, end) for at in range(end + 1)), key=_cost) for end in ends]
            plans = [min((self._beside(plans[at], at, end) for at in range(end + 1)), key=_cost) for end in ends]
        return plans[-1].runs

    def _headed(self, plan: _Plan, parent: Chunk, low: int, high: int) -> _Plan:
        return plan.then(_Run(parent, low, high), self._cost_under(parent, low, high))

    def _beside(self, plan: _Plan, low: int, high: int) -> _Plan:
        return plan.then(_Run(None, low, high), self._cost_beside(low, high))

    def _cost_under(self, parent: Chunk, low: int, high: int) -> float:
        """How far a parent is off the middle of a run; what overlaps it is below it in any case."""
        strangers = [*self._rest[:low], *self._rest[high:]]
        if any(_overlap(parent, other) for other in strangers):
            return IMPOSSIBLE
        if low == high:
            return CHILDLESS
        return abs((self.edge(low) + self.edge(high)) / 2 - parent.box.cx)

    def _cost_beside(self, low: int, high: int) -> float:
        """What it costs that a run stands beside the parents: its topmost headings span the rows down to the next."""
        run = self._rest[low:high]
        if not run:
            return 0.0
        if IMPOSSIBLE in (self.edge(low), self.edge(high)):
            return IMPOSSIBLE
        top = _topmost(run)
        lower = [heading.box.y0 for heading in run if not _among(heading, top)]
        middle = (self._top + min(lower, default=self._bottom)) / 2
        width = (self.edge(high) - self.edge(low)) / len(run)
        off = [heading for heading in top if abs(heading.box.cy - middle) > MID_HEIGHT * _line_height(heading)]
        return len(off) * MISPLACED * width

    def _edge(self, at: int) -> float:
        """The border before the heading `at`; headings that overlap have none between them."""
        before, after = self._rest[:at], self._rest[at:]
        if not before or not after:
            return self._ends[1] if before else self._ends[0]
        low, high = max(heading.box.x1 for heading in before), min(heading.box.x0 for heading in after)
        if low > high + 1:
            return IMPOSSIBLE
        aside = [heading.box.x1 for heading in self._level if low < heading.box.x1 <= high]
        return self._between(max([low, *aside]), high)


def _cost(plan: _Plan) -> float:
    return plan.cost


def _overlap(one: Chunk, other: Chunk) -> bool:
    return one.box.x0 + 1 < other.box.x1 and other.box.x0 + 1 < one.box.x1
