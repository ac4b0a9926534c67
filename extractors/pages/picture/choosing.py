"""A page's picture made ready in the way in which it is read most surely, each step tried against doing nothing.

A step that mends one page spoils another: flattening what is flat, lifting what is printed pale. So each is asked for
by what the picture shows, and taken only where the recogniser is surer of more characters with it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2

from extractors.pages.picture.flattening import flattened
from extractors.pages.picture.ink import evened, is_bilevel, without_edges, without_seals
from extractors.pages.picture.levels import strengthened, without_faint_ink
from extractors.pages.picture.preparing import Keep, PagePicture, keep_nothing, ready
from extractors.pages.picture.raster import Grey, Raster, rendered
from extractors.pages.picture.reading import cut_out, lines_on
from extractors.pages.picture.recogniser import recogniser

SENSE = 0.5
"""A line with less confidence in its least sure character says nothing ..."""
NONSENSE = 4.0
"""... and costs as much as so many characters: it is a stamp's, a stain's, or half of a character."""
BETTER = 1.02
"""A step is taken where the picture is read so many times more surely."""
SHADOW = 0.02
"""Where wiping its sides changes more than this share of a picture, a part of the sheet may lie in shadow."""


class Way(NamedTuple):
    """One way to make a picture ready: its evened greys before the page is turned upright."""

    raster: Raster
    grey: Grey
    even: Grey
    step: str


def prepared(document: pypdfium2.PdfDocument, number: int, threads: int = 1, keep: Keep = keep_nothing) -> PagePicture:
    """Page `number` (from 1) of an open document, ready to be read.

    `threads` are those of the models and OpenCV; `keep` gets each step's picture by name. Raises
    `PictureTooLargeError`, `PictureUnreadableError`, `PageTooLargeError` or `DamagedPdfError`.
    """
    cv2.setNumThreads(threads)  # OpenCV takes every core otherwise, and processes side by side fight
    raster = rendered(document, number)
    keep("rendered", raster.pixels)
    way = _wiped(raster)
    picture = _ready(way, number, threads)
    sure: float | None = None  # of most pages nobody asks
    for steps in (_flat, _shadowed, _lifted, _strong):
        for other in steps(way):
            keep(other.step, other.even)
            tried = _ready(other, number, threads)
            sure = sureness(picture, threads) if sure is None else sure
            if (surer := sureness(tried, threads)) > BETTER * sure:
                way, picture, sure = other, tried, surer
    keep("without_seals", way.grey)
    keep("evened", way.even)
    keep("level", picture.level)
    keep("rules", picture.ruling.pixels)
    keep("clean", picture.clean)
    return picture


def sureness(picture: PagePicture, threads: int = 1) -> float:
    """How many characters of a picture are read, each as far as its line is sure, and less for lines of no sense."""
    lines = lines_on(picture, threads).text
    readings = recogniser(threads).read([cut_out(picture.clean, line) for line in lines])
    return sum(len(read.text) * read.confidence - NONSENSE * (read.confidence < SENSE) for read in readings)


def _wiped(raster: Raster, step: str = "evened") -> Way:
    """The way of most pages: what is dark along the picture's sides is beyond the sheet."""
    grey = without_seals(raster.pixels)
    return Way(raster, grey, evened(without_edges(grey, raster.point), raster.point), step)


def _unwiped(way: Way, step: str) -> Way:
    """The same way, the dark sides left: the corner of a sheet may lie in shadow."""
    return way._replace(even=evened(way.grey, way.raster.point), step=step)


def _flat(way: Way) -> Iterator[Way]:
    flat = flattened(way.raster, evened(way.grey, way.raster.point))
    if flat is not None:
        yield (other := _wiped(flat, "flattened"))
        yield from _shadowed(other, "flattened_in_shadow")


def _shadowed(way: Way, step: str = "in_shadow") -> Iterator[Way]:
    unwiped = _unwiped(way, step)
    if np.count_nonzero(way.even != unwiped.even) > SHADOW * way.even.size:
        yield unwiped


def _lifted(way: Way) -> Iterator[Way]:
    bare = without_faint_ink(way.even, way.raster.point)
    if bare is not None:
        yield way._replace(even=bare, step="without_faint_ink")


def _strong(way: Way) -> Iterator[Way]:
    strong = strengthened(way.even, way.raster.point)
    if strong is not None:
        yield way._replace(even=strong, step="strengthened")


def _ready(way: Way, number: int, threads: int) -> PagePicture:
    return ready(way.raster, number, way.even, bilevel=is_bilevel(way.grey), threads=threads)
