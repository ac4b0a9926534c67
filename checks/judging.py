"""The verdict on one subject of an identity: two sums, what rounding explains of their difference, and what is left."""

from collections.abc import Iterator, Sequence

from checks.paper import Paper
from checks.printed import rounding
from checks.records import ZERO, Evaluated, Term
from schemas.identities import Identity, Relation


def judged(
    paper: Paper,
    identity: Identity,
    subject: str,
    terms: Sequence[Term],
    *,
    relation: Relation | None = None,
) -> Iterator[Evaluated]:
    """Judge one subject; nothing comes where none of its amounts is printed.

    The tolerance adds up half a unit of the last printed decimal of each term, so that n terms and their total of one
    form may differ by (n + 1) × ½ × 10^-decimals × unit. `relation` replaces the identity's own.
    """
    if all(term.item is None for term in terms):
        return
    held = relation or identity.relation
    left = sum((term.amount for term in terms if term.sign > 0), ZERO)
    right = sum((term.amount for term in terms if term.sign < 0), ZERO)
    tolerance = sum((rounding(term.item.printed, term.item.unit) for term in terms if term.item), ZERO)
    too_much = left - right > tolerance
    too_little = held == "equal" and right - left > tolerance
    yield Evaluated(
        check_id=identity.id,
        subject=_subject(paper, subject),
        relation=held,
        left=left,
        right=right,
        tolerance=tolerance,
        verdict="fails" if too_much or too_little else "holds",
        terms=tuple(terms),
    )


def not_applicable(paper: Paper, identity: Identity, reason: str) -> Evaluated:
    """Record that a paper does not print what an identity needs, and why."""
    return Evaluated(
        check_id=identity.id,
        subject=_subject(paper, ""),
        relation=identity.relation,
        left=ZERO,
        right=ZERO,
        tolerance=ZERO,
        verdict="not_applicable",
        reason=reason,
    )


def _subject(paper: Paper, subject: str) -> str:
    """Put the department first: one file can hold the papers of several."""
    return f"{paper.department}|{subject}" if paper.department else subject
