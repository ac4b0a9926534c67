from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner

from cli.main import app
from cli.printing.reading import print_reading
from cli.printing.reasons import error_classes, explained, wording
from reading.errors import RowsRefusedError
from schemas.errors import UnreadableDocumentError
from schemas.records import Box, Declared, Document, Finding, LineItem, Reading, Table, TextLine

BOX = Box(0, 0, 100, 10)
ITEM = LineItem(
    document_id="0" * 64,
    kind="budget",
    fiscal_year=2024,
    department="某某局",
    form="expenditure_by_function",
    side=None,
    line=1,
    code_system="function",
    code="205",
    name="教育支出",
    standard_name="教育支出",
    measure="total",
    amount=Decimal("12345600.00"),
    printed="1,234.56",
    unit="万元",
    page=3,
    x0=50,
    y0=0,
    x1=60,
    y1=10,
    table_no=1,
    status="proven",
)
FORM = Table(
    1,
    (3, 4),
    5,
    4,
    (),
    (),
    declared=Declared("expenditure_by_function", "部门支出总表", None, "budget", "某某局", 2024, "万元"),
)
OTHER = Table(2, (5,), 7, 6, (), (TextLine("绩效目标表", 5, BOX),))


def printed(reading: Reading, form: str | None = None) -> list[str]:
    out = Console(file=StringIO(), width=10_000)
    print_reading(reading, form, out)
    assert isinstance(out.file, StringIO)
    return [line.rstrip() for line in out.file.getvalue().splitlines()]


def reading(*items: LineItem, findings: tuple[Finding, ...] = ()) -> Reading:
    return Reading(Document("0" * 64, "a.pdf", "read"), (FORM, OTHER), items, findings)


def test_a_form_has_a_row_for_each_line_and_a_column_for_each_measure_as_printed() -> None:
    basic = replace(ITEM, measure="basic", printed="1,000.00", x0=70)
    second = replace(ITEM, line=3, code=None, name="合计", measure="basic", printed="9.00", x0=70)
    lines = printed(reading(second, basic, ITEM))
    assert lines[0] == "部门支出总表  expenditure_by_function"
    assert lines[1] == "某某局  2024  单位 unit：万元  第 3–4 页 pp. 3–4"
    assert "基本支出" in lines[3]
    assert lines[4].split() == ["行", "line", "编码", "code", "名称", "name", "total", "basic"]
    assert lines[6].split() == ["1", "205", "教育支出", "1,234.56", "1,000.00"]
    assert lines[7].split() == ["3", "合计", "9.00"]
    assert cell_len(lines[6]) == cell_len(lines[7]), "amounts are right aligned"


def test_halves_are_tables_of_their_own_revenue_first() -> None:
    revenue = replace(ITEM, side="revenue", code=None, name="财政拨款")
    lines = printed(reading(replace(ITEM, side="expenditure"), revenue))
    assert [line for line in lines if line.startswith(("收入 ", "支出 "))] == ["收入 revenue", "支出 expenditure"]


def test_organisations_and_budgets_are_told_apart() -> None:
    own = replace(ITEM, code=None, organisation="甲中心", printed="9.00")
    split = replace(ITEM, fund="state_capital", printed="8.00", x0=70)
    lines = printed(reading(ITEM, split, own))
    assert lines[3].split() == ["国有资本经营预算", "state_capital"]
    assert [line.split() for line in lines[7:9]] == [
        ["1", "205", "教育支出", "1,234.56", "8.00"],
        ["1", "甲中心", "教育支出", "9.00"],
    ]


def test_doubtful_amounts_are_marked_without_colour_too_and_explained() -> None:
    lines = printed(reading(replace(ITEM, status="contradicted")))
    assert any(line.endswith("1,234.56✗") for line in lines)
    assert lines[-1].startswith("✗ contradicted ")


