"""Rules drawn on a picture: found by morphology although broken, thin or doubled, put together, and wiped out.

Positions here are in pixels; a `Segment` becomes a `Rule` in points once the page is put together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from extractors.pages.picture.ink import RULE_LEVEL, WHITE, Bits, ink
from extractors.pages.picture.raster import Grey

SHORTEST_PIECE = 9.0
"""A piece of a rule is straight for so many points, longer than most strokes of a letter."""
THICKEST = 4.0
"""Points; what is thicker is a bar or a picture."""
BREAK = 6.0
"""A gap no longer than this is a break in a rule, not its end (points)."""
LETTER = 24.0
"""Points; a stroke of a letter is shorter. Above the end of a rule, as that of a 目 may stand, it is not its part."""
DOUBLE = 2.2
"""Pieces side by side within this are one rule (points)."""
REACH = 3.0
"""A rule that ends so near another one meets it (points)."""
SHORT_OF = 0.8
"""A short rule runs through those it ends at, or ends no further than this before their middle (points)."""
DEEPEST_SPLIT = 3
"""Short rules that part a cell, again, and once more."""
CRUMB = 1.0
"""What is left of a broken rule stands no further from its middle (points)."""
DOTTED = 0.4
"""The share of its length that has ink where a rule is worn to dots ..."""
DOT_GAP = 2.0
"""... which stand no further apart (points)."""
SHORTEST_RULE = 11.0
"""Points; the sides of a row of small print."""
FREE_RULE = 60.0
"""A rule that meets no other is one only if it is this long; shorter ones are dashes and strokes (points) ..."""
FREE_PIECE = 28.0
"""... and runs so far without a break, further than a stroke of a large title (points)."""
MOSTLY = 0.6
"""The pieces of a rule make up this share of it."""


class Segment(NamedTuple):
    """A straight line along one direction: `at` across it, `low` to `high` along it, `unbroken` its longest piece.

    All in pixels.
    """

    at: float
    low: float
    high: float
    unbroken: float

    @property
    def length(self) -> float:
        """Pixels along."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules of a picture, and the pixels that they cover."""

    across: tuple[Segment, ...]
    down: tuple[Segment, ...]
    pixels: Bits


def ruling_of(even: Grey, point: float) -> Ruling:
    """The rules of an evened, level picture with `point` pixels to 1/72 inch."""
    dark = ink(even, RULE_LEVEL)
    flat, upright = _pieces_across(dark, point), _pieces_across(dark.T, point)
    across = _whole(_segments(flat, point), dark, point)
    down = _whole(_segments(upright, point), dark.T, point)
    kept_across, kept_down = _anchored(across, down, point)
    kept_across, kept_down = (
        tuple(_reaching(rule, kept_down, dark, point) for rule in kept_across),
        tuple(_reaching(rule, kept_across, dark.T, point) for rule in kept_down),
    )
    pixels = cv2.bitwise_or(
        cv2.bitwise_or(_covered(flat, kept_across, point), _crumbs(dark, kept_across, point)),
        cv2.bitwise_or(_covered(upright, kept_down, point), _crumbs(dark.T, kept_down, point)).T,
    )
    return Ruling(kept_across, kept_down, np.ascontiguousarray(pixels))


def unruled(shape: tuple[int, ...]) -> Ruling:
    """The rules of a picture without any, of so many pixels down and across."""
    return Ruling((), (), np.zeros(shape, np.uint8))


def wiped(even: Grey, ruling: Ruling) -> Grey:
    """The picture without its rules, worn edges included."""
    wide = cv2.dilate(ruling.pixels, np.ones((3, 3), np.uint8))
    clean = even.copy()
    clean[wide > 0] = WHITE
    return clean


