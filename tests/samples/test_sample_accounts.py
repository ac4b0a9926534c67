from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samples.accounts import closing_of, opening_of, revenue_of, rolled_up, total_of
from samples.figures import accounts
from samples.vocabulary import departments, economics, functions
from schemas.records import Kind

SEEDS = st.integers(min_value=0, max_value=10_000)
KINDS = st.sampled_from(["budget", "final_accounts"])
TOTAL = {"total": lambda spending: spending.total}


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, kind=KINDS, refund=st.booleans(), reserve=st.booleans())
def test_the_accounts_balance(seed: int, kind: Kind, refund: bool, reserve: bool) -> None:
    books = accounts(seed, kind, refund=refund, reserve=reserve)
    spendings = books.spendings
    assert opening_of(spendings) + revenue_of(spendings) == total_of(spendings) + closing_of(spendings)
    general_basic = sum(s.basic for s in books.paid_from("general_public_budget"))
    assert sum(books.basic_by_economic.values()) == general_basic
    assert all(amount >= 0 for amount in books.basic_by_economic.values())


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, kind=KINDS)
def test_every_level_adds_up_to_the_same(seed: int, kind: Kind) -> None:
    books = accounts(seed, kind)
    for level in (3, 5, 7):
        rows = rolled_up(books.spendings, TOTAL, levels=(level,))
        assert sum(sums["total"] for _, sums in rows) == total_of(books.spendings)


def test_amounts_are_whole_grains() -> None:
    books = accounts(1, "final_accounts")
    amounts = [part for s in books.spendings for part in (s.basic, s.project, s.operating, s.opening, s.closing)]
    assert all(amount % 100 == 0 for amount in amounts)
    finer = accounts(1, "final_accounts", grain=Decimal(1))
    assert any(s.basic % 100 for s in finer.spendings)


def test_the_same_seed_gives_the_same_accounts_and_another_others() -> None:
    assert accounts(5, "budget") == accounts(5, "budget")
    assert accounts(5, "budget") != accounts(6, "budget", department=accounts(5, "budget").department)


def test_a_refund_is_negative() -> None:
    assert min(s.project for s in accounts(3, "budget", refund=True).spendings) < 0


def test_budgets_of_three_public_are_never_exceeded() -> None:
    for seed in range(20):
        books = accounts(seed, "final_accounts")
        assert books.three_public.total <= books.three_public_budget.total


def test_the_vocabulary_names_all_parents() -> None:
    for names in (functions(), economics()):
        assert {code[:length] for code in names for length in (3, 5) if len(code) > length} <= names.keys()
    assert set(departments().economic_parts) <= economics().keys()


def test_an_unknown_department_is_refused() -> None:
    with pytest.raises(KeyError):
        accounts(1, "budget", department="示例市财政局")
