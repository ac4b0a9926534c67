"""Pixels as scanned → black ink on even white paper: seals taken out by their colour, the lamp's shading evened."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.raster import Colours, Grey

Bits = NDArray[np.uint8]
"""Height × width, 255 where there is ink."""

WHITE = 255
CHROMA = 60
"""Channels that differ by more than this are colour, not the grey of ink, nor what JPEG makes of it."""
SEALED_SHARE = 0.0005
"""Less colour than this share of the page is dirt."""
PAPER_POINTS = 14.0
"""Paper shows somewhere within so many points of any ink."""
COARSE = 4
"""The paper's brightness changes slowly: it is looked at in pixels so many times larger."""
EDGE_LEVEL = 110
"""What is darker is beyond the sheet, or printed."""
EDGE_POINTS = 5.0
"""A strip beyond the sheet is thicker than a rule or a stroke (points) ..."""
EDGE_WORN = 2.0
"""... and fades out so far (points)."""
TEXT_LEVEL = 190
"""On evened paper letters are darker than this ..."""
RULE_LEVEL = 205
"""... and a worn hairline than this."""

MIDTONES = (40, 215)
"""Grey levels that a picture of black and white alone does not have ..."""
FEW = 0.5
"""... but for this share of its ink: rendering to a page's size leaves 0.42 to 0.48, a grey scan has 0.75 and more."""
SOFT_POINTS = 0.32
"""The blur that joins strokes which one bit a pixel has broken (standard deviation, points)."""


def without_seals(pixels: Colours) -> Grey:
    """The picture in grey, red and blue seals faded to paper, what is printed beneath them kept.

    The brightest channel hardly shows a red or blue stamp, but shows black ink in full; what is left of the stamp is
    stretched to the paper's white.
    """
    blue, green, red = cv2.split(pixels)
    bright = cv2.max(cv2.max(blue, green), red)
    colour = cv2.subtract(bright, cv2.min(cv2.min(blue, green), red)) > CHROMA
    if colour.mean() < SEALED_SHARE:
        grey: Grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        return grey
    stamp = float(np.median(bright[colour]))
    stretched = np.clip(bright.astype(np.float32) * (WHITE / max(stamp, 1.0)), 0, WHITE)
    around = cv2.dilate(colour.astype(np.uint8), np.ones((3, 3), np.uint8))
    faded: Grey = np.where(around > 0, np.maximum(stretched, bright), bright).astype(np.uint8)
    return faded


def without_edges(grey: Grey, point: float) -> Grey:
    """The picture without the dark strips that a lid or a sheet laid askew leaves along its sides."""
    dark = ink(grey, EDGE_LEVEL)
    size = round(EDGE_POINTS * point) | 1  # an even one would shift what it leaves
    framed = cv2.copyMakeBorder(dark, size, size, size, size, cv2.BORDER_CONSTANT, value=(WHITE,))
    solid = cv2.morphologyEx(framed, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    _, pieces = cv2.connectedComponents(solid)
    height, width = grey.shape
    strip = (pieces == pieces[0, 0])[size : size + height, size : size + width]
    if not strip.any():
        return grey
    clean = grey.copy()
    worn = 2 * round(EDGE_WORN * point) + 1
    clean[cv2.dilate(strip.astype(np.uint8), np.ones((worn, worn), np.uint8)) > 0] = WHITE
    return clean


def evened(grey: Grey, point: float) -> Grey:
    """The picture divided by its paper's brightness, `point` pixels to 1/72 inch: paper is white everywhere."""
    small = cv2.resize(grey, None, fx=1 / COARSE, fy=1 / COARSE, interpolation=cv2.INTER_AREA)
    reach = max(3, round(PAPER_POINTS * point / COARSE)) | 1
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((reach, reach), np.uint8)), min(reach, 31) | 1)
    spread = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even: Grey = cv2.divide(grey, cv2.max(spread, 1), scale=WHITE)
    return even


def ink(even: Grey, level: int = TEXT_LEVEL) -> Bits:
    """What is darker than `level` on evened paper."""
    bits: Bits = cv2.threshold(even, level, WHITE, cv2.THRESH_BINARY_INV)[1]
    return bits


def swept(even: Grey, dust: Bits) -> Grey:
    """The picture without the dust, worn edges included."""
    clean = even.copy()
    clean[cv2.dilate(dust, np.ones((3, 3), np.uint8)) > 0] = WHITE
    return clean


def is_bilevel(grey: Grey) -> bool:
    """Whether a picture is of black and white alone, as a fax leaves it."""
    low, high = MIDTONES
    inked = np.count_nonzero(grey < high)
    return bool(np.count_nonzero(cv2.inRange(grey, (low,), (high,))) < FEW * inked)


def softened(even: Grey, point: float) -> Grey:
    """The picture blurred so far that the broken strokes of black and white join: a 4 stays no 1, a 0 no ()."""
    soft: Grey = cv2.GaussianBlur(even, (0, 0), SOFT_POINTS * point)
    return soft
