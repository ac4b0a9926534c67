import pytest

from extractors.items import scanned_codes
from extractors.items.rows import Row
from extractors.items.scanned_codes import recoded
from schemas.records import Box, Cell, Reader


def row(code: str | None, name: str, reader: Reader = "rapidocr", odd: str | None = None) -> Row:
    return Row(None, 1, code, odd, name, (), Cell(4, 1, 1, 1, code or "", 2, Box(0, 0, 1, 1), reader))


def codes(*rows: Row) -> list[str | None]:
    return [each.code for each in recoded(rows, "function", 2023)[0]]


def test_a_digit_that_the_name_refutes_is_changed_and_told() -> None:
    rows, findings = recoded([row("2080605", "机关事业单位基本养老保险缴费支出")], "function", 2023)
    assert rows[0].code == "2080505"
    (finding,) = findings
    assert (finding.code, finding.page, finding.row) == ("code_matched", 2, 4)
    assert finding.detail == "2080605 机关事业单位基本养老保险缴费支出 → 2080505, distance 1"


@pytest.mark.parametrize(
    "kept",
    [
        row("2080505", "机关事业单位基本养老保险缴费支出"),
        row("2080605", "机关事业单位基本养老保险缴费支出", reader="pdfium"),
        row("2088888", "机关事业单位基本养老保险缴费支出"),
        row("2010301", "行政运行"),
        row("2010391", "没有这样的科目"),
        row(None, "合计"),
    ],
)
def test_a_code_that_may_be_right_stays(kept: Row) -> None:
    assert recoded([kept], "function", 2023) == ([kept], [])


def test_a_name_that_several_near_codes_bear_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned_codes, "codes_by_name", lambda *_: ("2010301", "2010801"))
    assert codes(row("2010001", "行政运行")) == ["2010001"]


def test_what_is_no_code_is_read_by_the_name_too() -> None:
    assert codes(row(None, "教育支出", odd="206")) == ["205"]
