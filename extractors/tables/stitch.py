"""Page layouts → tables, each put together from the pages it runs over, with the text above and below it."""

import re
from collections.abc import Iterable, Sequence

from extractors.tables.layout import PageLayout, PageTable
from extractors.tables.lines import is_figure
from extractors.tables.running import without_running
from extractors.tables.split.beside import joined_beside
from schemas.changing import changed
from schemas.records import OCR_READERS, Cell, Table, TextLine

SAME_COLUMN = 6.0
"""Grid lines of two pages nearer than this, once both tables' left borders are laid together, are one (points)."""
NEARER = 0.1
"""A sheet is photographed from nearer or further than the one before, by no more than this share."""
HEADING_LINES = 10
"""The most lines above a table that are kept as its heading."""
FOOT_LINES = 3
"""The most lines at the foot of the page before that a heading begins with where it goes on above the table."""
STARTING_OVER = 5
"""A part that begins with so many labels of the table's first rows does not go on below them."""
CELLS = "cells"
"""The reader of sources that have cells of their own."""
FOOT_GAP = 1.6
"""A title at the foot of a page is set off from the text above it by so many times its height."""

_CONTINUED = re.compile(r"\s|[（(\[]?(?:续表?|接上[表页])[一二三四五六七八九十\d]{0,2}[)）\]]?|[（(]\d[)）]$")
_CAPTION = re.compile(r"表|[:：]")
_WORD = re.compile(r"[\u4e00-\u9fff]")
"""What is said above a table has a Chinese character; holes, edges and a screen's raster are read as digits."""
_SENTENCE = re.compile(r"[。；，：,;:]|[.．…·]{3,}")


def stitched(layouts: Iterable[PageLayout]) -> tuple[Table, ...]:
    """All tables of a document in reading order, numbered from 1."""
    runs: list[_Run] = []
    before: PageLayout | None = None
    for layout in without_running(layouts):
        for index, part in enumerate(layout.tables):
            above = _above(layout, index)
            if index == 0 and runs and before and _goes_on(runs[-1], before, layout):
                runs[-1].add(part)
            else:
                heading = above if index else (*_carried(before, above), *above)
                runs.append(_Run(part, heading, heading or (runs[-1].said if runs else ())))
            runs[-1].below = _below(layout, index)
        before = layout
    return joined_beside(run.table(number) for number, run in enumerate(runs, start=1))


class _Run:
    """The parts of one table, page by page, on one common grid; `said` is the last heading where it has none."""

    def __init__(self, part: PageTable, heading: Sequence[TextLine], said: Sequence[TextLine]) -> None:
        self.parts = [part]
        self.said = tuple(said)[-HEADING_LINES:]
        self.heading = tuple(heading)[-HEADING_LINES:]
        self.below: tuple[TextLine, ...] = ()

    @property
    def last(self) -> PageTable:
        return self.parts[-1]

    def add(self, part: PageTable) -> None:
        self.parts.append(part)

    def table(self, number: int) -> Table:
        grid = _common_grid([_from_left(part) for part in self.parts])
        cells: list[Cell] = []
        rows = 0
        for part in self.parts:
            cells.extend(_moved(part, grid, rows))
            rows += part.rows
        return Table(
            number=number,
            pages=tuple(sorted({cell.page for cell in cells})),
            rows=rows,
            cols=len(grid) - 1,
            cells=tuple(cells),
            heading=self.heading,
            below=self.below,
            ruled=all(part.ruled for part in self.parts),
        )


def _goes_on(run: _Run, before: PageLayout, layout: PageLayout) -> bool:
    """Whether the first table of a page goes on from the last one of the page before."""
    part = layout.tables[0]
    if not before.tables or run.last is not before.tables[-1] or run.last.ruled != part.ruled:
        return False
    said = {_bare(line.text) for line in run.said} | {""}
    at_place = {(line.text, round(line.box.y0)) for line in before.lines}
    above = [line for line in _above(layout, 0) if not _are_pictured(part) or _WORD.search(line.text)]
    nothing_new = all(_bare(line.text) in said or (line.text, round(line.box.y0)) in at_place for line in above)
    noted_again = {line.text for line in _trailing(before)} <= {line.text for line in _trailing(layout)}
    anew = any(begins(run.parts[0], part) for begins in BEGINNINGS)
    return nothing_new and noted_again and _same_columns(run.last, part) and not anew


