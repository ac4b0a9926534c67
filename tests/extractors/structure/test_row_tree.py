"""What is part of what among rows, read from each kind of clue and from the figures alone."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.structure.centring import without_centring
from extractors.structure.labels import RowLabel
from extractors.structure.row_tree import RowTree, row_tree
from tests.extractors.structure import made_trees
from tests.extractors.structure.made_trees import Made, tree, written

WRITTEN: list[Callable[[tuple[int, ...]], RowLabel]] = [
    made_trees.by_codes,
    made_trees.by_indentation,
    made_trees.by_ordinals,
    made_trees.by_ordinals_and_indentation,
]


def rows(*lines: str) -> list[RowLabel]:
    """Rows written as `label | amount | …`; leading spaces are the indentation, 5 points each."""
    made = []
    for line in lines:
        label, *amounts = line.split("|")
        values = {at: Decimal(text.strip()) for at, text in enumerate(amounts, start=1) if text.strip()}
        made.append(RowLabel(label.strip(), indent=5.0 * (len(label) - len(label.lstrip())), amounts=values))
    return made


def drawn(found: RowTree, given: list[RowLabel]) -> list[str]:
    """Each row behind the labels of those that it is a part of; ≤ before what is only some of it."""
    return [
        " > ".join(given[row].text for row in (*found.line_up(at), at)).replace(
            given[at].text, ("≤" if found.within[at] else "") + given[at].text
        )
        for at in range(len(given))
    ]


@pytest.mark.parametrize("total", ["first", "last", "both"])
@pytest.mark.parametrize("label", WRITTEN, ids=lambda each: each.__name__)
def test_trees_drawn_at_random_are_recovered(label: Callable[[tuple[int, ...]], RowLabel], total: str) -> None:
    for seed in range(60):
        made = written(tree(random.Random(seed)), label, total)
        found = row_tree(made.rows)
        assert found.parents == made.parents, seed
        assert not found.broken


def test_levels_without_any_clue_are_found_by_the_figures() -> None:
    for seed in range(60):
        made = written(tree(random.Random(seed)), made_trees.by_nothing)
        assert row_tree(made.rows).parents == made.parents, seed


def test_a_total_between_its_parts_is_of_those_above_and_below() -> None:
    # lists side by side, read one after the other: 公用经费合计 is at the foot of the second and goes on in the third
    given = rows(
        "甲 | 4472.77", "乙 | 192.30", "人员经费合计 | 4665.07", "丙 | 976.64", "公用经费合计 | 1016.81", "丁 | 40.17"
    )
    found = row_tree(given)
    assert found.parents == (2, 2, None, 4, None, 4)
    assert not found.broken


@pytest.mark.parametrize("label", WRITTEN, ids=lambda each: each.__name__)
def test_one_wrong_amount_breaks_its_sums_and_not_the_tree(label: Callable[[tuple[int, ...]], RowLabel]) -> None:
    for seed in range(60):
        draw = random.Random(seed)
        made = written(tree(draw), label, draw.choice(["first", "last"]))
        found = row_tree(_with_an_error(made, draw))
        assert found.parents == made.parents, seed
        assert found.broken


def _with_an_error(made: Made, draw: random.Random) -> list[RowLabel]:
    at = draw.randrange(len(made.rows))
    column = draw.choice(list(made.rows[at].amounts))
    wrong = {**made.rows[at].amounts, column: made.rows[at].amounts[column] + Decimal("37.41")}
    return [replace(row, amounts=wrong) if row is made.rows[at] else row for row in made.rows]


def test_a_summary_by_ordinals_with_what_was_brought_forward() -> None:
    given = rows(
        "一、财政拨款|100.10", "1.一般公共预算拨款|60.05", "2.政府性基金|40.05", "二、事业收入|7.00",
        "本年收入合计|107.10", "上年结转|5.00", "收入总计|112.10",
    )  # fmt: skip
    assert drawn(row_tree(given), given) == [
        "收入总计 > 本年收入合计 > 一、财政拨款",
        "收入总计 > 本年收入合计 > 一、财政拨款 > 1.一般公共预算拨款",
        "收入总计 > 本年收入合计 > 一、财政拨款 > 2.政府性基金",
        "收入总计 > 本年收入合计 > 二、事业收入",
        "收入总计 > 本年收入合计",
        "收入总计 > 上年结转",
        "收入总计",
    ]


def test_a_grouping_row_is_above_the_classes_numbered_anew_under_it() -> None:
    given = rows("一、本年支出|345.67", "一、一般公共服务支出|300.17", "二、教育支出|45.50", "支出总计|345.67")
    found = row_tree(given)
    assert found.parents == (3, 0, 0, None)
    assert found.evidence == 1


def test_unnumbered_rows_are_parts_of_the_numbered_one_where_the_total_says_so() -> None:
    given = rows("一、财政拨款|90.00", "一般公共预算|90.00", "政府性基金", "二、其他收入|10.50", "合计|100.50")
    assert row_tree(given).parents == (4, 0, 0, 4, None)


def test_what_is_some_of_a_row_is_no_part_of_the_sum() -> None:
    given = rows("一、财政拨款|90.00", "其中：政府性基金|20.00", "二、其他收入|10.50", "其中：捐赠|0.50", "合计|100.50")
    found = row_tree(given)
    assert found.parents == (4, 0, 4, 2, None)
    assert found.within == (False, True, False, True, False)
    assert not found.broken


def test_some_that_is_more_than_its_whole_is_broken() -> None:
    found = row_tree(rows("一、财政拨款|90.00", "其中：政府性基金|120.00", "二、其他收入|10.50", "合计|100.50"))
    assert found.broken == ((0, 1),)


def test_ordinals_go_on_after_the_first_of_some() -> None:
    given = rows(
        "合计|25.05", "1、因公出国（境）费用|7.05", "2、公务接待费|8.00", "3、公务用车购置及运行费|10.00",
        "其中：（1）公务用车购置费|2.50", "（2）公务用车运行费|7.50",
    )  # fmt: skip
    found = row_tree(given)
    assert found.parents == (None, 0, 0, 0, 3, 3)
    assert [each.relation for each in found.sums] == ["equal", "equal"]


def test_a_row_in_another_without_a_word_is_told_by_the_total() -> None:
    part = rows("财政拨款|90.00|80.00", "事业收入|12.00|4.00", "教育收费|7.31|3.05", "合计|102.00|84.00")
    beside = rows("财政拨款|90.00|80.00", "事业收入|12.00|4.00", "教育收费|7.31|3.05", "合计|109.31|87.05")
    assert row_tree(part).parents == (3, 3, 1, None)
    assert row_tree(part).within[2]
    assert row_tree(beside).parents == (3, 3, 3, None)


def test_organisations_stand_above_their_functions() -> None:
    def row(text: str, code: str | None, group: str | None, amount: str) -> RowLabel:
        return RowLabel(text, code, 5.0, group, {1: Decimal(amount)})

    given = [
        row("市工务署", None, "市工务署", "60.60"),
        row("本级", None, "本级", "35.50"),
        row("教育支出", "205", "本级", "35.50"),
        row("培训", "20508", "本级", "35.50"),
        row("中心", None, "中心", "25.10"),
        row("教育支出", "205", "中心", "5.05"),
        row("培训", "20508", "中心", "5.05"),
        row("住房保障支出", "221", "中心", "20.05"),
    ]
    assert row_tree(given).parents == (None, 0, 1, 2, 0, 4, 5, 4)


def test_codes_need_not_be_sorted() -> None:
    given = [
        RowLabel("合计", amounts={1: Decimal("9.30")}),
        RowLabel("行政运行", "2010301", amounts={1: Decimal("4.10")}),
        RowLabel("一般公共服务支出", "201", amounts={1: Decimal("9.30")}),
        RowLabel("事业运行", "2010350", amounts={1: Decimal("5.20")}),
        RowLabel("政府办公厅", "20103", amounts={1: Decimal("9.30")}),
    ]
    assert row_tree(given).parents == (None, 4, 0, 4, 2)


def test_subtotals_follow_their_groups() -> None:
    given = rows("甲|10.10", "乙|20.25", "小计|30.35", "丙|5.50", "丁|6.15", "小计|11.65", "总计|42.00")
    assert row_tree(given).parents == (2, 2, 6, 5, 5, 6, None)


def test_subtotals_stand_before_their_groups() -> None:
    given = rows("合计|42.00", "小计|30.35", "甲|10.10", "乙|20.25", "小计|11.65", "丙|5.50", "丁|6.15")
    assert row_tree(given).parents == (None, 0, 1, 1, 0, 4, 4)


def test_zeros_lost_by_a_spreadsheet_are_no_loss_of_accuracy() -> None:
    found = row_tree(rows("甲|80.6", "乙|20.25", "丙|7", "丁|0.13", "合计|108.05"))
    assert found.broken == ((4, 1),)
    assert not row_tree(rows("甲|80.6", "乙|20.25", "丙|7", "丁|0.13", "合计|107.98")).broken


def test_centred_labels_are_no_levels() -> None:
    given = [
        RowLabel("合计", "", 66.0, None, {1: Decimal("42.00")}),
        RowLabel("住房公积金", None, 40.0, None, {1: Decimal("20.25")}),
        RowLabel("提租补贴补助", None, 35.0, None, {1: Decimal("10.10")}),
        RowLabel("购房", None, 55.0, None, {1: Decimal("5.50")}),
        RowLabel("其他住房", None, 45.0, None, {1: Decimal("6.15")}),
    ]
    assert row_tree(given).parents == (None, 0, 0, 0, 0)


CENTRED_LEVELS = (
    ("一、教育支出", 0, "17.50", None),
    ("教育管理事务", 1, "3.25", 0),
    ("行政运行", 2, "3.25", 1),
    ("普通教育", 1, "9.00", 0),
    ("小学教育", 2, "4.00", 3),
    ("其他普通教育支出", 2, "5.00", 3),
    ("进修及培训", 1, "5.25", 0),
    ("培训支出", 2, "5.25", 6),
    ("二、科学技术支出", 0, "1.50", None),
    ("科学技术普及", 1, "1.50", 8),
    ("科普活动", 2, "1.50", 9),
)


@pytest.mark.parametrize("size", [6.0, 9.0, 14.0])
@pytest.mark.parametrize("spaces", [2, 4])
def test_spaces_before_centred_labels_are_their_levels(size: float, spaces: int) -> None:
    given = [
        RowLabel(text, None, 160.0 - size * len(text) / 2 + size * spaces / 4 * level, None, {1: Decimal(printed)})
        for text, level, printed, _ in CENTRED_LEVELS
    ]
    assert row_tree(given).parents == tuple(parent for *_, parent in CENTRED_LEVELS)


def test_labels_that_begin_at_one_place_are_not_centred() -> None:
    given = [RowLabel(text, None, 9.0 * level) for text, level, _, _ in CENTRED_LEVELS]
    assert without_centring(given) == given


def test_any_labels_give_a_forest() -> None:
    for seed in range(300):
        draw = random.Random(seed)
        given = [_any_row(draw) for _ in range(draw.randint(1, 30))]
        found = row_tree(given)
        for row in range(len(given)):
            above: int | None = row
            for _ in given:
                above = found.parents[above] if above is not None else None
            assert above is None, seed


def _any_row(draw: random.Random) -> RowLabel:
    text = draw.choice(
        ["合计", "小计", "总计", "一、收入", "二、支出", "（一）其中", "其中：甲", "1.乙", "丙", "本年支出", "（1）丁"]
    )
    code = draw.choice([None, None, "201", "20103", "2010301", "205", "116001"])
    amounts = {at: Decimal(draw.choice([0, 100, 250, 350, 700])) for at in range(1, draw.randint(1, 3))}
    return RowLabel(text, code, draw.choice([5, 15, 25]), draw.choice([None, "甲", "乙"]), amounts, draw.randint(0, 1))


def test_a_list_of_a_thousand_rows_is_read_at_once() -> None:
    given = [RowLabel(f"项目{at}", amounts={1: Decimal(at * 7 + 1)}) for at in range(1_000)]
    total = RowLabel("合计", amounts={1: sum((row.amounts[1] for row in given), Decimal(0))})
    assert row_tree([total, *given]).parents == (None, *[0] * 1_000)
    assert row_tree([RowLabel(f"项目{at}", amounts={1: Decimal("0.00")}) for at in range(3_000)]).evidence == 0
