"""Units, budgets, years and a second classification: as rows or as columns, each amount says which it is of."""

from schemas.records import LineItem
from tests.extractors.items.test_variants import BUDGET_2025, read


def rows_of(items: list[LineItem], *names: str) -> list[tuple[object, ...]]:
    """What some columns of the dataset say of each amount, its digits last."""
    return [(*(getattr(item, name) for name in names), item.printed) for item in items]


def test_years_as_rows_of_three_public() -> None:
    items, findings = read(
        BUDGET_2025,
        "“三公”经费支出表",
        """
        年度 | 合计 | 因公出国（境）费用 | 公务用车购置及运行维护费 | > | > | 公务接待费
        ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^
        2024年 | 9.00 | 1.00 | 5.00 | 2.00 | 3.00 | 3.00
        2025年 | 8.00 | 1.00 | 4.00 | 1.00 | 3.00 | 3.00
        """,
    )
    assert rows_of(items, "item", "measure") == [
        ("total", "previous_year", "9.00"),
        ("total", "budget", "8.00"),
        ("going_abroad", "previous_year", "1.00"),
        ("going_abroad", "budget", "1.00"),
        ("vehicles", "previous_year", "5.00"),
        ("vehicles", "budget", "4.00"),
        ("vehicle_purchase", "previous_year", "2.00"),
        ("vehicle_purchase", "budget", "1.00"),
        ("vehicle_operation", "previous_year", "3.00"),
        ("vehicle_operation", "budget", "3.00"),
        ("reception", "previous_year", "3.00"),
        ("reception", "budget", "3.00"),
    ]
    assert {item.item: item.parent_line for item in items} == {
        "total": None, "going_abroad": 1, "vehicles": 1, "vehicle_purchase": 3, "vehicle_operation": 3, "reception": 1,
    }  # fmt: skip
    assert not findings


def test_units_as_rows_of_three_public() -> None:
    items, findings = read(
        BUDGET_2025,
        "“三公”经费支出表",
        """
        单位编码 | 单位名称 | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | > | > | 公务接待费
        ^ | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^
        | 合计 | 8.00 | 1.00 | 4.00 | 1.00 | 3.00 | 3.00
        101001 | 示例局本级 | 6.00 | 1.00 | 3.00 | 1.00 | 2.00 | 2.00
        101002 | 示例市示例中心 | 2.00 |  | 1.00 |  | 1.00 | 1.00
        """,
    )
    assert rows_of(items, "organisation_code", "organisation", "item")[::3] == [
        (None, None, "total", "8.00"),
        (None, None, "vehicle_purchase", "1.00"),
        ("101001", "示例局本级", "total", "6.00"),
        ("101001", "示例局本级", "vehicle_purchase", "1.00"),
        ("101002", "示例市示例中心", "total", "2.00"),
        ("101002", "示例市示例中心", "reception", "1.00"),
    ]
    assert not findings


def test_budgets_as_columns_of_three_public() -> None:
    items, findings = read(
        BUDGET_2025,
        "“三公”经费支出表",
        """
        项目 | 2025年预算数 | > | >
        ^ | 合计 | 一般公共预算 | 政府性基金预算
        “三公”经费 | 8.00 | 7.00 | 1.00
        1.因公出国（境）费用 | 1.00 | 1.00 |
        2.公务用车购置及运行维护费 | 7.00 | 6.00 | 1.00
        """,
    )
    assert rows_of(items, "item", "fund") == [
        ("total", None, "8.00"),
        ("total", "general_public_budget", "7.00"),
        ("total", "government_fund", "1.00"),
        ("going_abroad", None, "1.00"),
        ("going_abroad", "general_public_budget", "1.00"),
        ("vehicles", None, "7.00"),
        ("vehicles", "general_public_budget", "6.00"),
        ("vehicles", "government_fund", "1.00"),
    ]
    assert not findings


