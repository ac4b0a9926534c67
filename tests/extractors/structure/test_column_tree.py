"""What is part of what among columns, by the header's nesting and the rows' figures."""

from decimal import Decimal

from extractors.structure.column_tree import Column, ColumnTree, column_tree


def tree(headings: str, *rows: str) -> ColumnTree:
    """`headings` are paths parted by `|`, inner ones behind `/`; each row its amounts parted by `|`, blank for none."""
    columns = [Column(at, tuple(path.strip().split("/"))) for at, path in enumerate(headings.split("|"), start=1)]
    amounts = [
        {at: Decimal(text.strip()) for at, text in enumerate(row.split("|"), start=1) if text.strip()} for row in rows
    ]
    return column_tree(columns, amounts)


def test_a_group_with_its_subtotal_stands_for_its_parts() -> None:
    found = tree(
        "合计 | 基本支出/小计 | 基本支出/人员经费 | 基本支出/公用经费 | 项目支出",
        "100.50 | 70.25 | 50.15 | 20.10 | 30.25",
        "9.30 | 4.20 | 3.10 | 1.10 | 5.10",
    )
    assert found.parents == {1: None, 2: 1, 3: 2, 4: 2, 5: 1}
    assert found.evidence == 4
    assert found.settled
    assert found.groups == {("基本支出",): "total_and_parts"}


def test_the_parts_of_a_group_without_subtotal_are_summed_by_the_total() -> None:
    found = tree(
        "总计 | 财政拨款/一般公共预算 | 财政拨款/政府性基金 | 事业收入",
        "100.50 | 50.25 | 20.00 | 30.25",
        "9.30 | 3.20 | 1.00 | 5.10",
    )
    assert found.parents == {1: None, 2: 1, 3: 1, 4: 1}
    assert found.groups == {("财政拨款",): "no_total"}


def test_some_of_a_column_is_no_part_of_the_sum() -> None:
    found = tree(
        "合计 | 事业收入 | 其中：教育收费 | 其他收入", "40.50 | 30.25 | 8.00 | 10.25", "9.30 | 4.20 | 4.20 | 5.10"
    )
    assert found.parents == {1: None, 2: 1, 3: 2, 4: 1}
    assert found.within == {3}
    assert not found.broken


def test_a_column_is_part_of_the_one_before_it_or_beside_it_as_the_rows_say() -> None:
    headings = "合计 | 事业收入 | 教育收费 | 其他收入"
    part = tree(headings, "40.50 | 30.25 | 8.00 | 10.25", "9.30 | 4.20 | 1.20 | 5.10")
    beside = tree(headings, "48.50 | 30.25 | 8.00 | 10.25", "10.50 | 4.20 | 1.20 | 5.10")
    assert part.parents == {1: None, 2: 1, 3: 2, 4: 1}
    assert part.within == {3}
    assert beside.parents == {1: None, 2: 1, 3: 1, 4: 1}
    assert part.settled
    assert beside.settled


def test_what_begins_with_some_can_be_all() -> None:
    found = tree("小计 | 其中：基本支出 | 项目支出", "30.50 | 20.25 | 10.25", "9.30 | 4.20 | 5.10")
    assert found.parents == {1: None, 2: 1, 3: 1}
    assert [each.relation for each in found.sums] == ["equal"]


def test_a_group_headed_by_some_stands_beside_no_sum() -> None:
    found = tree(
        "支出总计 | 基本支出 | 项目支出 | 政府采购/小计 | 政府采购/其中：中小企业",
        "30.50 | 20.25 | 10.25 | 7.50 | 2.00",
        "9.30 | 4.20 | 5.10 | 3.30 | 1.10",
    )
    assert found.parents == {1: None, 2: 1, 3: 1, 4: None, 5: 4}


def test_totals_over_the_same_budgets_are_summed_budget_by_budget() -> None:
    found = tree(
        "总计/一般公共预算 | 总计/基金 | 出国/一般公共预算 | 出国/基金 | 接待/一般公共预算 | 接待/基金",
        "5.75 | 1.30 | 3.50 | 0.80 | 2.25 | 0.50",
    )
    assert found.parents == {1: None, 2: None, 3: 1, 4: 2, 5: 1, 6: 2}
    assert found.evidence == 2


def test_one_total_in_two_views() -> None:
    found = tree(
        "资金总额 | 按收入分/财政拨款 | 按收入分/其他资金 | 按支出分/基本支出 | 按支出分/项目支出",
        "30.50 | 20.25 | 10.25 | 5.30 | 25.20",
        "9.30 | 4.20 | 5.10 | 8.00 | 1.30",
    )
    assert found.parents == {1: None, 2: 1, 3: 1, 4: 1, 5: 1}
    assert not found.broken


def test_years_side_by_side_are_no_parts_of_one_another() -> None:
    found = tree("2023年决算数 | 2024年完成数", "30.50 | 20.25", "9.30 | 4.20", "39.80 | 24.45")
    assert found.parents == {1: None, 2: None}
    assert not found.settled


def test_one_wrong_amount_leaves_the_tree_and_is_named() -> None:
    rows = [f"{total}.00 | {total - 7}.00 | 7.00" for total in range(20, 30)]
    found = tree("合计 | 基本支出 | 项目支出", *rows, "99.00 | 50.00 | 7.00")
    assert found.parents == {1: None, 2: 1, 3: 1}
    assert found.broken == ((10, 1),)
    assert found.settled
