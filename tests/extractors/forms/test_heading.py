"""What the lines above a table say: the title, read whole, its unit and department, and what is no form's title."""

import pytest

from extractors.forms.heading import (
    Heading,
    department_in,
    of_government,
    other_title,
    read_heading,
    says_heading,
    title_of,
    unit_in,
)
from schemas.records import Box, TextLine
from schemas.wording import plain


def test_a_governments_table_is_told_from_a_departments() -> None:
    assert of_government(plain("表十八：2025年自治区本级一般公共预算支出预算表"))
    assert not of_government(plain("2025年部门一般公共预算支出预算表"))
    assert title_of(plain("示例市示例区国有资产监督管理委员会收支预算总表")) is not None


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["单位：万元"], "万元"),
        (["金额单位：元"], "元"),
        (["编制部门：上海市普陀区商务委员会 单位:元"], "元"),
        (["单位：人民币千元"], "千元"),
        (["公开01表", "部门：甲 金额单位：亿元"], "亿元"),
        (["单位：万", "部门名称：江苏省高级人民法院元"], "万元"),
        (["编制单位：元谋县财政局"], None),
        (["编制单位：万里街道办事处"], None),
        (["部门：甲"], None),
        (["一般公共预算支出表（万元）"], "万元"),
        (["收支预算总表（单位：万元）"], "万元"),
        (["部门：某市某局 收支预算总表 单位：千元"], "千元"),
    ],
)
def test_the_unit_is_the_one_declared(lines: list[str], unit: str | None) -> None:
    assert unit_in(lines) == unit


@pytest.mark.parametrize(
    ("lines", "department"),
    [
        (["部门：株洲市天元区总工会", "单位：万元"], "株洲市天元区总工会"),
        (["编制部门：上海市普陀区商务委员会 单位：元"], "上海市普陀区商务委员会"),
        (["单位：万", "部门名称：江苏省高级人民法院元"], "江苏省高级人民法院"),
        (["单位名称：", "单位：万元"], None),
        (["填报单位（公章）：甲局 单位：万元"], "甲局"),
        (["部门（单位）：烟台市审计局 单位：万元"], "烟台市审计局"),
        (["单位：苏州市科学技术局 单位：万元"], "苏州市科学技术局"),
        (["部门名称：深圳市财政局（本级） 单位：万元"], "深圳市财政局(本级)"),
        (["341-湖州市财政局 单位：万元"], "湖州市财政局"),
        (["部门名称：[101]某市某局", "单位：万元"], "某市某局"),
        (["部门：某市某局 收支预算总表 单位：万元"], "某市某局"),
        (["2026年第3期，共5页"], None),
    ],
)
def test_the_department_is_read_without_the_unit(lines: list[str], department: str | None) -> None:
    assert department_in(lines) == department


def heading(*texts: str, height: float = 1.0, gap: float = 0.5, width: float = 10.0) -> Heading:
    """Lines of one size under one another, all with their middles on one line."""
    step = height + gap
    boxes = [Box(-width / 2, at * step, width / 2, at * step + height) for at in range(len(texts))]
    return read_heading([TextLine(text, 1, box) for text, box in zip(texts, boxes, strict=True)])


def test_of_two_titles_the_nearer_one_counts() -> None:
    read = heading("第二部分 2019年度部门预算表", "公开04表", "财政拨款收支预算总表", "部门名称：甲院 单位：万元")
    assert read.title is not None
    assert read.title.forms == ("fiscal_appropriation_summary",)
    assert (read.number, read.unit, read.department, read.year) == ("公开04表", "万元", "甲院", 2019)


WRAPPED = [
    (("2025年部门一般公共预算基本支出", "部门预算经济分类预算表"), "basic_expenditure_by_economic"),
    (("2024年盐湖市自然资源和规划局部门财政拨款", "收支预算总表"), "fiscal_appropriation_summary"),
    (("2024年盐湖市自然资源和规划局一般公共预算", "支出预算表"), "general_budget_by_function"),
    (("2024年盐湖市自然资源和规划局一般公共预算基本", "支出预算表"), "basic_expenditure_by_economic"),
    (("2024年盐湖市自然资源和规划局一般公共预算“三公”经费", "支出预算表"), "three_public"),
    (("2024年盐湖市自然资源和规划局政府性基金预算", "支出预算表"), "government_fund"),
    (("2024年盐湖市自然资源和规划局", "国有资本经营", "预算支出表"), "state_capital"),
    (("2024年某市某局一般公共预算", "公开06表", "基本支出预算表"), "basic_expenditure_by_economic"),
    (("九、财政拨款“三公”经费及会议费、培训费支出决", "算表"), "three_public"),
    (("财政拨款收入支出决算总", "表"), "fiscal_appropriation_summary"),
    (("一般公共预算支出表", "（按支出功能分类科目）"), "general_budget_by_function"),
    (("一般公共预算支出明细表（按支出功", "能分类科目）"), "general_budget_by_function"),
]


