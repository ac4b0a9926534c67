"""Amounts as printed: digits exactly, signs for nothing, and no figure made of two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.items.codes import CodeReader, code_beside_name
from extractors.tables.amounts import NotAnAmountError, printed_amount

FULL_WIDTH = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")
figures = st.decimals(min_value=0, max_value=10**12, places=2)


@given(figures, st.booleans(), st.booleans(), st.sampled_from(["", "-", "()", "（）", "负"]))
def test_every_way_of_printing_gives_the_same_digits(
    value: Decimal, thousands: bool, full_width: bool, sign: str
) -> None:
    text = f"{value:,f}" if thousands else f"{value:f}"
    text = f"{sign[0]}{text}{sign[1]}" if len(sign) == 2 else sign + text
    read = printed_amount(text.translate(FULL_WIDTH) if full_width else text)
    assert read is not None
    assert read.value == (-value if sign else value)
    assert read.decimals == 2


@given(figures, st.sampled_from(["元", "千元", "万元", "亿元"]))
def test_yuan_is_exact(value: Decimal, unit: str) -> None:
    read = printed_amount(f"{value:f}")
    assert read is not None
    assert read.yuan(unit) == value * {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}[unit]  # type: ignore[arg-type]


@given(figures, st.sampled_from(["元", "千元", "万元", "亿元"]))
def test_a_unit_behind_a_figure_must_be_the_forms(value: Decimal, unit: str) -> None:
    read = printed_amount(f"{value:,f}{unit}")
    assert read is not None
    assert read.unit == unit
    assert read.yuan(unit) == printed_amount(f"{value:f}").yuan(unit)  # type: ignore[arg-type, union-attr]
    with pytest.raises(ValueError, match="is said to be in"):
        read.yuan("元" if unit != "元" else "万元")


@given(figures, figures)
def test_two_figures_are_never_one(left: Decimal, right: Decimal) -> None:
    for text in (f"{left:f}{right:f}", f"{left:,f} {right:,f}", f"{left:f}\n{right:f}"):
        with pytest.raises(NotAnAmountError):
            printed_amount(text)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = printed_amount(text)
    except NotAnAmountError:
        return
    assert read is None or read.value.is_finite()


@pytest.mark.parametrize("text", ["", "-", "—", "——", "－", "无", "/", " ", "　", "¥-", "￥ —"])
def test_signs_for_nothing(text: str) -> None:
    assert printed_amount(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("0.00", "0.00"),
        ("1 234.56", "1234.56"),
        ("37, 188.34", "37188.34"),
        ("2. 85", "2.85"),
        ("- 3.20", "-3.20"),
        ("(1,234.5)", "-1234.5"),
        ("（-3）", "-3"),
        ("△3", "-3"),
        (".38", "0.38"),
        ("12,345.67元", "12345.67"),
        ("125360,898", "125360898"),
        ("17002,300.50", "17002300.50"),
        ("12 ,345. 60", "12345.60"),
        ("1 234 567.89", "1234567.89"),
        ("１２，３４５．６０", "12345.60"),
        ("120.00-", "-120.00"),
        ("－120.00", "-120.00"),
        ("−120.00", "-120.00"),
        ("▲1,234.56", "-1234.56"),
        ("1,500.50①", "1500.50"),
        ("1500 ²", "1500"),
        ("（１，２３４．５６）", "-1234.56"),
    ],
)
def test_prints_seen(text: str, value: str) -> None:
    read = printed_amount(text)
    assert read is not None
    assert str(read.value) == value


@pytest.mark.parametrize(
    "text",
    [
        "1,23.4",
        "050.23",
        "00.5",
        "12.",
        "1,234567",
        "123,45",
        "120.00 -",
        "-3-",
        "(5)-",
        "1,234.5 6",
        "12.34 56.78",
        "9 10 11",
        "5%",
        "1.2.3",
        "12,34,567",
        "合计",
        "1e5",
        "--5",
        "(5",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmountError):
        printed_amount(text)


def test_a_fraction_of_a_cent_is_refused() -> None:
    read = printed_amount("0.001")
    assert read is not None
    with pytest.raises(ValueError, match="whole number of cents"):
        read.yuan("元")
    assert read.yuan("万元") == Decimal("10.00")


codes = st.from_regex(r"[2-9][0-9]{2}(0[1-9]|[1-9][0-9]){0,2}", fullmatch=True)


@given(codes, st.data())
def test_a_code_is_joined_from_any_split(code: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(code)), max_size=2)))
    parts = [code[a:b] for a, b in zip([0, *cuts], [*cuts, len(code)], strict=True)]
    two_levels = [len(part) for part in parts] == [3, 1, 1] and parts[1] != "0"  # 201 | 3 | 1 is 2010301
    if parts[0] and not two_levels:
        assert CodeReader("function").read(parts).code == code


@given(codes)
def test_levels_that_stand_in_the_rows_above(code: str) -> None:
    reader = CodeReader("function")
    levels = [code[:3], *(code[i : i + 2] for i in range(3, len(code), 2))]
    read = [reader.read(["" if k != i else level for k, level in enumerate(levels)]).code for i in range(len(levels))]
    assert read == ["".join(levels[: i + 1]) for i in range(len(levels))]


def test_other_numbers_are_no_codes() -> None:
    assert CodeReader("function").read(["105236"]).odd == "105236"
    assert CodeReader("economic").read(["301020101"]).code is None
    assert CodeReader("function").read(["类", "款", "项"]).code is None


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("2010301行政运行", "2010301", "行政运行"),
        ("[201] 一般公共服务支出", "201", "一般公共服务支出"),
        ("201-一般公共服务支出", "201", "一般公共服务支出"),
        ("2023年结转", None, "2023年结转"),
        ("合计", None, "合计"),
    ],
)
def test_a_code_before_its_name(text: str, code: str | None, name: str) -> None:
    assert code_beside_name(text, "function") == (code, name)
