"""Faults in one list, what somebody said of them, and what was not checked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checks import SummaryRow
from reading.questions.acknowledging import Acknowledgement, acknowledge, lapsed, read_acknowledged
from reading.questions.check_rows import CheckRow
from reading.questions.checking import CheckedPaper, with_acknowledged
from reading.questions.faults import faults_of
from reading.questions.unchecked import NO_AMOUNTS, NOTHING, unchecked
from reading.review.verdicts import NO, TO_CHECK, UNTOLD, YES, item_verdicts
from schemas.duties import duties
from schemas.errors import WrongUseError
from schemas.identities import catalogue
from schemas.records import DisclosureItem, Document, Finding, Reading

ZERO = Decimal(0)
DOCUMENT = Document("ab" * 32, "paper.pdf", "read", kind="budget", fiscal_year=2026, department="上海市普陀区某局")
UNTRUE = Finding("prose_change_not_recomputed", "增加17.62% ⇒ 减少91.11%", page=9)
OURS = Finding("prose_figure_unread", "另有12万元", page=9)
MET = tuple(DisclosureItem(duty.id, "met", None, 3, "标题") for duty in duties().duties)


def reading(*findings, disclosure=MET, document=DOCUMENT):
    return Reading(document, findings=findings, disclosure=disclosure)


def row(check_id, verdict="fails", subject="某局", reason=""):
    title = catalogue().title(check_id)
    told = SummaryRow(verdict, check_id, title.zh, title.en, subject, ZERO, ZERO, ZERO, ZERO, reason, ())
    return CheckRow(told, None, ())


def paper(*findings, rows=(), **other):
    read = reading(*findings, **other)
    fails = {"fails": sum(not each.advisory for each in rows)}
    return CheckedPaper(
        read.document, (), {"proven": 1}, fails, {}, tuple(rows), {}, frozenset(), read.disclosure,
        faults_of(read, rows), unchecked(rows),
    )  # fmt: skip


def said(fault, what="not_a_fault"):
    return Acknowledgement.model_validate(
        {"document": fault.document_id, "fault": fault.id, "as": what, "reason": "已核实", "on": date(2026, 3, 5)}
    )


def without(*unmet):
    return tuple(replace(item, verdict="not_met", reason="absent") if item.duty in unmet else item for item in MET)


def test_a_finding_of_the_words_says_what_is_printed_and_what_would_be_right():
    (fault,) = faults_of(reading(UNTRUE, OURS), ())
    assert (fault.kind, fault.page, fault.found, fault.right) == ("words", 9, "增加17.62%", "减少91.11%")


def test_words_belong_to_the_part_of_the_paper_that_they_stand_in():
    starts = tuple(replace(item, page={"statement": 8, "projects": 23}.get(item.duty, 2)) for item in MET)
    found = [replace(UNTRUE, page=page) for page in (9, 23)]
    assert [fault.item for fault in faults_of(reading(*found, disclosure=starts), ())] == ["编制说明", "项目说明"]


def test_a_duty_not_met_cites_the_rules_that_ask_for_it():
    (fault,) = faults_of(reading(disclosure=without("glossary")), ())
    assert (fault.kind, fault.item) == ("duty", "名词解释")
    assert "国办发" in (fault.right or "")
    assert "检查表" in (fault.right or "")


def test_failing_sums_come_first_and_remarks_last():
    rows = [row("paper.order"), row(catalogue().identities[0].id)]
    found = faults_of(reading(UNTRUE, disclosure=without("glossary")), rows)
    assert [fault.kind for fault in found] == ["sum", "words", "duty", "remark"]


def test_what_a_duty_says_is_not_said_again_by_its_check():
    found = faults_of(reading(disclosure=without("empty_forms_explained")), [row("paper.form_empty")])
    assert [fault.name for fault in found] == ["empty_forms_explained"]


def test_a_clause_that_a_page_prints_twice_is_two_faults():
    found = faults_of(reading(UNTRUE, UNTRUE), ())
    assert [fault.time for fault in found] == [1, 2]
    assert len({fault.id for fault in found}) == 2


def test_the_id_of_a_fault_is_the_same_next_time_and_another_in_another_paper():
    first, again = (faults_of(reading(UNTRUE), ())[0].id for _ in range(2))
    replaced = faults_of(reading(UNTRUE, document=replace(DOCUMENT, document_id="cd" * 32)), ())[0].id
    assert first == again != replaced


def test_what_was_said_survives_and_lapses_with_the_paper(tmp_path):
    file = tmp_path / "acknowledged.yaml"
    (fault,) = faults_of(reading(UNTRUE), ())
    acknowledge(file, said(fault))
    acknowledge(file, said(fault, "publishers_own"))
    known = read_acknowledged(file)
    assert {entry.said for entry in known.values()} == {"publishers_own"}
    (same,) = with_acknowledged([paper(UNTRUE)], known)
    (replaced,) = with_acknowledged([paper(UNTRUE, document=replace(DOCUMENT, document_id="cd" * 32))], known)
    assert (len(same.acknowledged), len(replaced.acknowledged)) == (1, 0)
    assert lapsed(known, [DOCUMENT.document_id], same.faults) == ()
    assert [entry.fault for entry in lapsed(known, [DOCUMENT.document_id], ())] == [fault.id]
    assert lapsed(known, ["cd" * 32], ()) == ()


@pytest.mark.parametrize(
    "text",
    ["- {document: ab, fault: x, as: not_a_fault, reason: x}", "- {as: mine}", "{", "- {reason: ''}"],
)
def test_a_file_that_says_what_cannot_be_is_wrong_use(tmp_path, text):
    file = tmp_path / "acknowledged.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WrongUseError):
        read_acknowledged(file)


def test_a_sum_that_was_acknowledged_no_longer_fails_the_paper():
    failing = paper(rows=[row(catalogue().identities[0].id)])
    assert not failing.sound
    (known,) = with_acknowledged([failing], {each.id: said(each) for each in failing.faults})
    assert known.sound
    assert known.standing == ()


def test_no_item_of_the_sheet_is_met_by_doing_nothing():
    unlooked = tuple(DisclosureItem(duty.id, "not_looked", "could_not_be_read") for duty in duties().duties)
    for disclosure in ((), unlooked):
        assert {each.meets for each in item_verdicts(paper(disclosure=disclosure))} == {UNTOLD}


def test_the_sheet_says_yes_no_and_what_is_to_be_checked():
    checked = paper(UNTRUE, rows=[row("paper.order")], disclosure=without("glossary"))
    found = {each.item: each.meets for each in item_verdicts(checked)}
    assert (found["编制说明"], found["名词解释"], found["报表"], found["目录"]) == (NO, NO, TO_CHECK, YES)
    known = {each.id: said(each) for each in checked.faults}
    assert {each.meets for each in item_verdicts(with_acknowledged([checked], known)[0])} == {YES}


def test_checks_that_were_not_made_say_why():
    first, second = (each.id for each in catalogue().identities[:2])
    found = {
        each.check_id: each.reason
        for each in unchecked([row(first, "holds"), row(second, "not_applicable", reason="why")])
    }
    assert first not in found
    assert found[second] == "why"
    assert found["prose.total"] == NOTHING
    assert {each.reason for each in unchecked(())} == {NO_AMOUNTS}
    assert len(unchecked(())) == len(catalogue().identities) + len(catalogue().others)
