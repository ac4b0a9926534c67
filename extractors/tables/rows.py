"""The rows of an unruled table: wrapped labels kept with their figures, group labels beside the rows they cover."""

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.tables.chunks import Chunk, TextRow, box_of
from schemas.records import Word

TIGHT = 1.4
"""Lines of one cell stand no further apart than this many line heights."""
WITHIN_PITCH = 0.85
"""Nor further than this share of the distance between rows."""
OVERLAPPING = 0.85
"""Lines nearer than this many line heights overlap: those of a label that is taller than its row."""
ON_ROW = 0.2
"""A text stands on a row where it is no further from its middle than this share of the rows' distance."""
TALLEST = 2.5
"""The lines of a label taller than its row that are next but one stand no further apart than this many line heights."""

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


@dataclass(frozen=True, slots=True)
class Pitched:
    """Rows of one height whose labels may be taller: the borders, and the row of each word."""

    borders: tuple[float, ...]
    rows: dict[Word, int]


def pitched_rows(lines: Sequence[TextRow], xs: Sequence[float]) -> Pitched | None:
    """The rows of lines that overlap, over columns with the borders `xs`; None where none do, or in no regular rows.

    A sheet whose rows keep their height prints a wrapped label over its neighbours: its lines stand evenly round the
    middle of its row, off the middles of all others.
    """
    height = median([chunk.box.height for line in lines for chunk in line])
    columns = _by_column(lines, xs)
    pairs = [pair for chunks in columns for pair in itertools.pairwise(chunks)]
    if not any(low.box.cy - above.box.cy < OVERLAPPING * height for above, low in pairs):
        return None
    levels = [box_of([line]).cy for line in lines]
    found = _even(levels, [at for at, line in zip(levels, lines, strict=True) if _has_figure(line)], height)
    if found is None:
        return None
    first, pitch = found
    slots = {word: slot for chunks in columns for word, slot in _slots(chunks, first, pitch, height)}
    used = sorted(set(slots.values()))
    centres = [first + slot * pitch for slot in used]
    inner = [(above + low) / 2 for above, low in itertools.pairwise(centres)]
    borders = (centres[0] - pitch / 2, *inner, centres[-1] + pitch / 2)
    return Pitched(borders, {word: used.index(slot) for word, slot in slots.items()})


def _even(levels: Sequence[float], figures: Sequence[float], height: float) -> tuple[float, float] | None:
    """The first level and the distance of rows on which all figures stand, and most of the other lines."""
    gaps = [low - above for above, low in itertools.pairwise(figures)]
    if not gaps:
        return None
    for parts in (1, 2, 3):
        least = min(gaps) / parts
        counts = [round(gap / least) for gap in gaps]
        pitch = sum(gaps) / sum(counts)
        even = all(abs(gap - n * pitch) <= ON_ROW * pitch for gap, n in zip(gaps, counts, strict=True))
        off = sum(_aside(level, figures[0], pitch) > ON_ROW for level in levels)
        if pitch >= height and even and 2 * off <= len(levels):
            return figures[0], pitch
    return None


def _aside(level: float, first: float, pitch: float) -> float:
    """How far a level is off the nearest row, as a share of the rows' distance."""
    return abs((level - first) / pitch - round((level - first) / pitch))


def _by_column(lines: Sequence[TextRow], xs: Sequence[float]) -> list[list[Chunk]]:
    """The texts of each column from top to bottom."""
    columns: dict[int, list[Chunk]] = {}
    for line in lines:
        for chunk in line:
            columns.setdefault(bisect.bisect(xs, chunk.box.cx), []).append(chunk)
    return [sorted(chunks, key=lambda chunk: chunk.box.cy) for chunks in columns.values()]


def _slots(chunks: Sequence[Chunk], first: float, pitch: float, height: float) -> list[tuple[Word, int]]:
    """The row of each word of a column: where it stands on one, else the row round which two of its texts stand."""
    found: list[tuple[Word, int]] = []
    loose: list[Chunk] = []
    for chunk in chunks:
        place = (chunk.box.cy - first) / pitch
        if _aside(chunk.box.cy, first, pitch) <= ON_ROW:
            found.extend((word, round(place)) for word in chunk.words)
            continue
        above = loose.pop() if loose else None
        middle = (above.box.cy + chunk.box.cy) / 2 if above else 0.0
        if above and chunk.box.cy - above.box.cy <= TALLEST * height and _aside(middle, first, pitch) <= ON_ROW:
            found.extend((word, round((middle - first) / pitch)) for word in (*above.words, *chunk.words))
        else:
            loose = [*loose, *([above] if above else []), chunk]
    found.extend((word, round((chunk.box.cy - first) / pitch)) for chunk in loose for word in chunk.words)
    return found


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
