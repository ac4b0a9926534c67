"""Labels that are centred in their column: where they begin tells their length, and what is left over their level."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, linear_regression
from typing import NamedTuple

from extractors.structure.labels import RowLabel

FEWEST_LABELS, FEWEST_LENGTHS = 5, 3
"""So many labels, of so many lengths, show how they are set."""
SIZES = (5.0, 18.0)
"""Labels are printed in a size between these (points)."""
OFF, MOSTLY = 3.0, 0.85
"""A centred label begins within so many points of where its length puts it, and this share of the labels does."""
APART, SPREAD = 2.0, 1.5
"""Levels of centred labels are so far apart at least, and the labels of one begin within so much (points)."""
MOST_LEVELS = 6
NEAR, ALIKE, MOST_SLOPES = 8, 0.3, 4
"""Labels are compared with so many after them; slopes that differ by less (points a character) are alike; so many of
them are tried."""


def without_centring(rows: Sequence[RowLabel]) -> Sequence[RowLabel]:
    """The rows as if all labels began at one place, where they are centred; as they are where not.

    Spaces before a centred label move it by half their width: what a label's length does not explain is its level, and
    is given back in full as its indentation.
    """
    lengths = [_length(row.text) for row in rows]
    indents = [row.indent for row in rows]
    if len(rows) < FEWEST_LABELS or len(set(lengths)) < FEWEST_LENGTHS:
        return rows
    if levels := _levels(lengths, indents):
        return [replace(row, indent=indent) for row, indent in zip(rows, levels, strict=True)]
    return [replace(row, indent=0.0) for row in rows] if _are_centred(lengths, indents) else rows


def _are_centred(lengths: Sequence[float], indents: Sequence[float]) -> bool:
    """Whether labels begin the further left the longer they are, by half of what a character more is wide."""
    slope, start = linear_regression(lengths, indents)
    if not _is_half_a_size(slope):
        return False
    near = sum(abs(indent - start - slope * length) <= OFF for indent, length in zip(indents, lengths, strict=True))
    return near >= MOSTLY * len(lengths)


def _levels(lengths: Sequence[float], indents: Sequence[float]) -> list[float]:
    """The indentation of each centred label; empty where the labels are not centred on a few levels.

    Labels of one beginning but of many lengths, as labels that are aligned left are, lie nowhere near one another once
    the slope is taken out.
    """
    ways = [
        _Centred.of([indent - slope * length for indent, length in zip(indents, lengths, strict=True)], lengths)
        for slope in _slopes(lengths, indents)
    ]
    best = max(ways, key=lambda way: (way.explained, -len(way.levels)), default=None)
    if best is None or not 1 < len(best.levels) <= MOST_LEVELS or best.explained < MOSTLY * len(lengths):
        return []
    means = [fmean(best.centres[at] for at in level) for level in best.levels]
    found = [0.0] * len(lengths)
    for level, mean in zip(best.levels, means, strict=True):
        for at in level:
            found[at] = 2 * (mean - means[0])
    return found


class _Centred(NamedTuple):
    """Where the middle of each label lies but for a constant, the levels that these form, and how many they explain.

    A level explains its labels where several lengths of them lie about one centre.
    """

    centres: Sequence[float]
    levels: Sequence[Sequence[int]]
    explained: int

    @classmethod
    def of(cls, centres: Sequence[float], lengths: Sequence[float]) -> "_Centred":
        levels = _split(centres)
        narrow = (level for level in levels if centres[level[-1]] - centres[level[0]] <= SPREAD)
        return cls(centres, levels, sum(len(level) for level in narrow if len({lengths[at] for at in level}) > 1))


def _slopes(lengths: Sequence[float], indents: Sequence[float]) -> list[float]:
    """By how much labels begin further right for a character more, as pairs of near labels say, the commonest first.

    The line through all labels is blurred by their levels, pairs of one level are not. Empty where no pair is set as
    centred labels are.
    """
    between = [
        (indents[other] - indents[at]) / (lengths[other] - lengths[at])
        for at in range(len(lengths))
        for other in range(at + 1, min(at + 1 + NEAR, len(lengths)))
        if lengths[other] != lengths[at]
    ]
    left = sorted(filter(_is_half_a_size, between))
    found: list[float] = []
    while left and len(found) < MOST_SLOPES:
        starts = range(len(left))
        first, end = max(((at, bisect_right(left, left[at] + ALIKE)) for at in starts), key=lambda run: run[1] - run[0])
        found.append(fmean(left[first:end]))
        del left[first:end]
    return found


def _split(centres: Sequence[float]) -> Sequence[Sequence[int]]:
    """Part labels where their centres leave a gap, from left to right."""
    order = sorted(range(len(centres)), key=centres.__getitem__)
    levels = [order[:1]]
    for at in order[1:]:
        if centres[at] - centres[levels[-1][-1]] > APART:
            levels.append([])
        levels[-1].append(at)
    return levels


def _is_half_a_size(slope: float) -> bool:
    return SIZES[0] <= -2 * slope <= SIZES[1]


def _length(text: str) -> float:
    """How many ideographs wide a text is."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)
