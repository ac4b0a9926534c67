"""The columns of an unruled table: stacks of figures and labels, each under its heading, and the borders between.

Figures stand to the right of their column, labels to the left, headings in the middle; any two of them show where a
column begins and ends.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.tables.chunks import Chunk, TextRow
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
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column by what is printed in it: its own heading, its stack of texts, or both."""

    heading: Chunk | None
    stack: Stack | None

    @property
    def x0(self) -> float:
        return min(part.x0 for part in self._parts())

    @property
    def x1(self) -> float:
        return max(part.x1 for part in self._parts())

    def _parts(self) -> list[Box | Stack]:
        return [part for part in (self.heading and self.heading.box, self.stack) if part]


def stacks_in(rows: Sequence[TextRow], is_sign: Callable[[str], bool]) -> list[Stack]:
    """The stacks of some lines from left to right; signs for nothing (-, 无) belong to no stack."""
    chunks = [chunk for row in rows for chunk in row if not is_sign(chunk.text)]
    figures = [_stack(group, figures=True) for group in _merged([c.box for c in chunks if c.is_figure])]
    return sorted([*figures, *_labels(figures, [c.box for c in chunks if not c.is_figure])], key=lambda s: s.x0)


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


def columns_of(headings: Sequence[Chunk], stacks: Sequence[Stack]) -> list[Column]:
    """The columns from left to right: each heading with the stack below it, and stacks that no heading stands over.

    A single label between two columns is none: a total centred over several.
    """
    best: list[list[tuple[float, list[Column]]]] = [[(0.0, [])]]
    for i in range(len(headings) + 1):
        row: list[tuple[float, list[Column]]] = []
        for j in range(len(stacks) + 1):
            options = [(0.0, list[Column]())] if i == j == 0 else []
            if i:
                options.append(_with(best[i][j] if False else best[i][j], 0.0, None))
            row.append(min(options, key=lambda option: option[0]))
        best.append(row)
    return best[-1][-1][1]
