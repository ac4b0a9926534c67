"""Made tables → a PDF, and the cells that it prints, table by table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from samples.typesetting.lettering import BASELINE, FACE, LEADING, broken, register, width
from tests.extractors.tables.made_tables import Design, Paper, Row, Style

SHEET = (1190.0, 595.0)
TOP, LEFT, FOOT = 60.0, 45.0, 560.0
TITLE_HEIGHT = 52.0
STACKED = 0.75

Rule = tuple[float, float, float, float]


@dataclass
class Leaf:
    """What is drawn on one page."""

    texts: list[tuple[str, float, float, float]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True)
class Piece:
    """Some rows of a table one below the other, and where they stand; `heads` counts the rows of headings."""

    design: Design
    style: Style
    rows: tuple[Row, ...]
    heads: int
    top: float
    title: str

    @cached_property
    def xs(self) -> tuple[float, ...]:
        """The borders of the columns from the table's left side."""
        return tuple(accumulate((column.width for column in self.design.columns), initial=0.0))

    @cached_property
    def ys(self) -> tuple[float, ...]:
        """The borders of the rows on the page."""
        heights = (_height(row, self.design, self.style) for row in self.rows)
        return tuple(accumulate(heights, initial=self.top))


def draw(paper: Paper, path: Path) -> list[tuple[Row, ...]]:
    """Write a paper to `path`; give the cells of each of its tables, headings printed again included."""
    leaves: list[Leaf] = []
    truth: list[tuple[Row, ...]] = []
    bottom = float("inf")
    for design, style in paper.tables:
        shared = (style.stacked and bottom < FOOT * STACKED) or (style.share_page and bottom < FOOT / 2)
        below = bottom + (0 if style.stacked else 30) if shared else None
        pieces = list(_pieces(design, style, below))
        leaves.extend(_leaves(pieces, leaves.pop() if shared else Leaf()))
        bottom = pieces[-1].ys[-1] if not style.strips else float("inf")
        truth.append(tuple(row for piece in pieces for row in piece.rows))
    _write(leaves, paper, path)
    return truth


def _pieces(design: Design, style: Style, below: float | None) -> Iterator[Piece]:
    """The table page by page."""
    rest = list(design.rows)
    first = True
    while rest:
        titled = not style.framed and (first or style.repeat_title)
        header = design.header if first or style.repeat_header else ()
        if style.framed and first:
            header = (*design.bands, *header)
        top = (below or TOP) + (TITLE_HEIGHT if titled else 0)
        below = None
        rows: list[Row] = list(header)
        height = sum(_height(row, design, style) for row in rows)
        while rest and len(rows) - len(header) < style.rows_per_page:
            height += _height(rest[0], design, style)
            if top + height > FOOT - 20 and len(rows) > len(header):
                break
            rows.append(rest.pop(0))
        title = (design.title if first else f"{design.title}（续）") if titled else ""
        yield Piece(design, style, tuple(rows), len(header), top, title)
        first = False


def _height(row: Row, design: Design, style: Style) -> float:
    if style.fixed_rows and row not in design.header:
        return style.row_height
    lines = max(len(broken(text, style.size, room)) for text, room in _rooms(row, design, style))
    return max(style.row_height, lines * LEADING * style.size + style.row_height - 1.2 * style.size)


def _rooms(row: Row, design: Design, style: Style) -> Iterator[tuple[str, float]]:
    """Each text of a row with the width that it has."""
    at = 0
    while at < len(row):
        end = at + 1
        while end < len(row) and row[end] == ">":
            end += 1
        room = sum(column.width for column in design.columns[at:end]) - 2 * style.padding
        yield ("" if row[at] == "^" else row[at]), room
        at = end


def _leaves(pieces: Sequence[Piece], first: Leaf) -> list[Leaf]:
    """The pages of a table: whole pieces, or strips of them over and then down or down and then over."""
    style = pieces[0].style
    if not style.strips:
        leaves = [first, *(Leaf() for _ in pieces[1:])]
        for leaf, piece in zip(leaves, pieces, strict=True):
            _draw_strip(leaf, piece, 0, len(piece.design.columns))
        return leaves
    ends = list(accumulate(style.strips, initial=0))
    grid = [[(piece, low, high) for low, high in pairwise(ends)] for piece in pieces]
    ordered = [cell for row in grid for cell in row]
    if style.order == "down":
        ordered = [row[at] for at in range(len(style.strips)) for row in grid]
    leaves = []
    for piece, low, high in ordered:
        leaves.append(Leaf())
        _draw_strip(leaves[-1], piece, low, high)
    return leaves


