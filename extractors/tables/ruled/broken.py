"""Figures that are broken over the lines of their cell, and figures that are stacked there as rows of their own.

A narrow column breaks 576,171.14 into `576,171.1` and `4`. What is one figure is told by the table itself: by how many
decimals it prints, by what the other columns hold at the same heights, and by whether the first line fills its column.
Where nothing tells, the lines stay apart in the cell's text, so that no amount is made of them.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.tables.broken_figures import TIGHT, are_one, decimals_of, figure_text, is_piece, one_word
from extractors.tables.lines import Line, is_figure, level
from schemas.records import Box

FULL = 0.75
"""The first line of a figure that is broken for want of room takes at least this share of its column's width."""
MOST_LINES = 4
"""No figure is broken over more lines."""


class Surroundings(NamedTuple):
    """What tells whether a cell's lines are one figure.

    Its width in points, the numbers of decimals that the table prints, and the lines of the other cells of its row.
    """

    width: float
    usual: frozenset[int]
    beside: Sequence[Sequence[Line]]


def mended(lines: Sequence[Line], around: Surroundings) -> list[Line]:
    """The lines of a cell, each figure that is broken over several put together as one word."""
    texts = [figure_text(line) for line in lines]
    pieces = [is_piece(line) for line in lines]
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        stop = next((k for k in range(at, len(lines)) if not pieces[k]), len(lines))
        runs = (slice(at, end) for end in range(min(stop, at + MOST_LINES), at + 1, -1))
        broken = next((lines[run] for run in runs if _is_broken(lines[run], texts[run], around, len(lines))), None)
        whole.append([one_word(broken)] if broken else lines[at])
        at += len(broken) if broken else 1
    return whole


def _is_broken(run: Sequence[Line], texts: Sequence[str], around: Surroundings, lines_in_cell: int) -> bool:
    """Whether some lines of a cell, pieces all, are one figure."""
    if not is_figure("".join(texts)):
        return False
    alone = len(run) == lines_in_cell
    if not are_one(texts, around.usual) and not (alone and _is_full(run[0], around.width) and _has_sign(texts)):
        return False
    return (alone or _follow_closely(run)) and not _two_rows(run, around)


def _two_rows(run: Sequence[Line], around: Surroundings) -> bool:
    """Whether another cell of the row prints whole figures at the heights of two pieces."""
    return any(sum(_has_figure_at(cell, line, around.usual) for line in run) >= 2 for cell in around.beside)


def _has_figure_at(cell: Sequence[Line], line: Line, usual: frozenset[int]) -> bool:
    return any(level(other, line) and decimals_of(figure_text(other)) in usual for other in cell)


def _follow_closely(run: Sequence[Line]) -> bool:
    return all(low[0].box.cy - up[0].box.cy <= TIGHT * up[0].box.height for up, low in pairwise(run))


def are_rows(stacks: Sequence[tuple[Sequence[Line], float]]) -> list[Sequence[Line]]:
    """The stacks of figures that show several rows in one drawn row; none where it may be one row.

    `stacks` are the lines of each cell of the drawn row with the cell's width, broken figures put together. Where a
    stack of figures may as well be one figure, another that stands at the same heights settles it.
    """
    stacked = [lines for lines, _ in stacks if len(lines) >= 2 and all(is_figure(figure_text(line)) for line in lines)]
    widths = {id(lines): width for lines, width in stacks}
    sure = [lines for lines in stacked if not _may_be_one(lines, widths[id(lines)])]
    if sure:
        return stacked
    unsure = [lines for lines in stacked if not _is_full(lines[0], widths[id(lines)])]
    return unsure if len(unsure) >= 2 and _at_same_heights(unsure) else []


def _may_be_one(lines: Sequence[Line], width: float) -> bool:
    texts = [figure_text(line) for line in lines]
    return is_figure("".join(texts)) and (_is_full(lines[0], width) or _has_sign(texts))


def _at_same_heights(stacks: Sequence[Sequence[Line]]) -> bool:
    first, *others = stacks
    return all(len(other) == len(first) and all(map(level, first, other)) for other in others)


def _is_full(line: Line, width: float) -> bool:
    return Box.around([word.box for word in line]).width >= FULL * width


def _has_sign(texts: Iterable[str]) -> bool:
    return any(sign in text for text in texts for sign in ".．,，")
