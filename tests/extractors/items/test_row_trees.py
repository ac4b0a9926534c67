"""What each row is a part of: beside the label of a group, and in lists side by side."""

from tests.extractors.items.test_dimensions import rows_of
from tests.extractors.items.test_variants import BUDGET_2025, read


def test_rows_beside_a_groups_label_are_parts_of_its_subtotal() -> None:
    items, _ = read(
        BUDGET_2025,
        "部门收入预算总表",
        """
        项目 | > | 金额
        收入总计 | > | 8472.98
        一般公共预算资金 | 小计 | 7340.13
        ^ | 财政拨款(补助)资金 | 7340.13
        政府性基金 | 小计 | 1055.09
        其他资金 | 小计 | 77.76
        ^ | 其他收入 | 77.76
        """,
    )
    assert rows_of(items, "name", "line", "parent_line", "is_leaf") == [
        ("收入总计", 1, None, False, "8472.98"),
        ("一般公共预算资金/小计", 2, 1, False, "7340.13"),
        ("一般公共预算资金/财政拨款(补助)资金", 3, 2, True, "7340.13"),
        ("政府性基金/小计", 4, 1, True, "1055.09"),
        ("其他资金/小计", 5, 1, False, "77.76"),
        ("其他资金/其他收入", 6, 5, True, "77.76"),
    ]


def test_a_total_at_the_foot_of_one_list_has_its_parts_in_the_next() -> None:
    items, _ = read(
        BUDGET_2025,
        "一般公共预算基本支出表",
        """
        科目编码 | 科目名称 | 金额 | 科目编码 | 科目名称 | 金额 | 科目编码 | 科目名称 | 金额
        301 | 工资福利支出 | 4472.77 | 302 | 商品和服务支出 | 976.64 | 310 | 资本性支出 | 40.17
        303 | 对个人和家庭的补助 | 192.30 |  |  |  |  |  |
        人员经费合计 | > | 4665.07 | 公用经费合计 | > | > | > | > | 1016.81
        """,
    )
    parts = {item.name: item.parent_line for item in items}
    lines = {item.name: item.line for item in items}
    personnel, public_use = lines["人员经费合计"], lines["公用经费合计"]
    assert (parts["工资福利支出"], parts["对个人和家庭的补助"]) == (personnel, personnel)
    assert (parts["商品和服务支出"], parts["资本性支出"]) == (public_use, public_use)
    assert (parts["人员经费合计"], parts["公用经费合计"]) == (None, None)


def test_a_class_is_printed_once_though_its_levels_go_by_its_name() -> None:
    items, _ = read(
        BUDGET_2025,
        "部门收支总表",
        """
        收入 | > | 支出 | >
        项目 | 预算数 | 项目 | 预算数
        一般公共预算拨款收入 | 41.32 | 住房保障支出 | 7.61
         |  | 其他支出 | 33.71
         |  | 其他支出 | 15.08
         |  | 彩票公益金安排的支出 | 18.63
        收入总计 | 41.32 | 支出总计 | 41.32
        """,
    )
    spent = [item for item in items if item.side == "expenditure"]
    assert [item.code for item in spent] == ["221", "229", None, None, None]
