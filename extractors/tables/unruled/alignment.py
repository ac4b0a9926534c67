"""Tables without (some of) their rules: columns and rows from the alignment of words.

Headings show which columns there are and which stand together, stacks of figures and labels how far each goes; rows
are the lines, a wrapped label's lines taken together. Rules that stand alone, only across or only down, are used
where they are drawn.
"""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.tables.cells import Sheaf, Unit, sorted_into
from extractors.tables.chunks import SIGN, Chunk, TextRow, box_of
from extractors.tables.lattice import SAME_LINE, Lattice
from extractors.tables.unruled.blocks import Block
from extractors.tables.unruled.body import Ruling, body_rows
from extractors.tables.unruled.columns import (
    Column,
    Stack,
    border_between,
    borders_of,
    columns_of,
    margin_of,
    signs_in,
    stacks_in,
)
from extractors.tables.unruled.header import Head, group_columns, header_rows, printed_again
from extractors.tables.unruled.line_kinds import numbers_columns
from extractors.tables.unruled.nesting import Node, nested
from schemas.records import Box, Word


@dataclass(frozen=True, slots=True)
class Carried:
    """The columns of the page before, which a table that goes on has too, and the headings above them."""

    xs: tuple[float, ...]
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table found from the alignment of its words.

    `xs` are the borders of its columns as the page shows them on which it begins; its lattice fits them to this one.
    """

    lattice: Lattice
    xs: tuple[float, ...]
    heads: tuple[Head, ...]
    units: dict[Word, Unit]

    def sorted(self, words: Iterable[Word]) -> Sheaf:
        """The words of the page in the unit cells of this table: headings where they belong, others where they lie."""
        words = list(words)
        sheaf = sorted_into(self.lattice, [word for word in words if word not in self.units])
        for word in words:
            if word in self.units:
                sheaf.inside.setdefault(self.units[word], []).append(word)
        return sheaf


def aligned_tables(blocks: Sequence[Block], ruling: Ruling, carried: Carried | None = None) -> list[Aligned]:
    """The tables that blocks of lines are, from top to bottom; the first may go on from the page before."""
    found = [_aligned(block, ruling, carried if at == 0 else None) for at, block in enumerate(blocks)]
    return [table for table in found if table is not None]


def _aligned(block: Block, ruling: Ruling, carried: Carried | None) -> Aligned | None:
    """The table that a block is, on rules that stand alone where they are drawn; None where it has one column."""
    stacks = _stacks(block.body)
    before = _goes_on(block, carried) if carried else None
    block = before.block if before else block
    ruled = ruling.columns(block.box, box_of(block.body))
    if carried and before:
        xs, heads = _fitted(_fitted(carried.xs, _signs(block.body)), stacks), before.heads
    elif ruled:
        xs, heads = ruled, _heads_between(block.head, ruled, ruling)
    else:
        xs, heads = _by_alignment(block, stacks)
        xs = _fitted(_fitted(xs, _signs(block.body)), [stack for stack in stacks if stack.figures])
    if len(xs) < 3 or list(xs) != sorted(set(xs)):
        return None
    return _table(block, xs, carried.xs if carried and before else xs, heads, ruling)


def _table(
    block: Block, xs: tuple[float, ...], first_xs: tuple[float, ...], heads: Sequence[Head], ruling: Ruling
) -> Aligned:
    body = body_rows(block.body, xs, group_columns(heads), ruling)
    if not heads:
        return Aligned(body.lattice, first_xs, (), _units(body.rows, xs, 0))
    bottom = (max(head.heading.box.y1 for head in heads) + box_of(block.body).y0) / 2
    header = header_rows(heads, xs, bottom)
    units = header.units | _units(body.rows, xs, header.lattice.shape[0])
    return Aligned(below(header.lattice, body.lattice), first_xs, tuple(heads), units)


def _units(rows: dict[Word, int], xs: Sequence[float], header: int) -> dict[Word, Unit]:
    """The unit cells of words whose rows are known, below a header of some rows."""
    return {
        word: (header + row, min(max(bisect.bisect(xs, word.box.cx) - 1, 0), len(xs) - 2)) for word, row in rows.items()
    }


def below(header: Lattice, body: Lattice) -> Lattice:
    """A header and the rows below it as one table."""
    floors = (*header.floors, *body.floors[1:])
    return Lattice(header.xs, (*header.ys, *body.ys[1:]), (*header.walls, *body.walls), floors)


@dataclass(frozen=True, slots=True)
class _Resumed:
    """A block that goes on with the columns of the page before, and the headings it prints again, or none."""

    block: Block
    heads: list[Head]


def _goes_on(block: Block, carried: Carried) -> _Resumed | None:
    """The block as it goes on with the columns of the page before, or None where it does not."""
    if block.head:
        again = printed_again(carried.heads, block.head)
        return _resumed(block, *again) if again else None
    height = block.body[0][0].box.height
    within = carried.xs[0] - height <= block.box.x0 and block.box.x1 <= carried.xs[-1] + height
    return _Resumed(block, []) if within else None


def _resumed(block: Block, heads: list[Head], rest: Sequence[Chunk]) -> _Resumed:
    """A block below headings that are printed again, with what else stood below them as lines of its own."""
    lines: list[list[Chunk]] = []
    for chunk in sorted(rest, key=lambda chunk: (chunk.box.cy, chunk.box.x0)):
        if lines and chunk.box.y0 < lines[-1][0].box.cy:
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    return _Resumed(Block(tuple(head.heading for head in heads), [*lines, *block.body]), heads)


def _fitted(xs: Sequence[float], stacks: Sequence[Stack]) -> tuple[float, ...]:
    """Borders moved clear of the stacks that run over them, as on a page that goes on with those of the page before."""
    fitted = list(xs)
    for at, x in enumerate(xs):
        for stack in stacks:
            if stack.x0 < x < stack.x1:
                fitted[at] = stack.x0 - 1 if x - stack.x0 < stack.x1 - x else stack.x1 + 1
    return tuple(fitted) if fitted == sorted(set(fitted)) else tuple(xs)


def _by_alignment(block: Block, stacks: Sequence[Stack]) -> tuple[tuple[float, ...], list[Head]]:
    """Columns from the headings and the stacks below them."""
    margin = margin_of(block.head, stacks)
    tree = nested(block.head, *_outer_edges(block, stacks, margin), border_between(stacks, margin))
    leaves = [leaf.heading for node in tree for leaf in node.leaves()]
    columns = columns_of(leaves, stacks)
    reach = _reach([column.heading for column in columns], [bool(c.stack and not c.stack.figures) for c in columns])
    return borders_of(columns, block.box), [head for node in tree for head in _heads(node, reach)]


def _outer_edges(block: Block, stacks: Sequence[Stack], margin: float) -> tuple[float, float]:
    """The sides of a table: its first and last heading are centred, so where a column ends shows where it begins."""
    left, right = block.box.x0, block.box.x1
    if not block.head or not stacks:
        return left, right
    first = min(block.head, key=lambda heading: heading.box.x0)
    last = max(block.head, key=lambda heading: heading.box.x1)
    if stacks[0].figures and stacks[0].x1 > first.box.x0:
        left = min(left, 2 * first.box.cx - stacks[0].x1 - margin)
    if stacks[-1].figures:
        right = max(right, stacks[-1].x1 + margin)
    elif stacks[-1].x0 < last.box.x1:
        right = max(right, 2 * last.box.cx - stacks[-1].x0 + margin)
    return left, right


def _reach(headings: Sequence[Chunk | None], labels: Sequence[bool]) -> list[tuple[Chunk, int, int]]:
    """Each column's heading with the columns it stands over: labels without a heading share that of labels beside."""
    spans: list[tuple[Chunk, int, int]] = []
    for at, heading in enumerate(headings):
        if heading is None:
            continue
        first = last = at
        while first and headings[first - 1] is None and labels[first - 1] and labels[at]:
            first -= 1
        while labels[at] and last + 1 < len(headings) and headings[last + 1] is None and labels[last + 1]:
            last += 1
        spans.append((heading, first, last))
    return spans


