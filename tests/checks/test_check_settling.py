import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from made_items import expenditure, form, item, revenue, summary, without

import checks
from checks import Alternative, check, recorded
from checks import summary as summary_of
from schemas.dataset import dataset

PAPER = [*summary(), *revenue(), *expenditure()]


def misread(items, form_name, line, measure, printed):
    """The paper with one amount read otherwise."""
    return [
        replace(each, printed=printed, amount=Decimal(printed) * 10_000)
        if (each.form, each.side, each.line, each.measure) == (*form_name, line, measure)
        else each
        for each in items
    ]


def second_reader(*others, blind=False):
    """A reader that agrees with the first, except where (form, line, measure) is given another printed amount."""
    read = {key: printed for *key, printed in others for key in [tuple(key)]}

    def reread(each):
        printed = read.get((each.form, each.line, each.measure), each.printed)
        return [] if blind else [Alternative(printed, Decimal(printed) * 10_000, "tesseract", 0.8)]

    return reread


def statuses(settled, status):
    return {(each.form, each.line, each.measure) for each in settled.items if each.status == status}


def reasons(settled, reason):
    return {(each.form, each.line, each.measure) for each in settled.items if each.status_reason == reason}


WRONG = ("expenditure_by_function", 9, "basic")
FIRST_TWO = (("expenditure_by_function", 4), ("expenditure_by_function", 5))
MISREAD = misread(PAPER, ("expenditure_by_function", None), 9, "basic", "80.00")


def test_a_sound_paper_is_proven_throughout():
    assert {each.status for each in check(PAPER).items} == {"proven"}


def test_one_misread_amount_is_marked_alone_and_nothing_it_refutes_is_proven():
    settled = check(MISREAD)
    assert statuses(settled, "contradicted") == {WRONG}
    (explanation,) = settled.explanations
    assert [*explanation.changes.values()] == [Decimal(-500_000)]
    refuted = {place for failure in explanation.failures for place in failure.amounts}
    proven = {f"{form}//{line}/{measure}" for form, line, measure in statuses(settled, "proven")}
    assert refuted.isdisjoint(proven)


def test_the_one_reading_that_satisfies_everything_is_taken():
    settled = check(MISREAD, second_reader((*WRONG, "30.00")))
    assert statuses(settled, "repaired") == {WRONG}
    (repaired,) = (each for each in settled.items if each.status == "repaired")
    assert (repaired.printed, repaired.amount, repaired.reader, repaired.confidence) == (
        "30.00", Decimal(300_000), "tesseract", 0.8,
    )  # fmt: skip
    assert not settled.explanations
    assert all(each.status == "proven" for each in settled.items if each is not repaired)


def test_an_unrelated_slip_of_the_second_reader_does_not_keep_a_repair_from_being_found():
    other = ("expenditure_by_function", 8, "project", "39.00")
    assert statuses(check(MISREAD, second_reader((*WRONG, "30.00"), other)), "repaired") == {WRONG}


def test_where_both_readers_agree_the_publisher_is_inconsistent_and_nothing_is_mended():
    settled = check(MISREAD, second_reader())
    assert statuses(settled, "source_inconsistent") == {WRONG}
    assert [each.printed for each in settled.items] == [each.printed for each in MISREAD]


def test_a_figure_that_was_read_with_doubt_accuses_nobody_although_both_readers_agree():
    unsure = [
        replace(each, confidence=0.76) if (each.form, each.line, each.measure) == WRONG else each for each in MISREAD
    ]
    assert statuses(check(unsure, second_reader()), "contradicted") == {WRONG}


@pytest.mark.parametrize("reread", [second_reader(blind=True), second_reader((*WRONG, "31.00"))])
def test_without_agreement_or_a_reading_that_fits_the_amount_stays_contradicted(reread):
    assert statuses(check(MISREAD, reread), "contradicted") == {WRONG}


TWO_WOULD_DO = form(
    "three_public",
    ("budget",),
    (None, "合计", "9.00"),
    (None, "公务接待费", "4.00"),
    (None, "因公出国（境）费", "4.00"),
)
EITHER = [("three_public", 1, "budget", "8.00"), ("three_public", 2, "budget", "5.00")]


def test_two_readings_that_would_do_are_both_left():
    settled = check(TWO_WOULD_DO, second_reader(*EITHER))
    assert reasons(settled, "second_reader_differs") == {each[:3] for each in EITHER}
    assert not statuses(settled, "proven")


def doubting(*others, confidence):
    """A reader whose other readings have little confidence."""
    sure = second_reader(*others)
    return lambda each: [
        replace(other, confidence=confidence if other.amount != each.amount else 0.98) for other in sure(each)
    ]


BESIDE = ("expenditure_by_function", 8, "project")


