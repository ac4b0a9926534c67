"""Pages whose last paragraphs begin the next page again, as what a program prints over two pages does.

A cell of a worksheet that is taller than a page is drawn whole on each, and each page shows its part: the text layer
has the paragraphs around the break twice, and a line that the page's end goes through is shown whole by neither.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from schemas.records import Passage

FEWEST, LEAST_CHARACTERS = 2, 60
"""So many paragraphs, of so many characters together, are no coincidence."""
FIRST = 2
"""The text on the next page goes on with one of its first paragraphs."""


def printed_twice(passages: Sequence[Passage]) -> Iterator[int]:
    """Yield the pages whose text goes on as it does on the next one."""
    pages = {page: [each.text for each in own] for page, own in groupby(passages, key=lambda each: each.page)}
    for page, own in pages.items():
        again = _again(own, pages.get(page + 1, ()))
        if len(again) >= FEWEST and sum(map(len, again)) >= LEAST_CHARACTERS:
            yield page


def _again(own: Sequence[str], following: Sequence[str]) -> Sequence[str]:
    """The last paragraphs of a page that the next one begins with, as many as there are."""
    for length in range(min(len(own), len(following)), 0, -1):
        last = own[-length:]
        if any(list(following[at : at + length]) == list(last) for at in range(FIRST)):
            return last
    return ()
