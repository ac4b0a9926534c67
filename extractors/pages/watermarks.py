"""Watermarks in a text layer: what is printed over the page and is no part of it, whatever it says.

Nothing in a paper is printed aslant; a faint or large text that is printed across other texts or across rules is no
text of its own either; and a faint text that comes again at the same place on page after page, or in the colour and the
letters of a watermark found elsewhere, is one where it touches nothing too. Digits of a watermark would end as amounts.
"""

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from extractors.pages.rules import Colour, Drawn
from schemas.records import Glyph, Rule

ASLANT = 4
"""Text so many degrees off the upright runs along no line of a table."""
GREY, FAINT = 110, 160
"""How light a watermark is at least where it crosses something, and where it only comes again (0 black, 255 white)."""
LARGE = 1.5
"""Larger than the page's text by this factor, a text across others is a watermark whatever its colour."""
ACROSS, DOWN = 0.2, 0.35
"""Boxes that share so much of the smaller one's width and height are printed over one another."""
MIDDLE = 0.25
"""A rule crosses a letter where it runs further from the letter's edges than this share of its box."""
TOUCHED, TOUCHING = 2, 0.1
"""So many letters of a watermark, and this share of them, lie over something."""
SAME_PLACE = 2.0
"""A watermark that comes again stands where it stood, but for so much (points)."""
AGAIN, MOST = 3, 0.5
"""It comes again on so many pages at least, or on all, and on this share of the pages that print text."""


class Style(NamedTuple):
    """How a character is printed: the colour that shows, whole degrees off the upright, rounded height in points.

    The height of what is faint is 0: figures and ideographs of one watermark differ in it.
    """

    colour: Colour
    aslant: int
    height: int

    @property
    def shade(self) -> float:
        """How light it is on white paper, from 0 (black) to 255."""
        return shade(self.colour)


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies beneath and beside a page's letters: its rules and the areas of colour in the order of painting."""

    rules: Sequence[Rule]
    areas: Sequence[Drawn]

    def shade_at(self, x: float, y: float) -> float:
        """How light the page is at a place before any letter is printed there."""
        behind = [area for area in self.areas if area.box.contains(x, y)]
        return shade(behind[-1].colour) if behind else 255.0


Placed = tuple[tuple[str, int, int], ...]
"""Letters, each with its place in steps of `SAME_PLACE`."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The watermarks of a page by style with their letters, and the faint text that may be one."""

    sure: Mapping[Style, frozenset[str]]
    faint: Mapping[Style, Placed]


def printed_as(colour: Colour, angle: float, glyph: Glyph) -> Style:
    """The style of a character of some colour and angle (degrees counter-clockwise)."""
    return Style(colour, slant_of(angle), round(glyph.y1 - glyph.y0) if shade(colour) < GREY else 0)


def slant_of(angle: float) -> int:
    """How far an angle is off the nearest quarter turn, in whole degrees."""
    return round(angle - round(angle / 90) * 90)


def shade(colour: Colour) -> float:
    """How light a colour is on white paper, from 0 (black) to 255 (ITU-R BT.601)."""
    red, green, blue, alpha = colour
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return 255.0 - (255.0 - light) * alpha / 255.0


def marks_on(glyphs: Sequence[Glyph], styles: Sequence[Style], ground: Ground) -> Marks:
    """The watermarks among the characters of a page, `styles` being those of `glyphs`."""
    groups: dict[Style, list[Glyph]] = defaultdict(list)
    for glyph, style in zip(glyphs, styles, strict=True):
        if not glyph.text.isspace():
            groups[style].append(glyph)
    usual = _usual_slant(groups)
    body = _Printed({style: group for style, group in groups.items() if style.aslant == usual and style.shade < GREY})
    sure: dict[Style, frozenset[str]] = {}
    faint: dict[Style, Placed] = {}
    for style, group in groups.items():
        if abs(style.aslant - usual) >= ASLANT or _lies_over(group, style, body, ground):
            sure[style] = _letters(group)
        elif style.shade >= FAINT and _is_pale(group, ground, style):
            faint[style] = tuple((g.text, round(g.x0 / SAME_PLACE), round(g.y0 / SAME_PLACE)) for g in group)
    return Marks(sure, faint)


