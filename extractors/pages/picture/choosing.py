"""A page's picture made ready in the way in which it is read most surely, each step tried against doing nothing.

A step that mends one page spoils another: flattening what is flat, lifting what is printed pale. So each is asked for
by what the picture shows, and taken only where the recogniser is surer of more characters with it.
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2

from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.flattening import flattened
from extractors.pages.picture.ink import evened, is_bilevel, without_edges, without_seals
from extractors.pages.picture.levels import strengthened, without_faint_ink
from extractors.pages.picture.preparing import Keep, PagePicture, keep_nothing, ready
from extractors.pages.picture.raster import Grey, Raster, rendered
from extractors.pages.picture.reading import cut_out, lines_on
from extractors.pages.picture.recogniser import recogniser
from extractors.pages.picture.streaks import without_streaks

SENSE = 0.5
"""A line with less confidence in its least sure character says nothing ..."""
NONSENSE = 4.0
"""... and costs as much as so many characters: it is a stamp's, a stain's, or half of a character."""
BETTER = 1.02
"""A step is taken where the picture is read so many times more surely ..."""
MORE = 4.0
"""... and by so many characters: of a page that is hardly read the share says nothing."""
SHADOW = 0.02
"""Where wiping its sides changes more than this share of a picture, a part of the sheet may lie in shadow."""
LIFTED = "without_faint_ink"
"""The last step that can be taken."""
ENOUGH = 20
"""So many lines in cells tell how surely print is read."""
REMEMBERED = 4_000
"""Pages whose steps are remembered."""


class Way(NamedTuple):
    """One way to make a picture ready: its evened greys before the page is turned upright."""

    raster: Raster
    grey: Grey
    even: Grey
    step: str


class Seen(NamedTuple):
    """How surely a picture is read.

    `sure` counts characters, each as far as its line is sure, and less for lines of no sense; `characters` are all that
    were read, `extent` is how far their lines reach together in pixels.
    """

    sure: float
    characters: int
    extent: int

    def is_outdone(self, sure: float) -> bool:
        """Whether another way of which so many characters are sure is to be taken in place of this one."""
        return sure > max(BETTER * self.sure, self.sure + MORE)

    def may_be_outdone_by(self, lines: Iterable[Pixels]) -> bool:
        """Whether another way, its `lines` not read yet, could be surer: of each character, or of more of them.

        Most of the time of a step goes into reading; of a page that is read surely no step has anything to gain.
        """
        more = _extent(lines) / max(self.extent, 1)
        return self.characters < MORE or self.is_outdone(self.characters * max(more, 1.0))


def prepared(document: pypdfium2.PdfDocument, number: int, threads: int = 1, keep: Keep = keep_nothing) -> PagePicture:
    """Page `number` (from 1) of an open document, ready to be read.

    `threads` are those of the models and OpenCV; `keep` gets each step's picture by name. Raises
    `PictureTooLargeError`, `PictureUnreadableError`, `PageTooLargeError` or `DamagedPdfError`.
    """
    cv2.setNumThreads(threads)  # OpenCV takes every core otherwise, and processes side by side fight
    recogniser(threads).forget()
    raster = rendered(document, number)
    keep("rendered", raster.pixels)
    seal = zlib.crc32(raster.pixels.tobytes())
    if (taken := _TAKEN.get(seal)) is None:
        way, picture, taken = _tried(_wiped(raster), number, threads, keep)
        _remember(seal, taken)
    else:
        way = _again(_wiped(raster), taken, keep)
        picture = _ready(way, number, threads)
    keep("without_seals", way.grey)
    keep("evened", way.even)
    keep("level", picture.level)
    keep("rules", picture.ruling.pixels)
    keep("clean", picture.clean)
    return picture


def _tried(way: Way, number: int, threads: int, keep: Keep) -> tuple[Way, PagePicture, tuple[str, ...]]:
    """The way in which a page is read most surely, its picture, and the steps that were taken."""
    picture = _ready(way, number, threads)
    seen: dict[bool, Seen] = {}  # of most pages nobody asks
    taken: list[str] = []
    for step in _STEPS:
        other = step(way)
        if other is None:
            continue
        keep(other.step, other.even)
        tried = _ready(other, number, threads)
        everywhere = step not in _OF_INK or len(lines_on(picture, threads, outside_cells=False).text) < ENOUGH
        if everywhere not in seen:
            lines = lines_on(picture, threads, outside_cells=everywhere).text
            seen[everywhere] = seen_on(picture, lines, threads)
        lines = lines_on(tried, threads, outside_cells=everywhere).text
        own, told = seen[everywhere], step in _TOLD
        if not told and not own.may_be_outdone_by(lines):
            continue
        surer = seen_on(tried, lines, threads)
        if own.is_outdone(surer.sure) or (told and BETTER * surer.sure >= own.sure):
            way, picture, seen = other, tried, {everywhere: surer}
            taken.append(step.__name__)
    return way, picture, tuple(taken)


def _again(way: Way, taken: Collection[str], keep: Keep) -> Way:
    """The way with the steps that were taken before."""
    for step in _STEPS:
        if step.__name__ in taken and (other := step(way)):
            keep(other.step, other.even)
            way = other
    return way


def _remember(seal: int, taken: tuple[str, ...]) -> None:
    if len(_TAKEN) >= REMEMBERED:
        _TAKEN.clear()
    _TAKEN[seal] = taken


def seen_on(picture: PagePicture, lines: Sequence[Pixels], threads: int = 1) -> Seen:
    """How `lines` of a picture are read."""
    readings = recogniser(threads).read([cut_out(picture.clean, line) for line in lines])
    sure = sum(len(read.text) * read.confidence - NONSENSE * (read.confidence < SENSE) for read in readings)
    return Seen(sure, sum(len(read.text) for read in readings), _extent(lines))


def _extent(lines: Iterable[Pixels]) -> int:
    """How far lines of text reach, all together (pixels)."""
    return sum(line.width for line in lines)


def _wiped(raster: Raster, step: str = "evened") -> Way:
    """The way of most pages: what is dark along the picture's sides is beyond the sheet."""
    grey = without_seals(raster.pixels)
    return Way(raster, grey, evened(without_edges(grey, raster.point), raster.point), step)


