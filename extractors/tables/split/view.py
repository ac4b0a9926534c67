"""What a page shows of a sheet that may go on beside it: its rules, rows, columns and header, and who has the same."""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.tables.lattice import Line, lines_from
from extractors.tables.layout import PageLayout
from extractors.tables.lines import is_figure
from extractors.tables.split.wide import SAME_LEVEL
from schemas.records import Box, Cell, Page, Word

ROWS = 3
"""Pages with fewer rules across say too little about whether their rows are the same."""
HEADER = 3
"""A header has no more rows than so many, of which one page can part some that another does not."""
WHOLE = 0.9
"""A rule that runs across a whole table takes up at least this share of its width."""
_TITLE = re.compile(r"表(?:[(（][^()（）]*[)）])?$")


@dataclass(frozen=True)
class PageView:
    """What a page shows of a sheet; `kept` is its layout without page numbers and running lines."""

    page: Page
    layout: PageLayout
    kept: PageLayout

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words that belong to the sheet."""
        kept = set(self.kept.lines)
        running = [line.box for line in self.layout.lines if line not in kept]
        if not running:
            return self.page.words
        return tuple(w for w in self.page.words if not any(box.contains(w.box.cx, w.box.cy) for box in running))

    @cached_property
    def _whole_rules(self) -> tuple[list[Line], list[Line]]:
        return lines_from(self.page.rules)

    @cached_property
    def rules(self) -> list[Line]:
        """The rules that run across, from top to bottom."""
        return sorted(self._whole_rules[0], key=lambda line: line.at)

    @cached_property
    def rows(self) -> list[float]:
        """The heights of those that run across the whole table."""
        return [line.at for line in self.rules if line.high - line.low >= WHOLE * self.box.width]

    @cached_property
    def places_down(self) -> list[float]:
        """The places of the rules that run down."""
        return [line.at for line in self._whole_rules[1]]

    @cached_property
    def box(self) -> Box:
        """What the rules of the page take up; there is at least one."""
        return Box.around([Box(*rule) for rule in self.page.rules])

    @cached_property
    def top(self) -> float:
        """Where the first table begins: a title within the frame stands above it, below the frame's rule."""
        return max([self.box.y0, *(table.box.y0 for table in self.layout.tables[:1])])

    @cached_property
    def heading(self) -> bool:
        """Whether anything stands above the table."""
        return any(word.box.cy < self.box.y0 for word in self.words)

    @cached_property
    def columns(self) -> list[tuple[float, tuple[str, ...]]]:
        """The right border and the texts of each column of the first table; none without a table."""
        if not self.layout.tables:
            return []
        table = self.layout.tables[0]
        texts: list[list[str]] = [[] for _ in table.xs[1:]]
        for cell in table.cells:
            texts[cell.col - 1].append(cell.text)
        return list(zip(table.xs[1:], map(tuple, texts), strict=True))

    @cached_property
    def first_figure(self) -> int | None:
        """The row of the first figure of the first table."""
        cells = self.layout.tables[0].cells if self.layout.tables else ()
        return min((cell.row for cell in cells if is_figure(cell.text)), default=None)

    def has_header_of(self, other: "PageView") -> bool:
        """Whether the first tables of both begin with the same rows, down to one that is no heading on either page.

        A row of a heading has a text in each of its columns; a row of a form may have none.
        """
        if not self.layout.tables or not other.layout.tables:
            return False
        own, its = _rows(self.layout.tables[0].cells), _rows(other.layout.tables[0].cells)
        same = next((at for at, pair in enumerate(zip(own, its, strict=False)) if pair[0] != pair[1]), 0)
        return same > 0 and "" in own[same] and "" in its[same]

    @cached_property
    def announces(self) -> bool:
        """Whether the title of the next page's table ends the page."""
        floor = self.kept.tables[-1].box.y1 if self.kept.tables else float("-inf")
        return any(line.box.cy > floor and _TITLE.search(line.text.strip()) for line in self.kept.lines)

    def same_columns(self, other: "PageView") -> bool:
        """Whether the columns of one page are among the other's: headings part some that rows below do not."""
        few, many = sorted((self.places_down, other.places_down), key=len)
        return bool(few) and all(any(abs(x - y) <= SAME_LEVEL for y in many) for x in few)

    @cached_property
    def labelled(self) -> bool:
        """Whether the first table prints words beside its figures, or below a header where it has none."""
        return any(cell.text and not is_figure(cell.text) for cell in self.body)

    @cached_property
    def body(self) -> list[Cell]:
        """The cells of the first table from its first figure on, or below a header where it has none."""
        cells = self.layout.tables[0].cells if self.layout.tables else ()
        first = self.first_figure or HEADER + 1
        return [cell for cell in cells if cell.row >= first]

    def drop(self, first: "PageView") -> float:
        """How much lower the rows stand on the first page of a sheet, whose heading a page without one leaves out."""
        lower = first.box.y0 - self.box.y0
        return 0.0 if abs(lower) <= SAME_LEVEL or self.heading else lower

    @cached_property
    def _compared(self) -> dict[tuple[int, int], bool]:
        """What is known of pages beside this one, each of which is asked about for every width of the sheet."""
        return {}

    def same_rows(self, other: "PageView", least: int = ROWS) -> bool:
        """Whether the other page has the same rows at the same heights, those that headings part left aside."""
        pair = other.page.number, least
        if pair not in self._compared:
            self._compared[pair] = self._has_rows_of(other, least)
        return self._compared[pair]

    def _has_rows_of(self, other: "PageView", least: int) -> bool:
        if not self.page.rules or not other.page.rules:
            return False
        drop = other.drop(self)
        if abs(other.box.y0 + drop - self.box.y0) > SAME_LEVEL or abs(other.box.y1 + drop - self.box.y1) > SAME_LEVEL:
            return False
        own, its = [line.at for line in self.rules], [line.at + drop for line in other.rules]
        rows = [row + drop for row in other.rows]
        others = [*_without(self.rows, its), *_without(rows, own)]
        shared = [row for row in self.rows if row not in others]
        return len(shared) >= least and all(row < shared[min(HEADER, len(shared) - 1)] for row in others)


def _without(rows: Sequence[float], places: Sequence[float]) -> list[float]:
    """The rows that stand at none of some places, which are sorted."""
    return [row for row in rows if not _stands_at(row, places)]


def _stands_at(row: float, places: Sequence[float]) -> bool:
    after = bisect.bisect_left(places, row)
    return any(abs(row - place) <= SAME_LEVEL for place in places[max(after - 1, 0) : after + 1])


def _rows(cells: Sequence[Cell]) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [rows[number] for number in sorted(rows)]
