"""Cuts of pages that show one thing: the lines in which it is printed, the full width of the page, with marks on it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from unicodedata import east_asian_width

import cv2
import numpy as np
import pypdfium2

from extractors.pages.lines_of_words import lines_of_words
from extractors.pages.overlays.canvas import GREY, Canvas, Colour, Image
from extractors.pages.overlays.page_picture import as_read, rendered
from extractors.pages.pdfium import open_pdf, read_page
from schemas.records import Box, Word
from schemas.wording import plain

DPI = 130
MARGIN = 26.0
"""So many points above and below what is shown are shown too."""
SIDE, GAP = 10.0, 3.0
BESIDE = 130.0
"""So many points of a line are shown before and after what is marked, where that is on one line."""
LEAST_WIDTH = 380.0
"""A cut is at least so many points wide, where so much is printed."""
WHOLE_PAGE = 0.6
"""What takes more than this share of a page's height is shown on the whole of it."""
LEAST_WORDS = 8
"""So many characters at least tell where a sentence stands that is broken over two pages."""
WIDE, NARROW = 1.0, 0.5
RED: Colour = (214, 39, 40)
YELLOW: Colour = (255, 240, 130)


class Wanted(NamedTuple):
    """What a cut shows: boxes in points, or else the words `text`; the whole page where neither is found there.

    `time` says which one is meant where the page prints the words several times.
    """

    name: str
    page: int
    boxes: tuple[Box, ...] = ()
    text: str = ""
    time: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """A picture that was written; `found` is False where it shows the whole page, since nothing could be marked."""

    name: str
    page: int
    file: Path
    width: int
    height: int
    found: bool


def cut_pages(path: Path, wanted: Sequence[Wanted], pictured: Collection[int], folder: Path) -> list[Cut]:
    """Write `folder`/<name>.png for each that is wanted, in the order given; `pictured` pages were read as pictures.

    Raises the errors of `extractors.pages.pdfium.open_pdf`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open_pdf(path) as document:
        ordered = sorted(wanted, key=lambda each: each.page)
        made = {
            each.name: cut
            for page, own in groupby(ordered, key=lambda each: each.page)
            if 1 <= page <= len(document)
            for each, cut in _of_page(document, page, list(own), pictured, folder)
        }
    return [made[each.name] for each in wanted if each.name in made]


def _of_page(
    document: pypdfium2.PdfDocument, number: int, wanted: Sequence[Wanted], pictured: Collection[int], folder: Path
) -> Iterator[tuple[Wanted, Cut]]:
    scanned = number in pictured
    image, scale = as_read(document, number, {}) if scanned else rendered(document[number - 1], DPI)
    words = () if scanned else read_page(document, number).words
    for each in wanted:
        boxes = each.boxes or tuple(boxes_of(each.text, words, each.time))
        shown = _cut(image.copy(), scale, boxes, words, marker=not each.boxes)
        file = folder / f"{each.name}.png"
        file.write_bytes(cv2.imencode(".png", shown)[1].tobytes())
        yield each, Cut(each.name, number, file, shown.shape[1], shown.shape[0], bool(boxes))


def _cut(image: Image, scale: float, boxes: Sequence[Box], words: Sequence[Word], *, marker: bool) -> Image:
    if not boxes:
        return _framed(image)
    canvas = Canvas(image, scale)
    for box in boxes:
        if marker:
            canvas.tint(box, YELLOW)
        else:
            canvas.outline(Box(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1), RED, thickness=2)
    shown = _around(boxes, lines_of_words(words), image.shape[1] / scale)
    height, width = image.shape[:2]
    if shown.height * scale > WHOLE_PAGE * height:
        return _framed(image)
    x0, y0, x1, y1 = (round(value * scale) for value in shown)
    return _framed(image[max(y0, 0) : min(y1, height), max(x0, 0) : min(x1, width)])


def _framed(image: Image) -> Image:
    """The picture in a thin frame, so that white paper on white paper is seen."""
    framed: Image = np.ascontiguousarray(image)
    height, width = framed.shape[:2]
    cv2.rectangle(framed, (0, 0), (width - 1, height - 1), GREY, 1)
    return framed


def _around(boxes: Sequence[Box], lines: Sequence[Sequence[Word]], page_width: float) -> Box:
    """What is shown of a page: the lines of the marks and those next to them, whole, and what is beside the marks.

    Of a page without words, as a scan is, a strip as wide as the page.
    """
    marks = Box.around(boxes)
    top, bottom = marks.y0 - MARGIN, marks.y1 + MARGIN
    near = [Box.around([word.box for word in line]) for line in lines]
    near = [line for line in near if top < line.cy < bottom]
    if not near:
        return Box(0, top, page_width, bottom)
    printed = Box.around([*near, *boxes])
    left, right = printed.x0, printed.x1
    if len({round(box.y0) for box in boxes}) == 1 and right - left > LEAST_WIDTH:
        left, right = max(left, marks.x0 - BESIDE), min(right, marks.x1 + BESIDE)
        short = max(LEAST_WIDTH - (right - left), 0)
        left, right = max(printed.x0, left - short / 2), min(printed.x1, right + short / 2)
    return Box(left - SIDE, printed.y0 - GAP, right + SIDE, printed.y1 + GAP)


def boxes_of(text: str, words: Sequence[Word], time: int = 1) -> Iterator[Box]:
    """Where a sentence is printed on a page, a box for each of its lines; nothing where it is not found.

    Of a sentence that goes on from the page before or on to the next, the part that is there.
    """
    printed = [
        (character, number, box)
        for number, line in enumerate(lines_of_words(words))
        for word in line
        for character, box in _characters(word)
    ]
    page = "".join(character for character, _, _ in printed)
    start, end = _found_in(page, plain(text), time)
    for _, own in groupby(printed[start:end], key=lambda each: each[1]):
        yield Box.around([box for _, _, box in own])


def _characters(word: Word) -> Iterator[tuple[str, Box]]:
    """The characters of a word for comparison, each with its share of the word's box: figures are half as wide."""
    widths = [WIDE if east_asian_width(character) in "WFA" else NARROW for character in word.text]
    unit = word.box.width / max(sum(widths), NARROW)
    x0 = word.box.x0
    for character, width in zip(word.text, widths, strict=True):
        x1 = x0 + width * unit
        yield from ((compared, Box(x0, word.box.y0, x1, word.box.y1)) for compared in plain(character))
        x0 = x1


def _found_in(page: str, text: str, time: int) -> tuple[int, int]:
    """Where a text begins and ends on a page, or its longest beginning or end that stands there."""
    at = -1
    for _ in range(time if text else 0):
        at = page.find(text, at + 1)
    if at >= 0:
        return at, at + len(text)
    for length in range(len(text) - 1, LEAST_WORDS - 1, -1):
        if (at := page.find(text[:length])) >= 0:
            return at, at + length
        if (at := page.find(text[-length:])) >= 0:
            return at, at + length
    return 0, 0
