"""What a stored number prints under the formats that Chinese finance offices use."""

from decimal import Decimal

import pytest

from extractors.sheets.number_format import printed_number
from extractors.sheets.places import place_of
from extractors.sheets.workbooks.sheet import of_number

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("12345.678", "#,##0.00", "12,345.68"),
        ("0.005", "0.00", "0.01"),
        ("-5.005", "#,##0.00_);(#,##0.00)", "(5.01)"),
        ("-0.001", "0.00", "0.00"),
        ("0", ACCOUNTING, "-"),
        ("1234.5", ACCOUNTING, "1,234.50"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("0", "0.00;-0.00;;@", ""),
        ("0", "#,###", ""),
        ("236.63000000000002", "General", "236.63"),
        ("1234567.891234", "General", "1234567.891"),
        ("2010301", "General", "2010301"),
        ("1E+3", "General", "1000"),
        ("7", "000", "007"),
        ("0.5", "0.0%", "50.0%"),
        ("1234.5", "#,##0.##", "1,234.5"),
        ("45000", "yyyy年m月d日", "2023年3月15日"),
        ("45000", "m/d/yy", "2023-03-15"),
        ("12345", "0!.0,", "1.2"),
        ("123456789", '0"."0000', "12345.6789"),
        ("0.25", "# ?/?", "0.25"),
        ("1234.5", "[Red][<0]-0.00;0.00", "1234.50"),
        ("3", "[$¥-804]#,##0.00", "¥3.00"),
    ],
)
def test_a_number_prints_as_its_program_prints_it(stored: str, code: str, printed: str) -> None:
    assert printed_number(Decimal(stored), code) == printed


@pytest.mark.parametrize(
    ("stored", "code", "differs"),
    [
        ("236.6349", "0.00", False),
        ("0.123", "0.0%", False),
        ("12345", "0!.0,", True),
        ("-5.005", "(#,##0.00);(#,##0.00)", False),
        ("45000", "yyyy-m-d", False),
        ("123456", "#,##0,", True),
        ("0", '"-"', False),
    ],
)
def test_a_printed_number_that_is_another_is_told(stored: str, code: str, differs: bool) -> None:
    assert of_number(stored, code).differs is differs


def test_a_cell_has_the_name_that_its_program_gives_it() -> None:
    assert place_of("收支总表", 7, 2) == "收支总表!B7"
    assert place_of("1收支总表", 7, 2) == "'1收支总表'!B7"
    assert place_of("表 1", 1, 28) == "'表 1'!AB1"
