from dataclasses import replace
from decimal import Decimal

import pytest
from made_items import SPENDING, expenditure, form, item, revenue, summary, without

from checks import evaluated


def verdicts(items, check_id):
    """The verdicts of one identity by subject, the department's name left out."""
    return {each.subject.partition("|")[2]: each.verdict for each in evaluated(items) if each.check_id == check_id}


def only(items, check_id):
    (found,) = [each for each in evaluated(items) if each.check_id == check_id]
    return found


def test_a_sound_paper_fails_nothing_and_its_forms_are_compared():
    found = evaluated([*summary(), *revenue(), *expenditure()])
    assert {each.check_id for each in found if each.verdict == "fails"} == set()
    held = {each.check_id for each in found if each.verdict == "holds"}
    assert {
        "revenue_by_function.row_total",
        "revenue_by_function.total",
        "expenditure_by_function.parts",
        "expenditure_by_function.total",
        "revenue_expenditure_summary.total",
        "revenue_expenditure_summary.halves",
        "cross.summary_classes_equal_expenditure_by_function",
        "cross.revenue_equals_expenditure_by_function",
    } <= held


def test_a_row_fails_by_its_difference_beyond_what_rounding_explains():
    rows = [("2010301", "行政运行", "30.03", "20.00", "10.00"), ("2010302", "一般行政管理事务", "1.51", "1.00", "0.50")]
    found = evaluated(form("expenditure_by_function", SPENDING, *rows))
    wrong, rounded = (each for each in found if each.check_id == "expenditure_by_function.row_total")
    assert (wrong.verdict, wrong.difference, wrong.tolerance) == ("fails", Decimal(300), Decimal(150))
    assert wrong.amounts == tuple(f"expenditure_by_function//1/{measure}" for measure in SPENDING)
    assert rounded.verdict == "holds"


def test_each_term_brings_its_own_decimals_and_unit():
    total = item("three_public", "合计", "37.9", measure="budget", line=1)
    vehicles = item("three_public", "公务用车购置及运行维护费", "379123", measure="budget", line=2, unit="元")
    assert only([total, vehicles], "three_public.total").tolerance == Decimal("500.5")


def test_a_blank_cell_beside_printed_ones_is_zero_so_that_a_lost_amount_is_missed():
    items = without(expenditure(), "expenditure_by_function", 9, "basic")
    assert verdicts(items, "expenditure_by_function.row_total")["9:2010301"] == "fails"
    assert verdicts(items, "expenditure_by_function.parts")["7:20103:basic"] == "fails"


def test_the_total_adds_the_highest_printed_level():
    found = verdicts(expenditure(), "expenditure_by_function.total")
    assert found == {f"1:合计:{measure}": "holds" for measure in SPENDING}
    found = verdicts(revenue(), "revenue_by_function.total")
    assert found == {"5:合计:total": "holds", "5:合计:fiscal_appropriation": "holds"}
    assert verdicts(revenue(), "revenue_by_function.parts") == {}


def test_a_level_that_is_not_printed_is_stepped_over():
    items = form(
        "expenditure_by_function",
        ("total", "basic"),
        ("201", "一般公共服务支出", "3.00", "3.00"),
        ("2010301", "行政运行", "1.00", "1.00"),
        ("2010302", "一般行政管理事务", "2.00", "2.00"),
    )
    assert verdicts(items, "expenditure_by_function.parts")["1:201:total"] == "holds"


def test_a_total_printed_twice_is_checked_twice():
    items = [*expenditure(), item("expenditure_by_function", "合计", "100.10", measure="total", line=11)]
    assert verdicts(items, "expenditure_by_function.total")["1:合计:total"] == "holds"
    assert verdicts(items, "expenditure_by_function.total")["11:合计:total"] == "fails"


def test_a_code_printed_twice_has_the_rows_that_follow_it_as_parts():
    """A paper prints 301|501 and 301|505, each over its own 款."""
    items = form(
        "basic_expenditure_by_economic",
        ("amount",),
        ("301", "工资福利支出", "7.00"),
        ("30101", "基本工资", "4.00"),
        ("30102", "津贴补贴", "3.00"),
        ("301", "工资福利支出", "2.00"),
        ("30101", "基本工资", "2.00"),
    )
    found = verdicts(items, "basic_expenditure_by_economic.parts")
    assert found == {"1:301:amount": "holds", "4:301:amount": "holds"}


