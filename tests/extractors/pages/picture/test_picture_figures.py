import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pages.picture.figures import FIGURE, digits_of, is_figure, mended


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("9.961.07", "9,961.07"),
        ("-1.234.567.89", "-1,234,567.89"),
        ("1, 234.5", "1,234.5"),
        ("()", "0"),
        ("(0)", "0"),
        ("().()0", "0.00"),
        ("9746.50.", "9746.50"),
        ("1.234", "1.234"),
        ("12.34.56", "12.34.56"),
        ("(1,234.00)", "(1,234.00)"),
        ("其他支出()", "其他支出()"),
    ],
)
def test_only_what_no_figure_has_is_put_right(read, expected):
    assert mended(read) == expected


@given(st.from_regex(FIGURE, fullmatch=True))
def test_a_figure_stays_as_it_was_read(printed):
    assert mended(printed) == printed
    assert is_figure(printed)


@given(st.text("0123456789.,() -", max_size=16))
def test_no_digit_is_lost_or_changed(read):
    assert digits_of(mended(read)).replace("0", "") == digits_of(read).replace("0", "")
