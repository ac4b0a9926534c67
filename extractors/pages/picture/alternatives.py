"""Other readings of an amount on a picture: the recogniser's own doubts, Tesseract's word, digits easily confused.

They are offered, never taken: the identities of the accounts choose among them. Where both engines read the same,
nothing else is offered: what they agree on is what is printed. The commas that group thousands tell whether a reading
can be an amount at all, so that one with a lost or a surplus digit is not offered.
"""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import pytesseract  # type: ignore[import-untyped]

from extractors.pages.picture.cells import Pixels, inked_columns, inked_rows
from extractors.pages.picture.ink import WHITE
from extractors.pages.picture.preparing import PagePicture
from extractors.pages.picture.raster import Grey
from extractors.pages.picture.reading import cut_out
from extractors.pages.picture.recogniser import recogniser
from schemas.records import Box, Reader

CONFUSED = {"0": "8", "1": "7", "3": "8", "5": "6", "6": "58", "7": "1", "8": "036"}
"""Digits that print alike when they are worn, each with those it may be."""
CONFUSED_CONFIDENCE = 0.01
"""What a substitution is worth that no reader saw."""
TESSERACT_HEIGHT = 40
"""Pixels that a line of digits is drawn in; Tesseract's network was trained on about so many."""
LANGUAGE = "chi_sim"
ONE_LINE = "--psm 7"
"""Tesseract 5.3 with a whitelist of digits gives each word a confidence of 0, and `eng` then doubles points; what is no
figure is left out afterwards instead."""
INSET = 1.0
"""Points of a cell's edge that may hold what is left of a rule."""
FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What may be printed in a cell, by which reader, with what confidence."""

    printed: str
    reader: Reader
    confidence: float


def alternatives(picture: PagePicture, box: Box, threads: int = 1) -> list[Reading]:
    """The readings of the figure in the cell at `box` (points of the upright page), likeliest first.

    The first reader's own reading is among them; where Tesseract reads the same, these two alone. A cell without ink,
    or whose readings are no figures, gives none.
    """
    cell = _inked(picture, box)
    if cell is None:
        return []
    shown = cut_out(picture.clean, cell)
    first = recogniser(threads).read([shown], with_rivals=True)[0]
    own = Reading(_bare(first.text), "rapidocr", first.confidence)
    second = [Reading(_bare(text), "tesseract", confidence) for text, confidence in by_tesseract(shown)]
    if any(each.printed == own.printed for each in second):
        return _best_of_each([own, *second])
    doubts = [Reading(_bare(text), "rapidocr", confidence) for text, confidence in first.rivals]
    alike = [Reading(text, "rapidocr", CONFUSED_CONFIDENCE) for text in confusable(own.printed)]
    return _best_of_each([own, *second, *doubts, *alike])


def confusable(printed: str) -> Iterator[str]:
    """The figures that differ from `printed` in one digit easily taken for another."""
    for at, digit in enumerate(printed):
        for other in CONFUSED.get(digit, ""):
            yield printed[:at] + other + printed[at + 1 :]


def by_tesseract(line: Grey) -> list[tuple[str, float]]:
    """What Tesseract reads on a line of digits, with its confidence; nothing where it is not installed."""
    if not tesseract_is_there():
        return []
    by = TESSERACT_HEIGHT / line.shape[0]
    scaled = cv2.resize(line, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(scaled, 10, 10, 10, 10, cv2.BORDER_CONSTANT, value=(WHITE,))
    found = pytesseract.image_to_data(framed, lang=LANGUAGE, config=ONE_LINE, output_type=pytesseract.Output.DICT)
    words = [(text, float(sure)) for text, sure in zip(found["text"], found["conf"], strict=True) if text.strip()]
    if not words:
        return []
    return [("".join(text for text, _ in words), min(sure for _, sure in words) / 100)]


@cache
def tesseract_is_there() -> bool:
    """Whether Tesseract with simplified Chinese can be called, on one thread; says so once where it cannot."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads would fight those of other processes
    try:
        languages = pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError:
        languages = []
    if LANGUAGE not in languages:
        log.warning(
            "没有 Tesseract 及其 %s，扫描件的数字只有一个识别引擎 / no Tesseract with %s: scans have one reader",
            LANGUAGE,
            LANGUAGE,
        )
    return LANGUAGE in languages


def _best_of_each(readings: Iterable[Reading]) -> list[Reading]:
    """Each figure once for each reader, with its best confidence."""
    best: dict[tuple[str, Reader], Reading] = {}
    for reading in readings:
        key = reading.printed, reading.reader
        if FIGURE.fullmatch(reading.printed):
            best[key] = max(best.get(key, reading), reading, key=lambda each: each.confidence)
    return sorted(best.values(), key=lambda each: -each.confidence)


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("，", ",").replace("。", ".")


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