@pytest.mark.parametrize(("lines", "form"), WRAPPED)
def test_a_title_broken_over_lines_is_read_whole(lines: tuple[str, ...], form: str) -> None:
    read = heading("某市某局2024年部门预算公开", *lines, "部门：某局 单位：元")
    assert read.title is not None
    assert (read.title.forms[0], read.title.whole) == (form, True)


@pytest.mark.parametrize(
    "above",
    [
        "滨河区财政局2022年度部门决算公开",
        "上海市规划和自然资源局2024年度部门决算表",
        "二、部门预算报表",
        "我校2021年度部门预算包括大学、附属中学及附属小学。",
        "注：“科目编码”和“科目名称”为必填项。",
        "公开01表",
        "2026年度",
        "无政府性基金预算支出。",
    ],
)
def test_a_line_of_its_own_above_a_title_is_no_part_of_it(above: str) -> None:
    read = heading(above, "支出预算总表", "单位：元")
    assert read.title is not None
    assert read.title.forms[0] == "expenditure_by_function"
    assert read.title.whole


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("一般公共预算财政拨款开支的“三公”经费决算情况表", "three_public"),
        ("部门一般公共预算基本支出表（横向）", "basic_expenditure_by_economic"),
    ],
)
def test_titles_of_places_that_were_not_known(title: str, form: str) -> None:
    read = heading(title, "单位：元")
    assert read.title is not None
    assert (read.title.forms[0], read.title.whole) == (form, True)


@pytest.mark.parametrize("number", ["表1 ", "二、", "（二）", "3.", "2024年"])
def test_nothing_above_a_numbered_title_is_a_part_of_it(number: str) -> None:
    read = heading("滨河区财政局2024年部门预算", f"{number}支出预算总表", "单位：元")
    assert read.title is not None
    assert (read.title.forms[0], read.title.whole) == ("expenditure_by_function", True)


def test_a_line_that_may_belong_to_a_title_and_is_not_understood_is_told() -> None:
    read = heading("2024年某市某局新创补助", "支出预算表", "单位：元")
    assert read.title is not None
    assert not read.title.whole


def test_a_line_far_above_or_of_another_size_belongs_to_no_title() -> None:
    far = heading("2024年某市某局新创补助", "支出预算表", gap=5.0)
    assert far.title is not None
    assert far.title.whole


def test_a_title_whose_beginning_makes_it_another_table_is_no_form() -> None:
    read = heading("2024年某市某局政府购买服务", "支出预算表", "单位：元")
    assert read.title is None
    assert read.other_title == "某市某局政府购买服务支出预算表"


def test_a_list_of_contents_heads_no_table() -> None:
    assert heading("目录", "一、收支总表", "二、收入总表", "三、支出总表", "四、财政拨款收支总表").title is None
    assert heading("一、收支预算总表", "2026年度收支预算总表", "单位：万元").title is not None


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        (("2025年区本级一般公共预算支出表", "部门：某区民政局 单位：元"), "general_budget_by_function"),
        (("2025年区本级部门收支总表", "单位：元"), "revenue_expenditure_summary"),
        (("2025年区本级一般公共预算支出表", "单位：元"), None),
        (("2025年区本级一般公共预算支出表", "编制单位：某区财政局 单位：元"), None),
        (("2025年全区一般公共预算支出表", "部门：某区民政局 单位：元"), None),
        (("2025年自治区", "本级一般公共预算支出预算表", "单位：元"), None),
    ],
)
def test_what_stands_around_tells_a_department_from_a_government(lines: tuple[str, ...], form: str | None) -> None:
    read = heading(*lines)
    assert (read.title.forms[0] if read.title else None) == form
    assert read.of_government is (form is None)


def test_number_unit_and_year_stand_on_the_line_of_the_title() -> None:
    read = heading("表5一般公共预算支出表（万元）", "部门：甲局")
    assert (read.number, read.unit, read.department) == ("表5", "万元", "甲局")
    assert heading("附件3 2024年部门收支总表").year == 2024
    assert heading("收支预算总表", "(2026年度)", "单位：元").year == 2026


def test_a_year_in_a_sentence_is_not_the_tables() -> None:
    assert heading("2025年，本部门完成了预算。", "收支总表", "单位：元").year is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2024年某市某局一般公共预算基本", True),
        ("支出预算表", True),
        ("公开05表", True),
        ("单位：万元", True),
        ("编制部门：某局", True),
        ("2026年度", True),
        ("项目支出绩效目标表", True),
        ("科目名称", False),
        ("1,234.56", False),
        ("一般公共服务支出", False),
    ],
)
def test_a_row_within_the_frame_is_known_to_be_heading(line: str, says: bool) -> None:
    assert says_heading(line) is says


def test_a_table_that_is_known_and_no_form_is_named() -> None:
    assert other_title(plain("2026年项目支出绩效目标表")) == "项目支出绩效目标表"
    assert other_title(plain("一般公共预算支出表")) is None
    assert other_title(plain("我们的工作")) is None
