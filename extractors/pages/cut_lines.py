"""Lines of print of which a page shows only a part, since what they are drawn in ends in the middle of them."""

from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from extractors.pages.lines_of_words import lines_of_words
from extractors.pages.pdfium import sheet_of
from schemas.records import Box, Word

SCALE = 2.0
"""Pixels a point: a line of 10 points has 20 rows of pixels."""
INK = 170
"""What is darker than this is print."""
LEAST_CHARACTERS = 10
"""Of fewer characters nobody can tell: 一 and 、 are low by themselves."""
PART = 0.5
"""Of a whole line of Chinese at least four fifths of its height are inked; less than this share is a part of one."""


def cut_lines(document: pypdfium2.PdfDocument, number: int, words: Sequence[Word]) -> Iterator[str]:
    """Yield the text of those lines of a page of which only a part can be seen, and not those that cannot be seen."""
    picture = _picture(document, number)
    for line in lines_of_words(words):
        text = "".join(word.text for word in line)
        if len(text) >= LEAST_CHARACTERS and 0 < _inked(picture, Box.around([word.box for word in line])) < PART:
            yield text


def _picture(document: pypdfium2.PdfDocument, number: int) -> NDArray[np.uint8]:
    """The page in grey, upright as its `Page` is."""
    page = document[number - 1]
    text = page.get_textpage()
    sheet = sheet_of(page, text)
    text.close()
    bitmap = page.render(scale=SCALE, rotation=(sheet.turn - page.get_rotation()) % 360, grayscale=True)
    grey: NDArray[np.uint8] = np.ascontiguousarray(bitmap.to_numpy())
    page.close()
    return grey


def _inked(picture: NDArray[np.uint8], box: Box) -> float:
    """Which share of a box's height has print in it."""
    height, width = picture.shape
    x0, y0, x1, y1 = (round(value * SCALE) for value in box)
    rows = picture[max(y0, 0) : min(y1, height), max(x0, 0) : min(x1, width)]
    return float((rows < INK).any(axis=1).mean()) if rows.size else 0.0
