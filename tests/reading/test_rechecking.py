"""A release whose amounts were forged with all that tells of them, hashes and CSV too, still gives itself away."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from publish.store.release import publish_release
from publish.store.verification import Problem, problems_of
from reading.document import read_document
from reading.questions.rechecking import problems_of_checks
from schemas.records import Check, LineItem, Reading


@pytest.fixture(scope="module")
def reading(good_paper: Path) -> Reading:
    return read_document(good_paper)


def problems(reading: Reading, root: Path) -> list[Problem]:
    """What is said of the checks of a release of this reading, which is sound otherwise."""
    release = publish_release([reading], root, "2026.3.5", workers=1).folder
    assert list(problems_of(release)) == []
    return list(problems_of_checks(release))


def forged(reading: Reading, at: int, change: Callable[[LineItem], LineItem]) -> Reading:
    items = tuple(change(item) if number == at else item for number, item in enumerate(reading.line_items))
    return replace(reading, line_items=items)


def test_an_honest_release_s_checks_follow_from_its_amounts(reading: Reading, tmp_path: Path) -> None:
    assert problems(reading, tmp_path) == []


@pytest.mark.parametrize("share", [0.05, 0.3, 0.55, 0.8])
def test_a_forged_amount_is_found_and_named_by_its_check(reading: Reading, tmp_path: Path, share: float) -> None:
    proven = [number for number, item in enumerate(reading.line_items) if item.status == "proven" and item.amount > 100]
    at = proven[int(len(proven) * share)]

    def richer(item: LineItem) -> LineItem:
        return replace(item, amount=item.amount + Decimal(1_000_000))

    (found,) = problems(forged(reading, at, richer), tmp_path)
    assert found.kind == "checks"
    assert reading.document.document_id[:16] in found.why
    assert "(fails)" in found.why


def test_a_forged_verdict_is_found(reading: Reading, tmp_path: Path) -> None:
    def denied(each: Check) -> Check:
        return replace(each, verdict="fails") if each is first else each

    first = next(each for each in reading.checks if each.verdict == "holds" and not each.check_id.startswith("prose."))
    (found,) = problems(replace(reading, checks=tuple(map(denied, reading.checks))), tmp_path)
    assert first.check_id in found.why


def test_what_another_version_of_the_code_checked_is_no_forgery(reading: Reading, tmp_path: Path) -> None:
    """An identity that is no more, and one that takes in other amounts now, say nothing of the amounts."""
    first, *others = (each for each in reading.checks if each.verdict == "holds" and len(each.amounts) > 2)
    gone = replace(first, check_id="an.identity.of.old")
    other = replace(others[0], amounts=others[0].amounts[:-1], left_yuan=Decimal("1.00"))
    assert problems(replace(reading, checks=(gone, other)), tmp_path) == []
