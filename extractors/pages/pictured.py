"""Whether the pictures of a page show by themselves what its text says: then the text is a scanner's OCR of them."""

from collections.abc import Iterable, Sequence
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as c
from numpy.typing import NDArray

from schemas.records import Box

DPI = 100.0
"""A letter of small print still has ten pixels in height."""
MOST_PIXELS = 2_000
"""A larger side is drawn at a lower resolution."""
ASKED = 400
"""So many characters are looked at."""
INKED = 0.7
"""The pictures print what the text says where so many of its characters have ink of the pictures in their boxes ..."""
DARKER = 2.5
"""... and the boxes are so much darker with it than the rest of the page: a photograph is dark everywhere."""
LEAST_CONTRAST = 40
"""Grey levels between paper and ink; less is a tint or a watermark."""
LEAST_INK = 0.04
"""The least share of its box that a character covers."""

Grey = NDArray[np.uint8]


def shown_by_pictures(page: pypdfium2.PdfPage, turn: int, boxes: Sequence[Box]) -> bool:
    """Whether most characters in `boxes` (points of the page turned upright) are printed in the page's pictures too.

    `turn` is the clockwise turn in degrees that makes the page upright. The text of the open page is taken off it and
    the rest rendered: the page must be loaded anew before it is read again.
    """
    asked = boxes[:: max(1, len(boxes) // ASKED)]
    _take_text_off(page)
    scale = min(DPI / 72, MOST_PIXELS / max(page.get_size()))
    rotation = (turn - page.get_rotation()) % 360
    pixels = np.ascontiguousarray(page.render(scale=scale, rotation=rotation).to_numpy()[:, :, :3])
    level, dark = cv2.threshold(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if not dark.any() or _contrast(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), level) < LEAST_CONTRAST:
        return False
    shares = np.array([_share(dark, box, scale) for box in asked])
    return bool((shares >= LEAST_INK).mean() >= INKED and shares.mean() >= DARKER * dark.mean())


def _contrast(grey: Grey, level: float) -> float:
    return float(grey[grey > level].mean()) - float(grey[grey <= level].mean())


def _share(dark: Grey, box: Box, scale: float) -> float:
    x0, y0, x1, y1 = (max(0, round(side * scale)) for side in box)
    own = dark[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
    return float(own.mean()) if own.size else 0.0


def _take_text_off(page: pypdfium2.PdfPage) -> None:
    for item in _objects(c.FPDFPage_GetObject, page, c.FPDFPage_CountObjects(page)):
        if c.FPDFPageObj_GetType(item) == c.FPDF_PAGEOBJ_TEXT:
            c.FPDFPage_RemoveObject(page, item)
        elif c.FPDFPageObj_GetType(item) == c.FPDF_PAGEOBJ_FORM:
            for part in _objects(c.FPDFFormObj_GetObject, item, c.FPDFFormObj_CountObjects(item)):
                if c.FPDFPageObj_GetType(part) == c.FPDF_PAGEOBJ_TEXT:
                    c.FPDFFormObj_RemoveObject(item, part)


def _objects(at: Any, owner: Any, count: int) -> Iterable[Any]:
    return [at(owner, index) for index in range(count)]
