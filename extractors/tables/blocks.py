"""Lines of words → blocks: the runs of lines that are a table without rules, with the headings above each."""

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.tables.lines import joined, lines_of
from extractors.tables.refine import is_figure
from schemas.records import Box, Word

CHUNK_GAP = 0.9
"""Words nearer than this share of their height are one chunk; justified prose stays in one."""
EDGE_GAP = 0.12
"""At an edge that many lines share, a gap of this share of the height is enough to part two chunks."""
SHARED = 3
"""An edge at which so many lines begin a word, or end a figure, is a column's."""
PITCH = 5.0
"""Lines further apart than this many line heights do not belong to one table, unless their figures line up."""
LONGEST_BLANK = 30.0
"""Even then a table has no blank stretch of more line heights."""
SPARSE = 2
"""So many lines that line up with nothing still belong to a table: wrapped labels."""
HEAD_LINES = 6
"""The most lines of text above the first figures that can be headings."""
NEAR = 2.5
"""Edges that differ by no more than this line up (points)."""

_YEAR = re.compile(r"(?:19|20)\d{2}")
_FIELD = re.compile(r"(?<!其中)[:：]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one line that stand close together."""

    words: tuple[Word, ...]
    text: str
    box: Box

    @classmethod
    def of(cls, words: Sequence[Word]) -> "Chunk":
        """The chunk of some words, of which there is at least one."""
        return cls(tuple(words), joined(words), Box.around([word.box for word in words]))

    @property
    def is_figure(self) -> bool:
        return is_figure(self.text)

    @property
    def is_letter(self) -> bool:
        """Whether it is a single character, as in headings with their letters spaced: 金　额."""
        return len(self.text) == 1 and not self.text.isascii()


TextRow = list[Chunk]


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one table: headings above, then the lines from the first that holds a figure to the last."""

    head: list[TextRow]
    body: list[TextRow]

    @property
    def box(self) -> Box:
        return Box.around([chunk.box for row in (*self.head, *self.body) for chunk in row])


def text_rows(words: Iterable[Word]) -> list[TextRow]:
    """The lines of a page, each cut into chunks."""
    lines = lines_of(words)
    edges = _Edges(lines)
    return [_chunks(line, edges) for line in lines]


class _Edges:
    """The places at which many lines begin a word, or end a figure: the edges of columns."""

    def __init__(self, lines: Sequence[Sequence[Word]]) -> None:
        self._starts = Counter(round(word.box.x0) for line in lines for word in line[1:])
        self._ends = Counter(round(word.box.x1) for line in lines for word in line if is_figure(word.text))

    def between(self, left: Word, right: Word) -> bool:
        return self._shared(self._ends, left.box.x1) or self._shared(self._starts, right.box.x0)

    @staticmethod
    def _shared(counts: Counter[int], at: float) -> bool:
        return sum(counts[round(at) + step] for step in (-1, 0, 1)) >= SHARED


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
    mixed = is_figure(left.text) != is_figure(right.text) or is_figure(left.text)
    return mixed and gap > EDGE_GAP * right.box.height and edges.between(left, right)


def blocks_between(rows: Sequence[TextRow], tables: Sequence[Box]) -> list[Block]:
    """The blocks of a page whose ruled tables stand at `tables`; none reaches over one."""
    levels = sorted(box.cy for box in tables)
    stretches: dict[int, list[TextRow]] = {}
    for row in rows:
        stretches.setdefault(bisect.bisect(levels, row[0].box.cy), []).append(row)
    return [block for stretch in stretches.values() for block in blocks_of(stretch)]


def blocks_of(rows: Sequence[TextRow]) -> list[Block]:
    """Runs of lines that hold figures, with the headings above each."""
    blocks: list[Block] = []
    start = 0
    while start < len(rows):
        if not tabular(rows[start]):
            start += 1
            continue
        end = _end_of_run(rows, start)
        floor = blocks[-1].box.y1 if blocks else float("-inf")
        block = Block(_head(rows, start, floor), list(rows[start : end + 1]))
        if _worth_it(block):
            blocks.append(block)
        start = end + 1
    return blocks


def tabular(row: TextRow) -> bool:
    """Whether a line holds a telling figure apart from other words."""
    return len(row) >= 2 and any(chunk.is_figure and _telling(chunk.text) for chunk in row)


def _telling(figure: str) -> bool:
    """Whether a figure can only be an amount or a code: page numbers, 公开02表 and years stand apart as well."""
    digits = sum(map(str.isdecimal, figure))
    return any(sign in figure for sign in ".,．，") or (digits >= 4 and not _YEAR.fullmatch(figure))


def _end_of_run(rows: Sequence[TextRow], start: int) -> int:
    """The last line of figures that belongs to the run which begins at `start`."""
    end, at, strays = start, start + 1, 0
    lefts, rights = _edges_of(rows[start])
    while at < len(rows) and strays <= SPARSE and _distance(rows[at - 1], rows[at]) <= LONGEST_BLANK:
        row = rows[at]
        lined_up = all(_lines_up(chunk, lefts, rights) for chunk in row)
        if _distance(rows[at - 1], row) > PITCH and not lined_up:
            break
        if tabular(row):
            end = at
            row_lefts, row_rights = _edges_of(row)
            lefts, rights = lefts + row_lefts, rights + row_rights
        strays = 0 if tabular(row) or lined_up else strays + 1
        at += 1
    return end


def _edges_of(row: TextRow) -> tuple[list[float], list[float]]:
    return [c.box.x0 for c in row if not c.is_figure], [c.box.x1 for c in row if c.is_figure]


def _lines_up(chunk: Chunk, lefts: Sequence[float], rights: Sequence[float]) -> bool:
    if chunk.is_figure:
        return any(abs(chunk.box.x1 - x) <= NEAR for x in rights)
    return any(abs(chunk.box.x0 - x) <= NEAR for x in lefts)


def _distance(above: TextRow, below: TextRow) -> float:
    """How far two lines are apart, in line heights."""
    return (below[0].box.cy - above[0].box.cy) / max(chunk.box.height for chunk in (*above, *below))


def _head(rows: Sequence[TextRow], start: int, floor: float) -> list[TextRow]:
    """The lines above the first figures from the topmost that has several headings side by side."""
    near: list[TextRow] = []
    at = start - 1
    while at >= 0 and start - at <= HEAD_LINES and _distance(rows[at], rows[at + 1]) <= PITCH:
        if rows[at][0].box.y0 <= floor or _is_caption(rows[at]):
            break
        near.insert(0, rows[at])
        at -= 1
    while near and (len(near[0]) < 2 or all(chunk.is_letter for chunk in near[0])):
        near.pop(0)
    return near


def _is_caption(row: TextRow) -> bool:
    """A line of fields (单位：万元) is no heading of columns."""
    return any(_FIELD.search(chunk.text) for chunk in row)


def _worth_it(block: Block) -> bool:
    """A table shows two lines of figures, or one of several figures under headings."""
    lines = [row for row in block.body if tabular(row)]
    figures = sum(chunk.is_figure for row in lines for chunk in row)
    return len(lines) >= 2 or (len(block.head) >= 1 and figures >= 2)
