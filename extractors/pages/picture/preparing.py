"""A scanned page made ready to be read: upright, level, even, without seals, its rules known and wiped out."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from extractors.pages.picture.cells import without_specks
from extractors.pages.picture.half_turn import stands_on_its_head
from extractors.pages.picture.ink import Bits, evened, ink, is_bilevel, softened, without_seals
from extractors.pages.picture.level import levelled, lies_sideways, skew_of, turned
from extractors.pages.picture.raster import Grey, rendered
from extractors.pages.picture.ruling import Ruling, ruling_of, wiped

Keep = Callable[[str, NDArray[np.uint8]], None]
"""Takes the name of a step and its picture, for those who look at them."""


def keep_nothing(_step: str, _picture: NDArray[np.uint8]) -> None:
    """What is done with the steps' pictures if nobody looks."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Page `number` ready to be read.

    `clean` is upright and level, on white paper, without seals and rules; `letters` its ink without dust; `ruling` its
    rules in pixels. `scale` is in pixels a point of the PDF, `point` in pixels to 1/72 inch of the sheet. `turn` is the
    clockwise quarter turn and `skew` the angle in degrees, counter-clockwise, that made the page so.
    """

    number: int
    clean: Grey
    letters: Bits
    ruling: Ruling
    scale: float
    point: float
    turn: int
    skew: float


def prepared(document: pypdfium2.PdfDocument, number: int, threads: int = 1, keep: Keep = keep_nothing) -> PagePicture:
    """Page `number` (from 1) of an open document, ready to be read.

    Raises `PictureTooLargeError`, `PageTooLargeError` or `DamagedPdfError`.
    """
    cv2.setNumThreads(threads)  # OpenCV takes every core otherwise, and processes side by side fight
    raster = rendered(document, number)
    keep("rendered", raster.pixels)
    grey = without_seals(raster.pixels)
    keep("without_seals", grey)
    even = evened(grey, raster.point)
    keep("evened", even)
    quarter = 90 if lies_sideways(ink(even), raster.point) else 0
    sideways = turned(even, quarter)
    skew = skew_of(ink(sideways))
    level = levelled(sideways, skew)
    ruling = ruling_of(level, raster.point)
    clean = wiped(level, ruling)
    letters = without_specks(ink(clean), raster.point)
    clean = softened(clean, raster.point) if is_bilevel(grey) else clean
    half = stands_on_its_head(clean, letters, raster.point, threads)
    if half:
        level = turned(level, 180)
        ruling = ruling_of(level, raster.point)
        clean, letters = turned(clean, 180), turned(letters, 180)
    keep("level", level)
    keep("rules", ruling.pixels)
    keep("clean", clean)
    turn = (quarter + 180 * half) % 360
    return PagePicture(number, clean, letters, ruling, raster.scale, raster.point, turn, skew)
