"""The rules of a table on one page, in each of the styles that papers are ruled in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle
from typing import NamedTuple

from samples.layout import Layout, RuleStyle
from samples.typesetting.sheets import WHITE, Bar
from schemas.records import Box

OFFSETS = (0.0, 0.45, -0.3, 0.7, -0.55, 0.2)
"""How far (points) the borders of neighbouring cells miss each other where each cell is drawn apart."""
SEGMENT, GAP = 37.0, 0.9
"""Lengths of a broken rule's pieces and of the gaps between them."""


class RuledCell(NamedTuple):
    """A cell's box, and whether it belongs to the header."""

    box: Box
    header: bool


class Edge(NamedTuple):
    """A border from (x0, y0) to (x1, y1): horizontal where y0 == y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether the border runs from left to right."""
        return self.y0 == self.y1


def rules_of(cells: Sequence[RuledCell], layout: Layout) -> list[Bar]:
    """Draw the rules that `layout` sets round `cells`, decoys first."""
    decoys = _white_strokes(cells) if layout.white_strokes else []
    edges = EDGES[layout.rules](cells)
    return [*decoys, *(Bar(*edge, layout.rule_width, filled=layout.rules == "rects") for edge in edges)]


def _borders(box: Box) -> tuple[Edge, Edge, Edge, Edge]:
    x0, y0, x1, y1 = (round(value, 2) for value in box)
    return Edge(x0, y0, x1, y0), Edge(x0, y1, x1, y1), Edge(x0, y0, x0, y1), Edge(x1, y0, x1, y1)


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """Borders on one line that touch or overlap become one."""
    lines: dict[tuple[bool, float], list[tuple[float, float]]] = defaultdict(list)
    for edge in edges:
        along = (edge.x0, edge.x1) if edge.horizontal else (edge.y0, edge.y1)
        lines[edge.horizontal, edge.y0 if edge.horizontal else edge.x0].append(along)
    return [
        Edge(start, at, stop, at) if horizontal else Edge(at, start, at, stop)
        for (horizontal, at), spans in sorted(lines.items())
        for start, stop in _merged(spans)
    ]


def _merged(spans: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    start, stop = min(spans)
    for next_start, next_stop in sorted(spans):
        if next_start > stop:
            yield start, stop
            start, stop = next_start, next_stop
        stop = max(stop, next_stop)
    yield start, stop


def _all(cells: Sequence[RuledCell]) -> list[Edge]:
    return _joined(edge for cell in cells for edge in _borders(cell.box))


def _pieces(cells: Sequence[RuledCell]) -> list[Edge]:
    """Each cell's own four borders, each a little off."""
    shifts = cycle(OFFSETS)
    return [_shifted(edge, next(shifts)) for cell in cells for edge in _borders(cell.box)]


def _shifted(edge: Edge, by: float) -> Edge:
    x, y = (0.0, by) if edge.horizontal else (by, 0.0)
    return Edge(edge.x0 + x, edge.y0 + y, edge.x1 + x, edge.y1 + y)


def _broken(cells: Sequence[RuledCell]) -> list[Edge]:
    return [piece for edge in _all(cells) for piece in _segments(edge)]


def _segments(edge: Edge) -> Iterator[Edge]:
    length = max(edge.x1 - edge.x0, edge.y1 - edge.y0)
    along_x, along_y = (edge.x1 - edge.x0) / length, (edge.y1 - edge.y0) / length
    start = 0.0
    while start < length:
        stop = min(start + SEGMENT, length)
        yield Edge(
            edge.x0 + along_x * start, edge.y0 + along_y * start, edge.x0 + along_x * stop, edge.y0 + along_y * stop
        )
        start = stop + GAP


def _open(cells: Sequence[RuledCell]) -> list[Edge]:
    frame = Box.around([cell.box for cell in cells])
    sides = (round(frame.x0, 2), round(frame.x1, 2))
    return [edge for edge in _all(cells) if edge.horizontal or edge.x0 not in sides]


def _horizontal(cells: Sequence[RuledCell]) -> list[Edge]:
    return [edge for edge in _all(cells) if edge.horizontal]


def _vertical(cells: Sequence[RuledCell]) -> list[Edge]:
    return [edge for edge in _all(cells) if not edge.horizontal]


def _three_lines(cells: Sequence[RuledCell]) -> list[Edge]:
    """Above and below the table, and below its header."""
    frame = Box.around([cell.box for cell in cells])
    below_header = [cell.box.y1 for cell in cells if cell.header]
    heights = {frame.y0, frame.y1, *([max(below_header)] if below_header else [])}
    return [Edge(frame.x0, y, frame.x1, y) for y in sorted(heights)]


def _header_only(cells: Sequence[RuledCell]) -> list[Edge]:
    return _all([cell for cell in cells if cell.header])


def _frame(cells: Sequence[RuledCell]) -> list[Edge]:
    return list(_borders(Box.around([cell.box for cell in cells])))


def _none(_: Sequence[RuledCell]) -> list[Edge]:
    return []


EDGES: dict[RuleStyle, Callable[[Sequence[RuledCell]], list[Edge]]] = {
    "strokes": _all,
    "rects": _all,
    "pieces": _pieces,
    "broken": _broken,
    "open": _open,
    "horizontal": _horizontal,
    "three_line": _three_lines,
    "vertical": _vertical,
    "header_only": _header_only,
    "frame": _frame,
    "none": _none,
}


def _white_strokes(cells: Sequence[RuledCell]) -> list[Bar]:
    """Draw invisible lines through the middle of every cell, which no reader may take for rules."""
    frame = Box.around([cell.box for cell in cells])
    middles = sorted({round(cell.box.cy, 2) for cell in cells})
    centres = sorted({round(cell.box.cx, 2) for cell in cells})
    edges = [
        *(Edge(frame.x0 - 9, y, frame.x1 + 9, y) for y in middles),
        *(Edge(x, frame.y0 - 9, x, frame.y1 + 9) for x in centres),
    ]
    return [Bar(*edge, 0.75, grey=WHITE) for edge in edges]
