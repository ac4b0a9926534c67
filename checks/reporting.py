"""What is told of a document's checks: rows of the dataset's table, and a summary with the worst first."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from checks.records import Evaluated, Place, Verdict, place_of
from checks.settling import Settled
from schemas.identities import Catalogue, catalogue
from schemas.records import Check, LineItem, Status

WORST_FIRST: tuple[Verdict, ...] = ("fails", "not_applicable", "holds")


@dataclass(frozen=True, slots=True)
class SummaryAmount:
    """An amount that takes part in a check, as found in the paper; `suspect` where it explains a failure."""

    place: str
    page: int
    label: str
    printed: str
    unit: str
    status: Status
    suspect: bool


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One check for a reader. Yuan; `reason` says why it is not applicable."""

    verdict: Verdict
    check_id: str
    title_zh: str
    title_en: str
    subject: str
    left: Decimal
    right: Decimal
    difference: Decimal
    tolerance: Decimal
    reason: str
    amounts: tuple[SummaryAmount, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that the amounts stand on, in order."""
        return tuple(sorted({amount.page for amount in self.amounts}))


def summary(settled: Settled, identities: Catalogue | None = None) -> tuple[SummaryRow, ...]:
    """List the checks of a document, failures first, the largest excess over rounding before smaller ones."""
    known = identities or catalogue()
    items = {place_of(item): item for item in settled.items}
    suspects = {place for explanation in settled.explanations for place in explanation.changes}
    rows = [_summary_row(each, known, items, suspects) for each in settled.checks]
    return tuple(sorted(rows, key=lambda row: (WORST_FIRST.index(row.verdict), row.tolerance - abs(row.difference))))


def recorded(checks: Iterable[Evaluated]) -> tuple[Check, ...]:
    """Give the checks as the dataset records them; sums are None where a check is not applicable."""
    return tuple(_recorded(each) for each in checks)


def _recorded(each: Evaluated) -> Check:
    judged = each.verdict != "not_applicable"
    return Check(
        check_id=each.check_id,
        subject=each.subject,
        left_yuan=each.left if judged else None,
        right_yuan=each.right if judged else None,
        difference_yuan=each.difference if judged else None,
        tolerance_yuan=each.tolerance if judged else None,
        verdict=each.verdict,
        amounts=each.amounts,
    )


def _summary_row(each: Evaluated, known: Catalogue, items: dict[Place, LineItem], suspects: set[Place]) -> SummaryRow:
    title = known.title(each.check_id)
    return SummaryRow(
        verdict=each.verdict,
        check_id=each.check_id,
        title_zh=title.zh,
        title_en=title.en,
        subject=each.subject,
        left=each.left,
        right=each.right,
        difference=each.difference,
        tolerance=each.tolerance,
        reason=each.reason,
        amounts=tuple(_amount(items[term.place], term.place in suspects) for term in each.printed),
    )


def _amount(item: LineItem, suspect: bool) -> SummaryAmount:
    label = f"{item.code} {item.name}" if item.code else item.name
    return SummaryAmount(str(place_of(item)), item.page, label, item.printed, item.unit, item.status, suspect)
