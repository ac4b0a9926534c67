"""Words of a text layer with characters that it does not tell, read from the page's picture."""

import re
import unicodedata
from dataclasses import replace

import cv2
import numpy as np
import pypdfium2

from extractors.pages.letters import UNREAD
from extractors.pages.pdfium import sheet_of
from extractors.pages.picture.raster import Grey
from extractors.pages.picture.recogniser import Recognised, recogniser
from schemas.records import Page, Word

DPI = 200
"""The resolution at which the models were measured."""
MARGIN = 1.0
"""Paper round a word (points); a rule may stand close by."""
MOST_PIXELS = 6_000
"""A larger side is drawn at a lower resolution."""
SURE = 0.8
"""The engine's confidence in the character that it is least sure of."""


def with_unread_words(document: pypdfium2.PdfDocument, page: Page, threads: int) -> Page:
    """A page of a text layer, the characters that it does not tell read from its picture where the rest agrees.

    A figure is left as it is: one digit of a text layer is not made certain by a picture.
    """
    unread = [
        at for at, word in enumerate(page.words) if UNREAD in word.text and not any(map(str.isdecimal, word.text))
    ]
    if not unread:
        return page
    scale = min(DPI / 72, MOST_PIXELS / max(page.width, page.height))
    picture = _rendered(document, page.number, scale)
    words = list(page.words)
    readings = recogniser(threads).read([_cut_out(picture, words[at], scale) for at in unread])
    for at, read in zip(unread, readings, strict=True):
        words[at] = completed(words[at], read)
    return replace(page, words=tuple(words))


def completed(word: Word, read: Recognised) -> Word:
    """The word with its unread characters as they were read, where all others were read as the text layer has them."""
    known = "".join("(.)" if letter == UNREAD else re.escape(_plain(letter)) for letter in word.text)
    match = re.fullmatch(known, _plain(re.sub(r"\s", "", read.text)))
    if match is None or read.confidence < SURE:
        return word
    letters = iter(match.groups())
    text = "".join(next(letters) if letter == UNREAD else letter for letter in word.text)
    return Word(text, word.box, round(read.confidence, 4))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _rendered(document: pypdfium2.PdfDocument, number: int, scale: float) -> Grey:
    """The page's picture of `scale` pixels a point, upright as its words are."""
    page = document[number - 1]
    text = page.get_textpage()
    try:
        turn = (sheet_of(page, text).turn - page.get_rotation()) % 360
        pixels = np.ascontiguousarray(page.render(scale=scale, rotation=turn).to_numpy()[:, :, :3])
        grey: Grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        return grey
    finally:
        text.close()
        page.close()


def _cut_out(picture: Grey, word: Word, scale: float) -> Grey:
    height, width = picture.shape
    x0, y0 = (max(0, int((side - MARGIN) * scale)) for side in word.box[:2])
    x1, y1 = (int((side + MARGIN) * scale) + 1 for side in word.box[2:])
    return picture[y0 : min(y1, height), x0 : min(x1, width)]
