"""The columns of an unruled table: stacks of figures and labels, each under its heading, and the borders between.

Figures stand to the right of their column, labels to the left, headings in the middle; any two of them show where a
column begins and ends.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from statistics import median
from typing import NamedTuple

from extractors.tables.chunks import Chunk, TextRow
from extractors.tables.unruled.nesting import Between
from schemas.records import Box

LINED_UP = 1.5
"""Edges that differ by no more than this line up (points)."""
MARGIN = 3.0
"""What cells leave free beside their text, as far as there is room (points)."""
MOST = 0.6
"""The share of a stack's texts that must line up for the stack to be set flush to that side."""
WRONG_SIDE = 3.0
"""Figures left of their heading, or labels right of theirs, are so many times as far off."""
BLANK_COLUMN = 12.0
"""What a heading over nothing costs (points off)."""
HEADLESS_FIGURES, HEADLESS_LABELS, STRAY = 1000.0, 200.0, 5.0
"""What a stack of figures, a stack of labels and a single label cost that no heading stands over."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Texts one above the other: all figures or all labels. `flush` is the side they line up at, if at one alone."""

    x0: float
    x1: float
    figures: bool
    count: int
    flush: str | None

    @property
    def cx(self) -> float:
        """The middle."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column by what is printed in it: its own heading, its stack of texts, or both."""

    heading: Chunk | None
    stack: Stack | None

    @property
    def x0(self) -> float:
        """The left edge of heading and texts."""
        return min(part.x0 for part in self._parts())

    @property
    def x1(self) -> float:
        """The right edge of heading and texts."""
        return max(part.x1 for part in self._parts())

    @property
    def flush(self) -> str | None:
        """The side at which the texts stand: as they line up, or as they stand to their heading."""
        if self.stack is None or self.stack.flush or self.heading is None:
            return self.stack.flush if self.stack else None
        aside = self.stack.cx - self.heading.box.cx
        return None if abs(aside) <= LINED_UP else "right" if aside > 0 else "left"

    def _parts(self) -> list[Box | Stack]:
        return [part for part in (self.heading and self.heading.box, self.stack) if part]


def stacks_in(rows: Sequence[TextRow], is_sign: Callable[[str], bool]) -> list[Stack]:
    """The stacks of some lines from left to right; signs for nothing (-, 无) belong to no stack."""
    chunks = [chunk for row in rows for chunk in row if not is_sign(chunk.text)]
    figures = [_stack(group, figures=True) for group in _merged([c.box for c in chunks if c.is_figure])]
    return sorted([*figures, *_labels(figures, [c.box for c in chunks if not c.is_figure])], key=lambda s: s.x0)


def signs_in(rows: Sequence[TextRow], is_sign: Callable[[str], bool]) -> list[Stack]:
    """The stacks of signs for nothing, which show no column but stand in one: no border runs through them."""
    return [_stack(group, figures=True) for group in _merged([c.box for row in rows for c in row if is_sign(c.text)])]


def _merged(boxes: Iterable[Box]) -> list[list[Box]]:
    """Boxes by the spans that they cover together, from left to right."""
    groups: list[list[Box]] = []
    reach = float("-inf")
    for box in sorted(boxes, key=lambda b: b.x0):
        if groups and box.x0 <= reach:
            groups[-1].append(box)
        else:
            groups.append([box])
        reach = max(reach, box.x1)
    return groups


def _labels(figures: Sequence[Stack], texts: Sequence[Box]) -> list[Stack]:
    """Stacks of labels in the gaps between the figures; a text that runs over figures is of the gap of its middle."""
    edges = [float("-inf"), *(edge for stack in figures for edge in (stack.x0, stack.x1)), float("inf")]
    stacks: list[Stack] = []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        inside = [box for box in texts if low <= box.cx <= high]
        clear = [box for box in inside if box.x0 >= low and box.x1 <= high]
        cut = [Box(max(box.x0, low), box.y0, min(box.x1, high), box.y1) for box in clear or inside]
        stacks.extend(_stack(group, figures=False) for group in _merged(cut))
    return stacks


def _stack(boxes: Sequence[Box], *, figures: bool) -> Stack:
    box = Box.around(boxes)
    left = sum(b.x0 <= box.x0 + LINED_UP for b in boxes) >= MOST * len(boxes)
    right = sum(b.x1 >= box.x1 - LINED_UP for b in boxes) >= MOST * len(boxes)
    flush = None if left == right else "left" if left else "right"
    return Stack(box.x0, box.x1, figures, len(boxes), flush)


class _Plan(NamedTuple):
    cost: float
    columns: tuple[Column, ...]

    def then(self, cost: float, *columns: Column) -> "_Plan":
        return _Plan(self.cost + cost, (*self.columns, *columns))


