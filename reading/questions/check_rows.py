"""One check as it is told to a reader: what it says, and every amount that takes part in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from checks import Evaluated, Place, Settled, SummaryAmount, SummaryRow, place_of, summary
from checks.reporting import WORST_FIRST
from schemas.identities import Relation, catalogue
from schemas.records import Check, LineItem

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A cell's part in a check: on the left (+1), on the right (−1), or not told (0).

    `amount` is None for a blank cell, which is 0 `yuan`. `change` is by how many yuan it would have to change to
    explain the failure, None where it is under no suspicion.
    """

    place: Place
    sign: int
    yuan: Decimal
    amount: SummaryAmount | None
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check, with every printed amount of it and the blank cells that explain its failure.

    `relation` is None where it compares no sums, or is not applicable. A check that is `advisory` touches no amount's
    status: the prose and the order of the forms can be wrong without any amount being so.
    """

    summary: SummaryRow
    relation: Relation | None
    parts: tuple[Part, ...]

    @property
    def advisory(self) -> bool:
        """Whether its failing casts no doubt on an amount."""
        return self.summary.check_id in _advisory_checks()


@cache
def _advisory_checks() -> frozenset[str]:
    return frozenset(other.id for other in catalogue().others if not other.touches_status)


def check_rows(settled: Settled, recorded: Sequence[Check]) -> tuple[CheckRow, ...]:
    """List the checks of a document, the worst first and advisory ones after others; `recorded` are its reading's.

    Identities are told as they are settled now. Of the others, which take the prose and the tables too, those are told
    that the amounts alone do not give, or do not let fail.
    """
    others = {(each.check_id, each.subject): each for each in _others(settled, recorded)}
    evaluated = {(each.check_id, each.subject): each for each in settled.checks}
    changes = {place: by for explanation in settled.explanations for place, by in explanation.changes.items()}
    rows = [
        _evaluated_row(row, evaluated[row.check_id, row.subject], changes)
        for row in summary(settled)
        if (row.check_id, row.subject) not in others
    ]
    rows += [_recorded_row(each, settled.items) for each in others.values()]
    return tuple(sorted(rows, key=lambda row: (WORST_FIRST.index(row.summary.verdict), row.advisory)))


def _others(settled: Settled, recorded: Sequence[Check]) -> Iterator[Check]:
    known = {other.id for other in catalogue().others}
    now = {(each.check_id, each.subject): each.verdict for each in settled.checks}
    for each in recorded:
        verdict = now.get((each.check_id, each.subject))
        if each.check_id in known and (verdict is None or (each.verdict == "fails" and verdict != "fails")):
            yield each


def _evaluated_row(row: SummaryRow, evaluated: Evaluated, changes: Mapping[Place, Decimal]) -> CheckRow:
    """Put the cells of a check in its own order; blank ones only where a lost amount would explain a failure."""
    amounts = iter(row.amounts)
    suspected = changes if row.verdict == "fails" else {}
    parts = [
        Part(term.place, term.sign, term.amount, next(amounts) if term.item else None, suspected.get(term.place))
        for term in evaluated.terms
    ]
    relation = None if row.verdict == "not_applicable" else evaluated.relation
    return CheckRow(row, relation, tuple(part for part in parts if part.amount or part.change))


def _recorded_row(check: Check, items: Sequence[LineItem]) -> CheckRow:
    """Tell a check as it was recorded, with the amounts of the department that its subject names, or of any."""
    title = catalogue().title(check.check_id)
    parts = tuple(_recorded_part(item) for item in items if str(place_of(item)) in check.amounts)
    row = SummaryRow(
        verdict=check.verdict,
        check_id=check.check_id,
        title_zh=title.zh,
        title_en=title.en,
        subject=check.subject,
        left=check.left_yuan or ZERO,
        right=check.right_yuan or ZERO,
        difference=check.difference_yuan or ZERO,
        tolerance=check.tolerance_yuan or ZERO,
        reason="",
        amounts=tuple(part.amount for part in parts if part.amount),
    )
    return CheckRow(row, None if check.left_yuan is None else "equal", parts)


def _recorded_part(item: LineItem) -> Part:
    label = f"{item.code} {item.name}" if item.code else item.name
    place = place_of(item)
    amount = SummaryAmount(str(place), item.page, label, item.printed, item.unit, item.status, suspect=False)
    return Part(place, 0, item.amount, amount, None)
