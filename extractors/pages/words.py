"""Characters → words: runs on one line that neither a gap nor a rule parts."""

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.pages.run_together import NUMERIC, cuts_of, may_be_cut
from schemas.records import Box, Glyph, Rule, Word

WORD_GAP = 0.45
"""A gap wider than this share of the type size starts a new word; 合  计 keeps its letters apart as two words."""
BLANK = 0.17
"""With a blank character between them a narrower gap parts words, but no narrower than this share."""
SAME_LINE = 0.5
"""Characters whose centres differ by less than this share of the type size stand on one line."""
DASHES = frozenset("-－—–")
BLANKS = 2
"""A page with so many dashes that stand alone prints them for nothing."""
SHORTEST_SIGNED = 4
"""A figure with a minus has so many characters at least that it can be too long for its cell."""
STRUCK = 0.2
"""Words struck twice stand no further apart in height than this share of it."""
TOUCHING = 0.12
"""Digits nearer than this share of the type size are one number even where a rule runs through them."""


def words_of(glyphs: Iterable[Glyph], rules: Sequence[Rule]) -> tuple[Word, ...]:
    """Words in reading order of the stream they came in; blank characters are dropped.

    A word never runs over a vertical rule that stands between two of its characters. A number that overflows its cell
    keeps its digits together, but several that were drawn as one string are cut where one ends and the next begins. A
    blank character parts words only where there is room for one: readers make up blanks between letters that were
    painted one by one.
    """
    fences = _Fences(rules)
    words: list[Word] = []
    run: list[Glyph] = []
    signed: dict[int, list[Glyph]] = {}
    blank_before = False

    def end_word() -> None:
        if _minus_over_rule(run, fences):
            signed[len(words)] = run
        words.extend(_words(run, fences))

    for glyph in glyphs:
        if glyph[0].isspace():
            blank_before = True
            continue
        if run and not _continues(run[-1], glyph, blank_before, fences):
            end_word()
            run = []
        run.append(glyph)
        blank_before = False
    if run:
        end_word()
    return _struck_once(list(_signs_parted(words, signed)))


def _struck_once(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without those that are printed over a part of another one once more, to make it bold.

    A reader that leaves out what is struck twice can miss some of it where other text comes between the strokes.
    """
    again: set[int] = set()
    order = sorted(range(len(words)), key=lambda at: (words[at].box.y0 + words[at].box.y1, words[at].box.x0))
    for one, other in pairwise(order):
        left, right = words[one], words[other]
        if right.box.x0 < left.box.x1 - right.box.height / 2 and right.box.x1 > left.box.x0 + right.box.height / 2:
            short, whole = sorted((one, other), key=lambda at: len(words[at].text))
            if _repeats(words[short], words[whole]):
                again.add(short)
    return tuple(word for at, word in enumerate(words) if at not in again) if again else tuple(words)


def _repeats(short: Word, whole: Word) -> bool:
    """Whether a word is a part of another that stands at the same place."""
    at = whole.text.find(short.text)
    if at < 0 or abs(short.box.cy - whole.box.cy) > STRUCK * whole.box.height:
        return False
    begins = whole.box.x0 + whole.box.width * at / len(whole.text)
    width = whole.box.width * len(short.text) / len(whole.text)
    return abs(short.box.x0 - begins) <= whole.box.height >= abs(short.box.width - width)


def _minus_over_rule(run: Sequence[Glyph], fences: "_Fences") -> bool:
    """Whether a rule stands between a dash and the figure that follows it close by."""
    if len(run) < SHORTEST_SIGNED or run[0][0] not in DASHES or run[1][0] not in NUMERIC:
        return False
    (_, left, top, right, low), (_, next_left, _, next_right, _) = run[:2]
    return fences.between(right - (right - left) / 4, next_left + (next_right - next_left) / 4, (top + low) / 2)


def _signs_parted(words: Sequence[Word], signed: Mapping[int, Sequence[Glyph]]) -> Iterator[Word]:
    """The words, a dash before a rule parted from the figure behind it where the page's blanks are printed as dashes.

    There it is the sign for nothing of the column on the left, elsewhere the minus of a figure too long for its cell.
    """
    blanks = sum(1 for word in words if word.text in DASHES) if signed else 0
    for at, word in enumerate(words):
        run = signed.get(at)
        if run is not None and blanks >= BLANKS and word.text[0] == run[0][0]:
            yield _word(run[:1], word.text[0])
            yield word._replace(text=word.text[1:], box=word.box._replace(x0=run[1][1]))
        else:
            yield word


def _continues(last: Glyph, glyph: Glyph, blank_between: bool, fences: "_Fences") -> bool:
    """Whether a character goes on with the word that `last` ends. Called for every character, so kept flat."""
    text, left, top, right, low = last
    next_text, next_left, next_top, next_right, next_low = glyph
    size = low - top if low - top > next_low - next_top else next_low - next_top
    gap = next_left - right
    if not -size < gap < (BLANK if blank_between else WORD_GAP) * size:
        return False
    if abs(next_top + next_low - top - low) > 2 * SAME_LINE * size:
        return False
    if not fences.between(right - (right - left) / 4, next_left + (next_right - next_left) / 4, (top + low) / 2):
        return True
    overflows = text in NUMERIC and next_text in NUMERIC and gap < TOUCHING * size
    return overflows and not blank_between


def _words(run: Sequence[Glyph], fences: "_Fences") -> Iterable[Word]:
    """The word that a run of characters makes, or the figures that were drawn as one string."""
    text = "".join([g[0] for g in run])
    if not may_be_cut(text):
        return (_word(run, text),)
    edges = [(left[3] + right[1]) / 2 for left, right in pairwise(run)]
    cuts = cuts_of(text, edges, fences.across(run), run[0][4] - run[0][2])
    return [_word(run[start:end], text[start:end]) for start, end in pairwise((0, *cuts, len(run)))]


def _word(run: Sequence[Glyph], text: str) -> Word:
    box = Box(run[0][1], min([g[2] for g in run]), run[-1][3], max([g[4] for g in run]))
    return Word(text, box)


class _Fences:
    """The vertical rules of a page, looked up by the gap between two characters."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = sorted((r for r in rules if not r.horizontal), key=lambda r: r.x0)
        self._xs = [r.x0 for r in self._rules]

    def between(self, one: float, other: float, y: float) -> bool:
        """Whether a rule stands between two places across, at height `y`."""
        if not self._xs:
            return False
        low, high = (one, other) if one <= other else (other, one)
        first = bisect.bisect_left(self._xs, low)
        last = bisect.bisect_right(self._xs, high, first)
        return first != last and any(rule.y0 <= y <= rule.y1 for rule in self._rules[first:last])

    def across(self, run: Sequence[Glyph]) -> list[float]:
        """The places of the rules that run through a run of characters, or close by its ends."""
        y, size = (run[0][2] + run[0][4]) / 2, run[0][4] - run[0][2]
        first = bisect.bisect_left(self._xs, run[0][1])
        last = bisect.bisect_right(self._xs, run[-1][3] + size, first)
        return [rule.x0 for rule in self._rules[first:last] if rule.y0 <= y <= rule.y1]
