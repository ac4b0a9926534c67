"""Cuts of pages that show one thing: the lines in which it is printed, the full width of the page, with marks on it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import cv2
import pypdfium2

from extractors.pages.lines_of_words import lines_of_words
from extractors.pages.overlays.canvas import Canvas, Colour, Image
from extractors.pages.overlays.page_picture import as_read, rendered
from extractors.pages.pdfium import open_pdf, read_page
from schemas.records import Box, Word
from schemas.wording import plain

DPI = 130
MARGIN = 26.0
"""So many points above and below what is shown are shown too."""
SIDE = 10.0
LEAST_WIDTH = 380.0
"""A cut is at least so many points wide, where so much is printed."""
WHOLE_PAGE = 0.6
"""What takes more than this share of a page's height is shown on the whole of it."""
LEAST_WORDS = 8
"""So many characters at least tell where a sentence stands that is broken over two pages."""
RED: Colour = (214, 39, 40)
YELLOW: Colour = (255, 240, 130)


class Wanted(NamedTuple):
    """What a cut shows: boxes in points, or else the words `text`; the whole page where neither is found there."""

    name: str
    page: int
    boxes: tuple[Box, ...] = ()
    text: str = ""


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
        boxes = each.boxes or tuple(boxes_of(each.text, words))
        shown = _cut(image.copy(), scale, boxes, words, marker=not each.boxes)
        file = folder / f"{each.name}.png"
        file.write_bytes(cv2.imencode(".png", shown)[1].tobytes())
        yield each, Cut(each.name, number, file, shown.shape[1], shown.shape[0], bool(boxes))


def _cut(image: Image, scale: float, boxes: Sequence[Box], words: Sequence[Word], *, marker: bool) -> Image:
    if not boxes:
        return image
    canvas = Canvas(image, scale)
    for box in boxes:
        if marker:
            canvas.tint(box, YELLOW)
        else:
            canvas.outline(Box(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1), RED, thickness=2)
    shown = _around(Box.around(boxes), words)
    height, width = image.shape[:2]
    if (shown.y1 - shown.y0) * scale > WHOLE_PAGE * height:
        return image
    x0, y0, x1, y1 = (round(value * scale) for value in shown)
    cut: Image = image[max(y0, 0) : min(y1, height), max(x0, 0) : min(x1, width)]
    return cut


def _around(box: Box, words: Sequence[Word]) -> Box:
    """What is shown of a page: the lines of a box with those beside them, from what is first printed on the left."""
    top, bottom = box.y0 - MARGIN, box.y1 + MARGIN
    beside = [word.box for word in words if top < word.box.cy < bottom]
    left = min([box.x0, *(each.x0 for each in beside)]) - SIDE
    return Box(left, top, max(box.x1, min(left + LEAST_WIDTH, _right(beside, box))) + SIDE, bottom)


def _right(beside: Sequence[Box], box: Box) -> float:
    return max([box.x1, *(each.x1 for each in beside)])


def boxes_of(text: str, words: Sequence[Word]) -> Iterator[Box]:
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
    start, end = _found_in(page, plain(text))
    for _, own in groupby(printed[start:end], key=lambda each: each[1]):
        yield Box.around([box for _, _, box in own])


def _characters(word: Word) -> Iterator[tuple[str, Box]]:
    """The characters of a word for comparison, each with its share of the word's box."""
    text, box = plain(word.text), word.box
    step = box.width / max(len(text), 1)
    for at, character in enumerate(text):
        yield character, Box(box.x0 + at * step, box.y0, box.x0 + (at + 1) * step, box.y1)


def _found_in(page: str, text: str) -> tuple[int, int]:
    """Where a text begins and ends on a page, or its longest beginning or end that stands at the page's edge."""
    at = page.find(text) if text else -1
    if at >= 0:
        return at, at + len(text)
    for length in range(len(text) - 1, LEAST_WORDS - 1, -1):
        if (at := page.find(text[:length])) >= 0:
            return at, at + length
        if (at := page.find(text[-length:])) >= 0:
            return at, at + length
    return 0, 0
