"""A scanned page made ready to be read: upright, level, even, without seals, its rules known and wiped out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.dust import dust_on, dusted, is_dusty
from extractors.pages.picture.half_turn import stands_on_its_head
from extractors.pages.picture.ink import Bits, ink, softened, swept
from extractors.pages.picture.level import levelled, lies_sideways, skew_of, turned
from extractors.pages.picture.raster import Grey, Raster
from extractors.pages.picture.ruling import Ruling, ruling_of, wiped
from extractors.pages.upright import Sheet
from schemas.records import Box, Word

Keep = Callable[[str, NDArray[np.uint8]], None]
"""Takes the name of a step and its picture, for those who look at them."""


def keep_nothing(_step: str, _picture: NDArray[np.uint8]) -> None:
    """What is done with the steps' pictures if nobody looks."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Page `number` ready to be read.

    `level` is upright and level, on white paper; `clean` the same without seals, rules and dust; `plain` with its dust,
    and not softened where the page is `bilevel`, of black and white alone; `letters` is the ink without dust; `ruling`
    the rules in pixels. `scale` is in pixels a point of the PDF, `point` in pixels to 1/72 inch of the sheet. `turn` is
    the clockwise quarter turn and `skew` the angle in degrees, counter-clockwise, that made the page so, after `matrix`
    (3 × 3, in pixels) laid a sheet flat that was photographed askew. Of a `lifted` one a fainter ink was taken out.
    """

    number: int
    level: Grey
    clean: Grey
    plain: Grey
    letters: Bits
    ruling: Ruling
    scale: float
    point: float
    turn: int
    skew: float
    matrix: NDArray[np.float64] | None = None
    bilevel: bool = False
    lifted: bool = False

    def placed(self, words: Iterable[Word]) -> tuple[Word, ...]:
        """Words on the page as a viewer shows it, where they stand once it is upright and level; all in points."""
        height, width = (side / self.scale for side in self.clean.shape)
        across, down = (height, width) if self.turn in (90, 270) else (width, height)
        upright = Sheet(0.0, -down, across, 0.0, self.turn).upright()  # a sheet counts y upwards
        level = cv2.getRotationMatrix2D((width / 2, height / 2), self.skew, 1.0)
        turned_back = (word._replace(box=Box(*upright(*_flipped(self._flat(word.box))))) for word in words)
        return tuple(word._replace(box=_moved(word.box, level)) for word in turned_back)

    def _flat(self, box: Box) -> Box:
        """A box of the page as a viewer shows it where it lies once the sheet is flat; in points."""
        if self.matrix is None:
            return box
        middle = np.array([[[box.cx * self.scale, box.cy * self.scale]]], np.float64)
        x, y = (cv2.perspectiveTransform(middle, self.matrix)[0, 0] / self.scale).tolist()
        return Box(x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2)


def _flipped(box: Box) -> tuple[float, float, float, float]:
    """Left, bottom, right and top with y upwards."""
    return box.x0, -box.y1, box.x1, -box.y0


def _moved(box: Box, matrix: NDArray[np.float64]) -> Box:
    """The box about the place that its middle is moved to."""
    x, y = matrix @ (box.cx, box.cy, 1.0)
    return Box(x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2)


def ready(
    raster: Raster, number: int, even: Grey, *, bilevel: bool, lifted: bool = False, threads: int = 1
) -> PagePicture:
    """The evened picture `even` of page `number` brought upright, its rules and dust found and taken out."""
    even = dusted(even) if is_dusty(ink(even), raster.point) else even
    quarter = 90 if lies_sideways(ink(even), raster.point) else 0
    sideways = turned(even, quarter)
    skew = skew_of(ink(sideways))
    level = levelled(sideways, skew)
    ruling = ruling_of(level, raster.point)
    plain = wiped(level, ruling)
    letters = ink(plain)
    dust = dust_on(letters, raster.point)
    clean = swept(plain, dust)
    letters = cv2.subtract(letters, dust)
    clean = softened(clean, raster.point) if bilevel else clean
    half = stands_on_its_head(clean, letters, raster.point, threads)
    if half:
        level = turned(level, 180)
        ruling = ruling_of(level, raster.point)
        clean, plain, letters = turned(clean, 180), turned(plain, 180), turned(letters, 180)
    return PagePicture(
        number,
        level,
        clean,
        plain,
        letters,
        ruling,
        raster.scale,
        raster.point,
        (quarter + 180 * half) % 360,
        skew,
        raster.matrix,
        bilevel,
        lifted,
    )
