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
CHILDLESS = 30.0
"""What a heading of the topmost line costs that heads nothing (points off centre)."""
IMPOSSIBLE = 1e6

MOST_HEADINGS = 64
"""A header of more headings has no tree worth looking for; those of real papers have up to 16."""
MOST_STEPS = 300_000
"""So many runs are weighed for one header, each heading of one that is weighed anew counted: half a second. Trees are
looked for within trees, so that the time grows without bound with a damaged header's levels; real ones take 10,000."""

Between = Callable[[float, float, Chunk | None, Chunk | None], float]
"""Where the border of two columns lies, given where all headings on its left end and those on its right begin, and the
nearest heading on either side if it is a column's own."""


@dataclass(frozen=True, slots=True)
class Node:
    """A heading and the headings it stands over; one without any is a column's own."""

    heading: Chunk
    children: tuple["Node", ...] = ()

    def leaves(self) -> list["Node"]:
        """The nodes of single columns under this one, from left to right."""
        return [leaf for child in self.children for leaf in child.leaves()] or [self]


def nested(headings: Sequence[Chunk], left: float, right: float, between: Between) -> tuple[Node, ...]:
    """The tree of some headings, which reach from `left` to `right`, its nodes from left to right.

    It takes no more than `MOST_STEPS`: where they are used up, the headings not yet looked into stand side by side.
    """
    in_order = sorted(headings, key=lambda heading: heading.box.cx)
    if len(in_order) > MOST_HEADINGS:
        return _side_by_side(in_order).nodes
    return _tree(in_order, left, right, between, _Steps(MOST_STEPS)).nodes


