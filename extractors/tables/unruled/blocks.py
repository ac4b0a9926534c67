"""Lines of chunks → blocks: the runs of lines that are a table without rules, with the header above each."""

import bisect
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.tables.chunks import Chunk, TextRow, box_of
from extractors.tables.lattice import Line
from extractors.tables.unruled.headings import headings_in
from extractors.tables.vocabulary import NO_WORDS, Vocabulary
from schemas.records import Box

PITCH = 5.0
"""Lines further apart than this many line heights do not belong to one table, unless their figures line up."""
LONGEST_BLANK = 30.0
"""Even then a table has no blank stretch of more line heights."""
SPARSE = 2
"""So many lines that line up with nothing still belong to a table: wrapped labels."""
HEAD_LINES = 6
"""The most lines of text above the first figures that can be headings where no word of them is known."""
BOUNDED_LINES = 12
"""The most such lines below one that ends what stands above the table."""
BLANK_LINES = 40
"""The most lines of labels above the first figures."""
HEADINGS = 2
"""So many known headings make a header."""
BELOW_HEADER = 3.0
"""The first row stands no more line heights below a ruled header."""
AT_TOP = 4
"""A table that goes on begins with the page, below no more than so many lines of a heading."""
PROSE = 0.4
"""Lines of which at least this share hold clauses are prose with figures in it, and no table."""
REGULAR = 1.25
"""A row below the last figures is no further off than this share of what rows are apart."""
CLOSE = 2.0
"""Rows above the first one with figures in two columns stand no more line heights apart."""
LARGER = 1.15
"""A title is set so many times as large as the headings below it."""
WITHIN_LABEL = 1.3
"""The first line of a wrapped label stands no more line heights above its figures."""
FLATTEST = 0.1
"""A damaged font can print lines of no height: they are taken to be so high (points)."""
NEAR = 2.5
"""Edges that differ by no more than this line up (points)."""

_YEAR = re.compile(r"(?:19|20)\d{2}")
_FIELD = re.compile(r"(?<!其中)[:：]")
_UNIT = re.compile(r"单位\s*[:：]")
_NOTE = re.compile(r"[(（]?(?:注|说明|备注)")
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
        end = _end_of_run(rows, start, across)
        floor = blocks[-1].box.y1 if blocks else float("-inf")
        head, first = _head(rows, start, floor, _Reader(vocabulary.is_heading, across))
        if not head:
            first = _with_rows_above(rows, first, end, floor)
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
    apart = any(_distance(above, low) > PITCH for above, low in pairwise(near[: start + 1]))
    if apart or box.x0 < header.x0 - NEAR or box.x1 > header.x1 + NEAR:
        return []
    return near[: _end_of_run(near, start) + 1]


def tabular(row: TextRow) -> bool:
    """Whether a line holds a telling figure apart from other words."""
    return len(row) >= 2 and _holds_amount(row)


def _holds_amount(row: TextRow) -> bool:
    return any(chunk.is_figure and telling(chunk.text) for chunk in row)


def telling(figure: str) -> bool:
    """Whether a figure can only be an amount or a code: page numbers, 公开02表 and years stand apart as well."""
    digits = sum(map(str.isdecimal, figure))
    return any(sign in figure for sign in ".,．，") or (digits >= 4 and not _YEAR.fullmatch(figure))


def numbers_columns(row: TextRow) -> bool:
    """Whether a line numbers the columns: 1, 2, 3 … from left to right."""
    figures = [chunk.text for chunk in row if chunk.is_figure]
    if len(figures) < 2 or not all(figure.isdecimal() and len(figure) <= 2 for figure in figures):
        return False
    return all(int(b) == int(a) + 1 for a, b in itertools.pairwise(figures))


def _end_of_run(rows: Sequence[TextRow], start: int, across: Sequence[Line] = ()) -> int:
    """The last line of the run which begins at `start`: its last figures, and rows without any right below.

    However many lines line up with nothing, the run goes on above a rule `across` like the one over its first line.
    """
    end, at, strays = start, start + 1, 0
    closed = _lowest_rule(box_of([rows[start]]), across)
    lefts, rights = _edges_of(rows[start])
    while at < len(rows) and strays <= SPARSE and _distance(rows[at - 1], rows[at]) <= LONGEST_BLANK:
        row = rows[at]
        if not tabular(row) and any(_UNIT.search(chunk.text) for chunk in row):
            break  # the unit of the next table
        lined_up = all(_lines_up(chunk, lefts, rights) for chunk in row)
        if _distance(rows[at - 1], row) > PITCH and not (lined_up or _figures_line_up(row, rights)):
            break
        if tabular(row):
            end = at
            row_lefts, row_rights = _edges_of(row)
            lefts, rights = lefts + row_lefts, rights + row_rights
        strays = 0 if tabular(row) or lined_up or row[0].box.cy < closed else strays + 1
        at += 1
    return _with_blank_rows(rows, start, end, lefts, rights)