def test_a_row_that_nobody_knows_makes_a_sum_not_applicable_and_never_a_pass():
    items = [*expenditure(), item("expenditure_by_function", "下属中心", "5.00", measure="total", line=11)]
    found = only(items, "expenditure_by_function.total")
    assert (found.verdict, found.amounts) == ("not_applicable", ())
    assert "下属中心" in found.reason


def test_parts_are_not_added_to_the_row_they_are_a_part_of():
    items = form(
        "revenue_expenditure_summary/revenue",
        ("amount",),
        (None, "财政拨款", "20.00"),
        (None, "一般公共预算", "15.00"),
        (None, "政府性基金预算", "5.00"),
        (None, "其他收入", "4.00"),
        (None, "捐赠收入", "1.00"),
        (None, "当年收入小计", "24.00"),
        (None, "上年结转资金", "6.00"),
        (None, "收入合计", "30.00"),
    )
    assert verdicts(items, "revenue_expenditure_summary.total") == {
        "revenue/6:当年收入小计:amount": "holds",
        "revenue/8:收入合计:amount": "holds",
    }
    assert verdicts(items, "revenue_expenditure_summary.parts") == {
        "revenue/1:财政拨款:amount": "holds",
        "revenue/4:其他收入:amount": "holds",
    }


def test_without_a_row_for_the_year_the_total_less_what_was_brought_forward_stands_for_it():
    items = [
        *form(
            "revenue_expenditure_summary/revenue",
            ("amount",),
            (None, "财政拨款收入", "100.00"),
            (None, "上年结转", "7.00"),
            (None, "收入总计", "107.00"),
        ),
        *revenue(),
    ]
    assert only(items, "cross.summary_equals_revenue_by_function").verdict == "holds"


def test_a_budget_with_its_balances_in_the_revenue_form_is_compared_with_all_means():
    items = [
        *form(
            "revenue_expenditure_summary/revenue",
            ("amount",),
            (None, "财政拨款", "10.00"),
            (None, "本年收入合计", "10.00"),
            (None, "上年结转", "2.00"),
            (None, "收入总计", "12.00"),
        ),
        *form(
            "revenue_by_function",
            ("total", "opening_balance", "fiscal_appropriation"),
            (None, "合计", "12.00", "2.00", "10.00"),
            ("205", "教育支出", "12.00", "2.00", "10.00"),
        ),
    ]
    assert only(items, "cross.summary_total_equals_revenue_by_function").verdict == "holds"
    assert only(items, "cross.summary_equals_revenue_by_function").verdict == "not_applicable"


def test_codes_are_compared_at_the_levels_that_both_forms_print():
    found = verdicts([*summary(), *revenue(), *expenditure()], "cross.revenue_equals_expenditure_by_function")
    assert set(found) == {f"{code}:total" for code in ("2080505", "2080506", "2010301", "2010302", "合计")}


def test_an_amount_in_another_row_of_the_same_sum_is_missed_by_code():
    moved = [
        item("revenue_by_function", each.name, "45.00" if each.code == "2010301" else "15.00", measure=each.measure,
             line=each.line, code=each.code)
        if each.code in ("2010301", "2010302") else each
        for each in revenue()
    ]  # fmt: skip
    items = [*summary(), *moved, *expenditure()]
    assert verdicts(items, "revenue_by_function.total")["5:合计:total"] == "holds"
    found = verdicts(items, "cross.revenue_equals_expenditure_by_function")
    assert {code for code, verdict in found.items() if verdict == "fails"} == {"2010301:total", "2010302:total"}


def test_revenue_and_expenditure_are_not_compared_by_code_where_money_was_carried_over():
    carried = form("revenue_expenditure_summary/revenue", ("amount",), (None, "年初结转和结余", "1.00"))
    items = [*carried, *summary()[3:], *revenue(), *expenditure()]
    assert only(items, "cross.revenue_equals_expenditure_by_function").verdict == "not_applicable"


@pytest.mark.parametrize(("other", "relation"), [("0.00", "equal"), ("3.00", "at_most")])
def test_a_part_of_all_money_is_the_same_where_there_is_no_other(other, relation):
    general = form("general_budget_by_function", SPENDING, ("201", "一般公共服务支出", "60.00", "30.00", "30.00"))
    sources = [*summary(), item("revenue_expenditure_summary", "事业收入", other, line=9, side="revenue")]
    found = [
        each
        for each in evaluated([*sources, *expenditure(), *general])
        if each.check_id == "cross.general_budget_within_expenditure"
    ]
    assert {each.relation for each in found} == {relation}
    assert ("fails" in {each.verdict for each in found}) == (relation == "equal")


