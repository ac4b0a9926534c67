"""The amounts of any table: its header found without a word of budgets, paths, units, and what its sums say."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.structure.header import heads_of
from extractors.structure.table_amounts import table_amounts
from extractors.tables.grid import Grid
from reading.document import read_document
from schemas.records import TableAmount
from tests.extractors.drawn import drawn

BY_CODE = """
科目编码 | 科目名称       | 合计   | 基本支出 | >        | >        | 项目支出
^        | ^              | ^      | 小计     | 人员经费 | 公用经费 | ^
**       | **             | 1      | 2        | 3        | 4        | 5
         | 合计           | 120.75 | 80.50    | 60.25    | 20.25    | 40.25
201      | 一般公共服务   | 100.50 | 70.25    | 55.15    | 15.10    | 30.25
20103    | 政府办公厅     | 100.50 | 70.25    | 55.15    | 15.10    | 30.25
2010301  | 行政运行       | 70.25  | 70.25    | 55.15    | 15.10    |
2010302  | 一般管理       | 30.25  |          |          |          | 30.25
205      | 教育支出       | 20.25  | 10.25    | 5.10     | 5.15     | 10.00
"""


def by_place(amounts: tuple[TableAmount, ...]) -> dict[tuple[int, int], TableAmount]:
    return {(amount.row, amount.col): amount for amount in amounts}


def test_paths_join_the_headings_from_the_outside_in() -> None:
    found = by_place(table_amounts(drawn(BY_CODE, "单位：万元")))
    assert len(found) == 26
    wages = found[7, 5]
    assert (wages.row_path, wages.column_path) == ("一般公共服务/政府办公厅/行政运行", "基本支出/人员经费")
    assert (wages.amount, wages.unit, wages.printed) == (Decimal("551500.00"), "万元", "55.15")
    unproven = {place: found[place].status_reason for place in found if found[place].status != "proven"}
    assert unproven == {(8, 7): "identity_unsettled"}, "30.25 alone in its column's sum and in its row's"


def test_a_wrong_amount_contradicts_what_it_is_summed_with() -> None:
    found = by_place(table_amounts(drawn(BY_CODE.replace("| 5.15 ", "| 9.15 "), "单位：万元")))
    assert found[9, 6].status == "contradicted"
    assert found[9, 6].status_reason == "sum_fails"
    assert found[7, 5].status == "proven"


def test_without_a_unit_the_number_stands_as_printed() -> None:
    found = by_place(table_amounts(drawn(BY_CODE)))
    assert (found[7, 5].amount, found[7, 5].unit) == (Decimal("55.15"), None)


def test_a_unit_in_a_heading_is_its_columns() -> None:
    table = drawn(
        """
        项目   | 金额（万元） | 结算金额（元） | 增长率%
        甲     | 12.50        | 3,000.00       | 12.50
        乙     | 7.50         | 1,000.00       | 3.10
        合计   | 20.00        | 4,000.00       | 8.80
        """
    )
    found = by_place(table_amounts(table))
    assert [(found[2, col].amount, found[2, col].unit) for col in (2, 3)] == [(125_000, "万元"), (3_000, "元")]
    assert (2, 4) not in found
    assert found[2, 2].status == "proven"


@pytest.mark.parametrize(
    "row", ["1 | 办公设备 | 2026年5月 | 125 | 95.50 | 010-8888", "2 | 会议（人次） | 2026 | 3 | 98.00 | 13800000000"]
)
def test_codes_years_counts_shares_and_numbers_are_no_amounts(row: str) -> None:
    table = drawn(f"序号 | 项目 | 时间 | 人数 | 完成率（%） | 联系电话\n{row}")
    assert table_amounts(table) == ()


def test_bare_figures_are_amounts_where_most_of_their_column_are_written_as_money() -> None:
    table = drawn("项目 | 2026年\n甲 | 30.50\n乙 | 30\n丙 | 1,200.00\n丁 | 270")
    assert [amount.printed for amount in table_amounts(table)] == ["30.50", "30", "1,200.00", "270"]


def test_an_annex_of_labels_and_values_has_no_header() -> None:
    table = drawn(
        """
        项目名称         | 审计业务经费   | >       | >
        资金情况（万元） | 年度资金总额： | 31.00   | >
        ^                | 其中：财政拨款 | 20.50   | >
        ^                | 其他资金       | 10.50   | >
        绩效指标         | 一级指标       | 指标值  | 分值
        ^                | 产出指标       | 19.75   | 10.00
        """
    )
    found = by_place(table_amounts(table))
    assert {place: (amount.row_path, amount.amount) for place, amount in found.items()} == {
        (2, 3): ("资金情况（万元）/年度资金总额", Decimal(310_000)),
        (3, 3): ("资金情况（万元）/财政拨款", Decimal(205_000)),
        (4, 3): ("资金情况（万元）/其他资金", Decimal(105_000)),
    }
    assert {amount.status for amount in found.values()} == {"proven"}


def test_lists_side_by_side_have_trees_of_their_own() -> None:
    table = drawn(
        """
        收入         | >      | 支出         | >
        项目         | 预算数 | 项目         | 预算数
        一、财政拨款 | 60.25  | 一、教育支出 | 50.15
        二、事业收入 | 20.25  | 二、其他支出 | 30.35
        收入总计     | 80.50  | 支出总计     | 80.50
        """,
        "单位：元",
    )
    found = by_place(table_amounts(table))
    assert found[3, 4].row_path == "教育支出"
    assert found[3, 4].column_path == "支出/预算数"
    assert Counter(amount.status for amount in found.values()) == {"proven": 6}


@pytest.mark.parametrize(
    ("picture", "header", "body"),
    [
        (BY_CODE, (1, 2), (4, 5, 6, 7, 8, 9)),
        ("收入 | | 支出 |\n项目 | 2026年预算数 | 项目 | 2026年预算数\n甲 | 1.50 | 乙 | 1.50", (1, 2), (3,)),
        ("合计 | 出国 | 接待\n5.75 | 3.50 | 2.25", (1,), (2,)),
        ("某项目绩效目标表 | > \n项目名称 | 甲\n金额 | 1.50", (2,), (3,)),
        ("项目 | 金额\n一、收入 |\n甲 | 1.50\n项目 | 金额\n乙 | 2.50", (1,), (2, 3, 5)),
    ],
)
def test_the_header_ends_where_figures_begin(picture: str, header: tuple[int, ...], body: tuple[int, ...]) -> None:
    heads = heads_of(Grid(drawn(picture)))
    assert (heads.rows, heads.body) == (header, body)


@pytest.mark.parametrize(("paper", "proven"), [("huzhou_finance", 0.75), ("sc_archive_2024_budget", 0.8)])
def test_most_amounts_of_a_real_paper_are_proven_by_its_own_sums(shared: Path, paper: str, proven: float) -> None:
    path = next((shared / "documents").rglob(f"{paper}.pdf"))
    amounts = read_document(path).table_amounts
    counts = Counter(amount.status for amount in amounts)
    assert counts["proven"] >= proven * len(amounts)
    assert not counts["contradicted"]
