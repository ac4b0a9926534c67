"""Lines of chunks → blocks: the runs of lines that are a table without rules, with the header above each."""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.tables.chunks import Chunk, TextRow, box_of
from extractors.tables.lattice import Line
from extractors.tables.unruled.header_lines import HeadingReader, head_above
from extractors.tables.unruled.line_kinds import NEAR, distance, tabular
from extractors.tables.unruled.runs import PITCH, end_of_run, with_rows_above
from extractors.tables.vocabulary import NO_WORDS, Vocabulary
from schemas.records import Box

BELOW_HEADER = 3.0
"""The first row stands no more line heights below a ruled header."""
AT_TOP = 4
"""A table that goes on begins with the page, below no more than so many lines of a heading."""
PROSE = 0.4
"""Lines of which at least this share hold clauses are prose with figures in it, and no table."""
_CLAUSE = re.compile(r"[\u4e00-\u9fff）%”][，。；]")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one table: its headings, then the lines of its rows."""

    head: tuple[Chunk, ...]
    body: list[TextRow]

    @property
    def box(self) -> Box:
        """What headings and rows take up together."""
        return Box.around([*(heading.box for heading in self.head), box_of(self.body)])


def blocks_between(
    rows: Sequence[TextRow],
    tables: Sequence[Box],
    vocabulary: Vocabulary = NO_WORDS,
    *,
    goes_on: bool = False,
    across: Sequence[Line] = (),
) -> list[Block]:
    """The blocks of a page whose ruled tables stand at `tables`; none reaches over one.

    Where a table of the page before `goes_on` a single row at the top of the page is enough for a block. `across` are
    the rules that run across the page: each ends the headings above it.
    """
    levels = sorted(box.cy for box in tables)
    stretches: dict[int, list[TextRow]] = {}
    for row in rows:
        stretches.setdefault(bisect.bisect(levels, row[0].box.cy), []).append(row)
    return [
        block
        for level, stretch in stretches.items()
        for block in blocks_of(stretch, vocabulary, goes_on=goes_on and level == 0, across=across)
    ]


def blocks_of(
    rows: Sequence[TextRow],
    vocabulary: Vocabulary = NO_WORDS,
    *,
    goes_on: bool = False,
    across: Sequence[Line] = (),
) -> list[Block]:
    """Runs of lines that hold figures, with the headings above each."""
    blocks: list[Block] = []
    start = 0
    while start < len(rows):
        if not tabular(rows[start]):
            start += 1
            continue
        end = end_of_run(rows, start, across)
        floor = blocks[-1].box.y1 if blocks else float("-inf")
        head, first = head_above(rows, start, floor, HeadingReader(vocabulary.is_heading, across))
        if not head:
            first = with_rows_above(rows, first, end, floor)
        block = Block(tuple(head), list(rows[first : end + 1]))
        if _worth_it(block) or (goes_on and first <= AT_TOP and not _clauses(rows[: end + 1])):
            blocks.append(block)
        start = end + 1
    return blocks


def lines_below(rows: Sequence[TextRow], header: Box, ceiling: float) -> list[TextRow]:
    """The lines of the table that a ruled header at `header` begins, as far as `ceiling`; none where it has no rows."""
    near = [row for row in rows if header.y1 - NEAR < row[0].box.cy < ceiling]
    start = next((at for at, row in enumerate(near) if len(row) >= 2 and any(chunk.is_figure for chunk in row)), None)
    if start is None or near[0][0].box.y0 - header.y1 > BELOW_HEADER * near[0][0].box.height:
        return []
    box = box_of(near[: start + 1])
    apart = any(distance(above, low) > PITCH for above, low in pairwise(near[: start + 1]))
    if apart or box.x0 < header.x0 - NEAR or box.x1 > header.x1 + NEAR:
        return []
    return near[: end_of_run(near, start) + 1]


def _worth_it(block: Block) -> bool:
    """A table shows two lines of figures, or figures under headings, and is no prose."""
    lines = [row for row in block.body if tabular(row)]
    figures = sum(chunk.is_figure for row in lines for chunk in row)
    prose = _clauses(block.body) >= PROSE * len(block.body)
    return not prose and (len(lines) >= 2 or (bool(block.head) and figures >= 2))


def _clauses(rows: Sequence[TextRow]) -> int:
    """How many lines hold clauses."""
    return sum(any(_CLAUSE.search(chunk.text) for chunk in row) for row in rows)
