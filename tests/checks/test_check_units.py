from dataclasses import replace
from decimal import Decimal

import pytest
from made_items import expenditure, fact, form, revenue, summary

from benchmarks.labelled import labelled_items
from checks import check
from checks.statements.units import POWERS
from schemas.records import YUAN_PER_UNIT

PAPER = [*summary(), *revenue(), *expenditure()]
TRUTHS = (
    "jiangsu_court_2019_budget",
    "jiangsu_party_2017_budget",
    "putuo_commerce_2025_budget",
    "putuo_planning_2024_final",
    "putuo_socialwork_2024_final",
    "swu_2023_final",
    "zhuzhou_union_2023_final",
)


def headed(items, form_name, unit):
    """The paper with one form's figures under another unit."""

    def slipped(each):
        factor = Decimal(YUAN_PER_UNIT[unit]) / YUAN_PER_UNIT[each.unit]
        return replace(each, unit=unit, amount=each.amount * factor)

    return [slipped(each) if each.form == form_name else each for each in items]


def failing(settled):
    return {
        each.subject.partition("|")[2] or each.subject
        for each in settled.checks
        if each.check_id == "unit.agrees_with_siblings" and each.verdict == "fails"
    }


def statuses(settled, form_name):
    return {each.status for each in settled.items if each.form == form_name}


@pytest.mark.parametrize("unit", ["元", "亿元"])
@pytest.mark.parametrize("name", ["expenditure_by_function", "revenue_by_function", "revenue_expenditure_summary"])
def test_a_form_of_another_unit_is_named_and_nothing_of_it_is_proven(name, unit):
    settled = check(headed(PAPER, name, unit))
    assert failing(settled) == {name}
    assert statuses(settled, name) <= {"unproven", "contradicted"}


def test_what_the_other_forms_prove_of_one_another_stays_proven():
    settled = check(headed(PAPER, "expenditure_by_function", "元"))
    assert statuses(settled, "revenue_by_function") == {"proven"}
    assert statuses(settled, "revenue_expenditure_summary") == {"proven"}


def test_amounts_that_other_forms_contradict_are_contradicted_and_the_rest_unproven():
    settled = check(headed(PAPER, "expenditure_by_function", "元"))
    by_status = {each.status: each for each in settled.items if each.form == "expenditure_by_function"}
    assert by_status.keys() == {"contradicted", "unproven"}
    assert by_status["unproven"].measure in ("basic", "project")


def test_of_two_scales_without_a_majority_none_is_proven():
    two = headed([*revenue(), *expenditure()], "expenditure_by_function", "元")
    assert failing(check(two)) == {"revenue_by_function", "expenditure_by_function"}
    assert {each.status for each in check(two).items} <= {"unproven", "contradicted"}


def test_units_that_are_near_must_be_told_by_more_digits():
    items = form("three_public", ("budget",), (None, "机关运行经费", "12.34"), (None, "合计", "0.00"))
    other = form("operating_expenses_by_economic", ("amount",), (None, "合计", "12.34"), unit="千元")
    short = form("operating_expenses_by_economic", ("amount",), (None, "合计", "12.30"), unit="千元")
    assert failing(check([*items, *other])) == {"three_public", "operating_expenses_by_economic"}
    assert failing(check([replace(items[0], printed="12.30", amount=Decimal(123_000)), *short])) == set()


def test_a_check_names_the_longest_figure_and_its_two_amounts():
    settled = check(headed(PAPER, "revenue_by_function", "元"))
    (found,) = [each for each in settled.checks if each.check_id.startswith("unit.") and each.verdict == "fails"]
    assert found.subject == "某局|revenue_by_function"
    assert max(found.left, found.right) == 10_000 * min(found.left, found.right)
    assert len(found.amounts) == 2


THREE_PUBLIC = form(
    "three_public", ("budget",), (None, "合计", "12.30"), (None, "公务接待费", "12.30"), department="某局", unit="元"
)


def test_the_prose_tells_of_a_form_that_shares_no_figure_with_others():
    stated = [fact("三公经费", "12.3万元", section="three_public"), fact("收入支出总计", "100万元", number=2)]
    assert failing(check([*PAPER, *THREE_PUBLIC])) == set()
    settled = check([*PAPER, *THREE_PUBLIC], facts=stated)
    assert failing(settled) == {"three_public"}
    assert statuses(settled, "three_public") == {"unproven"}
    assert statuses(settled, "expenditure_by_function") == {"proven"}


def test_prose_that_is_off_alone_touches_no_form():
    stated = [fact("收入支出总计", "100元"), fact("本年支出合计", "100元", number=2)]
    settled = check(PAPER, facts=stated)
    assert failing(settled) == set()
    assert {each.status for each in settled.items} == {"proven"}


def test_one_round_figure_a_power_apart_is_chance():
    part = form("basic_expenditure_by_economic", ("amount",), ("302", "商品", "0.10"), ("30217", "公务接待费", "0.10"))
    whole = form("three_public", ("budget",), (None, "合计", "1000.00"), (None, "公务接待费", "1000.00"))
    settled = check([*part, *whole])
    assert failing(settled) == set()
    assert "unit_in_doubt" not in {each.status_reason for each in settled.items}


def test_a_digit_misread_makes_no_slip_of_forms_that_agree_elsewhere():
    wrong = [
        replace(each, printed="0.010", amount=Decimal(100))
        if (each.form, each.line, each.measure) == ("expenditure_by_function", 1, "total")
        else each
        for each in PAPER
    ]
    assert failing(check(wrong)) == set()


def test_powers_are_those_between_two_units():
    assert POWERS[0] == 0
    assert set(map(abs, POWERS)) == {0, 1, 3, 4, 5, 8}


@pytest.mark.parametrize("truth", TRUTHS)
def test_a_slip_planted_in_any_form_of_a_labelled_paper_is_found_and_spreads_to_no_other(shared, truth):
    """Only the prose could tell of the forms that share no figure with others: 三公 of these papers, and zeros."""
    items = labelled_items(shared / "truth" / f"{truth}.csv")
    forms = {each.form for each in items}
    assert failing(check(items)) == set()
    alone = {"government_fund"} | ({"three_public"} if truth in (TRUTHS[3], TRUTHS[6]) else set())
    for name in forms - alone:
        unit = next("元" if each.unit == "万元" else "万元" for each in items if each.form == name)
        settled = check(headed(items, name, unit))
        assert failing(settled) == {name}
        assert statuses(settled, name) <= {"unproven", "contradicted"}
        assert not {"contradicted", "source_inconsistent"} & set().union(
            *(statuses(settled, other) for other in forms - {name})
        )
