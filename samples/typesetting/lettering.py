"""The one typeface of the sample papers: widths of text and its breaking into lines. Lengths are points."""

import re
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FACE = "WenQuanYi-Micro-Hei"
FONT_FILE = Path(__file__).parents[1] / "fonts" / "wqy-microhei-subset.ttf"
LEADING = 1.25
"""Distance of two lines of a cell, in sizes."""
BASELINE = 0.36
"""How far the baseline lies below the middle of a line, in sizes, for Chinese characters to look centred."""
UNBREAKABLE = re.compile(r"[0-9A-Za-z.,%]+|.")
NEVER_FIRST = "，。、：；）”》〕％"
"""Characters that Chinese typesetting does not put at the start of a line."""


@cache
def register() -> None:
    """Make the typeface known to reportlab, once for each process."""
    pdfmetrics.registerFont(TTFont(FACE, FONT_FILE))


def width(text: str, size: float) -> float:
    """Measure the advance of `text` in one line."""
    register()
    return float(pdfmetrics.stringWidth(text, FACE, size))


def cut(text: str, size: float, room: float) -> tuple[str, ...]:
    """Cut `text` into as many lines as `room` asks for, wherever a line is full."""
    lines = [""]
    for character in text:
        if lines[-1] and width(lines[-1] + character, size) > room + 0.05:
            lines.append("")
        lines[-1] += character
    return tuple(lines)


def broken(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break `text` into as many lines as `room` asks for: between Chinese characters, never within a number."""
    if width(text, size) <= room:
        return (text,)
    lines: list[str] = []
    line = ""
    for piece in UNBREAKABLE.findall(text):
        if line and width(line + piece, size) > room and piece not in NEVER_FIRST:
            lines.append(line)
            line = ""
        line += piece
    return (*lines, line)
