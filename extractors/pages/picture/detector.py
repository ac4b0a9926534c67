"""PP-OCR's detector for what stands outside the cells: titles, units, notes, prose."""

import logging
from collections.abc import Iterator
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_det import TextDetOutput

from extractors.pages.picture.cells import Filled, Pixels
from extractors.pages.picture.raster import Grey

BANDS = 16
"""The bands of a page or two, whose boxes are remembered: 2 MB each at most, but on larger sheets than A4."""
DETECTION_DPI = 150.0
"""Print of 6 points still has 12 pixels; more pixels cost time and find no more."""
INKED = 170
"""Grey levels; what is darker is printed."""
MARGIN = 0.35
"""The detector sees lines best with some paper around (inches)."""


def detected(clean: Grey, point: float, threads: int = 1) -> list[Pixels]:
    """The boxes of text on a picture with `point` pixels to 1/72 inch; none on a blank one.

    What a table leaves blank between a title and a note is not looked at.
    """
    return [
        box for band in _bands(clean < INKED, round(MARGIN * 72 * point)) for box in _in(clean, band, point, threads)
    ]


def _in(clean: Grey, band: Pixels, point: float, threads: int) -> list[Pixels]:
    shown = clean[band.y0 : band.y1, band.x0 : band.x1]
    by = min(1.0, DETECTION_DPI / (72 * point))
    small = cv2.resize(shown, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
    return [_pixels(box / by, band) for box in _found(small.tobytes(), small.shape, threads)]


@lru_cache(maxsize=BANDS)
def _found(pixels: bytes, shape: tuple[int, int], threads: int) -> tuple[NDArray[np.float64], ...]:
    """The quadrangles of text on a picture of `shape`; the chosen one of a page's ways is asked for twice."""
    small = np.frombuffer(pixels, np.uint8).reshape(shape)
    found = _engine(threads)(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    return tuple(found.boxes) if isinstance(found, TextDetOutput) and found.boxes is not None else ()


def _bands(inked: Filled, margin: int) -> Iterator[Pixels]:
    """The parts of a picture that have ink, from the top down, each with so many pixels of margin and none in two."""
    height, width = inked.shape
    rows = np.flatnonzero(inked.any(axis=1))
    for own in np.split(rows, np.flatnonzero(np.diff(rows) > 2 * margin) + 1) if len(rows) else ():
        columns = np.flatnonzero(inked[own[0] : own[-1] + 1].any(axis=0))
        x0, y0 = max(0, int(columns[0]) - margin), max(0, int(own[0]) - margin)
        yield Pixels(x0, y0, min(width, int(columns[-1]) + margin), min(height, int(own[-1]) + margin))


def _pixels(quadrangle: NDArray[np.float64], room: Pixels) -> Pixels:
    x0, y0 = np.floor(quadrangle.min(axis=0)).astype(int).tolist()
    x1, y1 = np.ceil(quadrangle.max(axis=0)).astype(int).tolist()
    within = Pixels(max(0, x0), max(0, y0), min(room.width, x1), min(room.height, y1))
    return Pixels(within.x0 + room.x0, within.y0 + room.y0, within.x1 + room.x0, within.y1 + room.y0)


@cache
def _engine(threads: int) -> RapidOCR:
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.use_rec": False,
            "Global.max_side_len": 4000,
            "Det.limit_type": "max",
            "Det.limit_side_len": 4000,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
