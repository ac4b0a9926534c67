"""Figures that are broken over the lines of their cell, and figures that are stacked there as rows of their own.

A narrow column breaks 576,171.14 into `576,171.1` and `4`. What is one figure is told by the table itself: by how many
decimals it prints, by what the other columns hold at the same heights, and by whether the first line fills its column.
Where nothing tells, the lines stay apart in the cell's text, so that no amount is made of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.tables.lines import Line, is_figure, joined, level
from schemas.records import Box, Word

FULL = 0.75
"""The first line of a figure that is broken for want of room takes at least this share of its column's width."""
TIGHT = 1.6
"""Lines of one figure follow one another within so many line heights, unless they are all that the cell holds."""
MOST_LINES = 4
"""No figure is broken over more lines."""
USUAL, FEWEST = 0.25, 3
"""A number of decimals is a table's own where this share of its figures prints it, of so many at least."""
_PIECE = re.compile(r"[-－(（]?[\d.．,，]+[)）]?")
_TAIL = re.compile(r"\d{1,2}[)）]?")


def usual_decimals(cells: Iterable[Sequence[Line]]) -> frozenset[int]:
    """How many decimals a table's figures print, told by cells of one line if there are some; two where nothing tells.

    `cells` are the lines of each cell.
    """
    lines = [cell for cell in cells if cell]
    single = Counter(_told([cell[0] for cell in lines if len(cell) == 1]))
    every = Counter(_told([line for cell in lines for line in cell]))
    count = single if single.total() >= FEWEST else every
    return frozenset(n for n, times in count.items() if times >= USUAL * count.total()) or frozenset({2})


def _told(lines: Iterable[Line]) -> list[int]:
    """The decimals of the figures that have any: codes, counts and years have none."""
    texts = [figure_text(line) for line in lines]
    return [decimals for text in texts if is_figure(text) and (decimals := _decimals(text))]


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
    pieces = [_PIECE.fullmatch(text) is not None for text in texts]
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        stop = next((k for k in range(at, len(lines)) if not pieces[k]), len(lines))
        runs = (slice(at, end) for end in range(min(stop, at + MOST_LINES), at + 1, -1))
        broken = next((lines[run] for run in runs if _is_broken(lines[run], texts[run], around, len(lines))), None)
        whole.append([_one_word(broken)] if broken else lines[at])
        at += len(broken) if broken else 1
    return whole


def _is_broken(run: Sequence[Line], texts: Sequence[str], around: Surroundings, lines_in_cell: int) -> bool:
    """Whether some lines of a cell, pieces all, are one figure."""
    if not is_figure("".join(texts)):
        return False
    alone = len(run) == lines_in_cell
    if not _tells(texts, around.usual) and not (alone and _is_full(run[0], around.width) and _has_sign(texts)):
        return False
    return (alone or _follow_closely(run)) and not _two_rows(run, around)


def _tells(texts: Sequence[str], usual: frozenset[int]) -> bool:
    """Whether some pieces show that they are one figure: one is none by itself, or the last digits are missing."""
    whole = "".join(texts)
    if not all(map(is_figure, texts)):
        return _decimals(whole) in usual or "," in whole or "，" in whole
    short = "." in texts[0] and _decimals(texts[0]) not in usual
    return short and _decimals(whole) in usual and all(map(_TAIL.fullmatch, texts[1:]))


def _two_rows(run: Sequence[Line], around: Surroundings) -> bool:
    """Whether another cell of the row prints whole figures at the heights of two pieces."""
    return any(sum(_has_figure_at(cell, line, around.usual) for line in run) >= 2 for cell in around.beside)


def _has_figure_at(cell: Sequence[Line], line: Line, usual: frozenset[int]) -> bool:
    return any(level(other, line) and _decimals(figure_text(other)) in usual for other in cell)


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


def is_piece(line: Line) -> bool:
    """Whether a line can be the rest of a figure."""
    return _PIECE.fullmatch(figure_text(line)) is not None


def figure_text(line: Line) -> str:
    """The text of a line without blanks: figures are printed with spaces within."""
    return joined(line).replace(" ", "")


def _decimals(text: str) -> int:
    """How many decimals a figure prints, -1 where it is none."""
    if not is_figure(text):
        return -1
    return len(text.rstrip(")）").replace("．", ".").partition(".")[2])


def _one_word(lines: Sequence[Line]) -> Word:
    words = [word for line in lines for word in line]
    text = "".join(figure_text(line) for line in lines)
    return Word(text, Box.around([word.box for word in words]), min(word.confidence for word in words))
