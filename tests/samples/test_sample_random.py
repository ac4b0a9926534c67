"""Papers drawn at random: the truths agree with themselves, whatever is chosen, and seeds keep what they drew."""

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest

from samples.at_random import CHOICES, Chosen, chosen_as, drawn, random_paper, simpler
from samples.at_random.books import books
from samples.truth import TruthRow
from samples.typesetting.flow import compose
from samples.typesetting.grid import grid_of
from samples.typesetting.splitting import split

ALONE = [(name, option) for name, choice in CHOICES.items() for option in choice.options[1:]]
NOT_ALONE = ("by_organisation", "negative")
"""Choices that show only beside another: units, a refund."""
SEEDS = range(12)


def truth_of(seed: int, chosen: Chosen) -> list[TruthRow]:
    return compose(*random_paper(seed, chosen))[1]


@pytest.mark.parametrize(("name", "option"), ALONE)
def test_every_option_gives_a_paper_of_its_own(name: str, option: str) -> None:
    plain, other = chosen_as(), chosen_as(**{name: option})
    assert list(other.odd) == [name]
    assert random_paper(4, other) != random_paper(4, plain) or name in NOT_ALONE


def test_a_seed_keeps_what_it_drew() -> None:
    assert [random_paper(seed, drawn(seed)) for seed in SEEDS] == [random_paper(seed, drawn(seed)) for seed in SEEDS]
    assert all(drawn(one) != drawn(other) for one, other in pairwise(SEEDS))


def test_simpler_papers_lose_one_choice_each() -> None:
    chosen = chosen_as(rules="none", codes="steps")
    assert [each.odd for each in simpler(chosen)] == [{"codes": "steps"}, {"rules": "none"}]
    with pytest.raises(ValueError, match="rules=wavy"):
        chosen_as(rules="wavy")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_grid_position_is_covered_exactly_once(seed: int) -> None:
    paper, layout = random_paper(seed, drawn(seed))
    for printed in paper.tables:
        for grid in split(grid_of(printed, layout), layout):
            covered = [
                (row, col)
                for cell in grid.cells
                for row in range(cell.row, cell.row + cell.rows)
                for col in range(cell.col, cell.col + cell.cols)
            ]
            assert len(covered) == len(set(covered)) == grid.rows * len(grid.columns), printed.title


@pytest.mark.parametrize("seed", range(4))
def test_units_add_up_to_the_department(seed: int) -> None:
    made = books(seed, chosen_as(units="once", carried="from_last_year"))
    for measure in ("total", "revenue", "opening", "personnel", "public_use"):
        whole = sum(getattr(spending, measure) for spending in made.whole.spendings)
        units = sum(getattr(s, measure) for unit in made.organisations for s in unit.accounts.spendings)
        assert whole == units, measure
    people = sum(s.personnel for s in made.whole.paid_from("general_public_budget"))
    assert people == made.whole.economic("301", "303")


@pytest.mark.parametrize("units", CHOICES["units"].options)
def test_the_forms_agree_with_one_another(units: str) -> None:
    truth = truth_of(3, chosen_as(units=units, more_forms="all", zeros="0.00", carried="from_last_year"))
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in truth:
        if len(row.code) == (5 if row.form.endswith("by_economic") else 7):
            sums[row.form, row.measure] += row.amount
    assert sums["expenditure_by_function", "total"] == sums["revenue_by_function", "total"] > 0
    general = "general_budget_by_function"
    assert sums[general, "total"] == sums["general_budget_by_economic", "total"] > 0
    assert sums[general, "basic"] == sums["basic_expenditure_by_economic", "total"] > 0
    assert sums[general, "basic"] == sums["basic_expenditure_by_function", "total"]
    named = {row.organisation for row in truth if row.form == general}
    assert (named == {""}) == (units == "none")


@pytest.mark.parametrize("summary", CHOICES["summary"].options)
@pytest.mark.parametrize("grouping", CHOICES["grouping"].options)
def test_the_lists_of_a_summary_have_one_total(summary: str, grouping: str) -> None:
    truth = truth_of(5, chosen_as(summary=summary, grouping=grouping, fiscal_columns="amount"))
    for form in ("revenue_expenditure_summary", "fiscal_appropriation_summary"):
        totals = [row.amount for row in truth if row.form == form and row.name in ("收入总计", "支出总计")]
        assert len(totals) == {"functions_and_uses": 2, "four": 4}.get(summary, 2)
        assert len(set(totals)) == 1


@pytest.mark.parametrize("shape", CHOICES["three_public"].options)
def test_three_public_says_the_same_in_every_shape(shape: str) -> None:
    truth = truth_of(2, chosen_as(three_public=shape, zeros="0.00"))
    rows = [row for row in truth if row.form == "three_public" and row.measure == "budget" and not row.organisation]
    of_all = [row for row in rows if row.fund in ("", "general_public_budget")]
    spent = {row.name: row.amount for row in of_all}
    assert spent["合计"] == spent["因公出国（境）费"] + spent["公务用车购置及运行维护费"] + spent["公务接待费"] > 0
    assert len(spent) == 6
    assert {row.measure for row in truth if row.form == "three_public"} <= {"budget", "previous_year"}