def found_again(pages: Mapping[int, Marks]) -> dict[int, frozenset[Style]]:
    """The watermarks of each page that only the other pages show, by page number.

    `pages` has the marks of each page that prints text.
    """
    known: dict[tuple[Colour, int], set[str]] = defaultdict(set)
    for marks in pages.values():
        for style, letters in marks.sure.items():
            known[style.colour, style.aslant] |= letters
    repeated = _repeated(pages)
    again: dict[int, frozenset[Style]] = {}
    for number, marks in pages.items():
        styles = frozenset(
            style
            for style, faint in marks.faint.items()
            if faint in repeated or {text for text, _, _ in faint} <= known[style.colour, style.aslant]
        )
        if styles:
            again[number] = styles
    return again


def _repeated(pages: Mapping[int, Marks]) -> Set[Placed]:
    """The faint texts that come again at the same place on most pages."""
    count = Counter(faint for marks in pages.values() for faint in marks.faint.values())
    enough = max(min(AGAIN, len(pages)), MOST * len(pages), 2)
    return {faint for faint, pages_with_it in count.items() if pages_with_it >= enough}


def _usual_slant(groups: Mapping[Style, Sequence[Glyph]]) -> int:
    """The slant of the page itself: that of most text near the upright, for a whole page can be askew."""
    slants: Counter[int] = Counter()
    for style, group in groups.items():
        slants[style.aslant] += len(group)
    upright = [slant for slant in slants if abs(slant) < ASLANT]
    return max(upright or slants or [0], key=lambda slant: slants[slant])


def _lies_over(group: Sequence[Glyph], style: Style, body: "_Printed", ground: Ground) -> bool:
    """Whether letters of one style, faint or larger than the others, are printed across dark text or across rules.

    Dark ones count only where they are printed across text: a title may stand within ruled frames.
    """
    dark = style.shade < GREY
    if dark and style.height < LARGE * body.height:
        return False
    over = sum(
        body.lies_under(glyph, style) or (not dark and any(_crosses(rule, glyph) for rule in ground.rules))
        for glyph in group
        if dark or _contrast(glyph, style, ground) < 255 - GREY
    )
    return over >= max(TOUCHED, TOUCHING * len(group))


def _contrast(glyph: Glyph, style: Style, ground: Ground) -> float:
    behind = ground.shade_at((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)
    return abs(behind - style.shade)


def _is_pale(group: Sequence[Glyph], ground: Ground, style: Style) -> bool:
    """Whether none of some letters stands out from what lies behind it, as white letters do on a dark heading."""
    return all(_contrast(glyph, style, ground) <= 255 - FAINT for glyph in group)


def _crosses(rule: Rule, glyph: Glyph) -> bool:
    """Whether a rule runs through the middle of a letter; one that ends beside it or underlines it does not."""
    aside, off = MIDDLE * (glyph.x1 - glyph.x0), MIDDLE * (glyph.y1 - glyph.y0)
    if rule.horizontal:
        return glyph.y0 + off < rule.y0 < glyph.y1 - off and rule.x0 < glyph.x1 - aside and rule.x1 > glyph.x0 + aside
    return glyph.x0 + aside < rule.x0 < glyph.x1 - aside and rule.y0 < glyph.y1 - off and rule.y1 > glyph.y0 + off


class _Printed:
    """The dark letters that run along a page's lines, looked up by their height on the page."""

    def __init__(self, groups: Mapping[Style, Sequence[Glyph]]) -> None:
        heights: Counter[int] = Counter()
        for style, group in groups.items():
            heights[style.height] += len(group)
        self.height: float = max(heights, key=lambda height: heights[height]) if heights else float("inf")
        self._tallest = max(heights, default=0) + 1
        self._glyphs = sorted(
            ((glyph, style) for style, group in groups.items() for glyph in group), key=lambda printed: printed[0].y0
        )
        self._tops = [glyph.y0 for glyph, _ in self._glyphs]

    def lies_under(self, glyph: Glyph, style: Style) -> bool:
        """Whether a letter of `style` is printed over one of another style."""
        first = bisect.bisect_left(self._tops, glyph.y0 - self._tallest)
        last = bisect.bisect_right(self._tops, glyph.y1, first)
        return any(own != style and _overlap(glyph, other) for other, own in self._glyphs[first:last])


def _overlap(one: Glyph, other: Glyph) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    width = min(one.x1 - one.x0, other.x1 - other.x0)
    height = min(one.y1 - one.y0, other.y1 - other.y0)
    return across > ACROSS * width and down > DOWN * height


def _letters(group: Iterable[Glyph]) -> frozenset[str]:
    return frozenset(glyph.text for glyph in group)
