"""Headers as provinces and years print them: each column's measure, each row's code and name, digits exactly."""

from decimal import Decimal

import pytest

from extractors.forms.paper import Paper
from extractors.forms.recognise import recognise
from extractors.items.line_items import line_items
from schemas.records import Finding, LineItem
from tests.extractors.drawn import drawn

BUDGET_2025 = Paper("budget", 2025, "示例局")
FINAL_2024 = Paper("final_accounts", 2024, "示例局")


def read(paper: Paper, title: str, picture: str, unit: str = "单位：万元") -> tuple[list[LineItem], list[Finding]]:
    form, findings = recognise(drawn(picture, title, unit))
    assert form is not None, findings
    items, found = line_items("0" * 64, [form], paper)
    return items, [*findings, *found]


def figures(items: list[LineItem]) -> list[tuple[str | None, str | None, str, str, str]]:
    return [(item.side, item.code, item.name, item.measure, item.printed) for item in items]


def test_last_years_execution_beside_this_years_budget() -> None:
    items, findings = read(
        BUDGET_2025,
        "一般公共预算支出表",
        """
        支出功能分类科目 | >        | 2024年执行数 | 2025年预算数 | >        | >        | 2025年预算数比2024年执行数 | >
        科目编码         | 科目名称 | ^            | 小计         | 基本支出 | 项目支出 | 增减额                     | 增减%
        201              | 一般公共服务支出 | 90.10 | 100.00       | 60.00    | 40.00    | 9.90                       | 10.99
        """,
    )
    assert figures(items) == [
        (None, "201", "一般公共服务支出", "previous_year", "90.10"),
        (None, "201", "一般公共服务支出", "total", "100.00"),
        (None, "201", "一般公共服务支出", "basic", "60.00"),
        (None, "201", "一般公共服务支出", "project", "40.00"),
    ]
    assert not findings


def test_last_years_parts_have_no_measure_and_no_finding() -> None:
    items, findings = read(
        FINAL_2024,
        "一般公共预算财政拨款收入支出决算表",
        """
        项目 | > | 年初结转和结余 | > | > | 本年收入 | > | > | 本年支出 | > | > | 年末结转和结余 | >
        科目编码 | 科目名称 | 合计 | 基本支出结转 | 项目支出结转和结余 | 合计 | 基本支出 | 项目支出 | 合计 | 基本支出 | 项目支出 | 合计 | 基本支出结转
        栏次 | > | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11
        合计 | > | 1.00 | 1.00 | 0.00 | 9.00 | 6.00 | 3.00 | 8.00 | 5.00 | 3.00 | 2.00 | 2.00
        """,
    )
    assert {item.measure: item.printed for item in items} == {
        "opening_balance": "1.00",
        "revenue": "9.00",
        "total": "8.00",
        "basic": "5.00",
        "project": "3.00",
        "closing_balance": "2.00",
    }
    assert not findings


def test_sources_as_columns_beside_units_are_measures_and_what_was_left_is_split_by_budget() -> None:
    items, _ = read(
        BUDGET_2025,
        "部门收入总表",
        """
        部门（单位）代码 | 部门（单位）名称 | 合计 | 本年收入 | > | > | > | 上年结转结余 | >
        ^ | ^ | ^ | 小计 | 一般公共预算 | 政府性基金预算 | 事业收入 | 小计 | 一般公共预算
        101 | 示例局 | 12.00 | 11.00 | 10.00 |  | 1.00 | 1.00 | 1.00
        """,
    )
    assert {item.form for item in items} == {"revenue_by_organisation"}
    assert {(item.organisation_code, item.organisation, item.name) for item in items} == {("101", "示例局", "示例局")}
    assert [(item.measure, item.fund, item.printed) for item in items] == [
        ("total", None, "12.00"),
        ("revenue", None, "11.00"),
        ("general_public_budget", None, "10.00"),
        ("undertaking", None, "1.00"),
        ("opening_balance", None, "1.00"),
        ("opening_balance", "general_public_budget", "1.00"),
    ]