def _pieces_across(dark: Bits, point: float) -> Bits:
    """Straight dark pieces that run across and are thin."""
    dark = np.ascontiguousarray(dark)
    long = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, max(5, round(SHORTEST_PIECE * point))), np.uint8))
    thick = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((max(3, round(THICKEST * point)), 1), np.uint8))
    pieces: Bits = cv2.subtract(long, thick)
    return pieces


def _segments(pieces: Bits, point: float) -> list[Segment]:
    _, _, stats, middles = cv2.connectedComponentsWithStats(pieces, connectivity=8)
    found = zip(stats[1:].tolist(), middles[1:].tolist(), strict=True)
    flat = 2 * THICKEST * point
    return [Segment(y, left, left + width, width) for (left, _, width, high, _), (_, y) in found if high <= flat]


def _whole(pieces: Iterable[Segment], dark: Bits, point: float) -> list[Segment]:
    """Pieces put together: those side by side first, then those that follow one another closely, or over dots."""
    double = DOUBLE * point
    groups: list[list[Segment]] = []
    for piece in sorted(pieces):
        if groups and piece.at - groups[-1][0].at <= double:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [rule for group in groups for rule in _joined(group, dark, point)]


def _joined(group: Sequence[Segment], dark: Bits, point: float) -> list[Segment]:
    runs: list[list[Segment]] = []
    for piece in sorted(group, key=lambda each: each.low):
        end = max((each.high for each in runs[-1]), default=0.0) if runs else 0.0
        if runs and (piece.low - end <= BREAK * point or _is_dotted(dark, piece.at, end, piece.low, point)):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    bare = [part for run in runs for part in _without_strokes(run, point)]
    return [
        rule for run in bare if (rule := _rule(run)).length >= SHORTEST_RULE * point and _solid(run, rule, dark, point)
    ]


def _without_strokes(run: Sequence[Segment], point: float) -> list[Sequence[Segment]]:
    """The run, and each short piece apart that stands at an end of it beyond a gap."""
    first, last = 0, len(run)
    while last - first > 1 and _is_apart(run[first], run[first + 1], point):
        first += 1
    while last - first > 1 and _is_apart(run[last - 1], run[last - 2], point):
        last -= 1
    return [run[first:last], *([piece] for piece in (*run[:first], *run[last:]))]


def _is_apart(piece: Segment, other: Segment, point: float) -> bool:
    gap = max(piece.low - other.high, other.low - piece.high)
    return piece.length < LETTER * point and gap > SHORT_OF * point


def _rule(run: Sequence[Segment]) -> Segment:
    weight = sum(each.length for each in run)
    at = sum(each.at * each.length for each in run) / weight
    return Segment(at, run[0].low, max(each.high for each in run), max(each.unbroken for each in run))


def _solid(run: Sequence[Segment], rule: Segment, dark: Bits, point: float) -> bool:
    dotted = sum(
        other.low - one.high for one, other in pairwise(run) if _is_dotted(dark, rule.at, one.high, other.low, point)
    )
    return sum(each.length for each in run) + dotted >= MOSTLY * rule.length


def _is_dotted(dark: Bits, at: float, low: float, high: float, point: float) -> bool:
    """Whether a stretch is a rule worn to dots: ink all along it, and none beside it."""
    half = max(1, round(CRUMB * point))
    top, end = round(at) - half, round(at) + half + 1
    along = slice(max(0, round(low)), round(high) + 1)
    if top < 1 or end >= len(dark) or high - low < 1:
        return False
    inked = dark[top:end, along].any(axis=0) & (dark[top - 1, along] == 0) & (dark[end, along] == 0)
    places = np.concatenate(([-1], np.flatnonzero(inked), [len(inked)]))
    return bool(inked.mean() >= DOTTED and np.diff(places).max() <= DOT_GAP * point)


