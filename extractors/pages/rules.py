"""What was drawn on a page → the rules a reader sees.

A producer draws a rule as a thin filled rectangle, a stroke, four sides of a cell, or many of these in one path. All
of them end as `Rule`s; what cannot be seen (transparent, or white on white) does not.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.records import Box, Rule

THIN = 3.0
"""A filled shape no thicker than this is a rule, not an area (points)."""
SHORTEST = 3.0
"""Shorter pieces are the dots that cell borders leave at crossings; crossings tolerate the gap (points)."""
SLOPE = 1.0
"""A stroke whose ends differ by no more than this across its direction is straight (points)."""
PALEST = 245
"""Colour components from here up cannot be told from white paper."""
WHOLE_PAGE = 0.97
"""A frame that takes this share of both of the page's dimensions is the sheet, not a table."""

Colour = tuple[int, int, int, int]


class Drawn(NamedTuple):
    """One sub-path as it was painted: upright box, the colour that shows, whether its outline is what was painted."""

    box: Box
    colour: Colour
    outline: bool


def visible(colour: Colour) -> bool:
    """Whether a colour (red, green, blue, alpha from 0 to 255) shows on white paper."""
    red, green, blue, alpha = colour
    return alpha > 12 and min(red, green, blue) < PALEST


def rules_seen(drawn: Iterable[Drawn], width: float, height: float) -> tuple[Rule, ...]:
    """The rules among what was drawn on an upright page of `width` × `height` points."""
    shapes = [d for d in drawn if not _covers_page(d.box, width, height)]
    areas = [d.box for d in shapes if not d.outline and visible(d.colour) and not _thin(d.box)]
    seen = [d for d in shapes if _shows(d, areas)]
    found = [rule for d in seen for rule in _rules_of(d)]
    return tuple(r for r in found if max(r.x1 - r.x0, r.y1 - r.y0) >= SHORTEST)


def _covers_page(box: Box, width: float, height: float) -> bool:
    return box.width >= WHOLE_PAGE * width and box.height >= WHOLE_PAGE * height


def _thin(box: Box) -> bool:
    return min(box.width, box.height) <= THIN


def _shows(drawn: Drawn, areas: Sequence[Box]) -> bool:
    """A white rule shows only where it parts an area of colour, as in a table with shaded heads."""
    if visible(drawn.colour):
        return True
    return drawn.colour[3] > 12 and _thin(drawn.box) and any(a.contains(drawn.box.cx, drawn.box.cy) for a in areas)


def _rules_of(drawn: Drawn) -> Sequence[Rule]:
    box = drawn.box
    if _thin(box):
        return [_centre_line(box)]
    if not drawn.outline:
        return []
    x0, y0, x1, y1 = box
    return [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]


def _centre_line(box: Box) -> Rule:
    if box.width >= box.height:
        return Rule(box.x0, box.cy, box.x1, box.cy)
    return Rule(box.cx, box.y0, box.cx, box.y1)