def _lowest_rule(row: Box, across: Sequence[Line]) -> float:
    """Where the last of the rules stands that run across as far as the one above a row does."""
    over = [rule for rule in across if rule.at < row.cy and rule.low <= row.x0 + NEAR and rule.high >= row.x1 - NEAR]
    if not over:
        return float("-inf")
    top = max(over, key=lambda rule: rule.at)
    return max(rule.at for rule in across if abs(rule.low - top.low) <= NEAR and abs(rule.high - top.high) <= NEAR)


def _with_blank_rows(
    rows: Sequence[TextRow], start: int, end: int, lefts: Sequence[float], rights: Sequence[float]
) -> int:
    """The run with the rows that follow at its own pace and have no amount; a note below the table is none."""
    pitch = median(
        [b[0].box.cy - a[0].box.cy for a, b in zip(rows[start:end], rows[start + 1 : end + 1], strict=True)] or [0.0]
    )
    while end + 1 < len(rows):
        if _ends_label(rows, end + 1):
            end += 1
            continue
        ahead = [
            at
            for at in (end + 1, end + 2)
            if at < len(rows) and _is_row(rows, at, end, lefts=lefts, rights=rights, pitch=pitch)
        ]
        if not ahead:
            break
        end = ahead[0]
    return end


def _is_row(
    rows: Sequence[TextRow], at: int, end: int, *, lefts: Sequence[float], rights: Sequence[float], pitch: float
) -> bool:
    """Whether a line goes on below the row `end` at its table's pace; a label of several rows may stand between."""
    row = rows[at]
    page_number = len(row) == 1 and row[0].is_figure
    apart = row[0].box.cy - rows[end][0].box.cy
    if page_number or _NOTE.match(row[0].text) or apart > REGULAR * pitch:
        return False
    return all(_lines_up(chunk, lefts, rights) for chunk in row)


def _with_rows_above(rows: Sequence[TextRow], first: int, end: int, floor: float) -> int:
    """The first line of a run without headings: lines close above that line up begin it, a single figure among them."""
    edges = [_edges_of(row) for row in rows[first : end + 1]]
    lefts, rights = [x for left, _ in edges for x in left], [x for _, right in edges for x in right]
    while first and rows[first - 1][0].box.y0 > floor and _distance(rows[first - 1], rows[first]) <= CLOSE:
        if not all(_lines_up(chunk, lefts, rights) for chunk in rows[first - 1]):
            break
        first -= 1
    return first


def _edges_of(row: TextRow) -> tuple[list[float], list[float]]:
    return [c.box.x0 for c in row if not c.is_figure], [c.box.x1 for c in row if c.is_figure]


def _lines_up(chunk: Chunk, lefts: Sequence[float], rights: Sequence[float]) -> bool:
    if chunk.is_figure:
        return any(abs(chunk.box.x1 - x) <= NEAR for x in rights)
    return any(abs(chunk.box.x0 - x) <= NEAR for x in lefts)


def _figures_line_up(row: TextRow, rights: Sequence[float]) -> bool:
    """Whether a line is one of amounts below amounts; its label may be a total's, centred."""
    return tabular(row) and all(_lines_up(chunk, (), rights) for chunk in row if chunk.is_figure)


