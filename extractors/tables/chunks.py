"""Lines of words → chunks: words of one line that stand close together."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.tables.lines import is_figure, joined, lines_of, text_of
from schemas.records import Box, Word

CHUNK_GAP = 0.9
"""Words nearer than this share of their height are one chunk; justified prose stays in one."""
EDGE_GAP = 0.12
"""At an edge that many lines share, a gap of this share of the height is enough to part two chunks."""
SHARED = 3
"""An edge at which so many lines begin a word, or end a figure, is a column's."""
LABEL = 4
"""Characters of a label that may touch a figure before it; less can be its unit (万元, 平方米)."""
_TO_THE_POINT, _DECIMALS = re.compile(r"[-－(（]?\d[\d,，]*[.．]"), re.compile(r"\d{1,2}[)）]?")
"""A figure whose decimals stand apart from its point: 17960. 21."""
SIGN = re.compile(r"[-－—–]+|无")
"""What stands for no amount."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that stand close together and belong to one cell."""

    words: tuple[Word, ...]
    text: str
    box: Box

    @classmethod
    def of(cls, words: Sequence[Word]) -> "Chunk":
        """The chunk of some words of one line, of which there is at least one."""
        return cls(tuple(words), joined(words), Box.around([word.box for word in words]))

    @classmethod
    def wrapped(cls, words: Sequence[Word]) -> "Chunk":
        """The chunk of words that stand on several lines."""
        return cls(tuple(words), text_of(words), Box.around([word.box for word in words]))

    @property
    def is_figure(self) -> bool:
        """Whether it is one whole figure."""
        return is_figure(self.text)

    @property
    def is_letter(self) -> bool:
        """Whether it is a single character, as in headings with their letters spaced: 金　额."""
        return len(self.text) == 1 and not self.text.isascii()


TextRow = list[Chunk]


def text_rows(words: Iterable[Word]) -> list[TextRow]:
    """The lines of a page, each cut into chunks."""
    lines = lines_of(words)
    edges = _Edges(lines)
    return [_chunks(line, edges) for line in lines]


def box_of(rows: Iterable[TextRow]) -> Box:
    """The box round some lines, of which there is at least one."""
    return Box.around([chunk.box for row in rows for chunk in row])


class _Edges:
    """The places at which many lines begin a word, or end a figure: the edges of columns."""

    def __init__(self, lines: Sequence[Sequence[Word]]) -> None:
        self._starts = Counter(round(word.box.x0) for line in lines for word in line)
        self._ends = figure_ends(word for line in lines for word in line)

    def between(self, left: Word, right: Word) -> bool:
        return self._ends_figures(left) or is_shared(self._starts, right.box.x0)

    def touching(self, left: Word, right: Word) -> bool:
        """Whether two words are of two columns whose cells leave no room: figures end at an edge that many share."""
        if is_figure(right.text):
            return self._ends_figures(right) and (not _may_be_figure(left) or self._ends_figures(left))
        return len(right.text) >= LABEL and _may_be_figure(left) and self._ends_figures(left)

    def _ends_figures(self, word: Word) -> bool:
        return is_shared(self._ends, word.box.x1)


def figure_ends(words: Iterable[Word]) -> Counter[int]:
    """How many figures end at each whole point across."""
    return Counter(round(word.box.x1) for word in words if is_figure(word.text))


def is_shared(edges: Counter[int], at: float) -> bool:
    """Whether an edge is a column's: enough lines have one there, give or take a point."""
    return sum(edges[round(at) + step] for step in (-1, 0, 1)) >= SHARED


def _chunks(line: Sequence[Word], edges: _Edges) -> TextRow:
    groups: list[list[Word]] = []
    for word in line:
        if groups and not _parted(groups[-1][-1], word, edges):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Chunk.of(group) for group in groups]


def _parted(left: Word, right: Word, edges: _Edges) -> bool:
    gap = right.box.x0 - left.box.x1
    if gap > CHUNK_GAP * right.box.height:
        return True
    if _TO_THE_POINT.fullmatch(left.text) and _DECIMALS.fullmatch(right.text):
        return False
    if gap > EDGE_GAP * right.box.height:
        mixed = is_figure(left.text) != is_figure(right.text) or is_figure(left.text)
        return mixed and edges.between(left, right)
    return edges.touching(left, right)


def _may_be_figure(word: Word) -> bool:
    """Whether a word is what a column of figures holds: a figure, or the sign for none."""
    return is_figure(word.text) or SIGN.fullmatch(word.text) is not None
