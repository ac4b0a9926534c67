"""Words → the lines of the running text: tables, page numbers and running heads left out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.prose.canonical import canonical
from schemas.records import Box, Page, Word

SAME_LINE = 0.5
"""Words whose centres differ by less than this share of the type size stand on one line."""
MARGIN = 0.1
"""Page numbers and running heads stand within this share of the page's height from its top or bottom."""
REPEATED = 3
"""A line in the margin of so many pages, figures apart, is a running head."""
MARKS = 40
"""In sentences at least one character in so many is a comma, a semicolon or a full stop; in tables hardly any."""

_DASHED_NUMBER = re.compile(r"[-—─–]+\s*\d{1,4}\s*[-—─–]+")
"""—7— is a page number wherever it stands: on a page laid out sideways the foot is no margin."""
_PAGE_NUMBER = re.compile(r"[-—─\s.·]*(第?\d{1,4}页?)(/\d+|共\d+页)?[-—─\s.·]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `text` has no whitespace but one space where two figures stand apart, which is no number."""

    text: str
    page: int
    box: Box
    size: float


def body_lines(pages: Iterable[Page], tables: Mapping[int, Sequence[Box]]) -> tuple[Line, ...]:
    """Give the lines of the running text in reading order.

    `tables` gives for a page's number the boxes of its tables; what stands inside them is left out.
    """
    read = [(page, page_lines(page, tables.get(page.number, ()))) for page in pages]
    heads = _running_heads(read)
    return tuple(
        line
        for page, lines in read
        for line in lines
        if not _DASHED_NUMBER.fullmatch(line.text)
        and not (_in_margin(line, page) and (_is_page_number(line.text) or _without_figures(line.text) in heads))
    )


def page_lines(page: Page, tables: Sequence[Box]) -> list[Line]:
    """Give the lines of a page outside `tables`, from top to bottom."""
    left_out = [box for box in tables if not _holds_text(box, page)]
    words = [w for w in page.words if not any(box.contains(w.box.cx, w.box.cy) for box in left_out)]
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.cy, w.box.x0)):
        if rows and _same_line(rows[-1][0], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(row, page.number) for row in rows]


def joined(left: str, right: str) -> str:
    """Two pieces of one line without the blank between them, unless that would make one figure of two."""
    gap = " " if left[-1:].isdigit() and right[:1].isdigit() else ""
    return left + gap + right


def _holds_text(box: Box, page: Page) -> bool:
    """Whether a box without vertical rules holds sentences: numbered items below one another can look like columns."""
    if any(not rule.horizontal and box.contains(rule.x0, (rule.y0 + rule.y1) / 2) for rule in page.rules):
        return False
    text = "".join(w.text for w in page.words if box.contains(w.box.cx, w.box.cy))
    return MARKS * sum(text.count(mark) for mark in "，。；") >= len(text) > 0


def _same_line(first: Word, word: Word) -> bool:
    size = max(first.box.height, word.box.height)
    return abs(first.box.cy - word.box.cy) < SAME_LINE * size


def _line(row: Sequence[Word], page: int) -> Line:
    ordered = sorted(row, key=lambda w: w.box.x0)
    text = ""
    for word in ordered:
        text = joined(text, re.sub(r"\s", "", word.text))
    size = sorted(w.box.height for w in ordered)[len(ordered) // 2]
    return Line(text, page, Box.around([w.box for w in ordered]), size)


def _running_heads(read: Sequence[tuple[Page, list[Line]]]) -> frozenset[str]:
    seen = Counter(
        text
        for page, lines in read
        for text in {_without_figures(line.text) for line in lines if _in_margin(line, page)}
    )
    return frozenset(text for text, pages in seen.items() if pages >= REPEATED and text)


def _in_margin(line: Line, page: Page) -> bool:
    return line.box.cy < MARGIN * page.height or line.box.cy > (1 - MARGIN) * page.height


def _is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(canonical(text)) is not None


def _without_figures(text: str) -> str:
    return re.sub(r"\d", "", text)
