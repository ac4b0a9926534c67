"""The sums of a paper as its page shows them: who adds up to what, and by how much not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks import Place
from reading.questions.check_rows import CheckRow
from schemas.identities import Relation
from schemas.records import Status
from website.papers.amounts import Amount

DOUBTFUL: tuple[Status, ...] = ("source_inconsistent", "contradicted", "repaired")
"""What somebody should look at, the gravest first."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Term:
    """An amount's part in a sum: on the left (+1), on the right (−1), or not told (0).

    `change` is by how many yuan it would have to change for the sum to hold, where the sum puts amounts in doubt.
    """

    amount: Amount
    sign: int
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A check that compares sums. `accuses` is whether it is held against the publisher by one of its amounts."""

    check_id: str
    title_zh: str
    title_en: str
    subject: str
    relation: Relation
    holds: bool
    advisory: bool
    left: Decimal
    right: Decimal
    difference: Decimal
    tolerance: Decimal
    terms: tuple[Term, ...]

    @property
    def accuses(self) -> bool:
        """Whether the publisher's own figures are said not to add up here."""
        return not self.holds and any(term.amount.status == "source_inconsistent" for term in self.terms)

    def prints(self, sign: int) -> bool:
        """Whether an amount is printed on the left (+1) or the right (−1)."""
        return any(term.sign == sign for term in self.terms)

    @property
    def doubts(self) -> bool:
        """Whether one of its amounts is in doubt by it."""
        return not self.holds and any(term.amount.status in DOUBTFUL for term in self.terms)


def sums_of(rows: Sequence[CheckRow], amounts: Mapping[Place, Amount]) -> list[Sum]:
    """The checks that compare sums: those that fail and put amounts in doubt first, by what they are off."""
    compared = [_sum(row, row.relation, amounts) for row in rows if row.relation is not None]
    return sorted(compared, key=lambda each: (each.holds, not each.doubts, each.advisory, -abs(each.difference)))


def at_stake(sums: Sequence[Sum], amounts: Sequence[Amount]) -> Mapping[str, Decimal]:
    """How many yuan a doubtful amount may be off, by its id.

    By how much it would have to change where that is known, else the largest failing difference that it takes part
    in; of a repaired one the amount itself: its first reading is text that need not be a number.
    """
    found = {amount.id: amount.amount.copy_abs() if amount.status == "repaired" else ZERO for amount in amounts}
    for each in sums:
        for term in each.terms if not each.holds else ():
            if term.amount.status != "repaired":
                off = term.change if term.change is not None else each.difference
                found[term.amount.id] = max(found[term.amount.id], abs(off))
    return {amount.id: found[amount.id] for amount in amounts if amount.status in DOUBTFUL}


def _sum(row: CheckRow, relation: Relation, amounts: Mapping[Place, Amount]) -> Sum:
    told = row.summary
    printed = [(amounts[part.place], part) for part in row.parts if part.amount and part.place in amounts]
    doubted = any(amount.status in DOUBTFUL for amount, _ in printed)
    terms = [Term(amount, part.sign, part.change if doubted else None) for amount, part in printed]
    return Sum(
        check_id=told.check_id,
        title_zh=told.title_zh,
        title_en=told.title_en,
        subject=told.subject.rpartition("|")[2],
        relation=relation,
        holds=told.verdict == "holds",
        advisory=row.advisory,
        left=told.left,
        right=told.right,
        difference=told.difference,
        tolerance=told.tolerance,
        terms=tuple(terms),
    )
