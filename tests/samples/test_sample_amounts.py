from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.layout import AmountStyle
from samples.typesetting.amounts import printed
from schemas.records import Unit

WAN = Decimal("12345600")


@pytest.mark.parametrize(
    ("amount", "unit", "style", "text"),
    [
        (WAN, "元", AmountStyle(), "12345600.00"),
        (WAN, "元", AmountStyle(thousands=True), "12,345,600.00"),
        (WAN, "千元", AmountStyle(), "12345.60"),
        (WAN, "万元", AmountStyle(thousands=True), "1,234.56"),
        (WAN, "亿元", AmountStyle(), "0.123456"),
        (WAN, "亿元", AmountStyle(decimals=2), "0.12"),
        (WAN, "万元", AmountStyle(full_width=True, thousands=True), "１，２３４．５６"),
        (WAN, "万元", AmountStyle(inner_space=True), "1234. 56"),
        (-WAN, "万元", AmountStyle(), "-1234.56"),
        (-WAN, "万元", AmountStyle(brackets="（）"), "（1234.56）"),
        (Decimal(0), "万元", AmountStyle(zero="0.00", nothing="—"), "0.00"),
        (Decimal(0), "万元", AmountStyle(), ""),
        (None, "万元", AmountStyle(zero="0.00", nothing="—"), "—"),
    ],
)
def test_amounts_are_printed_as_the_style_says(
    amount: Decimal | None, unit: Unit, style: AmountStyle, text: str
) -> None:
    assert printed(amount, unit, style).text == text


def test_what_is_lost_in_rounding_is_lost_in_the_truth() -> None:
    assert printed(Decimal("12345678"), "万元", AmountStyle()).yuan == Decimal("12345700")


@pytest.mark.parametrize(("zero", "yuan"), [("0", 0), ("0.00", 0), ("", None), ("-", None), ("—", None), ("无", None)])
def test_a_zero_is_stated_only_by_a_digit(zero: str, yuan: int | None) -> None:
    assert printed(Decimal(0), "万元", AmountStyle(zero=zero)).yuan == yuan


@given(
    yuan=st.integers(min_value=-(10**9), max_value=10**9).filter(bool),
    unit=st.sampled_from(["元", "千元", "万元", "亿元"]),
    style=st.builds(
        AmountStyle,
        thousands=st.booleans(),
        full_width=st.booleans(),
        inner_space=st.booleans(),
        brackets=st.sampled_from(["", "()", "（）"]),
    ),
)
def test_whole_hundreds_of_yuan_are_printed_without_loss(yuan: int, unit: Unit, style: AmountStyle) -> None:
    assert printed(Decimal(yuan) * 100, unit, style).yuan == Decimal(yuan) * 100
