"""What proves an amount, figure and meaning, and the first thing that is missing where it is not proven."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from checks.paper import Paper
from checks.proofs.decimals import Decimals
from checks.proofs.doubles import doubled_halves
from checks.proofs.evidence import Evidence
from checks.proofs.exchanging import TURNED, Column, column_of
from checks.proofs.labels import Labels
from checks.proofs.meaning import confirmed_columns, pinned, proven_columns, summed
from checks.proofs.unit_proofs import within_units
from checks.records import Evaluated, Place
from schemas.records import LineItem


@dataclass(frozen=True)
class Proofs:
    """All that proves the amounts of a document, by place, and what refutes them."""

    pinned: frozenset[Place]
    summed: frozenset[Place]
    columns: frozenset[Column]
    unsettled: frozenset[tuple[str, str]]
    labels: Labels
    cut: frozenset[Place]
    clashing: frozenset[Place]
    failing: Mapping[Place, bool]
    failing_rows: Collection[tuple[str, str, int]]
    within_units: Collection[Place]
    half_titled: Collection[int]
    doubled: Collection[tuple[str, str]]
    of_units: Collection[int | None]

    @classmethod
    def of(
        cls,
        items: Sequence[LineItem],
        papers: Sequence[Paper],
        checks: Sequence[Evaluated],
        evidence: Evidence,
        half_titled: Collection[int],
    ) -> "Proofs":
        """Gather what the checks of a document prove; `half_titled` are tables by number."""
        printed = Decimals(items)
        proofs = [check for check in checks if printed.proves(check)]
        failing = _failing(checks, evidence)
        columns, exchanged = proven_columns(papers, checks, {id(check) for check in proofs}, evidence)
        return cls(
            pinned(proofs),
            summed(proofs),
            columns,
            _unsettled_halves(papers, columns, exchanged),
            Labels.of(items, papers),
            printed.cut,
            frozenset().union(*(paper.clashing for paper in papers)),
            failing,
            {(place.department, place.half, place.line) for place in failing},
            within_units(papers, proofs),
            half_titled,
            doubled_halves(papers),
            {item.table_no for item in items if item.organisation},
        )

    def refuted(self, item: LineItem, place: Place) -> str | None:
        """Name why a title or a failing check keeps an amount from being proven, None where there is none."""
        if item.table_no in self.half_titled or (place.department, place.half) in self.doubled:
            return "title_not_whole"
        if place not in self.failing:
            return None
        return "sum_fails" if self.failing[place] else "accusation_unproven"

    def doubtful(self, place: Place) -> str | None:
        """Name what is in doubt of an amount's row, for which nobody may be accused; None where nothing is."""
        return "row_unsettled" if place in self.cut else self.labels.reasons.get(place)

    def missing(self, item: LineItem, place: Place) -> str | None:
        """Name the first thing that an amount's proof lacks, None where it lacks nothing."""
        if place in self.clashing or place in self.cut:
            return "row_unsettled"
        if not item.ruled and (inferred := self._of_alignment(item, place)):
            return inferred
        if place not in self.pinned:
            return "no_identity"
        if place not in self.within_units:
            return "organisation_unknown"
        return self.labels.reasons.get(place) or self._of_figure(item, place)

    def _of_alignment(self, item: LineItem, place: Place) -> str | None:
        """Without rules a column is what its rows' sums show; where a unit's rows end is shown by nothing."""
        if item.table_no in self.of_units:
            return "organisation_unknown"
        return None if column_of(place) in self.columns else "columns_inferred"

    def _of_figure(self, item: LineItem, place: Place) -> str | None:
        """A zero has its sums and its label to go by, where the columns beside it are proven."""
        if not item.amount and (place.department, place.half, place.line) in self.failing_rows:
            return "sum_fails"
        if column_of(place) not in self.columns and (item.amount or (place.department, place.half) in self.unsettled):
            return "column_unsettled"
        return None if place in self.summed else "identity_unsettled"


def _unsettled_halves(
    papers: Sequence[Paper], columns: Collection[Column], exchanged: Collection[Column]
) -> frozenset[tuple[str, str]]:
    """Name the halves that print an amount in a column which is not proven, and of turned ones could be another."""
    return frozenset(
        (paper.department, half.name)
        for paper in papers
        for half in paper.halves.values()
        for name in half.columns
        if (column := Column(paper.department, half.name, name)) not in columns
        and (half.form not in TURNED or column in exchanged)
        and any(row.amount(name) for row in half.rows)
    )


def _failing(checks: Sequence[Evaluated], evidence: Evidence) -> Mapping[Place, bool]:
    """Map the places of failing checks to whether any of these is borne out.

    An identity that most of a paper refutes says nothing of a column that another form confirms code by code.
    """
    confirmed = confirmed_columns(checks, evidence)
    found: dict[Place, bool] = defaultdict(bool)
    for check in (each for each in checks if each.verdict == "fails"):
        for term in check.terms:
            if check.family not in evidence.lost or column_of(term.place) not in confirmed:
                found[term.place] |= check.family in evidence.borne_out
    return dict(found)
