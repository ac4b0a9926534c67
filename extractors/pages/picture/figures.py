"""What a reader of pictures makes of a figure: how it is told, and what is put right where only its signs are worn.

A digit is never changed here, and none is put in or left out.
"""

import re

FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
"""An amount, or a code."""
NEARLY_FIGURE = re.compile(r"\W?(?:\d\W{0,2}[IlO|]?){3,}", re.ASCII)
"""Digits with whatever stands between them when points are lost, or remnants of rules read."""

_BLANK = re.compile(r"(?<=\d[,.]) +(?=\d)|(?<=\d) +(?=[,.]\d)")
"""The recogniser sees a blank after a comma that is set wide."""
_TWO_POINTS = re.compile(r"(-?\d{1,3}(?:[.,]\d{3})+)[.,](\d{1,2})", re.ASCII)
"""9.961.07: no amount has two points, the first is a comma that has lost its tail."""
_SIGNS = re.compile(r"[\d(),.\s-]+", re.ASCII)
_BEHIND_CENTS = re.compile(r"(?<=\d\.\d\d)[.,]$")
"""A speck behind 9746.50 is no point of it."""
_TICK = re.compile(r"(?<=\d\.\d\d)[√✓✔]$")
"""A pen's tick behind cents."""
_LONE_ZERO = re.compile(r"\(?0\)|\(0")


def is_figure(text: str) -> bool:
    """Whether a text is an amount or a code."""
    return FIGURE.fullmatch(mended(text)) is not None


def mended(text: str) -> str:
    """A text without the blanks, points and brackets that worn print puts into a figure; any other text as it is.

    A zero that has lost its top and its foot is read as a pair of brackets, which are empty in no figure.
    """
    close = _TICK.sub("", _BLANK.sub("", text.strip()))
    if not _SIGNS.fullmatch(close):
        return close
    whole = _BEHIND_CENTS.sub("", close.replace("()", "0"))
    if _LONE_ZERO.fullmatch(whole):
        return "0"
    match = _TWO_POINTS.fullmatch(whole)
    return f"{match[1].replace('.', ',')}.{match[2]}" if match else whole


def digits_of(text: str) -> str:
    """The digits of a text alone."""
    return "".join(filter(str.isdecimal, text))
