"""What a sheet and a scanner do to a page's picture: one function for each effect, seeded by the generator it takes."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]
"""Height × width × 3, blue green red."""
Generator = np.random.Generator

WHITE = 255
SEAL_RED = (60, 40, 205)
"""Stamp pad ink on white paper, blue green red."""
SEAL_BLUE = (190, 70, 40)
A4_WIDTH = 8.27
"""Inches, from which the sizes of holes and edges are told."""


def skewed(picture: Picture, degrees: float) -> Picture:
    """The picture turned counter-clockwise about its middle, the sheet's white filling the corners."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    laid: Picture = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(WHITE, WHITE, WHITE)
    )
    return laid


def turned(picture: Picture, degrees: int) -> Picture:
    """The picture turned clockwise by a quarter turn's multiple."""
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def inked(picture: Picture, spread: float) -> Picture:
    """Strokes made bolder (above 0) or thinner (below 0), by the share of a pixel on each side."""
    if not spread:
        return picture
    change = cv2.erode if spread > 0 else cv2.dilate
    changed = change(picture, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))
    mixed: Picture = cv2.addWeighted(picture, 1 - abs(spread), changed, abs(spread), 0)
    return mixed


def bled_through(picture: Picture, share: float) -> Picture:
    """The picture with a share of the ink of a page's back, mirrored; the page itself stands in for its back."""
    if not share:
        return picture
    back = cv2.GaussianBlur(np.ascontiguousarray(picture[:, ::-1]), (0, 0), 2.0).astype(np.float32)
    seen: Picture = (picture * (1 - share * (1 - back / WHITE))).astype(np.uint8)
    return seen


