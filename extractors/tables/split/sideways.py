"""Tables split by columns: a sheet too wide for its paper is printed on pages that belong side by side.

A workbook's pages follow one another down and then over, or over and then down. Those of one sheet have the same rows
at the same heights; its heading is spread over them as over one wide page: the title centred on all of them or cut
between two, what stands flush left on the first alone and what stands flush right on the last.
"""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extractors.tables.lattice import Line, lines_from
from extractors.tables.layout import PageLayout, layout_of
from extractors.tables.lines import is_figure
from extractors.tables.running import without_running
from extractors.tables.split.wide import SAME_LEVEL, Strip, both_show, moved, on_own_pages, wide_page
from extractors.tables.vocabulary import NO_WORDS, Vocabulary
from schemas.records import Box, Cell, Page, Word

STRIPS = 6
"""The most pages side by side, and the most below one another before the next strip begins."""
ROWS = 3
"""Pages with fewer rules across say too little about whether their rows are the same."""
HEADER = 3
"""A header has no more rows than so many, of which one page can part some that another does not."""
FLUSH = 4.0
"""Text no further than this from a table's side is flush with it (points)."""
CENTRED = 0.02
"""A title is off the middle of its sheet by no more than this share of the sheet's width."""
WHOLE = 0.9
"""A rule that runs across a whole table takes up at least this share of its width."""

_FIELD = re.compile(r"[:：]")
_TITLE = re.compile(r"表(?:[(（][^()（）]*[)）])?$")


def whole_sheets(
    pages: Sequence[Page], layouts: Sequence[PageLayout], vocabulary: Vocabulary = NO_WORDS
) -> list[PageLayout]:
    """The layouts of a paper in reading order, the pages of a sheet that is split by columns laid out as one."""
    kept = without_running(layouts)
    views = [_View(page, layout, own) for page, layout, own in zip(pages, layouts, kept, strict=True)]
    whole: list[PageLayout] = []
    at = 0
    above: Sequence[_View] = ()
    while at < len(views):
        down, strips = _sheet(views[at : at + STRIPS * STRIPS], above)
        for row in range(down):
            above = views[at + row : at + down * strips : down]
            whole.append(_laid_out(above, whole[-1] if whole else None, vocabulary))
        at += down * strips
    return whole


def _laid_out(views: Sequence["_View"], before: PageLayout | None, vocabulary: Vocabulary) -> PageLayout:
    """The layout of pages side by side as of one; that of a single page as it is."""
    if len(views) == 1:
        return views[0].layout
    parts = _strips(views)
    return on_own_pages(layout_of(wide_page(parts), before, vocabulary), parts)


@dataclass(frozen=True)
class _View:
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
    def header(self) -> list[tuple[int, int, str]]:
        """The row, the column and the text of each cell above the first figure of the first table."""
        cells = self.layout.tables[0].cells if self.layout.tables else ()
        first = min((cell.row for cell in cells if is_figure(cell.text)), default=1)
        return [(cell.row, cell.col, cell.text) for cell in cells if cell.row < first and cell.text]

    @cached_property
    def announces(self) -> bool:
        """Whether the title of the next page's table ends the page."""
        floor = self.kept.tables[-1].box.y1 if self.kept.tables else float("-inf")
        return any(line.box.cy > floor and _TITLE.search(line.text.strip()) for line in self.kept.lines)

    def same_columns(self, other: "_View") -> bool:
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
        first = min((cell.row for cell in cells if is_figure(cell.text)), default=HEADER + 1)
        return [cell for cell in cells if cell.row >= first]

    def drop(self, first: "_View") -> float:
        """How much lower the rows stand on the first page of a sheet, whose heading a page without one leaves out."""
        lower = first.box.y0 - self.box.y0
        return 0.0 if abs(lower) <= SAME_LEVEL or self.heading else lower

    @cached_property
    def _compared(self) -> dict[tuple[int, int], bool]:
        """What is known of pages beside this one, each of which is asked about for every width of the sheet."""
        return {}

    def same_rows(self, other: "_View", least: int = ROWS) -> bool:
        """Whether the other page has the same rows at the same heights, those that headings part left aside."""
        pair = other.page.number, least
        if pair not in self._compared:
            self._compared[pair] = self._has_rows_of(other, least)
        return self._compared[pair]

    def _has_rows_of(self, other: "_View", least: int) -> bool:
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


