"""What a printed amount can tell: how far the figure behind it may lie from what was rounded and printed."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from schemas.records import YUAN_PER_UNIT

_HALF = Decimal("0.5")
_DECIMALS = re.compile(r"\d\s*\.\s*((?:\d\s*)+)")
_STATED = re.compile(r"-?[\d,]+(?:\.\d+)?(?:(?P<money>[千万亿])?元?|%)")


@lru_cache(maxsize=4_096)
def decimals(printed: str) -> int:
    """Count the decimals of a printed amount: 2 for `1,234.50`, 0 for `1,234`; NFKC widths, spaces allowed."""
    match = _DECIMALS.search(unicodedata.normalize("NFKC", printed))
    return len(re.sub(r"\s", "", match[1])) if match else 0


@lru_cache(maxsize=65_536)
def rounding(printed: str, unit: str) -> Decimal:
    """Return in yuan how much rounding can have taken from an amount printed so: ½ × 10^-decimals × the unit."""
    return _HALF.scaleb(-decimals(printed)) * YUAN_PER_UNIT[unit]


def stated_rounding(printed: str) -> Decimal:
    """Return how much rounding can have taken from a figure of the prose: yuan for `0.39万元`, points for `12.1%`.

    What is said without a figure (持平) is exact.
    """
    match = _STATED.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", printed)))
    if match is None:
        return Decimal(0)
    return _HALF.scaleb(-decimals(printed)) * (YUAN_PER_UNIT[f"{match['money']}元"] if match["money"] else 1)