def columns_of(headings: Sequence[Chunk], stacks: Sequence[Stack]) -> list[Column]:
    """The columns from left to right: each heading with the stack below it, and stacks that no heading stands over.

    Under headings a single label between two columns is no column but a total centred over several.
    """
    if not headings:
        return [Column(None, stack) for stack in stacks]
    plans: dict[tuple[int, int], _Plan] = {(0, 0): _Plan(0.0, ())}
    for i, j in product(range(len(headings) + 1), range(len(stacks) + 1)):
        steps = []
        if i and j:
            steps.append(
                plans[i - 1, j - 1].then(_off(headings[i - 1], stacks[j - 1]), Column(headings[i - 1], stacks[j - 1]))
            )
        if i:
            steps.append(plans[i - 1, j].then(BLANK_COLUMN, Column(headings[i - 1], None)))
        if j:
            steps.append(_headless(plans[i, j - 1], stacks[j - 1]))
        if steps:
            plans[i, j] = min(steps, key=lambda plan: plan.cost)
    return list(plans[len(headings), len(stacks)].columns)


def _headless(plan: _Plan, stack: Stack) -> _Plan:
    if not stack.figures and stack.count == 1:
        return plan.then(STRAY)
    return plan.then(HEADLESS_FIGURES if stack.figures else HEADLESS_LABELS, Column(None, stack))


def _off(heading: Chunk, stack: Stack) -> float:
    """How far a stack is off its heading: not at all where it stands below it (points)."""
    gap = max(stack.x0 - heading.box.x1, heading.box.x0 - stack.x1)
    if gap <= 0:
        return 0.001 * abs(stack.cx - heading.box.cx)
    wrong = (stack.cx < heading.box.cx) == stack.figures
    return gap * (WRONG_SIDE if wrong else 1.0)


def borders_of(columns: Sequence[Column], box: Box) -> tuple[float, ...]:
    """The borders of some columns that reach over `box`, the outer ones included."""
    inner = (_border(left, right) for left, right in pairwise(columns))
    return (box.x0 - 1, *inner, box.x1 + 1)


def _border(left: Column, right: Column) -> float:
    """The border of two neighbours: where a flush side shows it, else as far from a heading as that side is."""
    low, high = left.x1, right.x0
    if left.stack and left.flush == "right":
        return _clear(left.stack.x1 + MARGIN, low, high)
    if right.stack and right.flush == "left":
        return _clear(right.stack.x0 - MARGIN, low, high)
    if left.stack and left.heading and left.flush == "left":
        return _clear(2 * left.heading.box.cx - left.stack.x0 + MARGIN, low, high)
    if right.stack and right.heading and right.flush == "right":
        return _clear(2 * right.heading.box.cx - right.stack.x1 - MARGIN, low, high)
    return (low + high) / 2


def _clear(at: float, low: float, high: float) -> float:
    """A border between `low` and `high`, at `at` as far as it stays clear of both."""
    aside = min(MARGIN, max(high - low, 0.0) / 2)
    return min(max(at, low + aside), high - aside)


def margin_of(headings: Sequence[Chunk], stacks: Sequence[Stack]) -> float:
    """What is left free between figures and the border on their right (points).

    A heading is centred between two borders, and so as far right of the middle of two columns' figures as those stand
    from their borders.
    """
    seen = []
    for left, right in pairwise(stacks):
        own = [heading.box.cx for heading in headings if heading.box.x0 < right.x1 and heading.box.x1 > right.x0]
        if left.figures and right.figures and own:
            seen.append(min((cx - (left.x1 + right.x1) / 2 for cx in own), key=abs))
    near = [aside for aside in seen if 0 <= aside <= MARGIN * 3]
    return median(near) if near else MARGIN


def border_between(stacks: Sequence[Stack], margin: float = MARGIN) -> Between:
    """Where borders lie between headings over some stacks, before it is known which heading is which column's own.

    A stack between two headings is the left one's where it holds figures, the right one's where it holds labels.
    """

    def between(low: float, high: float, left: Chunk | None, right: Chunk | None) -> float:
        inside = [stack for stack in stacks if stack.x1 > low and stack.x0 < high]
        lefts = [s.x1 for s in inside if s.x1 <= high and (s.x0 <= low or s.figures)]
        rights = [s.x0 for s in inside if s.x0 >= low and (s.x1 >= high or not s.figures)]
        ends, begins = max([low, *lefts]), min([high, *rights])
        if ends > begins:
            return (low + high) / 2
        if any(s.figures and s.x1 == ends for s in inside):
            return _clear(ends + margin, ends, begins)
        if any(not s.figures and s.x0 == begins for s in inside):
            return _clear(begins - margin, ends, begins)
        return _clear(_mirrored(left, right, stacks, margin) or (ends + begins) / 2, ends, begins)

    return between


def _mirrored(left: Chunk | None, right: Chunk | None, stacks: Sequence[Stack], margin: float) -> float | None:
    """The border of two headings as far from the middle of one as the flush side of the stack below it."""
    stack = right and next((s for s in stacks if s.figures and _off(right, s) < 1), None)
    if right and stack and stack.cx > right.box.cx:
        return 2 * right.box.cx - stack.x1 - margin
    stack = left and next((s for s in stacks if not s.figures and _off(left, s) < 1), None)
    if left and stack and stack.flush == "left":
        return 2 * left.box.cx - stack.x0 + margin
    return None
