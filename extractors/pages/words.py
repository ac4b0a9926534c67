"""Characters → words: runs on one line that neither a gap nor a rule parts."""

import bisect
from collections.abc import Sequence

from schemas.records import Box, Glyph, Rule, Word

WORD_GAP = 0.45
"""A gap wider than this share of the type size starts a new word; 合  计 keeps its letters apart as two words."""
BLANK = 0.17
"""With a blank character between them a narrower gap parts words, but no narrower than this share."""
SAME_LINE = 0.5
"""Characters whose centres differ by less than this share of the type size stand on one line."""
TOUCHING = 0.12
"""Digits nearer than this share of the type size are one number even where a rule runs through them."""
OVERPRINT = 0.3
"""The same character again within this share of the type size is a heavier print of the first, not a second one."""
NUMERIC = frozenset("0123456789０１２３４５６７８９.,，．-－")


def words_of(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> tuple[Word, ...]:
    """Words in reading order of the stream they came in; blank characters are dropped.

    A word never runs over a vertical rule that stands between two of its characters; a number that overflows its cell
    keeps its digits together. A blank character parts words only where there is room for one: readers make up blanks
    between letters that were painted one by one.
    """
    fences = _Fences(rules)
    runs: list[list[Glyph]] = []
    blank_before = False
    for glyph in _printed_once(glyphs):
        if glyph.text.isspace():
            blank_before = True
            continue
        if runs and _continues(runs[-1][-1], glyph, blank_before, fences):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        blank_before = False
    return tuple(_word(run) for run in runs)


def _printed_once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without the second print that some producers add to make bold type."""
    kept: list[Glyph] = []
    places: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        reach = max(glyph.size * OVERPRINT, 0.1)
        column, line = round(glyph.box.x0 / reach), round(glyph.box.cy / reach)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in places.get((glyph.text, column + dx, line + dy), ())
        )
        if not glyph.text.isspace() and any(_overprints(glyph, other, reach) for other in near):
            continue
        places.setdefault((glyph.text, column, line), []).append(glyph)
        kept.append(glyph)
    return kept


def _overprints(glyph: Glyph, other: Glyph, reach: float) -> bool:
    return abs(glyph.box.x0 - other.box.x0) < reach and abs(glyph.box.cy - other.box.cy) < reach


def _continues(last: Glyph, glyph: Glyph, blank_between: bool, fences: "_Fences") -> bool:
    size = max(last.size, glyph.size)
    gap = glyph.box.x0 - last.box.x1
    widest = (BLANK if blank_between else WORD_GAP) * size
    if abs(glyph.box.cy - last.box.cy) > SAME_LINE * size or not -size < gap < widest:
        return False
    overflows = last.text in NUMERIC and glyph.text in NUMERIC and gap < TOUCHING * size
    if overflows and not blank_between:
        return True
    return not fences.between(last.box, glyph.box)


def _word(run: Sequence[Glyph]) -> Word:
    return Word("".join(g.text for g in run), Box.around([g.box for g in run]))


class _Fences:
    """The vertical rules of a page, looked up by the gap between two characters."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = sorted((r for r in rules if not r.horizontal), key=lambda r: r.x0)
        self._xs = [r.x0 for r in self._rules]

    def between(self, left: Box, right: Box) -> bool:
        """Whether a rule stands between two neighbours on a line, their side bearings included."""
        low, high = sorted((left.x1 - left.width / 4, right.x0 + right.width / 4))
        y = (left.cy + right.cy) / 2
        first, last = bisect.bisect_left(self._xs, low), bisect.bisect_right(self._xs, high)
        return any(r.y0 <= y <= r.y1 for r in self._rules[first:last])
