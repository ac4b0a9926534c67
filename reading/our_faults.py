"""Papers read together: what most papers of one layout fail by is our fault, and is held against none of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from checks import PaperChecks, downgraded, our_faults
from checks.publishers import FEWEST_PAPERS, MARKED
from reading import work
from reading.running.outcomes import Outcome, outcome_of
from schemas.records import Finding, Reading

CODE = "identity_fails_in_layout"


def take_back_our_faults(outcomes: Iterable[Outcome], folder: Path) -> Mapping[str, Outcome]:
    """Hold the readings of the work folder against one another; what became of those that this changes, by document.

    An amount that is called wrong only by identities which fail in most papers of its layout is unproven, and the paper
    says so in a finding. Done again after a paper was read anew, it gives what it would have given at once.
    """
    every = list(outcomes)
    readable = [outcome.document_id for outcome in every if outcome.amount_count]
    accused = [each for each in every if any(each.amounts.get(status) for status in MARKED)]
    if len(accused) < FEWEST_PAPERS:
        return {}
    readings = (work.kept(identity, folder) for identity in readable)
    ours = our_faults(PaperChecks.of(each.document, each.tables, each.checks) for each in readings)
    changed = {}
    for outcome in accused:
        reading = work.kept(outcome.document_id, folder)
        mended = without(reading, ours[outcome.document_id])
        if mended != reading:
            work.keep(mended, folder)
            changed[outcome.document_id] = outcome_of(mended)
    return changed


def without(reading: Reading, ours: frozenset[str]) -> Reading:
    """A reading that is accused of nothing by the identities `ours` alone, each of which it reports."""
    others = tuple(each for each in reading.findings if each.code != CODE)
    found = tuple(Finding("identity_fails_in_layout", check_id) for check_id in sorted(ours))
    items = downgraded(reading.line_items, reading.checks, ours)
    return replace(reading, line_items=items, findings=(*others, *found))