def _heads(node: Node, reach: Sequence[tuple[Chunk, int, int]]) -> list[Head]:
    """A node and all below it with their columns."""
    leaves = [leaf.heading for leaf in node.leaves()]
    spans = [(first, last) for heading, first, last in reach if any(heading is leaf for leaf in leaves)]
    own = Head(node.heading, min(first for first, _ in spans), max(last for _, last in spans))
    return [own, *(head for child in node.children for head in _heads(child, reach))]


def _heads_between(headings: Sequence[Chunk], xs: Sequence[float], ruling: Ruling) -> list[Head]:
    """Headings with the columns between the rules that run down on both sides of them."""
    heads = []
    for heading in headings:
        walls = [x for x in xs if x in (xs[0], xs[-1]) or _runs_beside(x, heading.box, ruling)]
        first = max(bisect.bisect(walls, heading.box.cx) - 1, 0)
        low, high = walls[min(first, len(walls) - 2)], walls[min(first + 1, len(walls) - 1)]
        heads.append(Head(heading, xs.index(low), xs.index(high) - 1))
    return heads


def _runs_beside(x: float, box: Box, ruling: Ruling) -> bool:
    return any(abs(line.at - x) <= SAME_LINE and line.low <= box.cy <= line.high for line in ruling.down)


def extended_down(header: Lattice, body: Sequence[TextRow]) -> Lattice:
    """A ruled header with the lines below it, which follow its columns without rules of their own."""
    stacks = _stacks(body)
    for at in reversed(range(header.shape[1])):
        inside = [stack for stack in stacks if header.xs[at] < stack.cx < header.xs[at + 1] and stack.count > 1]
        columns = [Column(None, stack) for stack in inside]
        for x in borders_of(columns, header.box)[1:-1] if columns else ():
            header = _with_open_border(header, x)
    groups = [col for col in range(header.shape[1] - 1) if not header.walls[-1][col + 1]]
    return below(header, body_rows(body, header.xs, groups, Ruling((), ())).lattice)


def _with_open_border(header: Lattice, x: float) -> Lattice:
    """A header with a further border of columns, which its headings stand over."""
    at = bisect.bisect(header.xs, x)
    walls = tuple((*row[:at], False, *row[at:]) for row in header.walls)
    floors = tuple((*row[:at], row[at - 1], *row[at:]) for row in header.floors)
    return Lattice((*header.xs[:at], x, *header.xs[at:]), header.ys, walls, floors)


def _stacks(body: Sequence[TextRow]) -> list[Stack]:
    return stacks_in([row for row in body if not numbers_columns(row)], _is_sign)


def _signs(body: Sequence[TextRow]) -> list[Stack]:
    return signs_in([row for row in body if not numbers_columns(row)], _is_sign)


def _is_sign(text: str) -> bool:
    return bool(SIGN.fullmatch(text))
