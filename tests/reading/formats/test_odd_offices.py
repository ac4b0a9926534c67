"""One small form in the odd habits of offices, one habit a file: the same amounts each time, and no digit of a note."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from reading.document import read_document
from schemas.records import Reading

NAME = "2024年部门预算公开表"
TITLE, DEPARTMENT, UNIT = "2024年部门支出总体情况表", "部门：示例市教育局", "单位：万元"
HEADINGS = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS = (
    ("201", "一般公共服务支出", "1500.50", "1000.25", "500.25"),
    ("20101", "人大事务", "1500.50", "1000.25", "500.25"),
    ("2010101", "行政运行", "1000.25", "1000.25", "0.00"),
    ("2010102", "一般行政管理事务", "500.25", "0.00", "500.25"),
    ("208", "社会保障和就业支出", "300.00", "300.00", "0.00"),
    ("20805", "行政事业单位养老支出", "300.00", "300.00", "0.00"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "300.00", "300.00", "0.00"),
    ("", "合计", "1800.50", "1300.25", "500.25"),
)
MARKED = 4, 3
"""The first amount, in a sheet whose rows of headings are three."""


def assert_whole(reading: Reading, rows: tuple[tuple[str, ...], ...] = ROWS) -> None:
    """Every amount but zeros, which some habits do not print, and nothing else."""
    found = {(item.code, item.name, item.measure): item.amount for item in reading.line_items if item.amount}
    assert found == {
        (row[0] or None, row[1], measure): 10_000 * Decimal(text)
        for row in rows
        for measure, text in zip(("total", "basic", "project"), row[2:], strict=True)
        if Decimal(text)
    }
    assert {item.status for item in reading.line_items} == {"proven"}


def workbook(
    path: Path, *, code: str = "0.00", unit: str = UNIT, title: str = TITLE, rows: tuple[tuple[str, ...], ...] = ROWS
) -> Worksheet:
    """A sheet with the form; `code` is the format of its numbers."""
    sheet = Workbook().worksheets[0]
    for row in ((title,), (DEPARTMENT, None, None, None, unit), HEADINGS):
        sheet.append(row)
    for code_, label, *texts in rows:
        sheet.append([code_ or None, label, *map(Decimal, texts)])
        for cell in sheet[sheet.max_row][2:]:
            cell.number_format = code
    return sheet


def saved(sheet: Worksheet, tmp_path: Path) -> Path:
    assert sheet.parent is not None
    sheet.parent.save(path := tmp_path / f"{NAME}.xlsx")
    return path


@pytest.mark.parametrize("unit", [UNIT, ""])
@pytest.mark.parametrize("code", ['#,##0.00"万元"', '0.00万元;-0.00万元;"—"'])
def test_a_format_that_prints_the_unit_behind_the_figure(code: str, unit: str, tmp_path: Path) -> None:
    assert_whole(read_document(saved(workbook(tmp_path, code=code, unit=unit), tmp_path)))


def test_a_unit_in_the_cells_that_is_not_the_forms_is_told(tmp_path: Path) -> None:
    reading = read_document(saved(workbook(tmp_path, code='0.00"万元"', unit="单位：元"), tmp_path))
    assert reading.line_items == ()
    assert "unit_in_cell" in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("code", ["0.00_ ;[Red]0.00 ", "0.00;[红色]0.00", "0.00;△0.00", "0.00_);[Red](0.00)"])
def test_red_figures_are_negative(code: str, tmp_path: Path) -> None:
    rows = (
        ("201", "一般公共服务支出", "500.00", "1000.25", "-500.25"),
        ("20101", "人大事务", "500.00", "1000.25", "-500.25"),
        ("2010101", "行政运行", "1000.25", "1000.25", "0.00"),
        ("2010102", "一般行政管理事务", "-500.25", "0.00", "-500.25"),
        *ROWS[4:7],
        ("", "合计", "800.00", "1300.25", "-500.25"),
    )
    reading = read_document(saved(workbook(tmp_path, code=code, rows=rows), tmp_path))
    assert_whole(reading, rows)
    assert "stored_differs" not in {finding.code for finding in reading.findings}


def test_a_currency_sign_before_the_sign_for_nothing(tmp_path: Path) -> None:
    code = '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ '
    reading = read_document(saved(workbook(tmp_path, code=code), tmp_path))
    assert_whole(reading)
    assert "text_in_money_cell" not in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("unit", [UNIT, ""])
def test_a_form_that_the_tab_of_its_sheet_alone_names(unit: str, tmp_path: Path) -> None:
    sheet = workbook(tmp_path, code='0.00"万元"', unit=unit, title="")
    sheet.title = "部门支出总体情况表"
    assert_whole(read_document(saved(sheet, tmp_path)))


@pytest.mark.parametrize("first", [("注：本表反映部门支出情况。",), ()])
def test_who_made_a_table_without_borders_is_no_row_of_it(first: tuple[str, ...], tmp_path: Path) -> None:
    sheet = workbook(tmp_path)
    for row in (first, ("单位负责人：张三", "财务负责人：", "制表人：李四", None, "2024年1月20日")):
        sheet.append(row)
    reading = read_document(saved(sheet, tmp_path))
    assert_whole(reading)
    assert "text_in_money_cell" not in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("font", [InlineFont(vertAlign="superscript"), InlineFont(strike=True)])
def test_what_is_raised_or_struck_in_a_workbooks_cell_is_no_digit(font: InlineFont, tmp_path: Path) -> None:
    sheet = workbook(tmp_path)
    sheet.cell(*MARKED).value = CellRichText(TextBlock(InlineFont(), "1500.50"), TextBlock(font, "1"))
    assert_whole(read_document(saved(sheet, tmp_path)))


def document(path: Path, *parts: tuple[tuple[str, ...], ...], change: Callable[[Word], object] = str) -> Reading:
    """A Word document with the form's rows as one table for each part."""
    word = Document()
    for text in (TITLE, f"{DEPARTMENT}\t{UNIT}"):
        word.add_paragraph(text)
    for part in parts:
        table = word.add_table(0, len(HEADINGS))
        for row in part:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        word.add_paragraph("")
    change(word)
    word.save(str(path / f"{NAME}.docx"))
    return read_document(path / f"{NAME}.docx")


