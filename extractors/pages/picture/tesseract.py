"""Tesseract, the second and independent engine for pictures: lines of digits, many of them in one call."""

import logging
import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import cv2
import pytesseract  # type: ignore[import-untyped]

from extractors.pages.picture.ink import WHITE
from extractors.pages.picture.raster import Grey

HEIGHT = 40
"""Pixels that a line of digits is drawn in; Tesseract's network was trained on about so many."""
FRAME = 10
"""Pixels of paper round it."""
LANGUAGE = "chi_sim"
ONE_LINE = "--psm 7"
"""Tesseract 5.3 with a whitelist of digits gives each word a confidence of 0, and `eng` then doubles points; what is no
figure is left out afterwards instead."""
SECONDS = 60
"""A call takes 0.15 s and 0.02 s more for each line; one that takes so long is given up."""

Read = tuple[str, float]
"""What was read, and with what confidence (0 to 1)."""

log = logging.getLogger(__name__)


def read_lines(lines: Sequence[Grey]) -> list[Read | None]:
    """What Tesseract reads on each picture of a line; None where it reads nothing, or is not installed."""
    if not lines or not is_there():
        return [None] * len(lines)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        listed = Path(folder, "lines.txt")
        listed.write_text("\n".join(_written(line, Path(folder, f"{at}.pgm")) for at, line in enumerate(lines)))
        try:
            found = pytesseract.image_to_data(
                str(listed), lang=LANGUAGE, config=ONE_LINE, timeout=SECONDS, output_type=pytesseract.Output.DICT
            )
        except (pytesseract.TesseractError, RuntimeError) as error:  # the latter when the time is up
            log.warning("Tesseract 出错，没有它的读数 / Tesseract failed, its word is missing: %s", error)
            return [None] * len(lines)
    return _by_line(found, len(lines))


def _written(line: Grey, file: Path) -> str:
    by = HEIGHT / line.shape[0]
    scaled = cv2.resize(line, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(scaled, FRAME, FRAME, FRAME, FRAME, cv2.BORDER_CONSTANT, value=(WHITE,))
    file.write_bytes(cv2.imencode(file.suffix, framed)[1].tobytes())
    return str(file)


def _by_line(found: Mapping[str, Sequence[str]], count: int) -> list[Read | None]:
    """The words of each picture put together, with the least of their confidences."""
    words: list[list[Read]] = [[] for _ in range(count)]
    for number, text, sure in zip(found["page_num"], found["text"], found["conf"], strict=True):
        if text.strip():
            words[int(number) - 1].append((text, float(sure) / 100))
    return [("".join(text for text, _ in own), min(sure for _, sure in own)) if own else None for own in words]


@cache
def is_there() -> bool:
    """Whether Tesseract with simplified Chinese can be called, on one thread; says so once where it cannot."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads would fight those of other processes
    try:
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError):
        languages = []
    if LANGUAGE not in languages:
        log.warning(
            "没有 Tesseract 及其 %s，扫描件的数字只有一个识别引擎 / no Tesseract with %s: scans have one reader",
            LANGUAGE,
            LANGUAGE,
        )
    return LANGUAGE in languages
