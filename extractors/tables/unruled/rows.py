"""The rows of an unruled table: wrapped labels kept with their figures, group labels beside the rows they cover."""

import itertools
from collections.abc import Sequence
from statistics import median

from extractors.tables.chunks import TextRow, box_of

TIGHT = 1.4
"""Lines of one cell stand no further apart than this many line heights."""
WITHIN_PITCH = 0.85
"""Nor further than this share of the distance between rows."""
CENTRED = 0.3
"""How far a group's label may lie from the middle of its rows, as a share of the distance between rows."""


def rows_of(lines: Sequence[TextRow]) -> list[list[TextRow]]:
    """Lines grouped into rows: each line of figures begins one, a line of text joins the nearer one or is its own."""
    pitch = _pitch(lines)
    rows: list[list[TextRow]] = []
    for at, line in enumerate(lines):
        if at and (_joins(lines, at, -1, pitch) or _joins(lines, at - 1, 1, pitch)):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def row_borders(rows: Sequence[Sequence[TextRow]]) -> tuple[float, ...]:
    """The borders of rows: half-way between them, the outer ones close round."""
    boxes = [box_of(row) for row in rows]
    inner = tuple((above.y1 + below.y0) / 2 for above, below in itertools.pairwise(boxes))
    return (boxes[0].y0 - 1, *inner, boxes[-1].y1 + 1)


def _pitch(lines: Sequence[TextRow]) -> float:
    """The distance of rows: that of lines of figures that follow one another."""
    gaps = [_gap(lines, at, 1) for at in range(len(lines) - 1) if _has_figure(lines[at]) and _has_figure(lines[at + 1])]
    return median(gaps) if gaps else float("inf")


def _has_figure(line: TextRow) -> bool:
    return any(chunk.is_figure for chunk in line)


def _joins(lines: Sequence[TextRow], at: int, step: int, pitch: float) -> bool:
    """Whether a line of text alone belongs to the row of the line before (step -1) or after it (1): the nearer one."""
    if _has_figure(lines[at]):
        return False
    gap, other = _gap(lines, at, step), _gap(lines, at, -step)
    reach = min(TIGHT * box_of([lines[at]]).height, WITHIN_PITCH * pitch)
    return gap <= reach and (gap < other or (gap == other and step < 0))


def _gap(lines: Sequence[TextRow], at: int, step: int) -> float:
    other = at + step
    return abs(box_of([lines[other]]).cy - box_of([lines[at]]).cy) if 0 <= other < len(lines) else float("inf")


def group_spans(labels: Sequence[float], rows: Sequence[float]) -> list[tuple[int, int]]:
    """The first and last row that each group's label stands beside; none where they do not tile the rows.

    `labels` and `rows` are the heights at which labels and rows are printed. A label is centred on its rows, and where
    one group ends the next begins.
    """
    if len(rows) < 2 or not labels:
        return []
    pitch = median(below - above for above, below in itertools.pairwise(rows))
    tilings = [_tiled(labels, rows, start, CENTRED * pitch) for start in range(len(rows))]
    found = [spans for spans in tilings if spans and spans[-1][1] == len(rows) - 1]
    return found[0] if found else []


def _tiled(labels: Sequence[float], rows: Sequence[float], start: int, tolerance: float) -> list[tuple[int, int]]:
    """The spans of all labels where the first group begins at row `start`, or none where they do not fit."""
    spans: list[tuple[int, int]] = []
    for label in labels:
        ends = (end for end in range(start, len(rows)) if abs((rows[start] + rows[end]) / 2 - label) <= tolerance)
        end = next(ends, None)
        if end is None:
            return []
        spans.append((start, end))
        start = end + 1
    return spans