def test_one_budget_beside_the_whole_of_three_public() -> None:
    items, findings = read(
        BUDGET_2025,
        "“三公”经费支出表",
        """
        项目 | 本年预算数 | 其中：一般公共预算安排数
        合计 | 8.00 | 7.00
        1.公务接待费 | 1.00 | 1.00
        2.公务用车购置及运行费 | 7.00 | 6.00
        """,
    )
    assert rows_of(items, "item", "fund") == [
        ("total", None, "8.00"),
        ("total", "general_public_budget", "7.00"),
        ("reception", None, "1.00"),
        ("reception", "general_public_budget", "1.00"),
        ("vehicles", None, "7.00"),
        ("vehicles", "general_public_budget", "6.00"),
    ]
    assert not findings


def test_what_three_public_counts_is_no_money() -> None:
    """A count under the words of an item that is blank would be the item's amount."""
    items, findings = read(
        BUDGET_2025,
        "“三公”经费支出表",
        """
        项目 | 本年年初预算数
        一、支出合计 | 3.00
        1.因公出国（境）费用 |
        2.公务接待费 | 3.00
        二、相关统计数 |
        1.因公出国（境）团组数（个） | 2
        2.公务用车保有量（辆） | 1
        3.公务接待批次（批） | 10
        4.公务接待人数（人） | 500
        """,
    )
    assert rows_of(items, "item", "measure") == [("total", "budget", "3.00"), ("reception", "budget", "3.00")]
    assert not findings


def test_units_among_the_codes_of_one_column() -> None:
    items, findings = read(
        BUDGET_2025,
        "支出预算表",
        """
        科目编码 | 单位名称（科目） | 合计 | 基本支出 | 项目支出
        | 合计 | 9.00 | 6.00 | 3.00
        101001 | 示例局本级 | 7.00 | 5.00 | 2.00
        201 | 一般公共服务支出 | 7.00 | 5.00 | 2.00
        20113 | 商贸事务 | 7.00 | 5.00 | 2.00
        2011301 | 行政运行 | 5.00 | 5.00 |
        2011350 | 事业运行 | 2.00 |  | 2.00
        101002 | 示例市示例中心 | 2.00 | 1.00 | 1.00
        201 | 一般公共服务支出 | 2.00 | 1.00 | 1.00
        20113 | 商贸事务 | 2.00 | 1.00 | 1.00
        2011350 | 事业运行 | 2.00 | 1.00 | 1.00
        """,
    )
    totals = [item for item in items if item.measure == "total"]
    assert rows_of(totals, "line", "organisation_code", "code", "parent_line", "is_leaf") == [
        (1, None, None, None, False, "9.00"),
        (2, "101001", None, 1, False, "7.00"),
        (3, "101001", "201", 2, False, "7.00"),
        (4, "101001", "20113", 3, False, "7.00"),
        (5, "101001", "2011301", 4, True, "5.00"),
        (6, "101001", "2011350", 4, True, "2.00"),
        (7, "101002", None, 1, False, "2.00"),
        (8, "101002", "201", 7, False, "2.00"),
        (9, "101002", "20113", 8, False, "2.00"),
        (10, "101002", "2011350", 9, True, "2.00"),
    ]
    assert not findings


def test_two_classifications_in_one_row() -> None:
    items, findings = read(
        BUDGET_2025,
        "基本支出预算表",
        """
        部门预算支出经济分类 | > | 政府预算支出经济分类 | > | 合计 | 一般公共预算 | > | 财政专户管理资金
        科目编码 | 科目名称 | 科目编码 | 科目名称 | ^ | 小计 | 其中：财政拨款 | ^
        30101 | 基本工资 | 50101 | 工资奖金津补贴 | 7.50 | 7.00 | 7.00 | 0.50
        30102 | 津贴补贴 | 50101 | 工资奖金津补贴 | 2.50 | 2.50 | 2.50 |
        """,
    )
    assert rows_of(items, "code", "government_code", "government_name", "measure") == [
        ("30101", "50101", "工资奖金津补贴", "total", "7.50"),
        ("30101", "50101", "工资奖金津补贴", "general_public_budget", "7.00"),
        ("30101", "50101", "工资奖金津补贴", "special_account", "0.50"),
        ("30102", "50101", "工资奖金津补贴", "total", "2.50"),
        ("30102", "50101", "工资奖金津补贴", "general_public_budget", "2.50"),
    ]
    assert not findings


