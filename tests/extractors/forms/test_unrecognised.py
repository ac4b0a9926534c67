"""Tables that look like forms and are none that is known: a finding says what is lost with each."""

import pytest

from extractors.forms.unrecognised import unread_continuation, unrecognised
from schemas.findings import known_findings
from tests.extractors.drawn import drawn

UNKNOWN = """
项目 | 2024年 | 2025年
甲 | 1,234.50 | 1,300.00
乙 | 20.00 |
"""


def detail(picture: str, *heading: str) -> str | None:
    finding = unrecognised(drawn(picture, *heading, number=4, page=9))
    return finding and finding.detail


def test_a_form_like_table_says_its_title_and_how_many_amounts_it_prints() -> None:
    finding = unrecognised(drawn(UNKNOWN, "第二部分 表格", "2025年部门收支简明表", "单位：万元", number=4, page=9))
    assert finding is not None
    assert finding.code in known_findings()
    assert (finding.code, finding.detail) == ("unrecognised_table", "部门收支简明表: 3 amounts")
    assert (finding.page, finding.table_no) == (9, 4)


def test_a_title_within_the_frame_counts_before_one_above() -> None:
    framed = f"政府性基金收支明细表 | > | >\n{UNKNOWN.strip()}"
    assert detail(framed, "部门收支简明表") == "政府性基金收支明细表: 3 amounts"


def test_a_title_keeps_the_bracket_that_says_what_its_rows_are() -> None:
    assert (
        detail(UNKNOWN, "2025年部门综合收支明细表（按功能分类科目）") == "部门综合收支明细表(按功能分类科目): 3 amounts"
    )


@pytest.mark.parametrize(
    "heading",
    [
        "项目支出绩效目标表",  # a known table that is no form
        "部门收支平衡表",  # another
        "自治区本级一般公共预算支出预算表",  # a whole government's
        "人员情况一览表",  # nothing of budgets
        "本年支出情况，见收支简明表",  # a sentence
        "部门收支情况说明",  # no table's title
        "",
    ],
)
def test_other_tables_are_passed_over(heading: str) -> None:
    assert detail(UNKNOWN, heading) is None


def test_codes_ordinals_and_numbers_of_columns_are_no_amounts() -> None:
    numbered = """
序号 | 科目编码 | 科目 | 金额 | 户数
栏次 | 1 | 2 | 3 | 4
1 | 201 | 甲 | 1200 | 9
2 | 2010101 | 乙 | 34 | 8
"""
    assert detail(numbered, "支出简明表") == "支出简明表: 2 amounts"


def test_a_list_of_contents_loses_nothing() -> None:
    contents = "部门收支总表 | 3\n部门收入总表 | 12"
    assert detail(contents, "部门预算公开表") is None


@pytest.mark.parametrize(("picture", "amounts"), [(UNKNOWN, 3), ("甲 | 乙\n1.50 | 2.50\n | 3.00", 3)])
def test_a_part_that_was_not_joined_to_the_form_before_it_is_told_of_that_form(picture: str, amounts: int) -> None:
    form = drawn(UNKNOWN, "部门收支总表", number=4, page=9)
    finding = unread_continuation(form, drawn(picture, number=5, page=10))
    assert finding is not None
    assert finding.code in known_findings()
    assert (finding.detail, finding.page, finding.table_no) == (f"{amounts} amounts", 10, 4)


@pytest.mark.parametrize(
    ("picture", "heading", "number", "page"),
    [
        (UNKNOWN, ("表7",), 5, 10),  # something stands above it
        (UNKNOWN, (), 5, 11),  # a page between
        (UNKNOWN, (), 6, 10),  # a table between
        ("甲 | 1,234.50\n乙 | 20.00", (), 5, 10),  # other columns and rows
        ("项目 | 甲 | 乙\n一 | 二 | 三", (), 5, 10),  # no amounts
    ],
)
def test_a_table_of_its_own_is_no_continuation(picture: str, heading: tuple[str, ...], number: int, page: int) -> None:
    form = drawn(UNKNOWN, "部门收支总表", number=4, page=9)
    assert unread_continuation(form, drawn(picture, *heading, number=number, page=page)) is None
