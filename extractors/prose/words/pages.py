"""Pages with nothing on them, and pages whose last lines begin the next page again.

Where the text of one cell of a spreadsheet runs over a page's end, the program prints what fits, cuts the rest off at
the page's edge and prints it on the next page: the text layer of the first holds lines that nobody sees.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.prose.lines import Line
from schemas.records import Finding, Page, Reader

PRINTED: tuple[Reader, ...] = ("pdfium", "pdfplumber", "ofd")
"""Readers of files that have pages: an empty sheet of a workbook is no blank page."""
REPEATED = 20
"""Lines of fewer characters can stand on two pages by chance, as titles do."""


def blank_pages(pages: Sequence[Page]) -> Iterator[Finding]:
    """Tell of the pages with nothing on them between pages that have words."""
    worded = [page.number for page in pages if page.words]
    for page in pages:
        bare = not (page.words or page.needs_ocr or page.shows_pictures) and page.reader in PRINTED
        if bare and worded and worded[0] < page.number < worded[-1]:
            yield Finding("page_blank", "", page=page.number)


def repeated_lines(lines: Sequence[Line], text_pages: frozenset[int]) -> Iterator[Finding]:
    """Tell of the pages whose last lines are the first of the next page."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    for (page, own), (after, following) in pairwise(by_page.items()):
        count = _again([line.text for line in own], [line.text for line in following])
        if count and after == page + 1 and {page, after} <= text_pages:
            text = own[-count].text
            yield Finding("prose_lines_repeated", f"{text} ⇒ 第{after}页又从此处印起，本页此后的文字可能未显示", page)


def _again(own: Sequence[str], following: Sequence[str]) -> int:
    """Count the lines at the end of `own` that `following` begins with."""
    for count in range(min(len(own), len(following)), 0, -1):
        repeated = own[-count:]
        told = any(mark in text for text in repeated for mark in "，。；")  # titles of tables head page after page
        if repeated == list(following[:count]) and told and sum(map(len, repeated)) >= REPEATED and count < len(own):
            return count
    return 0
