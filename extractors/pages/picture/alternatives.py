"""Other readings of amounts on a picture: the recogniser's own doubts, Tesseract's word, digits easily confused.

They are offered, never taken: the identities of the accounts choose among them. Digits easily confused are always
offered, as guesses that no engine has seen: only with them can it be told whether one reading alone would do. The
commas that group thousands tell whether a reading can be an amount at all, so that one with a lost or a surplus digit
is not offered.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.pages.picture import tesseract
from extractors.pages.picture.cells import Pixels, inked_columns, inked_rows
from extractors.pages.picture.figures import FIGURE, mended
from extractors.pages.picture.preparing import PagePicture
from extractors.pages.picture.reading import cut_out
from extractors.pages.picture.recogniser import Recognised, recogniser
from schemas.records import Box, Reader, Word

CONFUSED = {"0": "8", "1": "47", "3": "8", "4": "1", "5": "6", "6": "58", "7": "1", "8": "036"}
"""Digits that print alike when they are worn, each with those it may be."""
CONFUSED_CONFIDENCE = 0.01
"""What a substitution is worth that no reader saw."""
HIDDEN_CONFIDENCE = 0.1
"""What the word of an unknown scanner's OCR is worth."""
INSET = 1.0
"""Points of a cell's edge that may hold what is left of a rule."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What may be printed in a cell, by which reader, with what confidence; a guess was `seen` by none."""

    printed: str
    reader: Reader
    confidence: float
    seen: bool = True


def alternatives(
    picture: PagePicture, boxes: Sequence[Box], threads: int = 1, hidden: Sequence[Word] = ()
) -> list[list[Reading]]:
    """The readings of the figure in each cell of `boxes` (points of the upright page), likeliest first.

    The first reader's own reading is among them; where Tesseract reads the same, nothing else was seen: what they agree
    on is what is printed. `hidden` are the words of a scanner's own OCR on the upright page, a third opinion. Guesses
    at digits that are easily confused come last. A cell without ink, or whose readings are no figures, gives none.
    """
    inked = [_inked(picture, box) for box in boxes]
    shown = [cut_out(picture.clean, cell) for cell in inked if cell is not None]
    first = iter(recogniser(threads).read(shown, with_rivals=True))
    second = iter(tesseract.read_lines(shown))
    third = [_words_in(box, hidden) for box in boxes]
    return [
        [] if cell is None else _readings(next(first), next(second), text)
        for cell, text in zip(inked, third, strict=True)
    ]


def _words_in(box: Box, words: Iterable[Word]) -> str:
    inside = [word for word in words if box.contains(word.box.cx, word.box.cy)]
    return "".join(word.text for word in sorted(inside, key=lambda word: word.box.x0))


def _readings(first: Recognised, second: tesseract.Read | None, third: str) -> list[Reading]:
    own = Reading(_bare(first.text), "rapidocr", first.confidence)
    other = [] if second is None else [Reading(_bare(second[0]), "tesseract", second[1])]
    guesses = [Reading(text, "rapidocr", CONFUSED_CONFIDENCE, seen=False) for text in confusable(own.printed)]
    if any(each.printed == own.printed for each in other):
        return _best_of_each([own, *other, *guesses])
    doubts = [Reading(_bare(text), "rapidocr", confidence) for text, confidence in first.rivals]
    scanners_own = Reading(_bare(third), "pdfium", HIDDEN_CONFIDENCE)
    return _best_of_each([own, *other, *doubts, scanners_own, *guesses])


def confusable(printed: str) -> Iterator[str]:
    """The figures that differ from `printed` in one digit easily taken for another."""
    for at, digit in enumerate(printed):
        for other in CONFUSED.get(digit, ""):
            yield printed[:at] + other + printed[at + 1 :]


def _best_of_each(readings: Iterable[Reading]) -> list[Reading]:
    """Each figure once for each reader, with its best confidence."""
    best: dict[tuple[str, Reader], Reading] = {}
    for reading in readings:
        key = reading.printed, reading.reader
        if FIGURE.fullmatch(reading.printed):
            best[key] = max(best.get(key, reading), reading, key=lambda each: (each.seen, each.confidence))
    return sorted(best.values(), key=lambda each: (not each.seen, -each.confidence))


def _bare(text: str) -> str:
    return mended(text.replace(" ", "").replace("，", ",").replace("。", "."))


def _inked(picture: PagePicture, box: Box) -> Pixels | None:
    """The ink of a cell, in pixels."""
    inset = INSET * picture.point
    height, width = picture.letters.shape
    x0, y0 = max(0, round(box.x0 * picture.scale + inset)), max(0, round(box.y0 * picture.scale + inset))
    x1, y1 = min(width, round(box.x1 * picture.scale - inset)), min(height, round(box.y1 * picture.scale - inset))
    letters = picture.letters[y0:y1, x0:x1]
    rows, columns = np.flatnonzero(inked_rows(letters)), np.flatnonzero(inked_columns(letters))
    if not len(rows):
        return None
    return Pixels(x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1)
