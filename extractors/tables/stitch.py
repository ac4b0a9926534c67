"""Page layouts → tables, each put together from the pages it runs over, with the text above and below it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.tables.layout import PageLayout, PageTable
from schemas.records import Cell, Table, TextLine

SAME_COLUMN = 6.0
"""Grid lines of two pages nearer than this, once both tables' left borders are laid together, are one (points)."""
HEADING_LINES = 10
"""The most lines above a table that are kept as its heading."""
PAGE_NUMBER = re.compile(r"[-—–─·•~\s第共/]*\d{0,4}[-—–─·•~\s页/共]*\d{0,4}[-—–─·•~\s页]*")


def stitched(layouts: Iterable[PageLayout]) -> tuple[Table, ...]:
    """All tables of a document in reading order, numbered from 1."""
    runs: list[_Run] = []
    before: PageLayout | None = None
    for layout in layouts:
        for index, part in enumerate(layout.tables):
            above = _above(layout, index)
            carried = _trailing(before) if index == 0 else ()
            if index == 0 and runs and before and _goes_on(runs[-1], before, part, above):
                runs[-1].add(part)
            else:
                runs.append(_Run(part, above or carried))
            runs[-1].below = _below(layout, index)
        before = layout
    return tuple(run.table(number) for number, run in enumerate(runs, start=1))


class _Run:
    """The parts of one table, page by page, on one common grid."""

    def __init__(self, part: PageTable, heading: Sequence[TextLine]) -> None:
        self.parts = [part]
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
            pages=tuple(dict.fromkeys(part.page for part in self.parts)),
            rows=rows,
            cols=len(grid) - 1,
            cells=tuple(cells),
            heading=self.heading,
            below=self.below,
            ruled=all(part.ruled for part in self.parts),
        )


def _goes_on(run: _Run, before: PageLayout, part: PageTable, above: Sequence[TextLine]) -> bool:
    """Whether the first table of a page goes on from the last one of the page before."""
    if run.last.page != before.number or part.page != before.number + 1 or run.last.ruled != part.ruled:
        return False
    heading = {_bare(line.text) for line in run.heading}
    nothing_new = all(_bare(line.text) in heading for line in above)
    return nothing_new and not _trailing(before) and _same_columns(run.last, part)


def _bare(text: str) -> str:
    return re.sub(r"\s|[（(]?(续表?|接上表)[)）]?", "", text)


def _same_columns(one: PageTable, other: PageTable) -> bool:
    """Whether two parts have the same borders and the inner grid lines of one are among the other's.

    A head splits columns further than the rows below it do, so a part without the head may have fewer.
    """
    left, right = _from_left(one), _from_left(other)
    if abs(left[-1] - right[-1]) > SAME_COLUMN:
        return False
    few, many = sorted((left, right), key=len)
    return all(min(abs(x - y) for y in many) <= SAME_COLUMN for x in few)


def _from_left(part: PageTable) -> tuple[float, ...]:
    return tuple(x - part.xs[0] for x in part.xs)


def _common_grid(grids: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The grid of the part with the most columns, which holds all the others' lines."""
    return max(grids, key=len)


def _moved(part: PageTable, grid: Sequence[float], rows_before: int) -> Iterable[Cell]:
    own = _from_left(part)
    places = [min(range(len(grid)), key=lambda k, x=x: abs(grid[k] - x)) for x in own]  # type: ignore[misc]
    for cell in part.cells:
        left, right = places[cell.col - 1], places[cell.col - 1 + cell.col_span]
        yield replace(cell, row=cell.row + rows_before, col=left + 1, col_span=max(right - left, 1))


def _above(layout: PageLayout, index: int) -> tuple[TextLine, ...]:
    """The lines between a table and the one before it on its page, page numbers left out."""
    top = layout.tables[index].box.y0
    floor = layout.tables[index - 1].box.y1 if index else float("-inf")
    return tuple(
        line
        for line in layout.lines
        if floor - 2 <= line.box.cy <= top + line.box.height / 2 and not PAGE_NUMBER.fullmatch(line.text)
    )


def _below(layout: PageLayout, index: int) -> tuple[TextLine, ...]:
    bottom = layout.tables[index].box.y1
    later = layout.tables[index + 1 :]
    ceiling = later[0].box.y0 if later else float("inf")
    return tuple(line for line in layout.lines if bottom <= line.box.cy <= ceiling)


def _trailing(layout: PageLayout | None) -> tuple[TextLine, ...]:
    """The lines below a page's last table, or all of a page without one; page numbers left out."""
    if layout is None:
        return ()
    floor = layout.tables[-1].box.y1 if layout.tables else float("-inf")
    return tuple(x for x in layout.lines if x.box.cy > floor and not PAGE_NUMBER.fullmatch(x.text))