def test_two_unlikely_readings_that_make_up_for_one_another_are_not_taken():
    apart = misread(MISREAD, ("expenditure_by_function", None), 8, "project", "90.00")
    (true,) = (each.printed for each in PAPER if (each.form, each.line, each.measure) == BESIDE)
    others = [(*WRONG, "30.00"), (*BESIDE, true)]
    assert len(statuses(check(apart, doubting(*others, confidence=0.6)), "repaired")) == 2
    assert not statuses(check(apart, doubting(*others, confidence=0.01)), "repaired")


def test_an_unlikely_reading_is_taken_alone_where_several_checks_ask_for_it():
    settled = check(MISREAD, doubting((*WRONG, "30.00"), confidence=0.01))
    assert statuses(settled, "repaired") == {WRONG}


@pytest.mark.parametrize("steps", range(1, 9))
def test_a_reading_is_not_taken_for_the_only_one_before_all_were_tried(monkeypatch, steps):
    monkeypatch.setattr("checks.failures.rereading.MOST_STEPS", steps)
    assert not statuses(check(TWO_WOULD_DO, second_reader(*EITHER)), "repaired")


def test_readings_that_rounding_cannot_tell_apart_are_not_called_proven():
    close = ("expenditure_by_function", 9, "total", "30.01")
    settled = check(MISREAD, second_reader((*WRONG, "30.00"), close))
    assert statuses(settled, "repaired") == {WRONG}
    assert statuses(settled, "unproven") == {close[:3]}


def test_several_misread_amounts_are_repaired_together():
    also = ("revenue_by_function", 3, "fiscal_appropriation")
    items = misread(MISREAD, ("revenue_by_function", None), 3, "fiscal_appropriation", "3.00")
    settled = check(items, second_reader((*WRONG, "30.00"), (*also, "30.00")))
    assert statuses(settled, "repaired") == {WRONG, also}


def test_amounts_that_changed_places_are_marked_together():
    moved = misread(PAPER, ("expenditure_by_function", None), 4, "total", "15.00")
    moved = misread(moved, ("expenditure_by_function", None), 5, "total", "25.00")
    assert statuses(check(moved), "contradicted") == {(form, line, "total") for form, line in FIRST_TWO}


def test_two_amounts_that_only_their_exchange_explains_are_marked_together():
    items = form(
        "three_public",
        ("budget",),
        (None, "合计", "2.85"),
        (None, "因公出国（境）费", "8.16"),
        (None, "公务接待费", "5.31"),
    )
    (explanation,) = check(items).explanations
    assert {str(place): change for place, change in explanation.changes.items()} == {
        "three_public//1/budget": Decimal(53_100),
        "three_public//2/budget": Decimal(-53_100),
    }


def test_amounts_that_changed_places_within_a_sum_that_holds_are_repaired_together():
    moved = misread(PAPER, ("expenditure_by_function", None), 4, "total", "15.00")
    moved = misread(moved, ("expenditure_by_function", None), 5, "total", "25.00")
    right = [(*place, "total", printed) for place, printed in zip(FIRST_TWO, ("25.00", "15.00"), strict=True)]
    assert statuses(check(moved, second_reader(*right)), "repaired") == {
        (form, line, "total") for form, line in FIRST_TWO
    }


def test_a_reading_that_settles_only_some_of_the_failing_checks_is_not_taken():
    public = form("three_public", ("budget",), (None, "合计", "5.00"), (None, "公务接待费", "2.00"))
    other = form("basic_expenditure_by_economic", ("amount",), ("30217", "公务接待费", "5.00"))
    settled = check([*public, *other], second_reader(("three_public", 1, "budget", "2.00")))
    assert {each.status for each in settled.items} == {"unproven"}


def test_an_amount_that_was_repaired_and_fails_another_check_after_all_is_not_called_repaired():
    """Reading the balance as 0 makes revenue and expenditure of the budget comparable, and they differ."""
    items = [
        *form(
            "fiscal_appropriation_summary/revenue",
            ("amount",),
            (None, "一般公共预算", "8.00"),
            (None, "上年结转", "3.00"),
            (None, "收入合计", "10.00"),
        ),
        *form("general_budget_by_function", ("amount",), (None, "合计", "9.00")),
    ]
    general, balance = (("fiscal_appropriation_summary", line, "amount") for line in (1, 2))
    settled = check(items, second_reader((*general, "10.00"), (*balance, "0.00")))
    assert statuses(settled, "repaired") == {balance}
    assert general in statuses(settled, "unproven")


def test_where_there_is_too_much_to_try_nothing_is_taken(monkeypatch):
    monkeypatch.setattr("checks.failures.rereading.MOST_STEPS", 1)
    assert statuses(check(MISREAD, second_reader((*WRONG, "30.00"))), "contradicted") == {WRONG}


def test_a_lost_amount_is_named_as_a_blank_cell_and_no_amount_of_its_checks_is_proven():
    settled = check(without(PAPER, *WRONG))
    assert [str(place) for each in settled.explanations for place in each.changes] == [
        "expenditure_by_function//9/basic"
    ]
    assert statuses(settled, "contradicted") == {("expenditure_by_function", 9, "total")}


