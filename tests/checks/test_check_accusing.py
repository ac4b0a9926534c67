"""Who is accused of what does not add up, and who is not."""

from dataclasses import replace
from decimal import Decimal

import pytest
from made_items import expenditure, form, revenue, summary

from checks import Alternative, check, evaluated
from checks.proofs.evidence import Evidence, held_against
from reading.document import read_document
from schemas.records import Finding

PAPER = [replace(each, table_no=3 if each.form == "expenditure_by_function" else 1) for each in
         (*summary(), *revenue(), *expenditure())]  # fmt: skip
WRONG = ("expenditure_by_function", "2010301", "basic")


def printed_wrong(printed="80.00", items=PAPER):
    """The paper with 行政运行 printed wrong in one cell."""
    return [
        replace(each, printed=printed, amount=Decimal(printed) * 10_000)
        if (each.form, each.code, each.measure) == WRONG
        else each
        for each in items
    ]


def agreeing(item):
    return [Alternative(item.printed, item.amount, "pdfplumber")]


def flagged(settled):
    return {(each.form, each.code, each.measure): each.status for each in settled.items if each.status != "proven"}


def test_a_misprint_in_a_table_that_else_adds_up_accuses_its_publisher():
    settled = check(printed_wrong(), agreeing)
    assert flagged(settled)[WRONG] == "source_inconsistent"
    assert {each.status_reason for each in settled.items if each.status == "source_inconsistent"} == {"sum_fails"}


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("unknown_heading", "heading_unread_beside"),
        ("heading_twice", "heading_unread_beside"),
        ("unknown_label", "label_unread_beside"),
        ("text_in_money_cell", "label_unread_beside"),
        ("amount_unaccounted", "label_unread_beside"),
    ],
)
def test_beside_anything_unread_nobody_is_accused(code, reason):
    seen = Finding(code, "某栏", page=1, table_no=3)
    settled = check(printed_wrong(), agreeing, findings=[seen])
    (found,) = [each for each in settled.items if (each.form, each.code, each.measure) == WRONG]
    assert (found.status, found.status_reason) == ("unproven", reason)
    elsewhere = check(printed_wrong(), agreeing, findings=[replace(seen, table_no=9)])
    assert flagged(elsewhere)[WRONG] == "source_inconsistent"


def test_a_label_that_is_not_right_is_nobodys_misprint():
    garbled = [
        replace(each, name="一2010301般行政运行") if each.code == "2010301" else each for each in printed_wrong()
    ]
    assert flagged(check(garbled, agreeing))[WRONG] == "unproven"


BOTH = [
    *form(
        "three_public",
        ("budget",),
        (None, "合计", "2.00"),
        (None, "公务接待费", "2.00"),
        (None, "机关运行经费", "4.00"),
    ),
    *form("operating_expenses_by_economic", ("amount",), ("302", "商品和服务支出", "3.00"), (None, "合计", "3.00")),
]


def test_two_forms_that_disagree_once_accuse_nobody_unless_the_publishers_other_papers_bear_it_out():
    check_id = "cross.operating_expenses_equal_their_form"
    alone = check(BOTH, agreeing)
    assert {each.status for each in alone.items} == {"unproven"}
    assert "source_inconsistent" in {each.status for each in check(BOTH, agreeing, known=[check_id]).items}
    assert {each.status for each in check(BOTH, agreeing, known=[check_id], doubted=[check_id]).items} == {"unproven"}


def test_a_structure_that_most_of_a_table_refutes_is_not_borne_out():
    rows = [(f"20103{number:02}", "某项", f"{number}.00", "4.00", f"{number + 1}.00") for number in (5, 6, 7, 8)]
    items = form("expenditure_by_function", ("total", "basic", "project"), *rows)
    checks = evaluated(items)
    assert {each.verdict for each in checks if each.check_id.endswith("row_total")} == {"not_applicable"}
    assert not [each for each in check(items, agreeing).items if each.status != "unproven"]


def test_what_two_forms_say_of_one_another_counts_only_where_both_are_sound():
    """A form that lost its rows in reading differs from all others, and says nothing of them."""
    lost = [each for each in PAPER if each.form != "expenditure_by_function" or each.code not in ("2080506", "2010302")]
    checks = evaluated(lost)
    failing = [each for each in held_against(checks, Evidence.of(checks)) if each.verdict == "fails"]
    assert not [each for each in failing if each.check_id.startswith("cross.")]
    assert not [each for each in check(lost, agreeing).items if each.status == "source_inconsistent"]


def test_nobody_is_accused_by_a_form_whose_next_page_was_not_joined_to_it(shared):
    """What the form lacks is blank there, and it has no total to show that it is whole."""
    reading = read_document(shared / "documents" / "hard" / "mutant_last_digit_lost.pdf")
    assert [each.page for each in reading.findings if each.code == "continuation_unread"] == [15]
    assert "source_inconsistent" not in {each.status for each in reading.line_items}
    doubted = {(each.form, each.name) for each in reading.line_items if each.status == "unproven"}
    assert ("fiscal_appropriation_summary", "住房保障支出") in doubted
