"""Figures that run over the picture's side: the sheet lay half off the glass, and what is seen of them is not all.

Cut alike, the figures of a column lose their cents together, and their sums hold as well as before. So nothing that
touches a side is an amount: the character that is not seen is said to be unread.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from extractors.pages.letters import UNREAD
from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.figures import digits_of
from extractors.pages.picture.preparing import PagePicture
from extractors.pages.picture.recogniser import Recognised

NEAR = 0.8
"""Print that ends within this share of its height from a picture's side goes on beyond it: between two characters, or
behind a point, there is paper."""


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