def _other_title(first: PageTable, part: PageTable) -> bool:
    """Whether a part begins with a title as its first row, over all its columns, that the table does not begin with."""
    title = next((cell for cell in part.cells if cell.row == 1), None)
    if title is None or title.col_span < len(part.xs) - 1 or "表" not in title.text:
        return False
    return all(_bare(cell.text) != _bare(title.text) for cell in first.cells if cell.row == 1)


def _other_header(first: PageTable, part: PageTable) -> bool:
    """Whether a part repeats some rows of the table's header and not others: it shows other columns below them."""
    known = _header(first)
    again = [one == other for one, other in zip(known, _header(part), strict=False)]
    return any(again) and not all(again)


def _header(part: PageTable) -> list[tuple[str, ...]]:
    """The texts of each row above the first figure, those of title, department and unit within the frame left out."""
    depth = min((cell.row for cell in part.cells if is_figure(cell.text)), default=1)
    rows: dict[int, list[Cell]] = {}
    for cell in part.cells:
        if cell.row < depth and cell.text:
            rows.setdefault(cell.row, []).append(cell)
    return [tuple(_bare(cell.text) for cell in row) for row in rows.values() if not _is_caption(row, part)]


def _is_caption(row: Sequence[Cell], part: PageTable) -> bool:
    return len(row) == 1 and row[0].col_span == len(part.xs) - 1 and _CAPTION.search(row[0].text) is not None


def _starts_over(first: PageTable, part: PageTable) -> bool:
    """Whether a part prints the labels with which the table begins once more: it shows other columns of its rows."""
    last = _last_label(first)
    labels, again = _labels(first, last), _labels(part, last)
    many = min(len(labels), len(again))
    return many >= STARTING_OVER and len(set(again[:many])) >= STARTING_OVER and labels[:many] == again[:many]


def _headed_anew(first: PageTable, part: PageTable) -> bool:
    """Whether a part whose cells are the source's own begins with headings over all columns that the table has not.

    No such source parts a table without need, and columns that were never given a width are alike in all its tables.
    """
    if not _of_cells(part):
        return False
    own, its = ([cell for cell in table.cells if cell.row == 1 and cell.text] for table in (part, first))
    covered = sum(cell.col_span for cell in own)
    texts = [cell.text for cell in own]
    return covered == len(part.xs) - 1 and not any(map(is_figure, texts)) and texts != [cell.text for cell in its]


BEGINNINGS = (_other_title, _other_header, _starts_over, _headed_anew)
"""What shows that a part is not the rest of a table but another one."""


def _last_label(part: PageTable) -> int:
    """The column left of the first one that holds amounts, or the first."""
    amounts = (cell.col for cell in part.cells if is_figure(cell.text) and not cell.text.isalnum())
    return max(min(amounts, default=2) - 1, 1)


def _labels(part: PageTable, last: int) -> list[tuple[str, ...]]:
    """The texts of each row below the header in the columns as far as `last`."""
    rows: dict[int, list[str]] = {}
    body = min((cell.row for cell in part.cells if is_figure(cell.text)), default=1)
    for cell in part.cells:
        if cell.col <= last and cell.row >= body:
            rows.setdefault(cell.row, []).append(cell.text)
    return [tuple(texts) for texts in rows.values()]


def _bare(text: str) -> str:
    """A line of a heading without what marks it as one that is repeated: 续表, （续）, （2）."""
    return _CONTINUED.sub("", text)