def _sheet(views: Sequence[_View], above: Sequence[_View]) -> tuple[int, int]:
    """How many pages below one another, and side by side, show the sheet that begins with the first.

    Where it goes on below the pages `above`, which show one row of strips, it is as wide as they are.
    """
    if len(above) > 1 and _goes_on_down(above, views):
        return 1, len(above)
    for down in range(1, min(STRIPS, len(views) - 1) + 1):
        widest = _widest(views, down)
        parts = _strips(widest) if len(widest) > 1 else []
        for strips in range(len(widest), 1, -1):
            first, *others = [views[row : down * strips : down] for row in range(down)]
            if _goes_on_over(first, parts[:strips]) and all(_side_by_side(row, least=2) for row in others):
                return down, strips
    return 1, 1


def _widest(views: Sequence[_View], down: int) -> list[_View]:
    """The pages that can show the first row of strips, each `down` pages long: a title ends none that goes on."""
    widest = [views[0]]
    for at in range(down, min(STRIPS, len(views) // down) * down, down):
        if views[at - 1].announces or not views[0].same_rows(views[at]):
            break
        widest.append(views[at])
    return widest


def _goes_on_down(above: Sequence[_View], views: Sequence[_View]) -> bool:
    """Whether as many pages as `above` have the columns of those, each of its own, and the same rows."""
    below = views[: len(above)]
    if len(below) < len(above) or not all(a.same_columns(b) for a, b in zip(above, below, strict=True)):
        return False
    return _side_by_side(below, least=2)


def _side_by_side(views: Sequence[_View], least: int = ROWS) -> bool:
    """Whether pages can show one sheet from left to right: the same rows, `least` rules at least, below one heading."""
    return all(views[0].same_rows(view, least) for view in views[1:]) and _one_heading(views, _strips(views))


def _goes_on_over(views: Sequence[_View], parts: Sequence[Strip]) -> bool:
    """Whether pages, which have the same rows, do show one sheet from left to right."""
    if not _one_heading(views, parts):
        return False
    sheet = Box(parts[0].x0, 0, parts[-1].x1 + parts[-1].offset, 0)
    return all(_goes_over(*pair, sheet) for pair in pairwise(zip(views, parts, strict=True)))


def _strips(views: Sequence[_View]) -> list[Strip]:
    """What each page adds to the sheet, each where the one before ends."""
    first = views[0]
    parts = [Strip(first.page, first.words, first.box.x0, first.box.x1, 0.0)]
    for view in views[1:]:
        left = _repeated(first, view)
        words = tuple(word for word in view.words if word.box.cx >= left) if left > view.box.x0 else view.words
        end = parts[-1].x1 + parts[-1].offset
        parts.append(Strip(view.page, words, left, view.box.x1, end - left, view.drop(first)))
    return parts


def _repeated(first: _View, view: _View) -> float:
    """Where the columns end that a page repeats from the first, or its left side where it repeats none.

    Whatever stands above them is repeated with them.
    """
    end = view.box.x0
    for (x, texts), (first_x, first_texts) in zip(view.columns[:-1], first.columns, strict=False):
        if texts != first_texts or abs((x - view.box.x0) - (first_x - first.box.x0)) > SAME_LEVEL:
            break
        end = x if any(texts) else end
    above = {word.text for word in view.words if word.box.cy < view.box.y0 and word.box.cx < end}
    return end if above <= {word.text for word in first.words} else view.box.x0


def _goes_over(one: tuple[_View, Strip], other: tuple[_View, Strip], sheet: Box) -> bool:
    """Whether more than the same rows shows that a strip goes on: a text that is cut, labels that are repeated."""
    (left_view, left), (right_view, right) = one, other
    if right_view.header and right_view.header == left_view.header:
        return False  # the same columns again, further down: one unit's name may stand in each row of both
    cut = right.x0 + right.offset
    before, after = left.moved_words(), right.moved_words()
    out = [word for word in before if word.box.x1 > cut + 1]
    into = [word for word in after if word.box.x0 < cut - 1]
    cut_texts = any(both_show(a, b) for a in out for b in after) or any(both_show(a, b) for a in before for b in into)
    if cut_texts:
        return True
    if right.x0 > right_view.box.x0:
        return _headings_from(right_view, right.x0) not in ([], _headings_from(left_view, right.x0))
    heading = [word for word in after if word.box.cy < right_view.box.y0] if right_view.heading else []
    if not heading:
        return _other_columns(left_view, right_view)
    last = right.x1 + right.offset
    ended = [w for w in before if w.box.cy < left_view.box.y0 and abs(w.box.x1 - cut) <= FLUSH]
    of_sheet = all(abs(w.box.x1 - last) <= FLUSH or _centred(w, sheet) for w in heading)
    return of_sheet or any(_goes_on_from(w, ended) for w in heading)


def _headings_from(view: _View, x0: float) -> list[str]:
    """The headings from `x0` on: other ones beside labels that are repeated, the same ones below another unit's."""
    cells = view.layout.tables[0].cells
    body = {id(cell) for cell in view.body}
    return [cell.text for cell in cells if id(cell) not in body and cell.text and cell.box.cx > x0]


def _other_columns(left: _View, right: _View) -> bool:
    """Whether a page without a heading shows columns that the one before has not: it would repeat them further down.

    It prints no labels, or its columns have other widths and begin below the blank beside the other's heading.
    """
    if not left.columns or not right.columns:
        return False
    if not right.labelled:
        return True
    widths = [[x - view.box.x0 for x, _ in view.columns] for view in (left, right)]
    same = len(widths[0]) == len(widths[1]) and all(abs(a - b) <= SAME_LEVEL for a, b in zip(*widths, strict=True))
    return not same and left.heading and not right.drop(left)


def _one_heading(views: Sequence[_View], parts: Sequence[Strip]) -> bool:
    """Whether the words above the strips are one heading over all; a later strip with its own is a new table."""
    sheet = Box(parts[0].x0, 0, parts[-1].x1 + parts[-1].offset, 0)
    before: list[Word] = []
    for view, part in zip(views, parts, strict=True):
        own = Box(part.x0 + part.offset, 0, part.x1 + part.offset, 0)
        page = moved(view.box, part.offset)
        heading = part.heading(view.box.y0)
        if before and any(_begins_anew(word, own, page, sheet, before) for word in heading):
            return False
        before.extend(heading)
    return True


def _begins_anew(word: Word, own: Box, page: Box, sheet: Box, before: Sequence[Word]) -> bool:
    """Whether a word above a strip shows that a table of its own begins there; `page` is the table on its page.

    It does where it stands flush left or in the middle of the strip and not of the sheet, or where the strips `before`
    print the same or another text instead.
    """
    level = [other for other in before if abs(other.box.cy - word.box.cy) <= SAME_LEVEL]
    if _goes_on_from(word, level) or any(both_show(other, word) for other in level):
        return False
    if abs(word.box.x1 - sheet.x1) <= FLUSH:
        return any(other.text == word.text for other in level)
    if any(abs(other.box.x0 - sheet.x0) > FLUSH for other in level):
        return True
    aside = _centred(word, own) or _centred(word, page) or abs(word.box.x0 - own.x0) <= FLUSH
    return aside and not _centred(word, sheet)


def _centred(word: Word, box: Box) -> bool:
    return abs(word.box.cx - box.cx) <= max(FLUSH, CENTRED * box.width)


def _goes_on_from(word: Word, level: Sequence[Word]) -> bool:
    """Whether a word ends a text that the strip before cuts at its right side; a field (单位：万元) is none."""
    return not _FIELD.search(word.text) and any(
        0 <= word.box.x0 - other.box.x1 <= FLUSH + word.box.height and not _FIELD.search(other.text) for other in level
    )