class _Steps:
    """What is left of the steps that a header may take."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, steps: int) -> None:
        self.left -= steps


class _Tree(NamedTuple):
    cost: float
    nodes: tuple[Node, ...]


def _side_by_side(headings: Sequence[Chunk]) -> _Tree:
    return _Tree(IMPOSSIBLE, tuple(Node(heading) for heading in headings))


def _tree(headings: Sequence[Chunk], left: float, right: float, between: Between, steps: _Steps) -> _Tree:
    if steps.left <= 0:
        return _side_by_side(headings)
    level = _topmost(headings)
    rest = [heading for heading in headings if not _among(heading, level)]
    if not rest:
        return _Tree(0.0, tuple(Node(heading) for heading in level))
    return _Tiling(level, rest, (left, right), between, steps).best()


def _topmost(headings: Sequence[Chunk]) -> list[Chunk]:
    top = min((heading.box.cy for heading in headings), default=0.0)
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
        self,
        level: Sequence[Chunk],
        rest: Sequence[Chunk],
        ends: tuple[float, float],
        between: Between,
        steps: _Steps,
    ) -> None:
        self._level, self._rest = level, rest
        self._ends = ends
        self._between = between
        self._steps = steps
        self._top = min(heading.box.y0 for heading in (*level, *rest))
        self._bottom = max(heading.box.y1 for heading in (*level, *rest))
        self._margin = _margin(level, rest)
        self._edges = [self._edge(at) for at in range(len(rest) + 1)]
        self._trees: dict[tuple[int, int], _Tree] = {}
        self._costs: dict[tuple[int, int, int], float] = {}

    def best(self) -> _Tree:
        """The best sharing out of `rest`: runs under the headings of the line, and beside them, from left to right.

        What a run costs within is looked into where the run is part of the best plan so far; it only adds to it.
        """
        while True:
            plan = self._plan()
            if self._steps.left <= 0:
                return _side_by_side(sorted((*self._level, *self._rest), key=lambda heading: heading.box.cx))
            unseen = [run for run in plan.runs if run.low < run.high and (run.low, run.high) not in self._trees]
            if not unseen:
                return _Tree(plan.cost, tuple(node for run in plan.runs for node in self._nodes(run)))
            for run in unseen:
                edges = self._edges[run.low], self._edges[run.high]
                self._trees[run.low, run.high] = _tree(
                    self._rest[run.low : run.high], *edges, self._between, self._steps
                )

    def _nodes(self, run: _Run) -> tuple[Node, ...]:
        below = self._trees[run.low, run.high].nodes if run.low < run.high else ()
        return (Node(run.parent, below),) if run.parent else below

    def _plan(self) -> _Plan:
        ends = range(len(self._rest) + 1)
        plans = [self._extended(_Plan(0.0, ()), _Run(None, 0, end)) for end in ends]
        for parent in self._level:
            for owner in (parent, None):
                plans = [
                    min((self._extended(plans[at], _Run(owner, at, end)) for at in range(end + 1)), key=_cost)
                    for end in ends
                ]
        return plans[-1]

    def _extended(self, plan: _Plan, run: _Run) -> _Plan:
        key = id(run.parent), run.low, run.high
        self._steps.take(1)
        if (cost := self._costs.get(key)) is None:
            self._steps.take(len(self._rest))
            cost = self._costs[key] = self._under(run.parent, run) if run.parent else self._beside(run)
        within = self._trees.get((run.low, run.high))
        return plan.then(run, cost + (within.cost if within else 0.0))

    def _under(self, parent: Chunk, run: _Run) -> float:
        """What a run under a heading is off its middle; what overlaps a heading is below it in any case."""
        if any(_overlap(parent, other) for other in (*self._rest[: run.low], *self._rest[run.high :])):
            return IMPOSSIBLE
        if run.low == run.high:
            return CHILDLESS
        return abs((self._edges[run.low] + self._edges[run.high]) / 2 - parent.box.cx)

    def _beside(self, run: _Run) -> float:
        """What it costs that a run stands beside the line: its topmost headings span the rows down to the next ones."""
        headings = self._rest[run.low : run.high]
        if not headings:
            return 0.0
        if IMPOSSIBLE in (self._edges[run.low], self._edges[run.high]):
            return IMPOSSIBLE
        top = _topmost(headings)
        lower = [heading.box.y0 - 2 * self._margin for heading in headings if not _among(heading, top)]
        middle = (self._top + min(lower, default=self._bottom)) / 2
        width = (self._edges[run.high] - self._edges[run.low]) / len(headings)
        off = [heading for heading in top if abs(heading.box.cy - middle) > MID_HEIGHT * _line_height(heading)]
        return len(off) * MISPLACED * width

    def _edge(self, at: int) -> float:
        """The border before the heading `at`; headings that overlap have none between them.

        Beside the first and the last it is as far as the next heading of the line, which stands over none of these.
        """
        before, after = self._rest[:at], self._rest[at:]
        if not after:
            low = max(heading.box.x1 for heading in before)
            beyond = [heading.box.x0 for heading in self._level if heading.box.x0 >= low]
            return self._between(low, min(beyond), before[-1], None) if beyond else self._ends[1]
        if not before:
            high = min(heading.box.x0 for heading in after)
            beyond = [heading.box.x1 for heading in self._level if heading.box.x1 <= high]
            return self._between(max(beyond), high, None, after[0]) if beyond else self._ends[0]
        low, high = max(heading.box.x1 for heading in before), min(heading.box.x0 for heading in after)
        if low > high + 1:
            return IMPOSSIBLE
        aside = [heading.box.x1 for heading in self._level if low < heading.box.x1 <= high]
        return self._between(max([low, *aside]), high, None if aside else before[-1], after[0])


def _cost(plan: _Plan) -> float:
    return plan.cost


def _margin(level: Sequence[Chunk], rest: Sequence[Chunk]) -> float:
    """What rows leave free above and below their text: half of what parts a line from the next (points)."""
    bottom = max(heading.box.y1 for heading in level)
    gaps = [heading.box.y0 - bottom for heading in rest if heading.box.y0 > bottom]
    return min(gaps, default=0.0) / 2


def _overlap(one: Chunk, other: Chunk) -> bool:
    return one.box.x0 + 1 < other.box.x1 and other.box.x0 + 1 < one.box.x1
