"""The labelled papers, checked as if they had been read without a fault."""

import random
import statistics

import pytest

from benchmarks.labelled import labelled_items
from benchmarks.planted_errors import outcome, planted
from checks import Alternative, check
from tests.kinds import one_in

PAPERS = (
    "jiangsu_court_2019_budget",
    "jiangsu_party_2017_budget",
    "putuo_commerce_2025_budget",
    "putuo_planning_2024_final",
    "putuo_socialwork_2024_final",
    "swu_2023_final",
    "zhuzhou_union_2023_final",
)


@pytest.fixture(params=PAPERS)
def paper(request, shared):
    return labelled_items(shared / "truth" / f"{request.param}.csv")


def test_nothing_fails_and_almost_everything_is_proven(paper):
    def agreeing(item):
        return [Alternative(item.printed, item.amount, "pdfplumber")]

    settled = check(paper, agreeing)
    assert [each.check_id for each in settled.checks if each.verdict == "fails"] == []
    assert {each.status for each in settled.items} <= {"proven", "unproven"}
    assert sum(each.status == "proven" for each in settled.items) >= 0.95 * len(paper)


@pytest.mark.parametrize("paper", one_in(4, PAPERS), indirect=True)
def test_planted_errors_are_caught_and_found(paper):
    clean = check(paper).checks
    every = [error for kind, error in planted(paper, 1, random.Random(7)) if kind != "lost"]
    sample = random.Random(11).sample(every, 60)
    outcomes = [found for error in sample if (found := outcome(error, clean, paper, repair=False)).covered]
    assert sum(each.caught for each in outcomes) >= 0.99 * len(outcomes)
    assert sum(each.found for each in outcomes) >= 0.95 * len(outcomes)
    assert statistics.median(each.marked for each in outcomes) <= 3