def test_sources_as_columns_of_a_table_without_units_become_rows() -> None:
    items, _ = read(
        BUDGET_2025,
        "部门收入总表",
        """
        合计 | 本年收入 | > | > | > | 上年结转结余 | >
        ^ | 小计 | 一般公共预算 | 政府性基金预算 | 事业收入 | 小计 | 一般公共预算
        12.00 | 11.00 | 10.00 |  | 1.00 | 1.00 | 1.00
        """,
    )
    assert [(item.form, item.line, item.name, item.measure, item.printed) for item in items] == [
        ("revenue_by_source", 1, "合计", "amount", "12.00"),
        ("revenue_by_source", 2, "本年收入/小计", "amount", "11.00"),
        ("revenue_by_source", 3, "本年收入/一般公共预算", "amount", "10.00"),
        ("revenue_by_source", 5, "本年收入/事业收入", "amount", "1.00"),
        ("revenue_by_source", 6, "上年结转结余/小计", "amount", "1.00"),
        ("revenue_by_source", 7, "上年结转结余/一般公共预算", "amount", "1.00"),
    ]


def test_uses_as_rows_become_measures() -> None:
    items, findings = read(
        BUDGET_2025,
        "支出总体情况表",
        """
        项目 | 2025年预算数
        一、基本支出 | 60.00
        工资福利支出 | 50.00
        二、项目支出 | 40.00
        支出总计 | 100.00
        """,
    )
    assert {item.measure: item.printed for item in items} == {"basic": "60.00", "project": "40.00", "total": "100.00"}
    assert [finding.code for finding in findings] == ["unknown_label"]


def test_codes_of_the_governments_classification_are_left_out() -> None:
    items, _ = read(
        BUDGET_2025,
        "一般公共预算基本支出表",
        """
        部门预算支出经济分类科目 | > | 政府预算支出经济分类科目 | > | 本年一般公共预算基本支出 | > | >
        科目编码 | 科目名称 | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
        30101 | 基本工资 | 50101 | 工资奖金津补贴 | 7.50 | 7.50 |
        """,
    )
    assert figures(items) == [
        (None, "30101", "基本工资", "total", "7.50"),
        (None, "30101", "基本工资", "personnel", "7.50"),
    ]


def test_code_and_name_in_one_cell() -> None:
    items, _ = read(
        BUDGET_2025,
        "部门支出总表",
        """
        支出功能分类科目 | 合计 | 基本支出 | 项目支出
        [201]一般公共服务支出 | 5.00 | 3.00 | 2.00
        [20103]政府办公厅（室）及相关机构事务 | 5.00 | 3.00 | 2.00
        2010301行政运行 | 3.00 | 3.00 |
        合计 | 5.00 | 3.00 | 2.00
        """,
    )
    assert [(i.code, i.name) for i in items if i.measure == "total"] == [
        ("201", "一般公共服务支出"),
        ("20103", "政府办公厅（室）及相关机构事务"),
        ("2010301", "行政运行"),
        (None, "合计"),
    ]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([("201", "", ""), ("201", "03", ""), ("201", "03", "01")], ["201", "20103", "2010301"]),
        ([("201", "", ""), ("", "03", ""), ("", "", "01"), ("", "", "02")], ["201", "20103", "2010301", "2010302"]),
        ([("201", "", ""), ("201", "20103", ""), ("201", "20103", "2010301")], ["201", "20103", "2010301"]),
        ([("2012", "902", "")], ["2012902"]),
        ([("2012902", "", "")], ["2012902"]),
    ],
)
def test_codes_are_joined_from_any_split(codes: list[tuple[str, str, str]], expected: list[str]) -> None:
    lines = "\n".join(f"{a} | {b} | {c} | 某科目 | 1.00 | 1.00 |" for a, b, c in codes)
    items, _ = read(
        FINAL_2024,
        "支出决算表",
        f"""
        功能分类科目编码 | > | > | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        类 | 款 | 项 | ^ | ^ | ^ | ^
        {lines}
        """,
    )
    assert [item.code for item in items if item.measure == "total"] == expected


