"""The truths' own identities: what one form prints agrees with what the others print."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from samples.examples import STYLES, Family, example_paper
from samples.layout import AmountStyle, Layout
from samples.truth import TruthRow, write_truth
from samples.typesetting.flow import compose
from schemas.records import Kind, Unit

SEEDS = range(5)
EVERY_BUDGET = "示例市示例区交通运输局"
"""The department that has spendings from every budget and some income of its own."""


def stated(truth: list[TruthRow], form: str) -> dict[tuple[str, str, str], Decimal]:
    """The amounts of a form by (side, code or name, measure)."""
    return {(row.side, row.code or row.name, row.measure): row.amount for row in truth if row.form == form}


def truth_of(family: Family, kind: Kind, seed: int, **rest: Any) -> list[TruthRow]:
    layout = Layout(amounts=AmountStyle(zero="0.00", thousands=True))
    return compose(example_paper(family, kind, seed, **rest), layout)[1]


@pytest.fixture(scope="module", params=[(*each, seed) for each in STYLES for seed in SEEDS], ids=str)
def truth(request: pytest.FixtureRequest) -> list[TruthRow]:
    return truth_of(*request.param)


def by_measure(amounts: Mapping[tuple[str, str, str], Decimal], measure: str, length: int) -> list[Decimal]:
    return [
        amount
        for (_, code, each), amount in amounts.items()
        if each == measure and len(code) == length and code.isdigit()
    ]


CODED = (
    "revenue_by_function",
    "expenditure_by_function",
    "general_budget_by_function",
    "fiscal_appropriation_by_function",
    "government_fund",
    "state_capital",
)


def test_items_add_up_to_the_total_row_of_every_form(truth: list[TruthRow]) -> None:
    checked = 0
    for form in CODED:
        amounts = stated(truth, form)
        for measure in {each for _, _, each in amounts}:
            assert sum(by_measure(amounts, measure, 7)) == amounts["", "合计", measure], (form, measure)
            checked += 1
    assert checked >= 2


def test_children_add_up_to_their_parent(truth: list[TruthRow]) -> None:
    for form in (*CODED, "basic_expenditure_by_economic", "fiscal_appropriation_basic_by_economic"):
        children: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        amounts = stated(truth, form)
        for (_, code, measure), amount in amounts.items():
            if code.isdigit() and len(code) > 3:
                children[code[:-2], measure] += amount
        for (code, measure), total in children.items():
            assert amounts.get(("", code, measure), total) == total, (form, code, measure)


def test_rows_add_up_to_their_total(truth: list[TruthRow]) -> None:
    for form, parts in (
        ("expenditure_by_function", ("basic", "project", "remitted_to_superior", "operating", "subsidy_to_affiliates")),
        ("general_budget_by_function", ("basic", "project")),
        ("expenditure_by_use", ("basic", "project", "reserve")),
    ):
        amounts = stated(truth, form)
        for (side, key, measure), amount in amounts.items():
            if measure == "total":
                assert sum(amounts.get((side, key, part), Decimal(0)) for part in parts) == amount, (form, key)


def test_the_forms_agree_with_one_another(truth: list[TruthRow]) -> None:
    summary = stated(truth, "revenue_expenditure_summary")
    totals = {
        amount
        for (_, key, _), amount in summary.items()
        if key in ("总计", "收入总计", "支出总计", "收入合计", "支出合计")
    }
    assert len(totals) == 1
    for form, measure, side, key in (
        ("revenue_by_function", "total", "revenue", "本年收入合计"),
        ("expenditure_by_function", "total", "expenditure", "本年支出合计"),
        ("expenditure_by_use", "total", "expenditure", "当年支出小计"),
        ("revenue_by_source", "amount", "revenue", "当年收入小计"),
    ):
        rows = stated(truth, form)
        total = rows.get(("", "合计", measure), rows.get(("", "收入总计", measure)))
        if total is not None and (side, key, "amount") in summary:
            assert total == summary[side, key, "amount"], form


def test_the_basic_expenditure_is_the_same_by_function_and_by_economic(truth: list[TruthRow]) -> None:
    by_function = stated(truth, "general_budget_by_function").get(("", "合计", "basic"))
    economic = stated(truth, "basic_expenditure_by_economic")
    measure = "total" if ("", "301", "total") in economic else "amount"
    if by_function is not None:
        assert sum(by_measure(economic, measure, 3)) == by_function


def test_three_public_adds_up(truth: list[TruthRow]) -> None:
    amounts = stated(truth, "three_public")
    for measure in {each for _, _, each in amounts}:
        spent = defaultdict(Decimal, {name: amount for (_, name, each), amount in amounts.items() if each == measure})
        cars = spent["公务用车购置费"] + spent["公务用车运行维护费"]
        assert spent["公务用车购置及运行维护费"] == cars
        three = spent["因公出国（境）费"] + cars + spent["公务接待费"]
        assert spent["三公经费小计"] in (0, three)
        assert spent["合计"] == three + spent["会议费"] + spent["培训费"]
        assert three > 0


@pytest.mark.parametrize(("family", "kind"), STYLES)
def test_units_change_the_print_and_not_the_amount(family: Family, kind: Kind) -> None:
    def amounts(unit: Unit) -> list[tuple[object, ...]]:
        rows = truth_of(family, kind, 1, unit=unit)
        return [(r.form, r.side, r.line, r.measure, r.amount) for r in rows]

    assert amounts("元") == amounts("千元") == amounts("万元") == amounts("亿元")


def test_every_money_column_of_the_contract_is_used() -> None:
    used = {row.measure for family, kind in STYLES for row in truth_of(family, kind, 3, department=EVERY_BUDGET)}
    assert used >= {
        "amount", "total", "basic", "project", "personnel", "public_use", "fiscal_appropriation", "superior_subsidy",
        "undertaking", "operating_income", "affiliate_remittance", "other", "operating", "general_public_budget",
        "government_fund", "state_capital", "opening_balance", "revenue", "closing_balance", "budget", "final",
        "previous_year", "reserve",
    }  # fmt: skip


def test_a_truth_is_written_in_the_columns_of_the_labelled_ones(tmp_path: Path, truth: list[TruthRow]) -> None:
    write_truth(truth, tmp_path / "truth.csv")
    lines = (tmp_path / "truth.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "form,side,line,code,name,measure,amount,printed,unit,page"
    assert len(lines) == len(truth) + 1
