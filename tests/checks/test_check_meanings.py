"""Figures that are right under the wrong name: sums hold, and nothing of it may be called proven."""

import random
from collections import defaultdict
from dataclasses import replace

import pytest
from made_items import document, expenditure, form, revenue, summary

from benchmarks.labelled import labelled_items
from benchmarks.planted_meanings import MEANINGS, meanings, wrong_and_proven
from checks import check, check_paper
from extractors.tables.amounts import printed_amount
from schemas.findings import known_findings
from tests.kinds import one_in

PAPER = [*summary(), *revenue(), *expenditure()]
PAPERS = (
    "swu_2023_final",
    "putuo_planning_2024_final",
    "cities/fuzhou_civil",
    "cities/huzhou_finance",
    "cities/xian_audit",
)


def reasons(items, form_name):
    return {each.status_reason for each in check(items).items if each.form == form_name}


@pytest.mark.parametrize("name", one_in(2, PAPERS))
def test_nothing_is_proven_under_a_meaning_that_the_paper_does_not_give_it(shared, name):
    items = labelled_items(shared / "truth" / f"{name}.csv")
    planted = defaultdict(list)
    for kind, paper in meanings(items):
        planted[kind].append(paper)
    assert planted.keys() <= MEANINGS.keys()
    for kind, papers in planted.items():
        for paper in random.Random(5).sample(papers, min(len(papers), 4)):
            wrong, proven = wrong_and_proven(paper, items)
            assert proven == 0, (kind, wrong, proven)


def test_parts_of_one_whole_that_nothing_tells_apart_prove_no_column():
    alone = [*summary(), *expenditure()]
    assert reasons(alone, "expenditure_by_function") == {None}
    nowhere = [replace(each, col=None) for each in alone]
    assert reasons(nowhere, "expenditure_by_function") == {None, "column_unsettled"}
    turned = [replace(each, col=9 - each.col) for each in alone]
    assert "column_unsettled" in reasons(turned, "expenditure_by_function")


def test_another_form_that_prints_one_of_them_tells_them_apart():
    general = form("general_budget_by_function", ("total", "basic"), ("201", "一般公共服务支出", "60.00", "30.00"),
                   ("208", "社会保障和就业支出", "40.00", "40.00"), (None, "合计", "100.00", "70.00"))  # fmt: skip
    items = [replace(each, col=None) for each in (*summary(), *expenditure(), *general)]
    assert reasons(items, "expenditure_by_function") == {None}


def test_an_amount_with_fewer_decimals_than_its_table_was_cut():
    cut = [replace(each, printed="15.0", table_no=7) if each.code == "2080506" else replace(each, table_no=7)
           for each in PAPER]  # fmt: skip
    whole = {each.status_reason for each in check(cut).items if each.code == "2080506"}
    assert whole == {"row_unsettled"}
    exact = [replace(each, printed=each.printed.rstrip("0").rstrip(".")) for each in cut]
    assert {each.status for each in check(exact).items} == {"proven"}, "this table prints no zeros at the end"


@pytest.mark.parametrize("printed", ["15.0", "15. 0", "15.", "15"])
def test_a_figure_that_lost_its_last_digit_is_odd_and_said_so(printed):
    cut = [replace(each, printed=printed, table_no=7, page=3, row=9, col=2) if each.code == "2080506"
           else replace(each, table_no=7) for each in PAPER]  # fmt: skip
    found = [each for each in check_paper(document(), [], cut).findings if each.code == "fewer_decimals"]
    assert found
    assert {(each.page, each.table_no, each.row, each.col) for each in found} == {(3, 7, 9, 2)}
    assert found[0].code in known_findings()


@pytest.mark.parametrize("name", ["swu_2023_final", "cities/xian_audit"])
def test_a_lost_digit_does_not_widen_the_check_that_should_catch_it(name, shared):
    items = labelled_items(shared / "truth" / f"{name}.csv")
    at = [at for at, each in enumerate(items) if "." in each.printed and each.printed[-1] not in ".0"]
    for number in random.Random(1).sample(at, 20):
        item = items[number]
        for printed in (item.printed[:-1].rstrip("."), f"{item.printed[:-2]} {item.printed[-1]}"):
            amount = printed_amount(printed).yuan(item.unit)
            short = [*items[:number], replace(item, printed=printed, amount=amount), *items[number + 1 :]]
            assert amount == item.amount or check(short).items[number].status not in {"proven", "repaired"}


def test_a_figure_that_is_equal_to_its_copies_alone_is_not_proven():
    one = form(
        "government_fund", ("total", "project"), ("229", "其他支出", "5.00", "5.00"), (None, "合计", "5.00", "5.00")
    )
    assert reasons(one, "government_fund") <= {"identity_unsettled", "column_unsettled"}


def test_two_tables_that_claim_one_form_leave_its_title_in_doubt():
    again = [replace(each, line=each.line + 20, table_no=8) for each in expenditure()]
    assert reasons([*PAPER, *again], "expenditure_by_function") == {"title_not_whole"}
