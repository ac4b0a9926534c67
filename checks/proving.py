"""What proves an amount, figure and meaning, and the first thing that is missing where it is not proven."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from checks.evidence import Evidence
from checks.labels import Labels
from checks.meaning import Column, column_of, confirmed_columns, cut_short, pinned, proven_columns, summed
from checks.paper import Paper
from checks.records import Evaluated, Place, place_of
from schemas.records import LineItem


@dataclass(frozen=True)
class Proofs:
    """All that proves the amounts of a document, by place, and what refutes them."""

    pinned: frozenset[Place]
    summed: frozenset[Place]
    columns: frozenset[Column]
    labels: Labels
    cut: frozenset[Place]
    clashing: frozenset[Place]
    failing: Mapping[Place, bool]
    half_titled: Collection[int]

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
        return cls(
            pinned(checks),
            summed(checks),
            proven_columns(papers, checks),
            Labels.of(items, papers),
            cut_short(items, [place_of(item) for item in items]),
            frozenset().union(*(paper.clashing for paper in papers)),
            _failing(checks, evidence),
            half_titled,
        )

    def refuted(self, place: Place) -> str | None:
        """Name why a failing check keeps an amount from being proven, None where it is in none."""
        if place not in self.failing:
            return None
        return "sum_fails" if self.failing[place] else "identity_unsettled"

    def doubtful(self, place: Place) -> str | None:
        """Name what is in doubt of an amount's row, for which nobody may be accused; None where nothing is."""
        return "row_unsettled" if place in self.cut else self.labels.reasons.get(place)

    def missing(self, item: LineItem, place: Place) -> str | None:
        """Name the first thing that an amount's proof lacks, None where it lacks nothing."""
        if place in self.clashing or place in self.cut:
            return "row_unsettled"
        if item.table_no in self.half_titled:
            return "title_not_whole"
        if not item.ruled:
            return "columns_inferred"
        if place not in self.pinned:
            return "no_identity"
        return self.labels.reasons.get(place) or self._of_figure(item, place)

    def _of_figure(self, item: LineItem, place: Place) -> str | None:
        """A zero has its sums and its label to go by."""
        if item.amount and column_of(place) not in self.columns:
            return "column_unsettled"
        return None if place in self.summed else "no_identity"


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
