"""Whether a picture with level lines stands on its head: PP-OCR's direction classifier, and the recogniser in doubt."""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.ink import Bits
from extractors.pages.picture.raster import Grey
from extractors.pages.picture.recogniser import MODELS, recogniser

WIDTH, HEIGHT = 192, 48
"""The classifier takes the beginning of a line in so many pixels."""
ASKED = 24
"""So many lines are looked at."""
LINE_POINTS = (4.0, 48.0)
GAP = 4.0
"""Characters of a line stand no further apart (points)."""
WIDE_GAP = 16.0
"""On a cover that has large print alone they stand further apart (points)."""
CLEAR = 0.25
"""A mean vote nearer to 0 than this, of -1 to 1, is no answer."""
READ_BOTH_WAYS = 5


def stands_on_its_head(clean: Grey, letters: Bits, point: float, threads: int = 1) -> bool:
    """Whether the picture must be turned by 180 degrees."""
    boxes = _long_lines(letters, point, GAP) or _long_lines(letters, point, WIDE_GAP)
    lines = [clean[box.y0 : box.y1, box.x0 : box.x1] for box in boxes]
    if not lines:
        return False
    vote = _vote(lines, threads)
    if abs(vote) >= CLEAR:
        return vote < 0
    return _reads_better_turned(lines[:READ_BOTH_WAYS], threads)


def _long_lines(letters: Bits, point: float, gap: float) -> list[Pixels]:
    """The longest lines of text, by ink that `gap` points or less part."""
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, round(gap * point) | 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    low, high = (points * point for points in LINE_POINTS)
    boxes = [(w, x, y, h) for x, y, w, h, _ in stats[1:].tolist() if low <= h <= high and w >= 3 * h]
    pad = round(point)
    height, width = letters.shape
    return [
        Pixels(max(0, x - pad), max(0, y - pad), min(width, x + w + pad), min(height, y + h + pad))
        for w, x, y, h in sorted(boxes, reverse=True)[:ASKED]
    ]


def _vote(lines: Sequence[Grey], threads: int) -> float:
    """1 for lines that all stand upright, -1 for such as stand on their heads."""
    session = _session(threads)
    shown = np.concatenate([_shown(line) for line in lines])
    upright, turned = session.run(None, {session.get_inputs()[0].name: shown})[0].mean(axis=0)
    return float(upright) - float(turned)


def _shown(line: Grey) -> NDArray[np.float32]:
    height, width = line.shape
    across = min(WIDTH, max(1, round(width * HEIGHT / height)))
    start = line[:, : max(1, round(across * height / HEIGHT))]
    scaled = cv2.resize(start, (across, HEIGHT), interpolation=cv2.INTER_AREA)
    shown = np.zeros((1, 3, HEIGHT, WIDTH), np.float32)
    shown[:, :, :, :across] = scaled.astype(np.float32) / 127.5 - 1
    return shown


def _reads_better_turned(lines: Sequence[Grey], threads: int) -> bool:
    upright, turned = (
        sum(len(line.text) * line.confidence for line in recogniser(threads).read(shown))
        for shown in (lines, [np.ascontiguousarray(line[::-1, ::-1]) for line in lines])
    )
    return turned > upright


@cache
def _session(threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    (path,) = MODELS.glob("*_cls_*.onnx")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
