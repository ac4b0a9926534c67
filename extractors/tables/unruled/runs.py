"""Runs of lines that are one table without rules: where one that begins with figures ends, and what goes before it."""

import re
from collections.abc import Sequence
from statistics import median

from extractors.tables.chunks import Chunk, TextRow, box_of
from extractors.tables.lattice import Line
from extractors.tables.unruled.line_kinds import NEAR, NOTE, distance, ends_label, tabular
from schemas.records import Box

PITCH = 5.0
"""Lines further apart than this many line heights do not belong to one table, unless their figures line up."""
LONGEST_BLANK = 30.0
"""Even then a table has no blank stretch of more line heights."""
SPARSE = 2
"""So many lines that line up with nothing still belong to a table: wrapped labels."""
REGULAR = 1.25
"""A row below the last figures is no further off than this share of what rows are apart."""
CLOSE = 2.0
"""Rows above the first one with figures in two columns stand no more line heights apart."""
_UNIT = re.compile(r"单位\s*[:：]")


def end_of_run(rows: Sequence[TextRow], start: int, across: Sequence[Line] = ()) -> int:
    """The last line of the run which begins at `start`: its last figures, and rows without any right below.

    However many lines line up with nothing, the run goes on above a rule `across` like the one over its first line.
    """
    end, at, strays = start, start + 1, 0
    closed = _lowest_rule(box_of([rows[start]]), across)
    lefts, rights = _edges_of(rows[start])
    while at < len(rows) and strays <= SPARSE and distance(rows[at - 1], rows[at]) <= LONGEST_BLANK:
        row = rows[at]
        if not tabular(row) and any(_UNIT.search(chunk.text) for chunk in row):
            break  # the unit of the next table
        lined_up = all(_lines_up(chunk, lefts, rights) for chunk in row)
        if distance(rows[at - 1], row) > PITCH and not (lined_up or _figures_line_up(row, rights)):
            break
        if tabular(row):
            end = at
            row_lefts, row_rights = _edges_of(row)
            lefts, rights = lefts + row_lefts, rights + row_rights
        strays = 0 if tabular(row) or lined_up or row[0].box.cy < closed else strays + 1
        at += 1
    return _with_blank_rows(rows, start, end, lefts, rights)


def _lowest_rule(row: Box, across: Sequence[Line]) -> float:
    """Where the last of the rules stands that run across as far as the one above a row does."""
    over = [rule for rule in across if rule.at < row.cy and rule.low <= row.x0 + NEAR and rule.high >= row.x1 - NEAR]
    if not over:
        return float("-inf")
    top = max(over, key=lambda rule: rule.at)
    return max(rule.at for rule in across if abs(rule.low - top.low) <= NEAR and abs(rule.high - top.high) <= NEAR)


def _with_blank_rows(
    rows: Sequence[TextRow], start: int, end: int, lefts: Sequence[float], rights: Sequence[float]
) -> int:
    """The run with the rows that follow at its own pace and have no amount; a note below the table is none."""
    pitch = median(
        [b[0].box.cy - a[0].box.cy for a, b in zip(rows[start:end], rows[start + 1 : end + 1], strict=True)] or [0.0]
    )
    while end + 1 < len(rows):
        if ends_label(rows, end + 1):
            end += 1
            continue
        ahead = [
            at
            for at in (end + 1, end + 2)
            if at < len(rows) and _is_row(rows, at, end, lefts=lefts, rights=rights, pitch=pitch)
        ]
        if not ahead:
            break
        end = ahead[0]
    return end


def _is_row(
    rows: Sequence[TextRow], at: int, end: int, *, lefts: Sequence[float], rights: Sequence[float], pitch: float
) -> bool:
    """Whether a line goes on below the row `end` at its table's pace; a label of several rows may stand between."""
    row = rows[at]
    page_number = len(row) == 1 and row[0].is_figure
    apart = row[0].box.cy - rows[end][0].box.cy
    if page_number or NOTE.match(row[0].text) or apart > REGULAR * pitch:
        return False
    return all(_lines_up(chunk, lefts, rights) for chunk in row)


def with_rows_above(rows: Sequence[TextRow], first: int, end: int, floor: float) -> int:
    """The first line of a run without headings: lines close above that line up begin it, a single figure among them."""
    edges = [_edges_of(row) for row in rows[first : end + 1]]
    lefts, rights = [x for left, _ in edges for x in left], [x for _, right in edges for x in right]
    while first and rows[first - 1][0].box.y0 > floor and distance(rows[first - 1], rows[first]) <= CLOSE:
        if not all(_lines_up(chunk, lefts, rights) for chunk in rows[first - 1]):
            break
        first -= 1
    return first


def _edges_of(row: TextRow) -> tuple[list[float], list[float]]:
    return [c.box.x0 for c in row if not c.is_figure], [c.box.x1 for c in row if c.is_figure]


def _lines_up(chunk: Chunk, lefts: Sequence[float], rights: Sequence[float]) -> bool:
    if chunk.is_figure:
        return any(abs(chunk.box.x1 - x) <= NEAR for x in rights)
    return any(abs(chunk.box.x0 - x) <= NEAR for x in lefts)


def _figures_line_up(row: TextRow, rights: Sequence[float]) -> bool:
    """Whether a line is one of amounts below amounts; its label may be a total's, centred."""
    return tabular(row) and all(_lines_up(chunk, (), rights) for chunk in row if chunk.is_figure)
