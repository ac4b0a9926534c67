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
    areas = [d.box for d in shapes if not d.outline and not _thin(d.box) and visible(d.colour)]
    found = [rule for d in shapes if visible(d.colour) or _parts(d, areas) for rule in _rules_of(d)]
    return tuple(r for r in found if r[2] - r[0] >= SHORTEST or r[3] - r[1] >= SHORTEST)


def _covers_page(box: Box, width: float, height: float) -> bool:
    x0, y0, x1, y1 = box
    return x1 - x0 >= WHOLE_PAGE * width and y1 - y0 >= WHOLE_PAGE * height


def _thin(box: Box) -> bool:
    x0, y0, x1, y1 = box
    return x1 - x0 <= THIN or y1 - y0 <= THIN


def _parts(drawn: Drawn, areas: Sequence[Box]) -> bool:
    """Whether a white rule parts an area of colour, as in a table with shaded heads: elsewhere it does not show."""
    return drawn.colour[3] > 12 and _thin(drawn.box) and any(a.contains(drawn.box.cx, drawn.box.cy) for a in areas)


def _rules_of(drawn: Drawn) -> Sequence[Rule]:
    box = drawn.box
    x0, y0, x1, y1 = box
    if _thin(box):
        if x1 - x0 >= y1 - y0:
            return (Rule(x0, box.cy, x1, box.cy),)
        return (Rule(box.cx, y0, box.cx, y1),)
    if not drawn.outline:
        return ()
    return (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))