@pytest.mark.parametrize("property_", ["superscript", "strike", "double_strike", "hidden"])
def test_what_is_raised_or_struck_in_a_documents_cell_is_no_digit(property_: str, tmp_path: Path) -> None:
    def marked(word: Word) -> None:
        run = word.tables[0].rows[1].cells[2].paragraphs[0].add_run("1")
        setattr(run.font, property_, True)

    assert_whole(document(tmp_path, (HEADINGS, *ROWS), change=marked))


@pytest.mark.parametrize("again", [(HEADINGS,), ()])
def test_a_form_in_two_tables_right_behind_one_another(again: tuple[tuple[str, ...], ...], tmp_path: Path) -> None:
    assert_whole(document(tmp_path, (HEADINGS, *ROWS[:4]), (*again, *ROWS[4:])))
    assert_whole(page(tmp_path, table((HEADINGS, *ROWS[:4])) + "<p>&nbsp;</p>" + table((*again, *ROWS[4:]))))


def test_a_table_of_other_headings_behind_a_form_is_no_part_of_it(tmp_path: Path) -> None:
    other = (
        ("因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行费", "会议费"),
        ("1.00", "2.00", "3.00", "4.00", "9.00"),
    )
    assert_whole(document(tmp_path, (HEADINGS, *ROWS), other))
    assert_whole(page(tmp_path, table((HEADINGS, *ROWS)) + table(other)))


def table(rows: tuple[tuple[str, ...], ...], first: str = "{}", caption: str = "") -> str:
    """Rows as a page's table, the first amount of ROWS as `first` has it."""
    cells = [[first.format(text) if (row, at) == (ROWS[0], 2) else text for at, text in enumerate(row)] for row in rows]
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in cells)
    return f"<table>{caption}{body}</table>"


ABOVE = f"<p>{TITLE}</p><p>{DEPARTMENT} {UNIT}</p>"


def page(path: Path, body: str, above: str = ABOVE, encoding: str = "utf-8") -> Reading:
    """A web page that says it is UTF-8."""
    whole = f"<html><meta charset=utf-8><body>{above}{body}</body></html>"
    (path / f"{NAME}.html").write_text(whole, encoding)
    return read_document(path / f"{NAME}.html")


@pytest.mark.parametrize(
    "first",
    [
        "{}<sup>1</sup>", "{}①", "<del>12</del>{}", "<s>12</s>{}", "<strike>12</strike>{}",
        "<span style='text-decoration:line-through'>12</span>{}", "{}<span style='vertical-align: super'>1</span>",
        "<input type=text value='{}'>", "<input value='{}'><input type=hidden value=9>", "<textarea>{}</textarea>",
    ],
)  # fmt: skip
def test_what_stands_beside_a_figure_of_a_page_is_none_of_its_digits(first: str, tmp_path: Path) -> None:
    assert_whole(page(tmp_path, table((HEADINGS, *ROWS), first)))


def test_the_caption_of_a_pages_table_is_its_title(tmp_path: Path) -> None:
    captioned = table((HEADINGS, *ROWS), caption=f"<caption>{TITLE}<br>{UNIT}</caption>")
    assert_whole(page(tmp_path, captioned, above=""))


def test_a_page_that_calls_itself_what_it_is_not(tmp_path: Path) -> None:
    assert_whole(page(tmp_path, table((HEADINGS, *ROWS)), encoding="gb18030"))
