"""Figures of unruled tables that are broken over two lines, put together before lines are made of a page's words."""

import bisect
from collections.abc import Iterator, Sequence
from itertools import starmap

from extractors.tables.broken_figures import TIGHT, are_one, decimals_of, is_piece, one_word, usual_decimals
from extractors.tables.lines import level
from extractors.tables.unruled.line_kinds import NEAR
from schemas.records import Box, Word

LONGEST_REST = 3
"""Characters of a second line: more of a figure would not have been broken off."""
SIGNS = (".", ",", "．", "，")


def whole_figures(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a page, each figure that is broken over two lines as one word, of one line's height between them.

    The rest stands close below the first line, on its right edge, its left one or its middle, and makes a figure with
    as many decimals as others have; where other columns print whole figures at both heights, they are two rows.
    """
    pieces = sorted((word for word in words if is_piece([word])), key=_height)
    broken = _broken(list(_pairs(pieces)), pieces)
    if not broken:
        return tuple(words)
    parts = {id(word) for pair in broken for word in pair}
    return (*(word for word in words if id(word) not in parts), *starmap(_whole, broken))


def _pairs(pieces: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Words that may begin a figure, each with a short one close below it; `pieces` come from top to bottom."""
    beginnings = [word for word in pieces if any(sign in word.text for sign in SIGNS) or len(word.text) > LONGEST_REST]
    heights = [_height(word) for word in beginnings]
    for rest in pieces:
        if len(rest.text) <= LONGEST_REST:
            first, last = (bisect.bisect_left(heights, _height(rest) - up) for up in (TIGHT * rest.box.height, 0))
            yield from ((word, rest) for word in beginnings[first:last] if _below(word, rest))


def _whole(first: Word, rest: Word) -> Word:
    """The figure of two lines, at the height where the other cells of its row have their one line."""
    figure = one_word([[first], [rest]])
    box, half = figure.box, first.box.height / 2
    return figure._replace(box=Box(box.x0, box.cy - half, box.x1, box.cy + half))


def _broken(pairs: Sequence[tuple[Word, Word]], pieces: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Those of some pairs of words, one below the other, that are one figure each."""
    if not pairs:
        return []
    in_pairs = {id(word) for pair in pairs for word in pair}
    usual = usual_decimals([[[word]] for word in pieces if id(word) not in in_pairs])
    told = [(first, rest) for first, rest in pairs if are_one([first.text, rest.text], usual)]
    whole = [word for word in pieces if decimals_of(word.text) in usual] if told else []
    return [pair for pair in told if not all(any(level([word], [other]) for other in whole) for word in pair)]


def _below(first: Word, rest: Word) -> bool:
    """Whether a word stands below another, clear of it and lined up with it."""
    upper, lower = first.box, rest.box
    clear = lower.cy - upper.cy > upper.height / 2
    edges = (upper.x1 - lower.x1, upper.x0 - lower.x0, upper.cx - lower.cx)
    return clear and min(map(abs, edges)) <= NEAR


def _height(word: Word) -> float:
    return word.box.cy
