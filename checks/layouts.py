"""Identities that fail in most papers of one layout: then our reading or the identity is at fault, not so many papers.

One paper that does not add up can be misprinted. Papers that print the same forms with the same columns and all fail by
the same identity cannot: nobody is accused by it, and whoever maintains the identities is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from checks.records import place_of
from schemas.records import Check, Finding, Kind, LineItem, Reading

FEWEST_PAPERS = 4
"""An identity must fail in so many papers of a layout: fewer can share a template's error or a bookkeeper's."""
CODE = "identity_fails_in_layout"
ACCUSING = ("source_inconsistent", "contradicted")


class LayoutIdentity(NamedTuple):
    """An identity among the papers of one kind that print the same columns in the halves that it compares."""

    check_id: str
    kind: Kind
    columns: frozenset[str]


class Tally(NamedTuple):
    """In how many papers an identity fails, of how many that it applies to."""

    failing: int
    papers: int

    @property
    def of_most(self) -> bool:
        """Whether it fails in enough papers, and in more than half."""
        return self.failing >= FEWEST_PAPERS and 2 * self.failing > self.papers


def verdicts(reading: Reading) -> dict[LayoutIdentity, bool]:
    """Tell of each identity that applies to a paper whether it holds for all that it says there."""
    columns: dict[str, set[str]] = defaultdict(set)
    for item in reading.line_items:
        place = place_of(item)
        columns[place.half].add(f"{place.half}/{place.column}")
    checks: dict[str, list[Check]] = defaultdict(list)
    for check in reading.checks:
        if check.verdict != "not_applicable":
            checks[check.check_id].append(check)
    kinds = {item.kind for item in reading.line_items}
    return {
        LayoutIdentity(check_id, kind, frozenset[str]().union(*(columns[half] for half in _halves(own)))): all(
            each.verdict == "holds" for each in own
        )
        for check_id, own in checks.items()
        for kind in kinds
    }


def failing_in_most(papers: Iterable[Mapping[LayoutIdentity, bool]]) -> Mapping[LayoutIdentity, Tally]:
    """Count over papers, and keep the identities that fail in most papers of a layout."""
    counts: dict[LayoutIdentity, Tally] = defaultdict(lambda: Tally(0, 0))
    for paper in papers:
        for identity, holds in paper.items():
            failing, of = counts[identity]
            counts[identity] = Tally(failing + (not holds), of + 1)
    return {identity: tally for identity, tally in counts.items() if tally.of_most}


def without_our_faults(reading: Reading, failing: Mapping[LayoutIdentity, Tally]) -> Reading:
    """Take back what a paper is accused of by such identities alone, and report each as a finding.

    Done twice, it gives the same; the checks stay as they are, for they are what the next paper is held against.
    """
    ours = {identity.check_id: failing[identity] for identity in verdicts(reading) if identity in failing}
    failed = [each for each in reading.checks if each.verdict == "fails"]
    theirs = {amount for each in failed if each.check_id not in ours for amount in each.amounts}
    own = {amount for each in failed if each.check_id in ours for amount in each.amounts}
    return replace(
        reading,
        line_items=tuple(_taken_back(item, own, theirs) for item in reading.line_items),
        findings=(*(each for each in reading.findings if each.code != CODE), *_findings(ours, failed)),
    )


def _halves(checks: Iterable[Check]) -> set[str]:
    """The halves that checks compare; their amounts are named form/side/line/measure."""
    parts = (amount.split("/") for check in checks for amount in check.amounts)
    return {f"{form}/{side}" if side else form for form, side, *_ in parts}


def _taken_back(item: LineItem, own: set[str], theirs: set[str]) -> LineItem:
    place = str(place_of(item))
    if item.status not in ACCUSING or place not in own or place in theirs:
        return item
    return replace(item, status="unproven", status_reason="identity_unsettled")


def _findings(ours: Mapping[str, Tally], failed: Iterable[Check]) -> Iterator[Finding]:
    for check_id in dict.fromkeys(each.check_id for each in failed if each.check_id in ours):
        failing, papers = ours[check_id]
        yield Finding(CODE, f"{check_id} fails in {failing} of {papers} papers of this layout")
