"""Tables without (some of) their rules: columns and rows from the alignment of words.

A block's columns are the stacks of its figures and the labels between them, its rows the lines, a wrapped label's
lines taken together. Rules that stand alone, only across or only down, are used where they are drawn.
"""

import bisect
import re
from collections.abc import Iterable, Sequence
from statistics import median

from extractors.tables.blocks import Block, Chunk, TextRow, tabular
from extractors.tables.lattice import Lattice, Line, lines_from
from schemas.records import Box, Rule, Word

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[(（]?[一二三四五六七八九十\d]+[)）、.．]|其中")
_SIGN = re.compile(r"[-－—–]+|无")

CENTRED = 0.06
"""How far a heading's middle may lie from that of the columns it heads, as a share of their width."""

WRAPPED = 1.5
"""Lines of headings nearer than this many line heights are one heading's, wrapped."""


def aligned_lattices(
    blocks: Sequence[Block], rules: Sequence[Rule], carried: tuple[float, ...] | None = None
) -> list[Lattice]:
    """The tables that blocks of lines are, from top to bottom.

    `carried` are the columns of the page before; the first block takes them where it has no headings of its own.
    """
    across, down = lines_from(rules)
    grids = []
    for at, block in enumerate(blocks):
        goes_on = carried is not None and at == 0 and not block.head and _within(block, carried)
        grids.append(lattice_of(block, across, down, carried if goes_on else None))
    return [grid for grid in grids if grid is not None]


def _within(block: Block, xs: Sequence[float]) -> bool:
    height = block.body[0][0].box.height
    return xs[0] - height <= block.box.x0 and block.box.x1 <= xs[-1] + height


def lattice_of(
    block: Block, across: Sequence[Line], down: Sequence[Line], carried: tuple[float, ...] | None = None
) -> Lattice | None:
    """The lattice of a block, on rules that stand alone where they are drawn."""
    body = Box.around([chunk.box for row in block.body for chunk in row])
    xs = carried or _ruled(down, body, vertical=True) or column_borders(block)
    if len(xs) < 3:
        return None
    ys = _ruled_rows(block, across) or row_borders(block)
    return _parted(block, xs, ys)


def extended_down(header: Lattice, block: Block) -> Lattice:
    """A ruled header with the lines below it, which follow its columns without rules of their own."""
    grown = _parted(block, header.xs, (header.ys[-1], *row_borders(block)[1:]))
    return Lattice(header.xs, (*header.ys[:-1], *grown.ys), (*header.walls, *grown.walls), (*header.floors[:-1], *grown.floors))


def follows(block: Block, header: Lattice) -> bool:
    """Whether a block stands right below a ruled header and within its width."""
    gap, height = block.box.y0 - header.box.y1, block.body[0][0].box.height
    within = header.box.x0 - height <= block.box.x0 and block.box.x1 <= header.box.x1 + height
    return not block.head and within and -height <= gap <= 3 * height


def _parted(block: Block, xs: tuple[float, ...], ys: tuple[float, ...]) -> Lattice:
    """A lattice whose rows are all drawn and whose columns are, but where words run over them."""
    chunks = [part for row in (*block.head, *block.body) for chunk in row for part in _cut(chunk, xs)]
    rows = [[chunk for chunk in chunks if top <= chunk.box.cy <= low] for top, low in pairs(ys)]
    walls = []
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        above_heads = bool(block.head) and bool(below) and _far(row, below) and below[0].box.cy <= block.head[-1][0].box.cy
        walls.append(_walls(row, xs, above_heads))
    floors = tuple((True,) * (len(xs) - 1) for _ in ys)
    return Lattice(xs, ys, tuple(walls), floors)


def _far(row: Sequence[Chunk], below: Sequence[Chunk]) -> bool:
    """Whether two lines of headings stand further apart than the lines of one heading do."""
    return bool(row) and min(b.box.cy for b in below) - max(c.box.cy for c in row) > WRAPPED * row[0].box.height


def _walls(row: Sequence[Chunk], xs: Sequence[float], above_heads: bool) -> tuple[bool, ...]:
    """Which column borders part a row: those that no chunk belongs to both sides of, one at least between any two."""
    walls = [x in (xs[0], xs[-1]) or not any(_spans(chunk, x, row, xs, above_heads) for chunk in row) for x in xs]
    ordered = sorted(row, key=lambda chunk: chunk.box.x0)
    for left, right in zip(ordered, ordered[1:], strict=False):
        between = [k for k, x in enumerate(xs) if left.box.x1 - 1 <= x <= right.box.x0 + 1]
        if between and not any(walls[k] for k in between):
            for k in between:
                walls[k] = True
    return tuple(walls)


