"""A figure and the label of the next column, printed without room between them and so read as one word."""

import re
from collections.abc import Sequence

from extractors.tables.chunks import LABEL, figure_ends, is_shared
from extractors.tables.lines import is_figure
from extractors.tables.unruled.line_kinds import NEAR, telling
from schemas.records import Box, Word

_BOTH = re.compile(rf"([-－]?[\d,，.．]+)([^\d\s.,，．%％].{{{LABEL - 1},}})")
"""A figure before a label that is no unit of it."""
_HALF_WIDE = re.compile(r"[\d-]")
_NARROW = re.compile(r"[,.]")


def parted_where_columns_touch(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a page, those cut in two that run on from the right edge of a column of figures into a label."""
    matches = {at: match for at, word in enumerate(words) if (match := _BOTH.fullmatch(word.text))}
    if not matches:
        return tuple(words)
    ends = figure_ends(words)
    edges = [x for x in ends if is_shared(ends, x)]
    parted: list[Word] = []
    for at, word in enumerate(words):
        match = matches.get(at)
        cut = _edge_in(word, match[1], edges) if match and is_figure(match[1]) and telling(match[1]) else None
        parted.extend([word] if cut is None or match is None else _halves(word, match, cut))
    return tuple(parted)


def _edge_in(word: Word, figure: str, edges: Sequence[int]) -> float | None:
    """The edge of a column at which the figure that begins a word seems to end, by the widths of its characters."""
    share = _width(figure) / _width(word.text)
    end = word.box.x0 + share * word.box.width
    near = min(edges, key=lambda x: abs(x - end), default=None)
    return float(near) if near is not None and abs(near - end) <= NEAR else None


def _width(text: str) -> float:
    """How wide a text is, in full widths, as nearly as it can be told without its font."""
    return sum(0.27 if _NARROW.match(sign) else 0.55 if _HALF_WIDE.match(sign) else 1.0 for sign in text)


def _halves(word: Word, match: re.Match[str], at: float) -> list[Word]:
    box = word.box
    return [
        word._replace(text=match[1], box=Box(box.x0, box.y0, at, box.y1)),
        word._replace(text=match[2], box=Box(at, box.y0, box.x1, box.y1)),
    ]
