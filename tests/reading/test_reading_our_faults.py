"""What most papers of one layout fail by is held against none of them, wherever they are read together."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from reading import work
from reading.document import read_document
from reading.our_faults import CODE, take_back_our_faults
from reading.running.outcomes import Outcome, outcome_of
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.typeset import typeset
from schemas.records import Reading


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    file = tmp_path_factory.mktemp("paper") / "paper.pdf"
    typeset(example_paper("national", "final_accounts", seed=3, year=2024), LAYOUTS["plain"], file)
    return read_document(file)


def kept(paper: Reading, folder: Path, misread: list[bool]) -> list[Outcome]:
    """The paper over and over, as papers of their own, and accused in each that is `misread`."""
    outcomes = []
    for number, wrong in enumerate(misread):
        own = replace(paper, document=replace(paper.document, document_id=f"{number:064x}"))
        reading = accused(own) if wrong else own
        work.keep(reading, folder)
        outcomes.append(outcome_of(reading))
    return outcomes


def accused(reading: Reading) -> Reading:
    """With one check that fails, and its amounts called wrong."""
    failing = next(each for each in reading.checks if each.verdict == "holds" and len(each.amounts) > 1)
    broken = replace(failing, verdict="fails", left_yuan=failing.right_yuan + 1, difference_yuan=Decimal(1))
    items = tuple(
        replace(item, status="source_inconsistent", status_reason="sum_fails")
        if place(item) in failing.amounts
        else item
        for item in reading.line_items
    )
    checks = tuple(
        broken if each is failing else each
        for each in reading.checks
        if each is failing or each.check_id != failing.check_id
    )
    return replace(reading, line_items=items, checks=checks)


def place(item):
    return f"{item.form}/{item.side or ''}/{item.line}/{item.measure}" + (f"/{item.fund}" if item.fund else "")


def read_again(outcomes: list[Outcome], folder: Path) -> list[Reading]:
    return [work.kept(each.document_id, folder) for each in outcomes]


def test_most_papers_of_a_layout_are_not_misprinted(paper: Reading, tmp_path: Path) -> None:
    outcomes = kept(paper, tmp_path, [True, True, True, True, False])
    changed = take_back_our_faults(outcomes, tmp_path)
    assert changed.keys() == {each.document_id for each in outcomes[:4]}
    assert not any(each.amounts.get("source_inconsistent") for each in changed.values())
    *mended, sound = read_again(outcomes, tmp_path)
    for reading in mended:
        taken_back = [item for item in reading.line_items if item.status_reason == "accusation_unproven"]
        assert taken_back
        assert {item.status for item in taken_back} == {"unproven"}
        assert [finding.code for finding in reading.findings].count(CODE) == 1
    assert CODE not in {finding.code for finding in sound.findings}


def test_it_gives_the_same_again(paper: Reading, tmp_path: Path) -> None:
    outcomes = kept(paper, tmp_path, [True, True, True, True])
    take_back_our_faults(outcomes, tmp_path)
    before = read_again(outcomes, tmp_path)
    assert take_back_our_faults([outcome_of(each) for each in before], tmp_path) == {}
    assert read_again(outcomes, tmp_path) == before


def test_one_paper_among_many_that_add_up_can_be_misprinted(paper: Reading, tmp_path: Path) -> None:
    outcomes = kept(paper, tmp_path, [True, False, False, False, False])
    assert take_back_our_faults(outcomes, tmp_path) == {}
    assert outcomes[0].amounts["source_inconsistent"]