def _flat(way: Way) -> Way | None:
    flat = flattened(way.raster, evened(way.grey, way.raster.point))
    if flat is None:
        return None
    other = _wiped(flat, "flattened")
    return _shadowed(other) or other


def _shadowed(way: Way) -> Way | None:
    """The way with its dark sides left: the corner of a sheet may lie in shadow."""
    unwiped = evened(way.grey, way.raster.point)
    much = np.count_nonzero(way.even != unwiped) > SHADOW * way.even.size
    return way._replace(even=unwiped, step="in_shadow") if much else None


def _unstreaked(way: Way) -> Way | None:
    bare = without_streaks(way.even, way.raster.point)
    return None if bare is None else way._replace(even=bare, step="without_streaks")


def _strong(way: Way) -> Way | None:
    strong = strengthened(way.even, way.raster.point)
    return None if strong is None else way._replace(even=strong, step="strengthened")


def _lifted(way: Way) -> Way | None:
    bare = without_faint_ink(way.even, way.raster.point)
    return None if bare is None else way._replace(even=bare, step=LIFTED)


_STEPS: tuple[Callable[[Way], Way | None], ...] = (_flat, _shadowed, _unstreaked, _strong, _lifted)
"""Each gives the way with the step, or None where the picture does not ask for it."""
_OF_INK = (_strong, _lifted)
"""These leave everything in its place: where there are lines in cells, they tell whether print is read better."""
_TOLD = (_unstreaked,)
"""These take out what is surely no print, and are taken where the page is not read less surely: half of a figure that a
streak has cut may be read as surely as all of it."""
_TAKEN: dict[int, tuple[str, ...]] = {}
"""The steps that were taken, by the checksum of the page's pixels: a page is prepared again for its second reader."""


def _ready(way: Way, number: int, threads: int) -> PagePicture:
    lifted = way.step == LIFTED
    return ready(way.raster, number, way.even, bilevel=is_bilevel(way.grey), lifted=lifted, threads=threads)
