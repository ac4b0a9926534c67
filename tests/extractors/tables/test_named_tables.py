"""Prints that were once read wrongly, each as small as it still was."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.extractors.tables.drawing import draw
from tests.extractors.tables.made_tables import Design, Heading, Paper, Row, Style
from tests.extractors.tables.test_made_tables import read

LONG = "其他政府办公厅（室）及相关机构事务支出"
CODE, NAME = Heading("科目编码", kind="code", width=60), Heading("科目名称", kind="label", width=130)
TOTAL, BASIC, PROJECT = (Heading(text, width=70) for text in ("合计", "基本支出", "项目支出"))
VEHICLES = Heading("公务用车购置及运行费", (Heading("小计", width=60), Heading("公务用车运行维护费", width=60)))
FLAT = (CODE, NAME, TOTAL, BASIC, PROJECT)
NESTED = (CODE, NAME, TOTAL, Heading("其中", (BASIC, PROJECT)))
ROWS: tuple[Row, ...] = (
    ("", "合计", "1,234.56", "1,000.00", "234.56"),
    ("201", "一般公共服务支出", "1,000.00", "1,000.00", ""),
    ("20103", LONG, "900.00", "900.00", ""),
    ("2010301", "行政运行", "900.00", "900.00", ""),
    ("20199", LONG, "100.00", "100.00", ""),
    ("2019999", LONG, "100.00", "100.00", ""),
    ("208", "社会保障和就业支出", "234.56", "", "234.56"),
    ("2080501", "行政单位离退休", "234.56", "", "234.56"),
)
SINGLE: tuple[Row, ...] = (("11.89", "0.00", "9.39", "9.39", "2.50"),)
THREE_PUBLIC = (
    Heading("合计", width=60), Heading("因公出国（境）费", width=60), VEHICLES, Heading("公务接待费", width=60),
)  # fmt: skip
UNIT = Heading("单位名称", kind="label", width=80)
OF_TWO_UNITS = tuple((unit, *row) for unit in ("示例市示例区甲局", "示例市示例区乙局") for row in ROWS[1:])
LEVELS = Heading("科目编码", tuple(Heading(letter, kind="code", width=30) for letter in "类款项"))
SPLIT: tuple[Row, ...] = tuple((code[:3], code[3:5], code[5:], *row) for code, *row in ROWS)
WORDS = frozenset(
    {"科目编码", "科目名称", "合计", "基本支出", "项目支出", "其中", "小计", "公务接待费", "因公出国（境）费"}
) | {
    "公务用车购置及运行费",
    "公务用车运行维护费",
    "预算数",
    "类款项",
    *"类款项",
}


def paper(
    *styles: Style,
    headings: tuple[Heading, ...] = FLAT,
    rows: tuple[Row, ...] = ROWS,
    footer: str = "",
    running: str = "",
) -> Paper:
    """The same table once in each style, under titles of their own."""
    titles = ("收入决算表", "支出决算表", "财政拨款支出决算表", "部门支出总表")
    tables = tuple((Design(title, headings, rows), style) for title, style in zip(titles, styles, strict=False))
    return Paper(tables=tables, footer=footer, running=running, vocabulary=WORDS)


PLAIN, BARE = Style(), Style(rules="none", padding=4)
CASES = {
    "page numbers between a table and its continuation": paper(
        Style(rows_per_page=3, repeat_header=False), footer="第{n}页，共{all}页"
    ),
    "a line at the top of every page": paper(
        PLAIN,
        Style(rows_per_page=3),
        PLAIN,
        Style(share_page=True, rows_per_page=4),
        running="某某局2024年度部门决算公开",
    ),
    "a continuation titled （续）": paper(Style(rows_per_page=3, repeat_title=True), footer="- {n} -"),
    "columns on following pages": paper(Style(strips=(3, 2)), PLAIN),
    "columns on following pages, down and then over": paper(Style(strips=(2, 3), order="down", rows_per_page=3)),
    "columns on following pages, over and then down": paper(Style(strips=(2, 3), rows_per_page=4)),
    "a split sheet whose labels are repeated": paper(Style(strips=(3, 2), repeat_labels=True)),
    "a split heading": paper(Style(strips=(4, 1)), headings=NESTED),
    "three split sheets with the same rows": paper(*[Style(strips=(3, 1, 1))] * 3),
    "two sheets alike, neither split": paper(PLAIN, PLAIN),
    "one unit beside all rows of some pages": paper(
        Style(rows_per_page=2), Style(rows_per_page=2, repeat_header=False), headings=(UNIT, *FLAT), rows=OF_TWO_UNITS
    ),
    "two units with the same rows, their names in a row each": paper(
        Style(rows_per_page=len(ROWS)),
        headings=FLAT,
        rows=(("", "示例市示例区甲局", "1.00", "", ""), *ROWS[1:], ("", "示例市示例区乙局", "2.00", "", ""), *ROWS[1:]),
    ),
    "title and unit within the frame": paper(Style(framed=True)),
    "two tables in one frame": paper(PLAIN, Style(framed=True, stacked=True)),
    "no rules, then a ruled table on the page of the continuation": paper(
        replace(BARE, rows_per_page=5, repeat_header=False), Style(share_page=True)
    ),
    "no rules and the last row alone": paper(replace(BARE, rows_per_page=7, repeat_header=False)),
    "no rules and labels taller than their rows": paper(replace(BARE, fixed_rows=True, row_height=14)),
    "no rules and a single row of figures": paper(BARE, headings=THREE_PUBLIC, rows=SINGLE),
    "no rules, one row of figures below three lines of headings": paper(
        BARE, headings=(Heading("预算数", THREE_PUBLIC),), rows=SINGLE
    ),
    "no rules and a column for each level of codes": paper(BARE, headings=(LEVELS, *FLAT[1:]), rows=SPLIT),
    "three rules and nested headings": paper(Style(rules="three_line", padding=4), headings=NESTED),
    "three rules, headings of an unknown wording": replace(
        paper(Style(rules="three_line", padding=4), headings=NESTED), vocabulary=frozenset()
    ),
    "a ruled header over a table that goes on": paper(Style(rules="header_only", padding=4, rows_per_page=4)),
}


@pytest.mark.parametrize("name", CASES)
def test_a_print_comes_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    assert draw(CASES[name], path) == read(path, CASES[name])