def _cut(chunk: Chunk, xs: Sequence[float]) -> list[Chunk]:
    """A chunk cut between words that stand in different columns: headings printed close side by side."""
    groups: dict[int, list[Word]] = {}
    for word in chunk.words:
        groups.setdefault(bisect.bisect(xs, word.box.cx), []).append(word)
    return [Chunk.of(group) for group in groups.values()]


def pairs(places: Sequence[float]) -> list[tuple[float, float]]:
    """Each place with the next."""
    return list(zip(places, places[1:], strict=False))


def _spans(chunk: Chunk, x: float, row: Sequence[Chunk], xs: Sequence[float], above_heads: bool) -> bool:
    """Whether a chunk belongs to the columns on both sides of the border `x`.

    It does where it runs over the border. A heading above other headings also reaches over the columns that it is
    centred on: as far to the one side as to the other, short of its neighbours.
    """
    if chunk.box.x0 + 1 < x < chunk.box.x1 - 1:
        return True
    if not above_heads:
        return False
    low, high = _centred_reach(chunk, row, xs)
    return low + 1 < x < high - 1


def _centred_reach(chunk: Chunk, row: Sequence[Chunk], xs: Sequence[float]) -> tuple[float, float]:
    """The widest run of whole columns round a heading whose middle is the heading's own, clear of its neighbours."""
    floor = max((c.box.x1 for c in row if c.box.x1 <= chunk.box.x0), default=float("-inf"))
    ceiling = min((c.box.x0 for c in row if c.box.x0 >= chunk.box.x1), default=float("inf"))
    lows = [x for x in xs if floor < x <= chunk.box.x0 + 1]
    highs = [x for x in xs if chunk.box.x1 - 1 <= x < ceiling]
    fits = [(a, b) for a in lows for b in highs if abs((a + b) / 2 - chunk.box.cx) <= CENTRED * (b - a)]
    return max(fits, key=lambda span: span[1] - span[0], default=(chunk.box.x0, chunk.box.x1))


def _ruled(lines: Sequence[Line], box: Box, *, vertical: bool) -> tuple[float, ...]:
    """The places of rules that run along most of a block, its outer borders added where they were not drawn."""
    low, high, first, last = (box.y0, box.y1, box.x0, box.x1) if vertical else (box.x0, box.x1, box.y0, box.y1)
    long = [ln.at for ln in lines if min(ln.high, high) - max(ln.low, low) >= 0.6 * (high - low)]
    places = sorted(at for at in long if first - 20 <= at <= last + 20)
    if len(places) < 2:
        return ()
    start = () if places[0] <= first + 1 else (first - 1,)
    end = () if places[-1] >= last - 1 else (last + 1,)
    return (*start, *places, *end)


def _ruled_rows(block: Block, across: Sequence[Line]) -> tuple[float, ...]:
    """The rules across where there is one between nearly all lines of figures."""
    places = _ruled(across, block.box, vertical=False)
    rows = sum(tabular(row) for row in block.body)
    return places if len(places) >= max(3, 0.7 * rows) else ()


def column_borders(block: Block) -> tuple[float, ...]:
    """The borders of columns: stacks of figures, the labels between them, and headings over nothing."""
    figures = _merged(chunk.box for row in block.body for chunk in row if chunk.is_figure)
    texts = [c.box for row in block.body if tabular(row) for c in row if not c.is_figure and not _SIGN.fullmatch(c.text)]
    columns = sorted(figures + _labels(figures, texts))
    heads = [chunk for row in block.head[-2:] for chunk in row]
    columns = _with_blank_columns(columns, heads)
    columns = _widened(columns, [word.box for chunk in heads for word in chunk.words])
    inner = tuple((left[1] + right[0]) / 2 for left, right in zip(columns, columns[1:], strict=False))
    box = block.box
    return (box.x0 - 1, *inner, box.x1 + 1)


Span = tuple[float, float]


def _merged(boxes: Iterable[Box]) -> list[Span]:
    """The spans that boxes cover together from left to right."""
    spans: list[Span] = []
    for box in sorted(boxes, key=lambda b: b.x0):
        if spans and box.x0 <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], box.x1))
        else:
            spans.append((box.x0, box.x1))
    return spans


