"""How an amount is printed, and which amount that print states."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from samples.layout import UNIT_DECIMALS, AmountStyle
from schemas.records import YUAN_PER_UNIT, Unit

FEN = Decimal("0.01")
"""The smallest part of a yuan."""
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


class Printed(NamedTuple):
    """The text of an amount's cell, and the yuan that it states: None where it holds no digit."""

    text: str
    yuan: Decimal | None


def printed(amount: Decimal | None, unit: Unit, style: AmountStyle) -> Printed:
    """Print `amount` (yuan) in `unit`. What is lost in rounding is lost in the stated amount too."""
    if amount is None or amount == 0:
        text = style.nothing if amount is None else style.zero
        return Printed(text, FEN * 0 if any(map(str.isdigit, text)) else None)
    decimals = UNIT_DECIMALS[unit] if style.decimals is None else style.decimals
    rounded = (amount / YUAN_PER_UNIT[unit]).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return Printed(_text(rounded, style), (rounded * YUAN_PER_UNIT[unit]).quantize(FEN))


def _text(rounded: Decimal, style: AmountStyle) -> str:
    text = f"{abs(rounded):,f}" if style.thousands or style.last_separator_alone else f"{abs(rounded):f}"
    if style.last_separator_alone:
        text = text.replace(",", "", text.count(",") - 1)
    if rounded < 0:
        text = f"{style.brackets[0]}{text}{style.brackets[1]}" if style.brackets else f"-{text}"
    if style.inner_space:
        text = text.replace(".", ". ")
    return text.translate(FULL_WIDTH) if style.full_width else text