def test_three_public_as_rows_with_two_years() -> None:
    items, _ = read(
        BUDGET_2025,
        "一般公共预算“三公”经费支出情况表",
        """
        项目 | 2024年预算数 | 2025年预算数
        合计 | 9.00 | 8.00
        1、因公出国（境）费用 | 1.00 | 0.00
        2、公务接待费 | 2.00 | 2.00
        3、公务用车费 | 6.00 | 6.00
        其中：（1）公务用车运行维护费 | 6.00 | 6.00
        （2）公务用车购置 | 0 | 0
        """,
    )
    assert [(i.line, i.name, i.measure, i.printed) for i in items if i.measure == "budget"] == [
        (1, "合计", "budget", "8.00"),
        (2, "因公出国（境）费", "budget", "0.00"),
        (3, "公务接待费", "budget", "2.00"),
        (4, "公务用车购置及运行维护费", "budget", "6.00"),
        (5, "公务用车运行维护费", "budget", "6.00"),
        (6, "公务用车购置费", "budget", "0"),
    ]
    assert [i.printed for i in items if i.measure == "previous_year"] == ["9.00", "1.00", "2.00", "6.00", "6.00", "0"]


def test_three_public_with_the_years_over_the_columns() -> None:
    items, _ = read(
        BUDGET_2025,
        "一般公共预算“三公”经费支出表",
        """
        2024年预算数 | > | > | > | > | > | 2025年预算数 | > | > | > | > | >
        合计 | 因公出国（境）费 | 公务用车购置及运行费 | > | > | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | > | > | 公务接待费
        ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^
        7.00 | | 5.00 | | 5.00 | 2.00 | 6.00 | | 5.00 | | 5.00 | 1.00
        """,
    )
    assert [(i.name, i.measure, i.printed) for i in items] == [
        ("合计", "previous_year", "7.00"),
        ("合计", "budget", "6.00"),
        ("公务用车购置及运行维护费", "previous_year", "5.00"),
        ("公务用车购置及运行维护费", "budget", "5.00"),
        ("公务用车运行维护费", "previous_year", "5.00"),
        ("公务用车运行维护费", "budget", "5.00"),
        ("公务接待费", "previous_year", "2.00"),
        ("公务接待费", "budget", "1.00"),
    ]


def test_summary_with_its_columns_of_budget_and_final() -> None:
    items, _ = read(
        FINAL_2024,
        "收入支出决算总表",
        """
        收入 | > | > | > | 支出 | > | > | >
        项目 | 行次 | 年初预算数 | 决算数 | 项目 | 行次 | 年初预算数 | 决算数
        栏次 | | 1 | 2 | 栏次 | | 3 | 4
        一、一般公共预算财政拨款收入 | 1 | 8.00 | 9.00 | 一、一般公共服务支出 | 31 | 8.00 | 9.00
        本年收入合计 | 2 | 8.00 | 9.00 | 本年支出合计 | 32 | 8.00 | 9.00
        """,
    )
    assert figures(items)[:3] == [
        ("revenue", None, "一般公共预算财政拨款收入", "initial_budget", "8.00"),
        ("revenue", None, "一般公共预算财政拨款收入", "amount", "9.00"),
        ("revenue", None, "本年收入合计", "initial_budget", "8.00"),
    ]
    assert ("expenditure", "201", "一般公共服务支出", "amount", "9.00") in figures(items)


def test_an_unknown_heading_is_a_finding_and_no_item() -> None:
    items, findings = read(
        FINAL_2024,
        "收入决算表",
        """
        科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 某某专项来款
        201 | 一般公共服务支出 | 3.00 | 2.00 | 1.00
        """,
    )
    assert [item.measure for item in items] == ["total", "fiscal_appropriation"]
    assert [(finding.code, finding.detail) for finding in findings] == [("unknown_heading", "某某专项来款: 1.00")]


def test_without_a_unit_nothing_is_guessed() -> None:
    items, findings = read(
        FINAL_2024, "支出决算表", "科目编码 | 科目名称 | 合计 | 基本支出\n201 | 某支出 | 1.00 | 1.00", unit=""
    )
    assert items == []
    assert [finding.code for finding in findings] == ["form_without_unit"]


def test_negatives_and_nothing() -> None:
    items, _ = read(
        FINAL_2024,
        "支出决算表",
        """
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        201 | 甲 | (1,234.50) | -3.00 | —
        202 | 乙 | 无 | １，０００．００ | 0
        """,
    )
    assert [(i.measure, i.amount) for i in items] == [
        ("total", Decimal("-12345000.00")),
        ("basic", Decimal("-30000.00")),
        ("basic", Decimal("10000000.00")),
        ("project", Decimal("0.00")),
    ]
