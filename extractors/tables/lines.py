"""Words → lines of text, and the text of a cell."""

import re
from collections.abc import Iterable, Sequence

from schemas.records import Box, TextLine, Word

Line = Sequence[Word]
SAME_LINE = 0.5
"""Words whose centres differ by less than this share of the smaller one's height stand on one line."""
MARK = 0.5
"""A word of less than this share of its neighbour's height is a mark."""
BLANK = 0.12
"""A gap of this share of the height is a blank."""

FIGURE = re.compile(
    r"[-－—(（]?\d{1,3}(?:[,，]\d{3})*(?:[.．]\d+)?[)）]?|[-－]?\d+(?:[.．]\d+)?|[-－]?\d{4,}[,，]\d{3}(?:[.．]\d+)?"
)
"""A whole figure: with thousands grouped in threes, not grouped at all, or with the last group alone parted."""


def is_figure(text: str) -> bool:
    """Whether a text is one whole figure as these papers print them."""
    return FIGURE.fullmatch(text.replace(" ", "")) is not None


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Lines from top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.cy, w.box.x0)):
        if lines and _on_line(word, lines[-1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box.x0) for line in lines]


def _on_line(word: Word, line: Line) -> bool:
    """Whether a word stands on a line; the line's last word is the one nearest below its middle.

    A mark that is much lower than the others (一, －) stands on the line that it is printed within.
    """
    low, high = sorted((word.box, line[-1].box), key=lambda box: box.height)
    if low.height < MARK * high.height and high.y0 < low.cy < high.y1:
        return True
    return level([word], line[-1:])


def level(one: Line, other: Line) -> bool:
    """Whether two lines, of two cells or of one, stand at one height."""
    a, b = one[0].box, other[0].box
    return abs(a.cy - b.cy) < SAME_LINE * min(a.height, b.height)


def text_line(words: Sequence[Word], page: int) -> TextLine:
    """One line of words as a record; words keep a space where they are printed apart."""
    return TextLine(joined(words), page, Box.around([w.box for w in words]))


def text_of(words: Iterable[Word]) -> str:
    """The text of a cell: its lines joined without a break, but for figures that are not known to be one."""
    texts = [joined(line) for line in lines_of(words)]
    figures = len(texts) > 1 and all(map(is_figure, texts)) and any("." in t or "," in t for t in texts)
    return (" " if figures else "").join(texts)


def joined(words: Sequence[Word]) -> str:
    """Words of a line; a space stays between letters or digits of the Latin kind, where it means something."""
    text = ""
    end = 0.0
    for word in words:
        latin = text and text[-1].isascii() and word.text[0].isascii()
        apart = latin and word.box.x0 - end > BLANK * word.box.height
        text += f" {word.text}" if apart else word.text
        end = word.box.x1
    return text