def test_projects_of_units() -> None:
    items, findings = read(
        BUDGET_2025,
        "项目支出表",
        """
        单位名称 | 项目名称 | 合计 | 一般公共预算 | 政府性基金预算 | 单位资金
        合计 | | 12.00 | 9.00 | 2.00 | 1.00
        示例局本级 | 信息系统运维 | 8.00 | 7.00 | | 1.00
        示例市示例中心 | 展会 | 4.00 | 2.00 | 2.00 |
        """,
    )
    assert {item.form for item in items} == {"project_expenditure"}
    totals = [item for item in items if item.measure == "total"]
    assert rows_of(totals, "organisation", "name", "parent_line") == [
        (None, "合计", None, "12.00"),
        ("示例局本级", "信息系统运维", 1, "8.00"),
        ("示例市示例中心", "展会", 1, "4.00"),
    ]
    assert not findings


def test_what_is_bought_is_counted_beside_its_price() -> None:
    items, findings = read(
        BUDGET_2025,
        "政府采购预算表",
        """
        采购项目 | 采购品目 | 数量 | 合计 | 一般公共预算 | 单位资金
        合计 | | | 12.00 | 11.00 | 1.00
        办公设备 | 台式计算机 | 10 | 8.00 | 8.00 |
        物业管理 | 物业管理服务 | 1 | 4.00 | 3.00 | 1.00
        """,
    )
    assert {item.form for item in items} == {"government_procurement"}
    assert rows_of(items, "name", "measure") == [
        ("合计", "total", "12.00"),
        ("合计", "general_public_budget", "11.00"),
        ("合计", "unit_money", "1.00"),
        ("台式计算机", "total", "8.00"),
        ("台式计算机", "general_public_budget", "8.00"),
        ("物业管理服务", "total", "4.00"),
        ("物业管理服务", "general_public_budget", "3.00"),
        ("物业管理服务", "unit_money", "1.00"),
    ]
    assert not findings


def test_a_row_within_what_was_brought_forward_is_a_part_of_it() -> None:
    items, findings = read(
        BUDGET_2025,
        "财政拨款收支总表",
        """
        收入 | > | 支出 | > | > | >
        项目 | 预算数 | 项目（按功能分类） | 合计 | 一般公共预算 | 政府性基金预算
        一、本年收入 | 10.00 | 一、本年支出 | 11.00 | 9.00 | 2.00
        （一）一般公共预算 | 8.00 | （一）一般公共服务支出 | 7.00 | 7.00 |
        （二）政府性基金预算 | 2.00 | （二）城乡社区支出 | 4.00 | 2.00 | 2.00
        二、上年结转 | 1.00 | 二、结转下年 | | |
        （一）一般公共预算 | 1.00 | | | |
        收入总计 | 11.00 | 支出总计 | 11.00 | 9.00 | 2.00
        """,
    )
    revenue = [item for item in items if item.side == "revenue"]
    assert rows_of(revenue, "item", "parent_line", "is_leaf") == [
        ("year_total", 6, False, "10.00"),
        ("general_public_budget", 1, True, "8.00"),
        ("government_fund", 1, True, "2.00"),
        ("opening_balance", 6, False, "1.00"),
        ("opening_general_public_budget", 4, True, "1.00"),
        ("grand_total", None, False, "11.00"),
    ]
    spent = [item for item in items if item.side == "expenditure" and item.code]
    assert rows_of(spent, "code", "measure", "parent_line") == [
        ("201", "total", 1, "7.00"),
        ("201", "general_public_budget", 1, "7.00"),
        ("212", "total", 1, "4.00"),
        ("212", "general_public_budget", 1, "2.00"),
        ("212", "government_fund", 1, "2.00"),
    ]
    assert not findings
