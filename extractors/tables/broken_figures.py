"""Figures that are broken over lines for want of room: 576,171.14 as `576,171.1` and `4` below it.

What is one figure is told by how many decimals the other figures print.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.tables.lines import Line, is_figure, joined
from schemas.records import Box, Word

TIGHT = 1.6
"""Lines of one figure follow one another within so many line heights, unless they are all that a cell holds."""
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
    return [decimals for text in texts if is_figure(text) and (decimals := decimals_of(text))]


def are_one(texts: Sequence[str], usual: frozenset[int]) -> bool:
    """Whether some pieces show that they are one figure: one is none by itself, or the last digits are missing."""
    whole = "".join(texts)
    if not all(map(is_figure, texts)):
        return decimals_of(whole) in usual or "," in whole or "，" in whole
    short = "." in texts[0] and decimals_of(texts[0]) not in usual
    return short and decimals_of(whole) in usual and all(map(_TAIL.fullmatch, texts[1:]))


def is_piece(line: Line) -> bool:
    """Whether a line can be a part of a figure."""
    return _PIECE.fullmatch(figure_text(line)) is not None


def figure_text(line: Line) -> str:
    """The text of a line without blanks: figures are printed with spaces within."""
    return joined(line).replace(" ", "")


def decimals_of(text: str) -> int:
    """How many decimals a figure prints, -1 where it is none."""
    if not is_figure(text):
        return -1
    return len(text.rstrip(")）").replace("．", ".").partition(".")[2])


def one_word(lines: Sequence[Line]) -> Word:
    """The figure that some lines are, as one word round all of them."""
    words = [word for line in lines for word in line]
    text = "".join(figure_text(line) for line in lines)
    return Word(text, Box.around([word.box for word in words]), min(word.confidence for word in words))