def _labels(figures: Sequence[Span], texts: Sequence[Box]) -> list[Span]:
    """Columns of text in the gaps between the columns of figures; a text centred over several goes to its middle."""
    edges = [float("-inf"), *(edge for span in figures for edge in span), float("inf")]
    columns: list[Span] = []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        inside = [box for box in texts if low <= box.cx <= high]
        clear = [box for box in inside if box.x0 >= low and box.x1 <= high] or inside
        columns.extend((max(a, low), min(b, high)) for a, b in _merged(clear))
    return columns


def _with_blank_columns(columns: list[Span], heads: Sequence[Chunk]) -> list[Span]:
    """The columns, with those added that have a heading and nothing below it.

    A heading that stands over no column is centred in a wide one beside it that has no other heading, or heads a
    blank column of its own. The spaced letters of one heading never make columns of their own.
    """
    loose = [chunk for chunk in heads if not any(_overlap(chunk.box, column) for column in columns)]
    headed = {column for column in columns if any(_overlap(chunk.box, column) for chunk in heads)}
    for chunk in sorted(loose, key=lambda c: c.box.x0):
        box = chunk.box
        beside = sorted((c for c in _beside(columns, box) if c not in headed), key=lambda c: _apart(box, c))
        if beside:
            wide = (min(beside[0][0], box.x0), max(beside[0][1], box.x1))
            columns[columns.index(beside[0])] = wide
            headed.add(wide)
        elif not chunk.is_letter and not any(_overlap(box, column) for column in columns):
            columns = sorted([*columns, (box.x0, box.x1)])
            headed.add((box.x0, box.x1))
    return columns


def _widened(columns: Sequence[Span], heads: Sequence[Box]) -> list[Span]:
    """The columns made as wide as the headings over them, as far as the neighbours leave room.

    Figures stand to the right of their cells and headings in the middle, so both together show how far a cell goes.
    """
    wide = list(columns)
    for box in heads:
        over = max(range(len(columns)), key=lambda k: min(box.x1, columns[k][1]) - max(box.x0, columns[k][0]))
        floor = columns[over - 1][1] if over else float("-inf")
        ceiling = columns[over + 1][0] if over + 1 < len(columns) else float("inf")
        low, high = wide[over]
        wide[over] = (min(low, max(box.x0, floor)), max(high, min(box.x1, ceiling)))
    return wide


def _beside(columns: Sequence[Span], box: Box) -> list[Span]:
    left = [c for c in columns if c[1] <= box.x0]
    right = [c for c in columns if c[0] >= box.x1]
    return [*left[-1:], *right[:1]]


def _apart(box: Box, column: Span) -> float:
    return max(column[0] - box.x1, box.x0 - column[1])


def _overlap(box: Box, span: Span) -> bool:
    return box.x0 < span[1] and span[0] < box.x1


def row_borders(block: Block) -> tuple[float, ...]:
    """The borders of rows: half-way between lines, lines of one wrapped label kept together."""
    head = [[row] for row in block.head]
    groups = [*head, *_rows_of_lines(block.body)]
    boxes = [Box.around([chunk.box for row in group for chunk in row]) for group in groups]
    inner = tuple((above.y1 + below.y0) / 2 for above, below in zip(boxes, boxes[1:], strict=False))
    return (boxes[0].y0 - 1, *inner, boxes[-1].y1 + 1)


def _rows_of_lines(body: Sequence[TextRow]) -> list[list[TextRow]]:
    """Lines grouped into rows: each line of figures is one, a line of text joins the nearer one or is its own."""
    pitch = _pitch(body)
    groups: list[list[TextRow]] = []
    ahead: list[TextRow] = []
    for at, row in enumerate(body):
        if tabular(row) or _own_row(body, at, pitch):
            groups.append([*ahead, row])
            ahead = []
        elif groups and _gap(body, at, -1) <= _gap(body, at, 1):
            groups[-1].append(row)
        else:
            ahead.append(row)
    return groups


def _pitch(body: Sequence[TextRow]) -> float:
    gaps = [b[0].box.cy - a[0].box.cy for a, b in zip(body, body[1:], strict=False) if tabular(a) and tabular(b)]
    return median(gaps) if gaps else 0.0


def _gap(body: Sequence[TextRow], at: int, step: int) -> float:
    other = at + step
    return abs(body[other][0].box.cy - body[at][0].box.cy) if 0 <= other < len(body) else float("inf")


def _own_row(body: Sequence[TextRow], at: int, pitch: float) -> bool:
    """Whether a line without a figure of its own column is a row: numbered, coded, or spaced as rows are."""
    row = body[at]
    if len(row) >= 2 or row[0].is_figure or _NUMBERED.match(row[0].text):
        return True
    return min(_gap(body, at, -1), _gap(body, at, 1)) >= 0.9 * pitch
