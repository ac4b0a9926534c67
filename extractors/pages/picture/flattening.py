"""A sheet that was photographed askew, laid flat: the frame of its table becomes a rectangle again."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.picture.ink import RULE_LEVEL, WHITE, Bits, ink
from extractors.pages.picture.raster import Grey, Raster

PIECE = 14.0
"""A piece of a rule is straight and near enough to level for so many points ..."""
THICKEST = 5.0
"""... and no thicker than this (points)."""
BREAK = 2.5
"""Gaps in rules are closed over so far (points)."""
LEAST_TABLE = 0.12
"""A table's frame encloses this share of the picture; a smaller one tells little of the sheet."""
FOUR_SIDED = 0.97
"""A frame that fills so much of its four-sided outline has four sides."""
ASKEW = 2.0
"""Points by which a corner stands off that of a rectangle; less is skew, or a worn rule."""
MOST_ASKEW = 0.35
"""A corner further off than this share of the frame's shorter side was not found right."""

Corners = NDArray[np.float32]
"""4 × 2, clockwise from the top left, in pixels."""


def flattened(raster: Raster, even: Grey) -> Raster | None:
    """The page's pixels with the frame of its largest table as a rectangle, None where it is one or is not found.

    `even` is the same picture evened. What lies beyond the picture's edge becomes white.
    """
    corners = frame_corners(even, raster.point)
    if corners is None:
        return None
    target = _rectangle(corners)
    off = float(np.linalg.norm(_without_skew(corners) - target, axis=1).max())
    shorter = float(np.ptp(target, axis=0).min())
    if not ASKEW * raster.point <= off <= MOST_ASKEW * shorter:
        return None
    matrix = cv2.getPerspectiveTransform(corners, target)
    height, width = raster.pixels.shape[:2]
    pixels = cv2.warpPerspective(
        raster.pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(WHITE, WHITE, WHITE)
    )
    return replace(raster, pixels=pixels, matrix=matrix)


def frame_corners(even: Grey, point: float) -> Corners | None:
    """The corners of the largest ruled frame on an evened picture with `point` pixels to 1/72 inch."""
    rules = _rules(ink(even, RULE_LEVEL), point)
    height, width = rules.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    left, top, across, down = (stats[:, at] for at in range(4))
    inside = (left > 0) & (top > 0) & (left + across < width) & (top + down < height)
    area = np.where(inside, across.astype(np.int64) * down, 0)
    area[0] = 0
    largest = int(area.argmax())
    if area[largest] < LEAST_TABLE * height * width:
        return None
    return _four_corners((labels == largest).astype(np.uint8))


def _rules(dark: Bits, point: float) -> Bits:
    """Thin dark pieces that run across or down, gaps closed."""
    size, thick = max(5, round(PIECE * point)), max(3, round(THICKEST * point))
    both = np.zeros_like(dark)
    for shape, across in (((1, size), (thick, 1)), ((size, 1), (1, thick))):
        wide = cv2.dilate(dark, np.ones((3, 3), np.uint8))  # a slanting rule steps aside
        long = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        solid = cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones(across, np.uint8))
        both |= cv2.subtract(long, solid)
    gap = round(BREAK * point) | 1
    closed: Bits = cv2.morphologyEx(both, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    return closed


def _four_corners(frame: Bits) -> Corners | None:
    contours, _ = cv2.findContours(frame, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(np.concatenate(contours))
    around = cv2.arcLength(hull, closed=True)
    for tolerance in np.arange(0.004, 0.06, 0.004):
        corners = cv2.approxPolyDP(hull, float(tolerance) * around, closed=True)
        if len(corners) == 4:
            filled = cv2.contourArea(corners) / max(cv2.contourArea(hull), 1.0)
            return _clockwise(corners.reshape(4, 2).astype(np.float32)) if filled >= FOUR_SIDED else None
        if len(corners) < 4:
            return None
    return None


def _clockwise(corners: Corners) -> Corners:
    """The corners from the top left on."""
    middle = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    turned: Corners = corners[order]
    return turned


def _rectangle(corners: Corners) -> Corners:
    """The level rectangle about the same middle, its sides the means of opposite ones."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    across, down = (sides[0] + sides[2]) / 4, (sides[1] + sides[3]) / 4
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32)
    level: Corners = np.asarray(corners.mean(axis=0) + signs * (across, down), np.float32)
    return level


def _without_skew(corners: Corners) -> Corners:
    """The corners turned about their middle so that the upper and the lower side are level on the whole."""
    along = (corners[1] - corners[0]) + (corners[2] - corners[3])
    angle = float(np.degrees(np.arctan2(along[1], along[0])))
    middle = corners.mean(axis=0)
    matrix = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), angle, 1.0)
    level: Corners = np.asarray(cv2.transform(corners.reshape(-1, 1, 2), matrix), np.float32).reshape(4, 2)
    return level
