"""Pages that show one sheet side by side → one wide page, and what is found on it back where it is printed."""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.tables.layout import PageLayout, PageTable
from schemas.records import Box, Cell, Page, Rule, TextLine, Word

SAME_LEVEL = 1.5
"""Words of two pages whose middles differ by no more than this stand at one height of the sheet (points)."""
OVERLAP = 2.0
"""A text that is cut between two pages, and printed on both, overlaps itself by more than this (points)."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The part of a page that shows some columns of a sheet: from `x0` to `x1`.

    On the wide page it is moved `offset` to the right and `drop` down.

    `words` are those of the page that belong to the sheet: not its number, nor columns that repeat those of a strip
    further left.
    """

    page: Page
    words: tuple[Word, ...]
    x0: float
    x1: float
    offset: float
    drop: float = 0.0

    def moved_words(self) -> list[Word]:
        """The words where they stand on the wide page."""
        return self._moved(self.words)

    def heading(self, top: float) -> list[Word]:
        """Those above the table, whose top on its own page is `top`, where they stand on the wide page."""
        return self._moved(word for word in self.words if word.box.cy < top)

    def _moved(self, words: Iterable[Word]) -> list[Word]:
        return [word._replace(box=moved(word.box, self.offset, self.drop)) for word in words]

    def moved_rules(self) -> list[Rule]:
        """The rules where they stand on the wide page, without those of columns that are repeated."""
        repeats = any(rule.x0 < self.x0 - SAME_LEVEL for rule in self.page.rules)
        first = self.x0 + SAME_LEVEL if repeats else self.x0 - SAME_LEVEL
        boxes = [
            Box(max(rule.x0, self.x0), rule.y0, max(rule.x1, self.x0), rule.y1)
            for rule in self.page.rules
            if rule.x1 >= first
        ]
        return [Rule(*moved(box, self.offset, self.drop)) for box in boxes]


def wide_page(strips: Sequence[Strip]) -> Page:
    """One page that shows all strips side by side, with the number of the first."""
    words: list[Word] = []
    for strip in strips:
        words = joined_over_cut(words, strip.moved_words())
    first, last = strips[0], strips[-1]
    return replace(
        first.page,
        width=last.page.width + last.offset,
        words=tuple(words),
        rules=tuple(rule for strip in strips for rule in strip.moved_rules()),
    )


def joined_over_cut(left: Sequence[Word], right: Sequence[Word]) -> list[Word]:
    """The words of two strips; a text that is cut between them, and printed on both as far as it goes, is one word."""
    rest = list(right)
    joined = []
    for word in left:
        other = next((w for w in rest if both_show(word, w)), None)
        if other is None:
            joined.append(word)
        else:
            rest.remove(other)
            joined.append(_one_word(word, other))
    return [*joined, *rest]


def _one_word(left: Word, right: Word) -> Word:
    text = left.text[: len(left.text) - shared_text(left.text, right.text)] + right.text
    whole = left.text if right.text in left.text else text
    return Word(whole, Box.around([left.box, right.box]), min(left.confidence, right.confidence))


def both_show(left: Word, right: Word) -> bool:
    """Whether two words, on the strips left and right of a cut, are one text printed on both."""
    overlap = min(left.box.x1, right.box.x1) - max(left.box.x0, right.box.x0)
    level = abs(left.box.cy - right.box.cy) <= SAME_LEVEL
    return level and overlap > OVERLAP and (shared_text(left.text, right.text) > 0 or right.text in left.text)


def shared_text(left: str, right: str) -> int:
    """How many characters the end of one text and the beginning of the next have in common."""
    return next((n for n in range(min(len(left), len(right)), 0, -1) if left.endswith(right[:n])), 0)


def on_own_pages(layout: PageLayout, strips: Sequence[Strip]) -> PageLayout:
    """The layout of a wide page with each cell and line on the page and at the place where it is printed."""
    starts = [strip.x0 + strip.offset for strip in strips]

    def strip_at(x: float) -> Strip:
        return strips[max(bisect.bisect_right(starts, x) - 1, 0)]

    def placed(cell: Cell) -> Cell:
        strip = strip_at(cell.box.cx)
        box = moved(cell.box, -strip.offset, -strip.drop)
        clipped = box._replace(x0=max(box.x0, strip.x0), x1=min(box.x1, strip.x1))
        return replace(cell, page=strip.page.number, box=clipped)

    def line_placed(line: TextLine) -> TextLine:
        strip = strip_at(line.box.x0)
        return TextLine(line.text, strip.page.number, moved(line.box, -strip.offset, -strip.drop))

    tables: list[PageTable] = [replace(t, cells=tuple(map(placed, t.cells))) for t in layout.tables]
    return PageLayout(layout.number, tuple(tables), tuple(map(line_placed, layout.lines)))


def moved(box: Box, right: float, down: float = 0.0) -> Box:
    """A box some points further right and down."""
    return Box(box.x0 + right, box.y0 + down, box.x1 + right, box.y1 + down)