def test_tables_that_are_no_form_findings_and_blank_forms_are_mentioned() -> None:
    lines = printed(reading(findings=(Finding("unknown_heading", "决算[数]", 3, 1, 2, None),)))
    assert "没有印出金额 / no amounts are printed" in lines
    assert "表2 第 5 页 p. 5 7×6 未认作报表 / no form: 绩效目标表" in lines
    assert "! unknown_heading p. 3 表1 行2: 决算[数]" in lines


def test_one_form_is_printed_alone() -> None:
    lines = printed(reading(ITEM, findings=(Finding("odd_code", "x"),)), "expenditure_by_function")
    assert any("教育支出" in line for line in lines)
    assert not any("绩效目标表" in line or "odd_code" in line for line in lines)


def test_show_prints_the_forms_of_a_paper(good_paper: Path) -> None:
    result = CliRunner().invoke(app, ["show", str(good_paper)])
    assert result.exit_code == 0
    assert "expenditure_by_use" in result.stdout
    assert "单位 unit：万元" in result.stdout


@pytest.mark.parametrize(("form", "status"), [("three_public", 0), ("revenue_by_function", 1)])
def test_show_tells_whether_the_form_is_there(good_paper: Path, form: str, status: int) -> None:
    result = CliRunner().invoke(app, ["show", str(good_paper), "--form", form])
    assert result.exit_code == status
    assert ("没有认出" in result.stdout) == (status == 1)


def test_show_draws_pictures_on_request(good_paper: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["show", str(good_paper), "--form", "three_public", "--picture", "--to", str(tmp_path)]
    )
    assert result.exit_code == 0
    assert len(list((tmp_path / "pages" / good_paper.stem).glob("0000??_cells.png"))) == 24


def test_show_explains_a_failed_document(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"<html>")
    result = CliRunner().invoke(app, ["show", str(tmp_path / "a.pdf")])
    assert result.exit_code == 1
    assert "不是 PDF / not_a_pdf" in result.stdout


def test_every_error_has_its_words_and_no_other_has() -> None:
    assert RowsRefusedError in set(error_classes(UnreadableDocumentError))
    own = {error.reason for error in error_classes(UnreadableDocumentError) if error.__module__ != "faulty_readers"}
    assert set(wording().errors) == own


def test_what_is_said_of_pages_are_errors_or_that_no_form_was_recognised() -> None:
    assert set(wording().pages) - {"no_form_recognised"} < set(wording().errors)


def test_reasons_are_told_page_by_page() -> None:
    assert explained("picture_too_large: 1-2, 7; somehow_else: 9") == [
        "页面的图片过大，没有读取 / pages have pictures that are too large (p. 1-2, 7)",
        "somehow_else (p. 9)",
    ]
    assert explained("no_form_recognised") == ["没有认出报表 / no form was recognised"]
    assert explained("time_limit: the limit is 3 s")[0] == "超过时限 / time_limit：the limit is 3 s"
    assert explained("picture_too_large: page 1: 300 megapixels, the limit is 120")[0].startswith("图片过大")
    assert explained("something_new: 7") == ["something_new: 7"]


def test_a_window_too_narrow_cuts_no_amount() -> None:
    printed = [f"{number}23,456,789.{number}1" for number in range(1, 7)]
    measures = ("total", "basic", "project", "personnel", "public_use", "operating")
    items = tuple(
        replace(ITEM, measure=measure, printed=text, x0=50 + 60 * at, col=3 + at)
        for at, (measure, text) in enumerate(zip(measures, printed, strict=True))
    )
    declared = Declared("expenditure_by_function", "支出预算表", None, "budget", "某某局", 2024, "万元")
    table = Table(1, (3,), 2, 8, (), (), declared=declared)
    document = Document("0" * 64, "paper.pdf", "read")
    out = StringIO()
    print_reading(Reading(document, (table,), items), None, Console(file=out, width=40))
    assert [text for text in printed if text not in out.getvalue()] == []
    assert "…" not in out.getvalue()
