"""The verdict on one subject of an identity: two sums, what rounding explains of their difference, and what is left."""

from collections.abc import Iterable, Iterator, Sequence

from checks.paper import Paper
from checks.printed import rounding
from checks.records import ZERO, Evaluated, Term
from schemas.identities import Relation


def judged(
    paper: Paper,
    check_id: str,
    subject: str,
    terms: Sequence[Term],
    *,
    relation: Relation = "equal",
    family: tuple[str, ...] = (),
    halves: Iterable[str] = (),
) -> Iterator[Evaluated]:
    """Judge one subject; nothing comes where none of its amounts is printed, or two stand at one of its places.

    The tolerance adds up half a unit of the last printed decimal of each term, so that n terms and their total of one
    form may differ by (n + 1) × ½ × 10^-decimals × unit. `family` is the structure that demands the check, the identity
    itself by default; `halves` are those that are compared, those of the terms by default.
    """
    if all(term.item is None for term in terms) or not paper.clashing.isdisjoint(term.place for term in terms):
        return
    left = sum((term.amount for term in terms if term.sign > 0), ZERO)
    right = sum((term.amount for term in terms if term.sign < 0), ZERO)
    tolerance = sum((rounding(term.item.printed, term.item.unit) for term in terms if term.item), ZERO)
    too_much = left - right > tolerance
    too_little = relation == "equal" and right - left > tolerance
    yield Evaluated(
        check_id=check_id,
        subject=_subject(paper, subject),
        relation=relation,
        left=left,
        right=right,
        tolerance=tolerance,
        verdict="fails" if too_much or too_little else "holds",
        terms=tuple(terms),
        family=(paper.department, *(family or (check_id,))),
        halves=frozenset(halves) or frozenset(term.place.half for term in terms),
    )


def not_applicable(
    paper: Paper, check_id: str, reason: str, *, relation: Relation = "equal", subject: str = ""
) -> Evaluated:
    """Record that a paper does not print what an identity needs, and why."""
    return Evaluated(
        check_id=check_id,
        subject=_subject(paper, subject),
        relation=relation,
        left=ZERO,
        right=ZERO,
        tolerance=ZERO,
        verdict="not_applicable",
        reason=reason,
        family=(paper.department, check_id),
    )


def _subject(paper: Paper, subject: str) -> str:
    """Put the department first: one file can hold the papers of several."""
    return f"{paper.department}|{subject}" if paper.department else subject
