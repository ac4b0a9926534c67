"""What a line of chunks can be: one with amounts, one that numbers columns, a part of a label that is broken."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.chunks import TextRow

NEAR = 2.5
"""Edges that differ by no more than this line up (points)."""
WITHIN_LABEL = 1.3
"""The first line of a wrapped label stands no more line heights above its figures."""
FLATTEST = 0.1
"""A damaged font can print lines of no height: they are taken to be so high (points)."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
NOTE = re.compile(r"[(（]?(?:注|说明|备注)")


def tabular(row: TextRow) -> bool:
    """Whether a line holds a telling figure apart from other words."""
    return len(row) >= 2 and holds_amount(row)


def holds_amount(row: TextRow) -> bool:
    """Whether a line holds a telling figure."""
    return any(chunk.is_figure and telling(chunk.text) for chunk in row)


def telling(figure: str) -> bool:
    """Whether a figure can only be an amount or a code: page numbers, 公开02表 and years stand apart as well."""
    digits = sum(map(str.isdecimal, figure))
    return any(sign in figure for sign in ".,．，") or (digits >= 4 and not _YEAR.fullmatch(figure))


def numbers_columns(row: TextRow) -> bool:
    """Whether a line numbers the columns: 1, 2, 3 … from left to right."""
    figures = [chunk.text for chunk in row if chunk.is_figure]
    if len(figures) < 2 or not all(figure.isdecimal() and len(figure) <= 2 for figure in figures):
        return False
    return all(int(b) == int(a) + 1 for a, b in pairwise(figures))


def begins_label(rows: Sequence[TextRow], at: int) -> bool:
    """Whether a line is the first of a label whose figures stand beside its middle: close above them, and not alone."""
    (chunk, *others), below = rows[at], [c for row in rows[at + 1 : at + 3] for c in row if not c.is_figure]
    if others or chunk.is_figure or distance(rows[at], rows[at + 1]) > WITHIN_LABEL:
        return False
    return any(abs(chunk.box.x0 - c.box.x0) <= NEAR or abs(chunk.box.cx - c.box.cx) <= NEAR for c in below)


def ends_label(rows: Sequence[TextRow], at: int) -> bool:
    """Whether a line is the last of a label whose figures stand beside its middle."""
    (chunk, *others), above = rows[at], [c for row in rows[max(at - 2, 0) : at] for c in row if not c.is_figure]
    if others or chunk.is_figure or NOTE.match(chunk.text) or distance(rows[at - 1], rows[at]) > WITHIN_LABEL:
        return False
    return any(abs(chunk.box.x0 - c.box.x0) <= NEAR or abs(chunk.box.cx - c.box.cx) <= NEAR for c in above)


def distance(above: TextRow, below: TextRow) -> float:
    """How far two lines are apart, in line heights."""
    height = max(chunk.box.height for chunk in (*above, *below))
    return (below[0].box.cy - above[0].box.cy) / max(height, FLATTEST)
