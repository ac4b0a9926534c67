from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.printed import decimals, rounding


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("37,188.34", 2),
        ("371,514,655.00", 2),
        ("189,767,551", 0),
        ("0", 0),
        ("－１２．５", 1),
        ("1 234. 5 6", 2),
        ("无", 0),
    ],
)
def test_decimals_are_counted_as_printed(printed, expected):
    assert decimals(printed) == expected


@pytest.mark.parametrize(
    ("printed", "unit", "expected"),
    [("236.63", "万元", "50"), ("15", "万元", "5000"), ("171.01", "元", "0.005"), ("1.2", "亿元", "5000000")],
)
def test_rounding_is_half_a_unit_of_the_last_printed_decimal(printed, unit, expected):
    assert rounding(printed, unit) == Decimal(expected)


@given(st.decimals(min_value=0, max_value=10**12, places=6), st.integers(0, 4))
def test_a_figure_lies_within_the_rounding_of_what_is_printed_of_it(figure, places):
    printed = f"{figure:.{places}f}"
    assert abs(Decimal(printed) - figure) <= rounding(printed, "元")
