"""What a paper's prose says of last year, against last year's own paper where the dataset has it.

A pure function of two papers' amounts, so that anyone can run it on a release alone.
"""

from collections.abc import Iterator, Sequence

from checks.printed import stated_rounding
from checks.records import Evaluated
from checks.statements.prose import Weighed, judged, subject_of
from checks.statements.stated import SIDES, PrintedAmounts
from schemas.records import LineItem, NarrativeFact

CHECK_ID = "prose.last_year_total"
LAST_YEAR = "/上年"
EXECUTED = "执行数"
"""What was spent by the end of the year stands in no paper of the same kind."""


def last_year_checks(
    facts: Sequence[NarrativeFact], items: Sequence[LineItem], last_items: Sequence[LineItem]
) -> tuple[Evaluated, ...]:
    """Check the amounts that the prose calls last year's, and its changes from last year, against last year's paper.

    `items` are the amounts of the paper whose prose `facts` are, `last_items` those of the same department's paper of
    the same kind for the year before. `amounts` of a check name the places in both papers, last year's last.

    Raises:
        ValueError: the amounts are not of two consecutive years' papers of one kind.
    """
    _refuse_other_papers(items, last_items)
    now, last = PrintedAmounts(items), PrintedAmounts(last_items)
    return tuple(check for fact in facts if now.speaks_of_forms(fact) for check in _checks_of(fact, now, last))


def _refuse_other_papers(items: Sequence[LineItem], last_items: Sequence[LineItem]) -> None:
    kinds = {(item.kind, item.fiscal_year) for item in items}
    before = {(item.kind, item.fiscal_year + 1) for item in last_items}
    if items and last_items and (kinds != before or len(kinds) > 1):
        raise ValueError(f"not the papers of two consecutive years: {sorted(kinds)} and {sorted(before)}")


def _checks_of(fact: NarrativeFact, now: PrintedAmounts, last: PrintedAmounts) -> Iterator[Evaluated]:
    if EXECUTED in fact.text:
        return
    if fact.fact == "total" and fact.name.endswith(LAST_YEAR):
        yield judged(CHECK_ID, subject_of(fact), _stated(fact, last), f"last year's paper has no {fact.name}")
    elif fact.fact == "change_yuan" and not fact.name.endswith(SIDES):
        yield judged(CHECK_ID, subject_of(fact), _changed(fact, now, last), f"the papers have no {fact.name}")


def _stated(fact: NarrativeFact, last: PrintedAmounts) -> list[Weighed]:
    own = stated_rounding(fact.printed)
    return [Weighed(fact.value, each.amount, own + each.rounding, each.terms) for each in last.of(fact)]


def _changed(fact: NarrativeFact, now: PrintedAmounts, last: PrintedAmounts) -> list[Weighed]:
    """Weigh this year's amount less the change against last year's, both of the same form."""
    own = stated_rounding(fact.printed)
    return [
        Weighed(
            this.amount - fact.value,
            other.amount,
            own + this.rounding + other.rounding,
            (*this.terms, *other.terms),
        )
        for this in now.of(fact)
        for other in last.of(fact)
        if this.half.name == other.half.name
    ]