def test_more_than_the_whole_is_refuted_by_an_inequality():
    reception = form("basic_expenditure_by_economic", ("amount",), ("30217", "公务接待费", "3.00"))
    public = form("three_public", ("budget",), (None, "合计", "2.00"), (None, "公务接待费", "2.00"))
    assert only([*reception, *public], "cross.reception_within_three_public").verdict == "fails"
    assert only([*reception, *public], "cross.vehicles_within_three_public").verdict == "not_applicable"


@pytest.mark.parametrize(("year", "verdict"), [(2017, "not_applicable"), (2018, "holds")])
def test_an_identity_can_begin_in_a_year(year, verdict):
    office = ("30201", "办公费", "3.00")
    items = [
        *form("operating_expenses_by_economic", ("amount",), office, fiscal_year=year),
        *form("basic_expenditure_by_economic", ("amount",), office, fiscal_year=year),
    ]
    assert set(verdicts(items, "cross.operating_expenses_within_basic").values()) == {verdict}


@pytest.mark.parametrize(("kind", "verdict"), [("budget", "fails"), ("final_accounts", "not_applicable")])
def test_an_identity_can_be_of_budgets_alone(kind, verdict):
    items = [
        *form("fiscal_appropriation_summary/revenue", ("amount",), (None, "一般公共预算", "8.00"), kind=kind),
        *form("general_budget_by_function", ("amount",), (None, "合计", "9.00"), kind=kind),
    ]
    assert only(items, "cross.general_budget_revenue_equals_its_expenditure").verdict == verdict


def test_groups_of_economic_codes_have_their_own_totals():
    items = form(
        "basic_expenditure_by_economic",
        ("amount",),
        ("301", "工资福利支出", "5.00"),
        ("303", "对个人和家庭的补助", "1.00"),
        (None, "人员经费合计", "6.00"),
        ("302", "商品和服务支出", "2.00"),
        ("310", "资本性支出", "1.00"),
        (None, "公用经费合计", "3.00"),
    )
    assert only(items, "basic_expenditure_by_economic.personnel").verdict == "holds"
    assert only(items, "basic_expenditure_by_economic.public_use").verdict == "holds"


def test_departments_in_one_file_are_checked_apart():
    items = [*expenditure(), *expenditure(department="某局下属中心")]
    found = [each for each in evaluated(items) if each.check_id == "expenditure_by_function.total"]
    assert {each.subject for each in found} == {
        f"{name}|1:合计:{measure}" for name in ("某局", "某局下属中心") for measure in SPENDING
    }
    assert {each.verdict for each in found} == {"holds"}


def test_a_place_with_two_amounts_is_left_out_and_the_rest_of_its_half_is_not():
    items = [*expenditure(), item("expenditure_by_function", "合计", "1.00", measure="total", line=1)]
    found = evaluated(items)
    assert {each.verdict for each in found} == {"holds", "not_applicable"}
    assert not any("expenditure_by_function//1/total" in each.amounts for each in found)
    assert verdicts(items, "expenditure_by_function.total")["1:合计:basic"] == "holds"


def test_what_an_identity_needs_and_is_missing_is_named():
    found = only(revenue(), "cross.summary_equals_expenditure_by_function")
    assert (found.verdict, found.reason) == (
        "not_applicable",
        "nothing is printed in revenue_expenditure_summary/expenditure",
    )


def test_a_class_whose_row_nobody_knows_is_not_missed_on_that_side():
    renamed = [
        replace(each, code=None, code_system=None, name="保障类支出") if each.code == "208" else each
        for each in summary()
    ]
    found = verdicts([*renamed, *expenditure()], "cross.summary_classes_equal_expenditure_by_function")
    assert found == {"201:amount": "holds"}


def test_a_row_that_nobody_knows_could_be_other_money():
    general = form("general_budget_by_function", ("total",), ("201", "一般公共服务支出", "50.00"))
    unknown = item("revenue_expenditure_summary", "国债转贷收入", "1.00", line=9, side="revenue")
    for sources, relation in ((summary(), "equal"), ([*summary(), unknown], "at_most")):
        found = [
            each.relation
            for each in evaluated([*sources, *expenditure(), *general])
            if each.check_id == "cross.general_budget_within_expenditure"
        ]
        assert set(found) == {relation}
