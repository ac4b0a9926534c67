from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_items import item

from checks.failures.constraints import Interval
from checks.failures.misreading import is_one_digit_away


def around(change):
    return Interval(Decimal(change), Decimal(change))


@given(st.integers(0, 10**10), st.integers(0, 9), st.integers(0, 9))
def test_every_change_of_one_digit_is_one(figure, position, digit):
    cents = str(figure).rjust(3, "0")
    at = position % len(cents)
    changed = cents[:at] + str(digit) + cents[at + 1 :]
    printed = f"{cents[:-2]}.{cents[-2:]}"
    change = (Decimal(changed) - Decimal(cents)) * 100
    if change:
        assert is_one_digit_away(item("three_public", "合计", printed), around(change))


@pytest.mark.parametrize(("printed", "change"), [("12.34", "1100"), ("9.99", "100"), ("0.00", "-100"), ("5", "100000")])
def test_a_change_that_takes_more_than_one_digit_is_none(printed, change):
    assert not is_one_digit_away(item("three_public", "合计", printed), around(change))


def test_no_change_is_no_misreading():
    assert not is_one_digit_away(item("three_public", "合计", "1.00"), around(0))