def _distance(above: TextRow, below: TextRow) -> float:
    """How far two lines are apart, in line heights."""
    height = max(chunk.box.height for chunk in (*above, *below))
    return (below[0].box.cy - above[0].box.cy) / max(height, FLATTEST)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads headings: by what is known of their words, and by the rules between them."""

    known: Callable[[str], bool]
    across: Sequence[Line]

    def headings(self, rows: Sequence[TextRow]) -> list[Chunk]:
        """The headings that some lines print, from left to right."""
        return headings_in([word for row in rows for chunk in row for word in chunk.words], self.known, self.across)


def _head(rows: Sequence[TextRow], start: int, floor: float, reader: _Reader) -> tuple[list[Chunk], int]:
    """The headings above the first figures at `start`, and the first line below them, which begins the rows.

    A line of fields (单位：万元) ends what stands above a table: all between it and the figures are headings.
    """
    top = start
    bounded = False
    while top and start - top < BLANK_LINES and _distance(rows[top - 1], rows[top]) <= PITCH:
        bounded = _is_caption(rows[top - 1])
        if rows[top - 1][0].box.y0 <= floor or bounded:
            break
        top -= 1
    known = _known_lines(rows, top, start, reader)
    if known:
        first, end = known
        if bounded and first - top <= BOUNDED_LINES and not _is_title(rows[top], rows[first]):
            first = top
        return reader.headings([*rows[first:end], *_lowest_headings(rows, end, reader)]), end
    first = next((at for at in range(top, start) if _holds_amount(rows[at])), start)
    first -= first > top and _begins_label(rows, first - 1)
    if not bounded or first - top > BOUNDED_LINES:
        top = max(top, first - HEAD_LINES)
        while top < first and (len(rows[top]) < 2 or all(chunk.is_letter for chunk in rows[top])):
            top += 1
    return reader.headings(rows[top:first]), first


def _lowest_headings(rows: Sequence[TextRow], at: int, reader: _Reader) -> list[TextRow]:
    """What a line that numbers the columns prints of their headings: 类 款 项 栏次 1 2 3."""
    if at == len(rows) or not numbers_columns(rows[at]):
        return []
    lowest = [chunk for chunk in rows[at] if chunk.is_letter and reader.known(chunk.text)]
    return [lowest] if len(lowest) > 1 else []


def _begins_label(rows: Sequence[TextRow], at: int) -> bool:
    """Whether a line is the first of a label whose figures stand beside its middle: close above them, and not alone."""
    (chunk, *others), below = rows[at], [c for row in rows[at + 1 : at + 3] for c in row if not c.is_figure]
    if others or chunk.is_figure or _distance(rows[at], rows[at + 1]) > WITHIN_LABEL:
        return False
    return any(abs(chunk.box.x0 - c.box.x0) <= NEAR or abs(chunk.box.cx - c.box.cx) <= NEAR for c in below)


def _ends_label(rows: Sequence[TextRow], at: int) -> bool:
    """Whether a line is the last of a label whose figures stand beside its middle."""
    (chunk, *others), above = rows[at], [c for row in rows[max(at - 2, 0) : at] for c in row if not c.is_figure]
    if others or chunk.is_figure or _NOTE.match(chunk.text) or _distance(rows[at - 1], rows[at]) > WITHIN_LABEL:
        return False
    return any(abs(chunk.box.x0 - c.box.x0) <= NEAR or abs(chunk.box.cx - c.box.cx) <= NEAR for c in above)


def _known_lines(rows: Sequence[TextRow], top: int, start: int, reader: _Reader) -> tuple[int, int] | None:
    """The first line and the end of the lines that print known headings, none of which holds a figure."""
    lines = [row for row in rows[top:start] if not any(chunk.is_figure for chunk in row)]
    known = [heading for heading in reader.headings(lines) if reader.known(heading.text)]
    if len(known) < HEADINGS:
        return None
    words = {word for heading in known for word in heading.words}
    touched = [any(word in words for chunk in row for word in chunk.words) for row in rows[top:start]]
    first = touched.index(True)
    end = first
    while end < len(touched) and (touched[end] or any(touched[end : end + 2])):
        end += 1
    return top + first, top + end


def _is_title(row: TextRow, header: TextRow) -> bool:
    """Whether a line above a header is a title between it and the fields: alone, and larger than the headings."""
    return len(row) == 1 and row[0].box.height > LARGER * header[0].box.height


def _is_caption(row: TextRow) -> bool:
    """A line of fields (单位：万元) is no heading of columns."""
    return any(_FIELD.search(chunk.text) for chunk in row)


def _worth_it(block: Block) -> bool:
    """A table shows two lines of figures, or figures under headings, and is no prose."""
    lines = [row for row in block.body if tabular(row)]
    figures = sum(chunk.is_figure for row in lines for chunk in row)
    prose = _clauses(block.body) >= PROSE * len(block.body)
    return not prose and (len(lines) >= 2 or (bool(block.head) and figures >= 2))


def _clauses(rows: Sequence[TextRow]) -> int:
    """How many lines hold clauses."""
    return sum(any(_CLAUSE.search(chunk.text) for chunk in row) for row in rows)