def _reaching(rule: Segment, others: Sequence[Segment], dark: Bits, point: float) -> Segment:
    """The rule as far as the rules across it that it reaches over dots."""
    reach = REACH * point
    crossing = sorted(each.at for each in others if each.low - reach <= rule.at <= each.high + reach)
    low, high = rule.low, rule.high
    for at in (at for at in reversed(crossing) if at < low):
        low = at if _is_dotted(dark, rule.at, at + reach, low, point) else low
    for at in (at for at in crossing if at > high):
        high = at if _is_dotted(dark, rule.at, high, at - reach, point) else high
    return rule._replace(low=low, high=high)


def _anchored(
    across: Sequence[Segment], down: Sequence[Segment], point: float
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """The rules that are long by themselves, and short ones that run from one such rule to another.

    A letter's stroke, as the one in 本, may end at the rule below it, but does not begin at the rule above; the strokes
    of 目 meet only one another.
    """
    kept_across = [rule for rule in across if _stands_alone(rule, point)]
    kept_down = [rule for rule in down if _stands_alone(rule, point)]
    for _ in range(DEEPEST_SPLIT):
        kept_across, kept_down = (
            [rule for rule in across if rule in kept_across or _spans(rule, kept_down, point)],
            [rule for rule in down if rule in kept_down or _spans(rule, kept_across, point)],
        )
    return tuple(kept_across), tuple(kept_down)


def _spans(rule: Segment, others: Sequence[Segment], point: float) -> bool:
    """Whether a rule runs from one of `others` to another: through their middles, or nearly so far."""
    short_of, reach = SHORT_OF * point, REACH * point
    crossing = [each.at for each in others if each.low - reach <= rule.at <= each.high + reach]
    begins = any(-reach <= rule.low - at <= short_of for at in crossing)
    return begins and any(-reach <= at - rule.high <= short_of for at in crossing)


def _stands_alone(rule: Segment, point: float) -> bool:
    return rule.length >= FREE_RULE * point and rule.unbroken >= FREE_PIECE * point


def _covered(pieces: Bits, rules: Sequence[Segment], point: float) -> Bits:
    """The pixels of the pieces along the rules."""
    near = np.zeros_like(pieces)
    half = round(DOUBLE * point)
    for rule in rules:
        top, low = max(0, round(rule.at) - half), round(rule.at) + half + 1
        near[top:low, max(0, round(rule.low)) : round(rule.high) + 1] = WHITE
    covered: Bits = cv2.bitwise_and(pieces, near)
    return covered


def _crumbs(dark: Bits, rules: Sequence[Segment], point: float) -> Bits:
    """The ink along the rules that goes no further to either side: what a rule breaks into, but no stroke across it."""
    crumbs = np.zeros_like(dark)
    half = max(1, round(CRUMB * point))
    for rule in rules:
        top, low = round(rule.at) - half, round(rule.at) + half + 1
        if top < 1 or low >= len(dark):
            continue
        along = slice(max(0, round(rule.low)), round(rule.high) + 1)
        alone = (dark[top - 1, along] == 0) & (dark[low, along] == 0)
        crumbs[top:low, along] |= np.where(alone, dark[top:low, along], 0).astype(np.uint8)
    return crumbs


def grid_mask(ruling: Ruling, shape: tuple[int, int], point: float) -> Bits:
    """The rules drawn whole, one pixel thick and as far as those they meet, and a frame round each group of them."""
    mask = np.zeros(shape, np.uint8)
    reach = round(REACH * point)
    for rule in ruling.across:
        y = round(rule.at)
        cv2.line(mask, (round(rule.low) - reach, y), (round(rule.high) + reach, y), WHITE, 1)
    for rule in ruling.down:
        x = round(rule.at)
        cv2.line(mask, (x, round(rule.low) - reach), (x, round(rule.high) + reach), WHITE, 1)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for left, top, width, height, _ in stats[1:].tolist():
        if min(width, height) > 2 * SHORTEST_RULE * point:
            corner = (left + width - 1 - reach, top + height - 1 - reach)
            cv2.rectangle(mask, (left + reach, top + reach), corner, WHITE, 1)
    return mask
