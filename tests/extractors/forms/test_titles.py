"""Titles as provinces, years and publishers print them, and titles that must not be taken for a form's."""

import pytest

from extractors.forms.heading import department_in, of_government, read_heading, title_of, unit_in
from schemas.records import Box, TextLine
from schemas.wording import plain

SUMMARY = "revenue_expenditure_summary"
TITLES = {
    "收入支出决算总表": SUMMARY,
    "收支预算总表": SUMMARY,
    "2025年部门财务收支预算总表": SUMMARY,
    "部门收支总表": SUMMARY,
    "表1：高等学校收支决算总表": SUMMARY,
    "一、2017 年度江苏省高级人民法院部门收支预算总表": SUMMARY,
    "部门收支总体情况表": SUMMARY,
    "2025年预算单位财务收支预算总表": SUMMARY,
    "收  支  预  算  总  表": SUMMARY,
    "附件2：2024年收支总表": SUMMARY,
    "单位收支总体情况表": SUMMARY,
    "（一）收入支出决算总表": SUMMARY,
    "2024年度收入支出决算总表（公开01表）": SUMMARY,
    "收入决算表": "revenue_by_function",
    "2025年部门收入预算总表": "revenue_by_function",
    "部门收入总表": "revenue_by_function",
    "部门收入总体情况表": "revenue_by_function",
    "西南大学收入预算表": "revenue_by_function",
    "支出决算表": "expenditure_by_function",
    "部门支出总表": "expenditure_by_function",
    "部门支出总体情况表": "expenditure_by_function",
    "西南大学支出预算表": "expenditure_by_function",
    "财政拨款收入支出决算总表": "fiscal_appropriation_summary",
    "财政拨款收支总表": "fiscal_appropriation_summary",
    "财政拨款收支总体情况表": "fiscal_appropriation_summary",
    "部门财政拨款收支预算总表": "fiscal_appropriation_summary",
    "财政拨款支出预算表（功能科目）": "fiscal_appropriation_by_function",
    "表 4：高等学校财政拨款支出决算表": "fiscal_appropriation_by_function",
    "财政拨款基本支出预算表（经济科目）": "fiscal_appropriation_basic_by_economic",
    "一般公共预算财政拨款支出决算表": "general_budget_by_function",
    "一般公共预算财政拨款收入支出决算表": "general_budget_by_function",
    "一般公共预算支出表": "general_budget_by_function",
    "一般公共预算支出情况表": "general_budget_by_function",
    "2025年部门一般公共预算支出功能分类预算表": "general_budget_by_function",
    "一般公共预算财政拨款基本支出决算明细表": "basic_expenditure_by_economic",
    "一般公共预算基本支出表": "basic_expenditure_by_economic",
    "一般公共预算基本支出情况表": "basic_expenditure_by_economic",
    "2025年部门一般公共预算基本支出部门预算经济分类预算表": "basic_expenditure_by_economic",
    "政府性基金预算财政拨款收入支出决算表": "government_fund",
    "政府性基金预算支出情况表": "government_fund",
    "财政拨款政府性基金支出预算表": "government_fund",
    "政府性基金预算财政拨款支出预算表": "government_fund",
    "国有资本经营预算财政拨款支出决算表": "state_capital",
    "国有资本经营预算支出表": "state_capital",
    "国有资本经营预算财政拨款收入支出决算表": "state_capital",
    "财政拨款“三公”经费支出决算表": "three_public",
    "“三公”经费、会议费、培训费支出预算表": "three_public",
    "十一、2017 年江苏省高级人民法院部门一般公共预算“三公”经费、会议费、培训费支出预算表": "three_public",
    "2025年部门“三公”经费和机关运行经费预算表": "three_public",
    "一般公共预算“三公”经费支出情况表": "three_public",
    "一般公共预算机关运行经费支出预算表": "operating_expenses_by_economic",
    "预算01表 收支总表": SUMMARY,
    "2025年度部门预算收支总表": SUMMARY,
    "03支出总表": "expenditure_by_function",
    "部门收支总体情况表（公开表1）": SUMMARY,
    "一般公共预算拨款支出预算表": "general_budget_by_function",
    "公共预算财政拨款基本支出决算表": "basic_expenditure_by_economic",
    "“三公”经费公共预算财政拨款支出决算表": "three_public",
    "2017年政府采购预算表": "government_procurement",
    "政府采购支出预算表": "government_procurement",
}
NO_FORMS = [
    "一般公共预算项目支出预算表",
    "政府性基金预算“三公”经费支出预算表",
    "机构运行信息决算表",
    "非财政拨款收支表",
    "项目支出绩效自评表",
    "2023年度部门（单位）整体支出绩效评价基础数据表",
    "项目支出预算表",
    "2025年自治区一般公共预算支出预算表（代编预算）",
    "表十八：2025年自治区本级一般公共预算支出预算表",
    "财政专户管理资金支出预算表",
    "政府购买服务支出预算表",
    "部门预算支出经济分类汇总表",
    "一、收支预算总表情况说明",
    "上海市规划和自然资源局 2024 年度部门决算表",
    "本表反映部门本年度的总收支和年末结转结余情况。",
    "债务收入预算表",
]


@pytest.mark.parametrize(("printed", "form"), TITLES.items())
def test_a_title_names_its_form(printed: str, form: str) -> None:
    title = title_of(plain(printed))
    assert title is not None
    assert form in title.forms


@pytest.mark.parametrize("printed", NO_FORMS)
def test_other_tables_are_not_taken_for_a_form(printed: str) -> None:
    assert title_of(plain(printed)) is None


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
    ],
)
def test_the_department_is_read_without_the_unit(lines: list[str], department: str | None) -> None:
    assert department_in(lines) == department


def heading(*texts: str):
    box = Box(0, 0, 1, 1)
    return read_heading([TextLine(text, 1, box) for text in texts])


def test_of_two_titles_the_nearer_one_counts() -> None:
    read = heading("第二部分 2019年度部门预算表", "公开04表", "财政拨款收支预算总表", "部门名称：甲院 单位：万元")
    assert read.title is not None
    assert read.title.forms == ("fiscal_appropriation_summary",)
    assert (read.number, read.unit, read.department, read.year) == ("公开04表", "万元", "甲院", 2019)


def test_a_title_broken_over_two_lines_is_put_together() -> None:
    read = heading("2025年部门一般公共预算基本支出", "部门预算经济分类预算表", "单位：元")
    assert read.title is not None
    assert read.title.forms == ("basic_expenditure_by_economic",)