def sealed(picture: Picture, ink: Sequence[int], shape: str, random: Generator) -> Picture:
    """The picture with a stamp near its middle: an outline, a star or a bar, and the marks of letters between."""
    height, width = picture.shape[:2]
    radius = int(min(height, width) * random.uniform(0.09, 0.13))
    middle = (int(width * random.uniform(0.35, 0.65)), int(height * random.uniform(0.35, 0.65)))
    cover = np.zeros((height, width), np.uint8)
    _OUTLINES[shape](cover, middle, radius)
    for angle in np.radians(range(150, 400, 25)):
        mark = np.array(middle) + radius * 0.75 * np.array([np.cos(angle), np.sin(angle)])
        corner = (mark - radius * 0.09).astype(int)
        cv2.rectangle(cover, corner.tolist(), (corner + int(radius * 0.18)).tolist(), WHITE, max(2, radius // 40))
    worn = cv2.GaussianBlur(random.uniform(0.6, 1.0, cover.shape).astype(np.float32), (0, 0), 2.0)
    share = (cover.astype(np.float32) / WHITE * worn)[..., None]
    pressed: Picture = (picture * (1 - share + share * np.array(ink, np.float32) / WHITE)).astype(np.uint8)
    return pressed


def _round(cover: Picture, middle: tuple[int, int], radius: int) -> None:
    cv2.circle(cover, middle, radius, WHITE, max(3, radius // 20), cv2.LINE_AA)
    cv2.fillPoly(cover, [_star(middle, radius * 0.35)], WHITE, cv2.LINE_AA)


def _oval(cover: Picture, middle: tuple[int, int], radius: int) -> None:
    cv2.ellipse(cover, middle, (radius, int(radius * 0.66)), 0, 0, 360, WHITE, max(3, radius // 20), cv2.LINE_AA)
    bar = (int(radius * 0.5), radius // 12)
    cv2.rectangle(cover, (middle[0] - bar[0], middle[1] - bar[1]), (middle[0] + bar[0], middle[1] + bar[1]), WHITE, -1)


def _square(cover: Picture, middle: tuple[int, int], radius: int) -> None:
    corner, other = (middle[0] - radius, middle[1] - radius), (middle[0] + radius, middle[1] + radius)
    cv2.rectangle(cover, corner, other, WHITE, max(3, radius // 14), cv2.LINE_AA)


_OUTLINES: dict[str, Any] = {"round": _round, "oval": _oval, "square": _square}


def _star(middle: tuple[int, int], radius: float) -> NDArray[np.int32]:
    angles = np.radians(np.arange(10) * 36 - 90)
    reach = radius * np.where(np.arange(10) % 2 == 0, 1.0, 0.38)
    points = np.stack([middle[0] + reach * np.cos(angles), middle[1] + reach * np.sin(angles)], axis=1)
    return points.astype(np.int32)


def shade(shape: Sequence[int], depth: float, random: Generator) -> NDArray[np.float32]:
    """Grey levels lost to a lamp that lights one side and a book's fold on another."""
    across, down = np.meshgrid(np.linspace(0, 1, shape[1]), np.linspace(0, 1, shape[0]))
    angle = random.uniform(0, 2 * np.pi)
    slope = (across - 0.5) * np.cos(angle) + (down - 0.5) * np.sin(angle) + 0.5
    fold = np.exp(-(((across - random.uniform(0.0, 0.1)) / 0.08) ** 2))
    lost: NDArray[np.float32] = (depth * (0.7 * np.clip(slope, 0, 1) + 0.3 * fold))[..., None].astype(np.float32)
    return lost


def salted(picture: Picture, share: float, random: Generator) -> Picture:
    """The picture with so many of its pixels black or white at random."""
    if not share:
        return picture
    drawn = random.random(picture.shape[:2])
    salted = picture.copy()
    salted[drawn < share / 2] = 0
    salted[drawn > 1 - share / 2] = WHITE
    return salted


def edged(picture: Picture, inches: float) -> Picture:
    """The picture with the dark strip that a lid leaves along two sides."""
    if not inches:
        return picture
    dark = picture.copy()
    width = int(inches * min(picture.shape[:2]) / A4_WIDTH)
    dark[:, :width] = 25
    dark[-width // 2 :, :] = 25
    return dark


def punched(picture: Picture) -> Picture:
    """The picture with two filing holes at its left side."""
    height, width = picture.shape[:2]
    inch = min(height, width) / A4_WIDTH
    holed = picture.copy()
    for across in (-1.57, 1.57):
        middle = (int(0.45 * inch), int(height / 2 + across * inch))
        cv2.circle(holed, middle, int(0.12 * inch), (35, 35, 35), -1, cv2.LINE_AA)
    return holed


def dithered(picture: Picture) -> Picture:
    """The picture in black and white dots that stand as close as it is dark (Floyd and Steinberg's way)."""
    dots = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)).convert("1").convert("L")
    spread: Picture = cv2.cvtColor(np.asarray(dots), cv2.COLOR_GRAY2BGR)
    return spread


def bilevel(picture: Picture, threshold: int) -> Picture:
    """Black where the picture is darker than `threshold`, else white."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    _, black = cv2.threshold(grey, threshold, WHITE, cv2.THRESH_BINARY)
    spread: Picture = cv2.cvtColor(black, cv2.COLOR_GRAY2BGR)
    return spread


def worn_ribbon(picture: Picture, depth: float, random: Generator) -> Picture:
    """The picture as a worn ribbon prints it: `depth` is the share of black left, nearly half of that in some rows."""
    height = len(picture)
    edges = np.sort(random.integers(0, height, 12))
    bands = random.uniform(0.55, 1.0, len(edges) + 1)
    share = np.repeat(bands, np.diff(np.concatenate(([0], edges, [height])))) * depth
    pale: Picture = (WHITE - (WHITE - picture.astype(np.float32)) * share[:, None, None]).astype(np.uint8)
    return pale


def photographed(picture: Picture, askew: float, random: Generator) -> Picture:
    """The sheet on a dark desk, one corner in shadow, its corners off by up to `askew`, a share of its shorter side."""
    height, width = picture.shape[:2]
    reach = askew * min(height, width)
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inwards = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    seen = whole + inwards * random.uniform(0.2, 1.0, (4, 2)).astype(np.float32) * reach
    desk = tuple(int(level) for level in random.integers(40, 90, 3))
    matrix = cv2.getPerspectiveTransform(whole, seen)
    laid = cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=desk)
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    shadow = 1 - 0.55 / (1 + np.exp(-18 * (across + down - random.uniform(1.45, 1.7))))
    dim: Picture = (laid * shadow[..., None]).astype(np.uint8)
    return dim


def copied_grey(ink: Sequence[int], random: Generator) -> tuple[int, int, int]:
    """A stamp's ink as a copier without colours leaves it."""
    level = int(random.uniform(105, 160)) if len(set(ink)) > 1 else int(ink[0])
    return level, level, level
