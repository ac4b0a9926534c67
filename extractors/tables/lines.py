"""Words → lines of text, and the text of a cell."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from schemas.records import Box, TextLine, Word

Line = Sequence[Word]
SAME_LINE = 0.5
"""Words whose centres differ by less than this share of the smaller one's height stand on one line."""
MARK = 0.5
"""A word of less than this share of its neighbour's height is a mark."""
TEXTS_KEPT = 8192
"""The texts of a page are asked about again and again."""
BLANK = 0.12
"""A gap of this share of the height is a blank."""

FIGURE = re.compile(
    r"[-－—(（]?\d{1,3}(?:[,，]\d{3})*(?:[.．]\d+)?[)）]?|[-－]?\d+(?:[.．]\d+)?|[-－]?\d{4,}[,，]\d{3}(?:[.．]\d+)?"
)
"""A whole figure: with thousands grouped in threes, not grouped at all, or with the last group alone parted."""


@lru_cache(maxsize=TEXTS_KEPT)
def is_figure(text: str) -> bool:
    """Whether a text is one whole figure as these papers print them."""
    return FIGURE.fullmatch(text.replace(" ", "")) is not None


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Lines from top to bottom, each from left to right."""
    words = list(words)
    if len(words) < 2:  # as most cells
        return [words] if words else []
    lines: list[list[Word]] = []
    for word in sorted(words, key=_down_and_across):
        if lines and _on_line(word, lines[-1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=_across) if len(line) > 1 else line for line in lines]


def _down_and_across(word: Word) -> tuple[float, float]:
    x0, y0, _, y1 = word.box
    return y0 + y1, x0


def _across(word: Word) -> float:
    return word.box[0]


def _on_line(word: Word, line: Line) -> bool:
    """Whether a word stands on a line; the line's last word is the one nearest below its middle.

    A mark that is much lower than the others (一, －) stands on the line that it is printed within.
    """
    _, y0, _, y1 = word.box
    _, last_y0, _, last_y1 = line[-1].box
    middle, last_middle, height, last_height = (y0 + y1) / 2, (last_y0 + last_y1) / 2, y1 - y0, last_y1 - last_y0
    if abs(middle - last_middle) < SAME_LINE * (height if height < last_height else last_height):
        return True
    if height <= last_height:
        return height < MARK * last_height and last_y0 < middle < last_y1
    return last_height < MARK * height and y0 < last_middle < y1


def level(one: Line, other: Line) -> bool:
    """Whether two lines, of two cells or of one, stand at one height."""
    a, b = one[0].box, other[0].box
    return abs(a.cy - b.cy) < SAME_LINE * min(a.height, b.height)


def text_line(words: Sequence[Word], page: int) -> TextLine:
    """One line of words as a record; words keep a space where they are printed apart."""
    return TextLine(joined(words), page, Box.around([w.box for w in words]))


def text_of(words: Iterable[Word]) -> str:
    """The text of a cell: its lines joined without a break, but for figures that are not known to be one."""
    return text_of_lines(lines_of(words))


def text_of_lines(lines: Sequence[Line]) -> str:
    """The text of a cell with these lines."""
    texts = [joined(line) for line in lines]
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
