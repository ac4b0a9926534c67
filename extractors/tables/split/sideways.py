"""Tables split by columns: a sheet too wide for its paper is printed on pages that belong side by side.

A workbook's pages follow one another down and then over, or over and then down. Those of one sheet have the same rows
at the same heights; its heading is spread over them as over one wide page: the title centred on all of them or cut
between two, what stands flush left on the first alone and what stands flush right on the last.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.layout import PageLayout, layout_of
from extractors.tables.running import without_running
from extractors.tables.split.view import ROWS, PageView
from extractors.tables.split.wide import SAME_LEVEL, Strip, both_show, moved, on_own_pages, wide_page
from extractors.tables.vocabulary import NO_WORDS, Vocabulary
from schemas.records import Box, Page, Word

STRIPS = 6
"""The most pages side by side, and the most below one another before the next strip begins."""
FLUSH = 4.0
"""Text no further than this from a table's side is flush with it (points)."""
CENTRED = 0.02
"""A title is off the middle of its sheet by no more than this share of the sheet's width."""

_FIELD = re.compile(r"[:：]")


def whole_sheets(
    pages: Sequence[Page], layouts: Sequence[PageLayout], vocabulary: Vocabulary = NO_WORDS
) -> list[PageLayout]:
    """The layouts of a paper in reading order, the pages of a sheet that is split by columns laid out as one."""
    kept = without_running(layouts)
    views = [PageView(page, layout, own) for page, layout, own in zip(pages, layouts, kept, strict=True)]
    whole: list[PageLayout] = []
    at = 0
    above: Sequence[PageView] = ()
    while at < len(views):
        down, strips = _sheet(views[at : at + STRIPS * STRIPS], above)
        for row in range(down):
            above = views[at + row : at + down * strips : down]
            whole.append(_laid_out(above, whole[-1] if whole else None, vocabulary))
        at += down * strips
    return whole


def _laid_out(views: Sequence[PageView], before: PageLayout | None, vocabulary: Vocabulary) -> PageLayout:
    """The layout of pages side by side as of one; that of a single page as it is."""
    if len(views) == 1:
        return views[0].layout
    parts = _strips(views)
    return on_own_pages(layout_of(wide_page(parts), before, vocabulary), parts)


def _sheet(views: Sequence[PageView], above: Sequence[PageView]) -> tuple[int, int]:
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


def _widest(views: Sequence[PageView], down: int) -> list[PageView]:
    """The pages that can show the first row of strips, each `down` pages long: a title ends none that goes on."""
    widest = [views[0]]
    for at in range(down, min(STRIPS, len(views) // down) * down, down):
        if views[at - 1].announces or not views[0].same_rows(views[at]):
            break
        widest.append(views[at])
    return widest


def _goes_on_down(above: Sequence[PageView], views: Sequence[PageView]) -> bool:
    """Whether as many pages as `above` have the columns of those, each of its own, and the same rows."""
    below = views[: len(above)]
    if len(below) < len(above) or not all(a.same_columns(b) for a, b in zip(above, below, strict=True)):
        return False
    return _side_by_side(below, least=2)


def _side_by_side(views: Sequence[PageView], least: int = ROWS) -> bool:
    """Whether pages can show one sheet from left to right: the same rows, `least` rules at least, below one heading."""
    return all(views[0].same_rows(view, least) for view in views[1:]) and _one_heading(views, _strips(views))


def _goes_on_over(views: Sequence[PageView], parts: Sequence[Strip]) -> bool:
    """Whether pages, which have the same rows, do show one sheet from left to right."""
    if not _one_heading(views, parts):
        return False
    sheet = Box(parts[0].x0, 0, parts[-1].x1 + parts[-1].offset, 0)
    return all(_goes_over(*pair, sheet) for pair in pairwise(zip(views, parts, strict=True)))


def _strips(views: Sequence[PageView]) -> list[Strip]:
    """What each page adds to the sheet, each where the one before ends."""
    first = views[0]
    parts = [Strip(first.page, first.words, first.box.x0, first.box.x1, 0.0)]
    for view in views[1:]:
        left = _repeated(first, view)
        words = tuple(word for word in view.words if word.box.cx >= left) if left > view.box.x0 else view.words
        end = parts[-1].x1 + parts[-1].offset
        parts.append(Strip(view.page, words, left, view.box.x1, end - left, view.drop(first)))
    return parts


def _repeated(first: PageView, view: PageView) -> float:
    """Where the columns end that a page repeats from the first, or its left side where it repeats none.

    Whatever stands above them is repeated with them.
    """
    end = view.box.x0
    for (x, texts), (first_x, first_texts) in zip(view.columns[:-1], first.columns, strict=False):
        if texts != first_texts or abs((x - view.box.x0) - (first_x - first.box.x0)) > SAME_LEVEL:
            break
        end = x if any(texts) else end
    above = {word.text for word in view.words if word.box.cy < view.top and word.box.cx < end}
    return end if above <= {word.text for word in first.words} else view.box.x0


def _goes_over(one: tuple[PageView, Strip], other: tuple[PageView, Strip], sheet: Box) -> bool:
    """Whether more than the same rows shows that a strip goes on: a text that is cut, labels that are repeated."""
    (left_view, left), (right_view, right) = one, other
    if right_view.has_header_of(left_view):
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


def _headings_from(view: PageView, x0: float) -> list[str]:
    """The headings from `x0` on: other ones beside labels that are repeated, the same ones below another unit's."""
    cells = view.layout.tables[0].cells
    body = {id(cell) for cell in view.body}
    return [cell.text for cell in cells if id(cell) not in body and cell.text and cell.box.cx > x0]


def _other_columns(left: PageView, right: PageView) -> bool:
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


def _one_heading(views: Sequence[PageView], parts: Sequence[Strip]) -> bool:
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