def _same_columns(one: PageTable, other: PageTable) -> bool:
    """Whether two parts have the same borders and the inner grid lines of one are among the other's.

    A head splits columns further than the rows below it do, so a part without the head may have fewer. Where the source
    has columns of its own, those in which a part prints nothing need not be there.
    """
    left, right = _from_left(one), _from_left(other)
    if _are_pictured(one, other) and abs(left[-1] - right[-1]) <= NEARER * left[-1]:
        right = _scaled(right, left[-1])
    if abs(left[-1] - right[-1]) > SAME_COLUMN and not _of_cells(one):
        return False
    few, many = sorted((left, right), key=len)
    return all(min(abs(x - y) for y in many) <= SAME_COLUMN for x in few)


def _from_left(part: PageTable) -> tuple[float, ...]:
    """Where the grid lines are: from the table's left border, or on its sheet where that has columns of its own."""
    return part.xs if _of_cells(part) else tuple(x - part.xs[0] for x in part.xs)


def _are_pictured(*parts: PageTable) -> bool:
    """Whether all parts were read from pictures."""
    return all(cell.reader in OCR_READERS for part in parts for cell in part.cells[:1])


def _scaled(grid: Sequence[float], width: float) -> tuple[float, ...]:
    """Grid lines from the left of a table, as they are at another width."""
    return tuple(x * width / grid[-1] for x in grid)


def _of_cells(part: PageTable) -> bool:
    return any(cell.reader == CELLS for cell in part.cells[:1])


def _common_grid(grids: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The grid of the part with the most columns, which holds all the others' lines."""
    return max(grids, key=len)


def _moved(part: PageTable, grid: Sequence[float], rows_before: int) -> Iterable[Cell]:
    own = _from_left(part)
    own = _scaled(own, grid[-1]) if _are_pictured(part) else own
    places = [min(range(len(grid)), key=lambda k, x=x: abs(grid[k] - x)) for x in own]  # type: ignore[misc]
    for cell in part.cells:
        left, right = places[cell.col - 1], places[cell.col - 1 + cell.col_span]
        place = cell.row + rows_before, left + 1, max(right - left, 1)
        if place == (cell.row, cell.col, cell.col_span):
            yield cell
        else:
            yield changed(cell, row=place[0], col=place[1], col_span=place[2])


def _above(layout: PageLayout, index: int) -> tuple[TextLine, ...]:
    """The lines between a table and the one before it on its page."""
    top = layout.tables[index].box.y0
    floor = layout.tables[index - 1].box.y1 if index else float("-inf")
    return tuple(line for line in layout.lines if floor - 2 <= line.box.cy <= top + line.box.height / 2)


def _below(layout: PageLayout, index: int) -> tuple[TextLine, ...]:
    bottom = layout.tables[index].box.y1
    later = layout.tables[index + 1 :]
    ceiling = later[0].box.y0 if later else float("inf")
    return tuple(line for line in layout.lines if bottom <= line.box.cy <= ceiling)


def _trailing(layout: PageLayout | None) -> tuple[TextLine, ...]:
    """The lines below a page's last table, or all of a page without one."""
    if layout is None:
        return ()
    floor = layout.tables[-1].box.y1 if layout.tables else float("-inf")
    return tuple(line for line in layout.lines if line.box.cy > floor)


def _carried(before: PageLayout | None, above: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """What the page before says of a table at the top of its page.

    All that ends it where nothing stands above the table; else the title of a table set off at its foot (…表), without
    sentences.
    """
    trailing = _trailing(before)
    if not above:
        return trailing
    foot: list[TextLine] = []
    for line in reversed(trailing[-FOOT_LINES:]):
        if _SENTENCE.search(line.text):
            break
        foot.insert(0, line)
    earlier = trailing[: len(trailing) - len(foot)]
    if not any("表" in line.text for line in foot) or (
        earlier and foot[0].box.y0 - earlier[-1].box.y1 < FOOT_GAP * foot[0].box.height
    ):
        return ()
    return tuple(foot)
