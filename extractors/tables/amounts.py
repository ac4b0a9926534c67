"""What is printed in a money cell → an exact amount in yuan, nothing, or a finding."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import cast

from schemas.records import YUAN_PER_UNIT, Unit
from schemas.wording import plain

NOTHING = frozenset({"", "-", "--", "---", "/", "//", "\\", "无", "*", "**", "...", "……", "#", "×", "x", "X"})
"""Printed for no amount; the form's own blanks."""
_MARKS = "¹²³⁰-⁹①-⑳⓪❶-❿㉑-㉟㊱-㊿"
"""Digits that mark a note and are part of no figure, though a compatibility form makes digits of them."""
_MARKED = re.compile(rf"[{_MARKS}\s]+$")
_MARK = re.compile(f"[{_MARKS}]")
_CURRENCY = re.compile("[¥￥]")
_MINUS = r"[-△▲]|负"
_GROUPED = r"\d{1,3}(?:,\d{3})+|\d{4,},\d{3}"
"""Groups of three from the right; some papers part the last group alone, as 125360,898."""
_FIGURE = re.compile(
    rf"(?P<open>\()?(?P<minus>{_MINUS})?[¥￥]?(?P<whole>(?!0\d){_GROUPED}|(?!0\d)\d*)(?P<fraction>\.\d+)?"
    r"(?P<unit>[亿千万]?元)?(?(open)\)|(?(minus)|(?P<after>-)?))",
    re.ASCII,
)
_SPACED = re.compile(r"(?:[^\s]|(?<![0-9])\s|\s(?![0-9])|\s(?=\d{3}(?!\d)))*")
"""Spaces may stand beside points, commas and signs, and before a group of three; 9 10 11 are three figures."""
_SET_OFF_DASH = re.compile(r"\d\s+[-–—－−]+\s*$")
"""A dash apart from the figure before it is another column's sign for nothing, not a minus."""
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount as printed: its value in the form's unit and how many decimals it shows.

    `unit` is the one that stands behind the figure in its own cell, as a workbook's number format puts it there.
    """

    value: Decimal
    decimals: int
    unit: Unit | None = None

    def yuan(self, unit: Unit) -> Decimal:
        """The amount in yuan, two decimals.

        Raises `ValueError` where it has a fraction of a cent, or says another unit itself.
        """
        if self.unit not in (None, unit):
            raise ValueError(f"{self.value} is said to be in {self.unit}, not in {unit}")
        amount = self.value * YUAN_PER_UNIT[unit]
        cents = amount.quantize(_CENT)
        if cents != amount:
            raise ValueError(f"{self.value} {unit} is no whole number of cents")
        return cents


class NotAnAmountError(ValueError):
    """A text in a money cell that is neither an amount nor one of the signs for nothing."""


@lru_cache(maxsize=16_384)
def printed_amount(text: str) -> Printed | None:
    """The amount that `text` prints; None for the signs that stand for nothing.

    Thousands may be grouped by commas, all or the last group alone, digits full-width or set apart by spaces; brackets,
    负, △ and a minus sign before or behind make an amount negative. Raises `NotAnAmountError` for anything else, a
    wrongly grouped figure included: 1,23.4 may be two figures run together, and so may 050.23. The mark of a note
    behind a figure (1,500.50①) is none of its digits.
    """
    text = _MARKED.sub("", text)
    if _MARK.search(text):
        raise NotAnAmountError(text)
    if not _SPACED.fullmatch(unicodedata.normalize("NFKC", text).strip()) or _SET_OFF_DASH.search(text):
        raise NotAnAmountError(text)
    bare = plain(text).replace("，", ",").replace("。", ".").replace("﹒", ".")
    if _CURRENCY.sub("", bare) in NOTHING:
        return None
    match = _FIGURE.fullmatch(bare)
    if match is None or not (match["whole"] or match["fraction"]):
        raise NotAnAmountError(text)
    digits = match["whole"].replace(",", "") or "0"
    value = Decimal(digits + (match["fraction"] or ""))
    negative = match["minus"] or match["open"] or match["after"]
    decimals = len(match["fraction"] or ".") - 1
    return Printed(-value if negative and value else value, decimals, cast("Unit | None", match["unit"]))
