"""Identities that fail in most papers of one publisher or layout are ours."""

from dataclasses import replace
from decimal import Decimal

import pytest
from made_items import document, expenditure, table

from checks import PaperChecks, downgraded, our_faults
from schemas.records import Check

IDENTITY = "cross.summary_equals_expenditure_by_function"


def said(verdict, check_id=IDENTITY, amounts=("expenditure_by_function//1/total",)):
    zero = Decimal(0)
    return Check(check_id, "某局|whole", zero, zero, zero, zero, verdict, amounts)


def paper(number, verdict, *, portal="某市", title="支出总表", kind="budget", **other):
    about = replace(document(kind=kind), document_id=f"paper{number}", portal=portal)
    tables = [table(1, "expenditure_by_function", title=title)]
    return PaperChecks.of(about, tables, [said(verdict, **other), said("holds", "expenditure_by_function.total")])


def ours(*papers):
    return {name: set(found) for name, found in our_faults(papers).items() if found}


def test_what_fails_in_most_papers_of_a_portal_is_our_fault_there():
    papers = [paper(number, "fails", title=f"表{number}") for number in range(3)]
    assert ours(*papers) == {each.document_id: {IDENTITY} for each in papers}
    assert ours(*papers, *(paper(number, "holds", title=f"表{number}") for number in range(3, 5))) == {
        f"paper{number}": {IDENTITY} for number in range(3)
    }
    assert ours(*papers, *(paper(number, "holds", title=f"表{number}") for number in range(3, 6))) == {}


def test_too_few_papers_say_nothing():
    assert ours(paper(1, "fails"), paper(2, "fails")) == {}


def test_without_a_portal_papers_with_the_same_titles_are_one_layout():
    papers = [paper(number, "fails", portal=None, title="支出总体情况表") for number in range(3)]
    others = [paper(number, "holds", portal=None, title="支出总表") for number in range(3, 9)]
    assert ours(*papers, *others) == {each.document_id: {IDENTITY} for each in papers}


@pytest.mark.parametrize(("failing", "status"), [([IDENTITY], "unproven"), ([IDENTITY, "x.y"], "contradicted")])
def test_an_amount_is_cleared_where_our_faults_alone_accuse_it(failing, status):
    items = [replace(each, status="contradicted") if each.line == 1 else each for each in expenditure()]
    found = downgraded(items, [said("fails", each) for each in failing], {IDENTITY})
    assert found[0].status == status
    assert (found[0].status_reason == "accusation_unproven") == (status == "unproven")
    assert {each.status for each in found[1:3]} == {"contradicted"}, "no failing check names them"
