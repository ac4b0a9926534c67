"""What stands at a sheet's sides: holes for filing, and figures that run over the picture's side.

A hole is read as a 0 or a bullet, in a column of its own. Of a sheet that lay half off the glass not all is seen: cut
alike, the figures of a column lose their cents together, and their sums hold as well as before. So nothing that touches
a side is an amount: the character that is not seen is said to be unread.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from extractors.pages.letters import UNREAD
from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.figures import digits_of
from extractors.pages.picture.ink import WHITE, ink
from extractors.pages.picture.preparing import PagePicture
from extractors.pages.picture.raster import Grey
from extractors.pages.picture.recogniser import Recognised

SOLID = 7.0
"""A disc of ink so wide is a hole or a blot: the strokes of large titles are narrower (points) ..."""
WORN = 2.0
"""... and fades out so far (points)."""
NEAR = 0.8
"""Print that ends within this share of its height from a picture's side goes on beyond it: between two characters, or
behind a point, there is paper."""


def without_holes(clean: Grey, point: float) -> Grey:
    """A copy of the picture without solid blots, `point` pixels to 1/72 inch."""
    size, worn = round(SOLID * point) | 1, 2 * round(WORN * point) + 1
    solid = cv2.morphologyEx(ink(clean), cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    bare = clean.copy()
    bare[cv2.dilate(solid, np.ones((worn, worn), np.uint8)) > 0] = WHITE
    return bare


def with_cut_figures(picture: PagePicture, lines: Sequence[Pixels], readings: Sequence[Recognised]) -> list[Recognised]:
    """The readings of lines, those with digits that end at a side of the picture with a character unread there.

    A sheet that was photographed ends before the picture does.
    """
    if picture.matrix is not None:
        return list(readings)
    return [_cut(picture, line, read) for line, read in zip(lines, readings, strict=True)]


def _cut(picture: PagePicture, line: Pixels, read: Recognised) -> Recognised:
    if not digits_of(read.text):
        return read
    height, width = picture.clean.shape
    slant = math.tan(math.radians(picture.skew)) * ((line.y0 + line.y1) / 2 - height / 2)
    near = NEAR * line.height
    left = UNREAD if line.x0 <= max(0.0, slant) + near else ""
    right = UNREAD if line.x1 >= width + min(0.0, slant) - near else ""
    return replace(read, text=f"{left}{read.text}{right}") if left or right else read
