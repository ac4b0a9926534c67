"""A picture to mark: translucent tints, outlines and badges at places given in points, and a caption above it."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from schemas.records import Box

Image = NDArray[np.uint8]
"""Height × width × 3, blue green red as OpenCV has it."""
Colour = tuple[int, int, int]
"""Red, green, blue."""

INK: Colour = (33, 37, 41)
WHITE: Colour = (255, 255, 255)
GREY: Colour = (150, 150, 150)


class Style(NamedTuple):
    """Height in pixels and weight of letters."""

    size: int
    weight: int = 400


CAPTION, STRONG, BADGE = Style(15), Style(15, 700), Style(14, 700)


class Piece(NamedTuple):
    """A few words of a caption, behind a small square where `swatch` is a colour; `solid` or framed like a tint."""

    text: str
    swatch: Colour | None = None
    solid: bool = False
    style: Style = CAPTION


class Canvas:
    """An image of an upright page of `scale` pixels a point, drawn upon in place."""

    def __init__(self, image: Image, scale: float) -> None:
        self.image = image
        self._scale = scale

    def tint(self, box: Box, colour: Colour) -> None:
        """Colour a box as a marker pen does: what is printed there stays as dark as it was."""
        x0, y0, x1, y1 = self._pixels(box)
        region = self.image[y0:y1, x0:x1]
        region[:] = (region * (np.array(colour[::-1]) / 255.0)).astype(np.uint8)

    def outline(self, box: Box, colour: Colour, thickness: int = 1, inset: int = 0) -> None:
        """Draw the four sides of a box, `inset` pixels within it."""
        x0, y0, x1, y1 = self._pixels(box)
        x0, y0, x1, y1 = x0 + inset, y0 + inset, x1 - inset, y1 - inset
        cv2.rectangle(self.image, (x0, y0), (x1, y1), colour[::-1], thickness)

    def fill(self, box: Box, colour: Colour) -> None:
        """Paint a box over."""
        x0, y0, x1, y1 = self._pixels(box)
        cv2.rectangle(self.image, (x0, y0), (x1, y1), colour[::-1], cv2.FILLED)

    def badge(self, text: str, box: Box, colour: Colour) -> None:
        """Write white on a block of colour at the box's top left corner, in the margin where there is room."""
        width = text_width(text, BADGE) + 8
        x0, y0, _, _ = self._pixels(box)
        left, bottom = max(x0 - width, 0), y0 + BADGE.size + 6
        cv2.rectangle(self.image, (left, y0), (left + width, bottom), colour[::-1], cv2.FILLED)
        write(self.image, text, (left + 4, bottom - 5), WHITE, BADGE)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        """The box in pixels, cut at the image's edges."""
        height, width = self.image.shape[:2]
        x0, y0, x1, y1 = (round(value * self._scale) for value in box)
        return max(x0, 0), max(y0, 0), min(x1, width - 1), min(y1, height - 1)


def with_caption(image: Image, lines: Sequence[Sequence[Piece]]) -> Image:
    """The image below a white band with lines of text, each wrapped between its pieces."""
    leading, margin, width = 23, 12, image.shape[1]
    placed = [row for line in lines for row in _wrapped(line, width - 2 * margin)]
    band = np.full((len(placed) * leading + 2 * margin, width, 3), 255, np.uint8)
    for number, row in enumerate(placed):
        baseline = margin + number * leading + CAPTION.size
        for x, piece in row:
            _draw_piece(band, piece, margin + x, baseline)
    cv2.line(band, (0, len(band) - 1), (width, len(band) - 1), GREY, 1)
    captioned: Image = np.vstack([band, image])
    return captioned


def _wrapped(line: Sequence[Piece], width: int) -> Iterator[list[tuple[int, Piece]]]:
    """The pieces with their x in pixels, in as many rows as they take."""
    row: list[tuple[int, Piece]] = []
    x = 0
    for piece in line:
        advance = _swatch_width(piece) + text_width(piece.text, piece.style) + CAPTION.size
        if row and x + advance > width:
            yield row
            row, x = [], 2 * CAPTION.size
        row.append((x, piece))
        x += advance
    yield row


def _draw_piece(band: Image, piece: Piece, x: int, baseline: int) -> None:
    if piece.swatch is not None:
        corners = (x, baseline - CAPTION.size + 3), (x + CAPTION.size - 3, baseline)
        cv2.rectangle(band, *corners, piece.swatch[::-1], cv2.FILLED)
        if not piece.solid:
            cv2.rectangle(band, *corners, GREY, 1)
    write(band, piece.text, (x + _swatch_width(piece), baseline), INK, piece.style)


def _swatch_width(piece: Piece) -> int:
    return CAPTION.size + 2 if piece.swatch is not None else 0


def write(image: Image, text: str, start: tuple[int, int], colour: Colour, style: Style) -> None:
    """Write text, Chinese or not, from `start` on, which is x and the baseline's y in pixels."""
    cv2.putText(image, text, start, colour[::-1], _font(), style.size, style.weight)


def text_width(text: str, style: Style) -> int:
    """How wide `write` will make the text, in pixels."""
    _, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), _font(), style.size, style.weight)
    return int(width)


@cache
def _font() -> Any:
    """OpenCV's own font with Chinese, so that no machine needs one installed."""
    return cv2.FontFace("sans")