def _draw_strip(leaf: Leaf, piece: Piece, low: int, high: int) -> None:
    """The columns `low` to `high` of a piece; texts that run over its sides are printed as far as they go."""
    labels = sum(column.kind != "figure" for column in piece.design.columns)
    if low and piece.style.repeat_labels:
        _draw_window(leaf, piece, (0, labels), LEFT, titled=False)
        _draw_window(leaf, piece, (low, high), LEFT - piece.xs[low] + piece.xs[labels], beside=True)
    else:
        _draw_window(leaf, piece, (low, high), LEFT - piece.xs[low])


def _draw_window(
    leaf: Leaf, piece: Piece, columns: tuple[int, int], shift: float, *, titled: bool = True, beside: bool = False
) -> None:
    """Some columns, moved; what begins further left is left out where they stand `beside` others."""
    x0, x1 = piece.xs[columns[0]], piece.xs[columns[1]]
    for text, x, y, size in (*(_title(piece) if titled else ()), *_texts(piece)):
        if x < x1 - 1 and x + width(text, size) > x0 + 1 and not (beside and x < x0):
            leaf.texts.append((text, x + shift, y, size))
    for a, b, c, d in _rules(piece):
        if a <= x1 + 0.1 and c >= x0 - 0.1:
            leaf.rules.append((max(a, x0) + shift, b, min(c, x1) + shift, d))


def _title(piece: Piece) -> Iterator[tuple[str, float, float, float]]:
    if piece.title:
        whole, size = piece.xs[-1], piece.style.size
        yield piece.title, (whole - width(piece.title, size + 4)) / 2, piece.top - 38, size + 4
        yield "部门：某某局", 1.0, piece.top - 10, size
        yield "单位：万元", whole - width("单位：万元", size) - 1, piece.top - 10, size


def _texts(piece: Piece) -> Iterator[tuple[str, float, float, float]]:
    """Each line of text with its left end, the height of its middle and its size."""
    size, pad = piece.style.size, piece.style.padding
    for row, col, down, right in _cells(piece.rows):
        text = piece.rows[row][col]
        x0, x1, y0, y1 = piece.xs[col], piece.xs[right], piece.ys[row], piece.ys[down]
        lines = broken(text, size, x1 - x0 - 2 * pad)
        kind = piece.design.columns[col].kind
        centred = row < piece.heads or right - col > 1 or (kind == "label" and piece.style.centred_labels)
        for at, line in enumerate(lines):
            room = x1 - x0 - 2 * pad - width(line, size)
            x = x0 + pad + (room / 2 if centred else room if kind == "figure" else 0)
            if text:
                yield line, x, (y0 + y1) / 2 + (at - (len(lines) - 1) / 2) * LEADING * size, size


def _cells(rows: Sequence[Row]) -> Iterator[tuple[int, int, int, int]]:
    """Row and column of each cell, and the row and column behind it."""
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text in (">", "^"):
                continue
            right, down = j + 1, i + 1
            while right < len(row) and row[right] == ">":
                right += 1
            while down < len(rows) and rows[down][j] == "^":
                down += 1
            yield i, j, down, right


def _rules(piece: Piece) -> Iterator[Rule]:
    xs, ys, rules = piece.xs, piece.ys, piece.style.rules
    if rules == "all" or (rules == "header_only" and piece.heads):
        rows = piece.rows if rules == "all" else piece.rows[: piece.heads]
        for row, col, down, right in _cells(rows):
            x0, x1, y0, y1 = xs[col], xs[right], ys[row], ys[down]
            yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
    elif rules == "across":
        for row, col, down, right in _cells(piece.rows):
            yield xs[col], ys[row], xs[right], ys[row]
            yield xs[col], ys[down], xs[right], ys[down]
    elif rules == "three_line":
        for y in {ys[0], ys[piece.heads], ys[-1]}:
            yield xs[0], y, xs[-1], y


def _write(leaves: Sequence[Leaf], paper: Paper, path: Path) -> None:
    register()
    canvas = Canvas(str(path), pagesize=SHEET, invariant=1)
    for number, leaf in enumerate(leaves, start=1):
        canvas.setLineWidth(0.6)
        for x0, y0, x1, y1 in leaf.rules:
            canvas.line(x0, SHEET[1] - y0, x1, SHEET[1] - y1)
        footer = paper.footer.format(n=number, all=len(leaves))
        extra = [(footer, (SHEET[0] - width(footer, 8)) / 2, FOOT + 15, 8.0), (paper.running, 60.0, 20.0, 8.0)]
        for text, x, y, size in (*leaf.texts, *extra):
            canvas.setFont(FACE, size)
            canvas.drawString(x, SHEET[1] - y - BASELINE * size, text)
        canvas.showPage()
    canvas.save()
