from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.prose.figures import figures, half_step
from schemas.records import YUAN_PER_UNIT

amounts = st.decimals(min_value=0, max_value=10**9, places=2)


@given(amounts, st.sampled_from(sorted(YUAN_PER_UNIT)), st.booleans())
def test_a_sum_is_read_as_it_was_written(amount: Decimal, unit: str, thousands: bool) -> None:
    written = f"{amount:,}" if thousands else str(amount)
    (figure,) = figures(f"本年收入合计{written}{unit}，其中")
    assert figure.value == amount * YUAN_PER_UNIT[unit]
    assert figure.half_step == Decimal("0.005") * YUAN_PER_UNIT[unit]


@given(amounts, amounts)
def test_a_number_cut_by_a_blank_or_a_chinese_comma_is_never_a_sum(left: Decimal, right: Decimal) -> None:
    for gap in (" ", "，"):
        kinds = [figure.kind for figure in figures(f"支出{left}{gap}{right}万元")]
        assert kinds == ["torn"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占5.20%", [("percent", "5.20", "%")]),
        ("团组0个、累计12人次", [("count", "0", "个"), ("count", "12", "人次")]),
        ("设备3台（套）", [("count", "3", "台（套）")]),
        ("支出0.39万（含外宾", [("money", "3900", "元")]),
        ("1.2亿元", [("money", "120000000", "元")]),
        ("增长13.95。", [("bare", "13.95", "")]),
        ("单价100万元（含）以上设备0台", [("count", "0", "台")]),
        ("单位价值50万元以上通用设备", []),
        ("提高1.2个百分点", [("count", "1.2", "个")]),
        ("2023年12月31日，小学教育（2050202）", []),
    ],
)
def test_figures_and_what_is_none(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(figure.kind, figure.value, figure.unit) for figure in figures(text)]
    assert found == [(kind, Decimal(value), unit) for kind, value, unit in expected]


def test_a_range_is_no_figure() -> None:
    assert [figure.kind for figure in figures("慰问20-30人次")] == ["torn"]


def test_half_of_the_last_printed_place() -> None:
    assert half_step("429.56万元") == Decimal(50)
    assert half_step("12%") == Decimal("0.5")
    with pytest.raises(ValueError, match="no figure"):
        half_step("持平")