def test_two_forms_that_each_add_up_and_disagree_once_accuse_nobody():
    public = form("three_public", ("budget",), (None, "合计", "2.00"), (None, "公务接待费", "2.00"))
    other = form(
        "basic_expenditure_by_economic", ("amount",), ("302", "商品和服务支出", "3.00"), ("30217", "公务接待费", "3.00")
    )
    settled = check([*public, *other], second_reader())
    (explanation,) = settled.explanations
    assert not explanation.certain
    assert [*explanation.changes.values()] == [Decimal(-10_000), Decimal(10_000)]
    assert reasons(settled, "accusation_unproven") == {
        ("three_public", 2, "budget"),
        ("basic_expenditure_by_economic", 2, "amount"),
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"standard_name": None}, "code_unknown"),
        ({"standard_name": "公共安全支出"}, "name_disagrees"),
        ({"name": "一2010301般行政运行"}, "name_disagrees"),
        ({"name": "行政的运行"}, None),
    ],
)
def test_arithmetic_alone_proves_no_label(change, reason):
    items = [replace(each, **change) if each.code == "2010301" else each for each in PAPER]
    found = {each.status_reason for each in check(items).items if each.code == "2010301"}
    assert found == {reason}


def test_a_row_without_a_code_is_known_by_the_edition_by_its_unit_or_by_a_sibling():
    def reason(*rows, side="expenditure"):
        items = form(f"revenue_expenditure_summary/{side}", ("amount",), *rows, (None, "支出总计", "5.00"))
        other = form(
            "expenditure_by_function",
            ("amount",),
            (None, "老年福利专项", "3.00"),
            ("208", "社会保障和就业支出", "3.00"),
        )
        return check([*items, *other]).items[0].status_reason

    assert reason((None, "教育支出", "2.00"), (None, "科学技术支出", "3.00")) is None
    assert reason((None, "某项支出", "2.00"), (None, "科学技术支出", "3.00")) == "label_unconfirmed"
    assert reason((None, "老年福利专项", "3.00"), (None, "科学技术支出", "2.00")) is None


def test_zero_is_proven_where_its_label_is_right():
    items = form("three_public", ("final",), (None, "合计", "0.00"), (None, "公务接待费", "0.00"))
    assert {each.status for each in check(items).items} == {"proven"}


def test_a_sum_that_would_hold_without_an_amount_does_not_prove_it():
    items = form(
        "three_public",
        ("final",),
        (None, "合计", "5.00"),
        (None, "公务接待费", "5.00"),
        (None, "因公出国（境）费", "0.01"),
    )
    assert statuses(check(items), "unproven") == {("three_public", 3, "final")}


def test_an_inequality_proves_nothing():
    items = form("revenue_by_function", ("undertaking", "education_fees"), ("205", "教育支出", "5.00", "4.00"))
    assert {each.status for each in check(items).items} == {"unproven"}


def test_the_summary_puts_the_worst_first_with_pages_and_suspects():
    worst, *others = summary_of(check(MISREAD))
    assert worst.verdict == "fails"
    assert {row.verdict for row in others} == {"fails", "not_applicable", "holds"}
    assert worst.pages == (1,)
    assert [(amount.label, amount.printed) for amount in worst.amounts if amount.suspect] == [
        ("2010301 行政运行", "80.00")
    ]
    order = [row.verdict for row in (worst, *others)]
    assert order == sorted(order, key=("fails", "not_applicable", "holds").index)


def test_the_summary_puts_the_largest_excess_over_rounding_first():
    items = form(
        "three_public", ("budget", "final"), (None, "合计", "1.03", "9.00"), (None, "公务接待费", "1.00", "2.00")
    )
    assert [row.subject for row in summary_of(check(items))[:2]] == ["某局|final", "某局|budget"]


def test_checks_are_recorded_once_each_and_without_sums_where_nothing_was_judged():
    records = recorded(check(PAPER).checks)
    assert all((each.left_yuan is None) == (each.verdict == "not_applicable") for each in records)
    keys = [(each.check_id, each.subject) for each in records]
    assert len(set(keys)) == len(keys)


def test_a_document_without_amounts_has_nothing_to_check():
    assert check([]).items == () == check([]).checks


def test_an_amount_of_no_known_sum_is_unproven():
    assert check([item("government_fund", "合计", "1.00")]).items[0].status == "unproven"


def test_every_reason_is_a_word_of_the_dataset():
    room = Path(checks.__file__).parent
    said = set().union(*(re.findall(r'"([a-z_]+)"', path.read_text("utf-8")) for path in room.rglob("*.py")))
    words = set(dataset().terms("status_reason"))
    returned = {each.status_reason for items in (PAPER, MISREAD, TWO_WOULD_DO) for each in check(items).items}
    assert returned - {None} <= words
    assert {"row_unsettled", "accusation_unproven", "organisation_unknown", "label_unread_beside"} <= said & words
