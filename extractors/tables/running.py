"""Headers and footers that run over the pages of a paper: page numbers, and a line printed outermost page after page.

They belong to no table: they neither part a table from its continuation nor stand in its heading.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.tables.layout import PageLayout
from schemas.records import TextLine

PAGES = 3
"""A line outermost on so many pages is a running one; at the top, where titles are repeated as well, only with as many
different texts below it."""
SET_OFF = 0.8
"""A running line is set off from what stands next to it by at least so many times its own height."""

_SIGNS = r"[-_~·•.|/,:()\[\]第页共总计of]*"
_PAGE_NUMBER = re.compile(rf"{_SIGNS}(?:page|p)?(?:\d{{1,4}}{_SIGNS}){{0,2}}", re.IGNORECASE)
_PAGE_IN_WORDS = re.compile(r"-*第[一二三四五六七八九十百零]+页(?:[,/]?共[一二三四五六七八九十百零]+页)?-*")
_FIELD = re.compile(r"[:：]")


def is_page_number(text: str) -> bool:
    """Whether a line only numbers its page: 第5页，共17页; - 5 -; 5/17."""
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    bare = re.sub(r"[—–−─]", "-", bare).replace("、", ",")
    return bool(_PAGE_NUMBER.fullmatch(bare) or _PAGE_IN_WORDS.fullmatch(bare))


def without_running(layouts: Iterable[PageLayout]) -> list[PageLayout]:
    """The layouts without page numbers and running lines, in the same order."""
    kept = [_with_lines(layout, [x for x in layout.lines if not is_page_number(x.text)]) for layout in layouts]
    for top in (True, False):
        running = _running(kept, top=top)
        kept = [_without(layout, running, top=top) for layout in kept]
    return kept


def _with_lines(layout: PageLayout, lines: Sequence[TextLine]) -> PageLayout:
    return layout if len(lines) == len(layout.lines) else replace(layout, lines=tuple(lines))


def _without(layout: PageLayout, running: set[str], *, top: bool) -> PageLayout:
    outer = _outermost(layout, top=top)
    if outer is None or _wording(outer) not in running:
        return layout
    return _with_lines(layout, [line for line in layout.lines if line is not outer])


def _running(layouts: Sequence[PageLayout], *, top: bool) -> set[str]:
    """The wordings of the lines that run over pages at their top or at their foot."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for layout in layouts:
        outer = _outermost(layout, top=top)
        if outer is not None and not _FIELD.search(outer.text) and _set_off(layout, outer):
            beside[_wording(outer)].add(_next_line(layout, outer) if top else str(layout.number))
    return {wording for wording, texts in beside.items() if len(texts) >= PAGES}


def _wording(line: TextLine) -> str:
    """The text of a line; page numbers in it count as one, the numbers of tables (公开05表) do not."""
    return line.text if "表" in line.text else re.sub(r"\d+", "#", line.text)


def _outermost(layout: PageLayout, *, top: bool) -> TextLine | None:
    """The first or last line of a page, where no table stands further out."""
    if not layout.lines:
        return None
    line = (min if top else max)(layout.lines, key=lambda x: x.box.cy)
    outside = all(line.box.cy < t.box.y0 if top else line.box.cy > t.box.y1 for t in layout.tables)
    return line if outside else None


def _set_off(layout: PageLayout, line: TextLine) -> bool:
    """Whether a line stands apart from all that is printed above and below it."""
    boxes = [*(x.box for x in layout.lines if x is not line), *(table.box for table in layout.tables)]
    gaps = [max(box.y0 - line.box.y1, line.box.y0 - box.y1) for box in boxes]
    return min(gaps, default=float("inf")) >= SET_OFF * line.box.height


def _next_line(layout: PageLayout, outer: TextLine) -> str:
    """The text below the first line of a page; all tables count as one."""
    others = sorted((line for line in layout.lines if line is not outer), key=lambda line: line.box.cy)
    if not others or any(table.box.y0 < others[0].box.cy for table in layout.tables):
        return ""
    return others[0].text
