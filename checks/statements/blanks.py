"""What a blank cell of a form says of a stated figure: nothing, where the figures beside it make up their whole."""

from collections.abc import Iterator

from checks.records import ZERO
from checks.statements.stated import Candidate, PrintedAmounts, base_name
from schemas.prose import words
from schemas.records import NarrativeFact


def left_blank(fact: NarrativeFact, printed: PrintedAmounts) -> Iterator[Candidate]:
    """Yield the whole beside which the forms leave a fact's subject blank, where its other parts make it up.

    The whole stands for the blank: a form without the column at all would not add up without it.
    """
    name = base_name(fact.name)
    for row in words().wholes:
        others = [part for part in row.parts if part != name]
        if len(others) == len(row.parts):
            continue
        for whole in printed.named(row.whole, fact.subject_form):
            parts = [_beside(whole, part, fact, printed) for part in others]
            known = [part for part in parts if part is not None]
            total = sum((part.amount for part in known), ZERO)
            off = whole.rounding + sum((part.rounding for part in known), ZERO)
            if known and len(known) == len(others) and abs(total - whole.amount) <= off:
                yield whole


def _beside(whole: Candidate, part: str, fact: NarrativeFact, printed: PrintedAmounts) -> Candidate | None:
    """Find a part on the form of its whole, in the same column."""
    named = (each for each in printed.named(part, fact.subject_form) if each.half is whole.half)
    return next((each for each in named if each.measure == whole.measure), None)
