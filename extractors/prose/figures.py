"""A figure with its unit in canonical text: sums of money, per cents and counts, each with what it can be off by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from schemas.prose import phrases, subjects
from schemas.records import YUAN_PER_UNIT

Kind = Literal["money", "percent", "count", "bare", "torn"]

_NUMBER = r"(?P<number>(?:(?<![\d%元])-)?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))"
_MONEY = r"(?P<money>亿元|万元|千元|元|[万亿](?=[，。；、（）]|$))"
_TORN = re.compile(r"[\d.,] $|\d[，.]$|\d-$|[A-Za-z]$")
_THRESHOLD = re.compile(r"(?:（含）)?(?:以[上下内]|及以上|起)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `start:end` of a text: `value` in yuan, per cent or units, and half of its last printed place."""

    start: int
    end: int
    kind: Kind
    value: Decimal
    half_step: Decimal
    unit: str


def figures(text: str) -> Iterator[Figure]:
    """Find the figures of canonical `text` from left to right.

    Left out: thresholds (100万元以上), percentage points, and counts in units that no subject of the vocabulary is
    counted in. A number without a unit is `bare` where a word of direction stands right before it (增长13.95。), else
    it is none. One that may be the end of a longer number (12，345.67 or 1 234.56) or of a range is `torn`.
    """
    for match in _pattern().finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if _THRESHOLD.match(text, match.end()):
            continue
        figure = _figure(match)
        if _TORN.search(before):
            figure = replace(figure, kind="torn")
        if figure.kind != "bare" or before.removesuffix("了").endswith(_directions()):
            yield figure


def half_step(printed: str) -> Decimal:
    """Half of the last printed place of a figure such as `0.39万元`, in yuan, per cent or units.

    Raises:
        ValueError: `printed` holds no figure.
    """
    found = next(figures(printed), None)
    if found is None:
        raise ValueError(f"no figure in {printed!r}")
    return found.half_step


@cache
def _pattern() -> re.Pattern[str]:
    units = sorted({unit for subject in subjects().counts for unit in subject.units}, key=len, reverse=True)
    counted = "|".join(map(re.escape, units))
    return re.compile(
        f"{_NUMBER}(?:{_MONEY}|(?P<percent>%(?!的?个?百分点))|(?P<count>{counted})|(?P<bare>(?=[，。；、）]|$)))"
    )


@cache
def _directions() -> tuple[str, ...]:
    return phrases().up + phrases().down


def _figure(match: re.Match[str]) -> Figure:
    number = Decimal(match["number"].replace(",", ""))
    half = Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)
    if match["money"]:
        scale = YUAN_PER_UNIT[match["money"].removesuffix("元") + "元"]
        return Figure(match.start(), match.end(), "money", number * scale, half * scale, "元")
    if match["percent"]:
        return Figure(match.start(), match.end(), "percent", number, half, "%")
    if match["count"]:
        return Figure(match.start(), match.end(), "count", number, Decimal(0), match["count"])
    return Figure(match.start(), match.end(), "bare", number, half, "")
