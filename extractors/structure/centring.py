"""Labels that are centred in their column: where they begin says how long they are, and nothing of their level."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import linear_regression

from extractors.structure.labels import RowLabel

FEWEST_LABELS, FEWEST_LENGTHS = 5, 3
"""So many labels, of so many lengths, show how they are set."""
SIZES = (5.0, 18.0)
"""Labels are printed in a size between these (points)."""
OFF, MOSTLY = 3.0, 0.85
"""A centred label begins within so many points of where its length puts it, and this share of the labels does."""


def without_centring(rows: Sequence[RowLabel]) -> Sequence[RowLabel]:
    """The rows as if all labels began at one place, where they are centred; as they are where not."""
    return [replace(row, indent=0.0) for row in rows] if _are_centred(rows) else rows


def _are_centred(rows: Sequence[RowLabel]) -> bool:
    """Whether labels begin the further left the longer they are, by half of what a character more is wide."""
    lengths = [_length(row.text) for row in rows]
    indents = [row.indent for row in rows]
    if len(rows) < FEWEST_LABELS or len(set(lengths)) < FEWEST_LENGTHS:
        return False
    slope, start = linear_regression(lengths, indents)
    if not SIZES[0] <= -2 * slope <= SIZES[1]:
        return False
    near = sum(abs(indent - start - slope * length) <= OFF for indent, length in zip(indents, lengths, strict=True))
    return near >= MOSTLY * len(rows)


def _length(text: str) -> float:
    """How many ideographs wide a text is."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)
