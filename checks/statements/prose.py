"""The figures of the prose against the forms: totals, shares and rates of completion.

A stated figure holds where it agrees, within what both printings were rounded to, with one of the amounts that its
words can mean. What comes of it is recorded and touches no amount's status. Whether the prose agrees with itself is the
extractors' concern, which report it as findings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from checks.printed import stated_rounding
from checks.records import ZERO, Evaluated, Term
from checks.statements.blanks import left_blank
from checks.statements.stated import BUDGETS, SIDES, Candidate, PrintedAmounts, base_name
from schemas.identities.stated import stated_amounts
from schemas.prose import phrases, subjects
from schemas.records import LineItem, NarrativeFact
from schemas.wording import plain

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def prose_checks(items: Sequence[LineItem], facts: Sequence[NarrativeFact]) -> tuple[Evaluated, ...]:
    """Check the facts of a document's prose against its amounts, in the order in which they are stated."""
    printed = PrintedAmounts(items)
    return tuple(check for fact in facts for check in _checks_of(fact, facts, printed))


def _checks_of(fact: NarrativeFact, facts: Sequence[NarrativeFact], printed: PrintedAmounts) -> Iterator[Evaluated]:
    if not printed.speaks_of_forms(fact):
        return
    if fact.fact in ("total", "final") and not fact.name.endswith(SIDES):
        yield _total(fact, printed)
    elif fact.fact == "share_percent":
        yield _share(fact, printed)
    elif fact.fact == "completion_percent":
        yield _completion(fact, facts, printed)


class Weighed(NamedTuple):
    """Two sides in yuan, what rounding explains of their difference, and the cells that took part."""

    left: Decimal
    right: Decimal
    tolerance: Decimal
    terms: tuple[Term, ...]

    @property
    def holds(self) -> bool:
        """Whether rounding explains the difference."""
        return abs(self.left - self.right) <= self.tolerance


def judged(check_id: str, subject: str, ways: Sequence[Weighed], missing: str) -> Evaluated:
    """Take the first of several ways to read a figure that holds, or else the nearest; without any none applies.

    Sums are recorded to the cent, the verdict comes from the exact ones.
    """
    if not ways:
        return Evaluated(check_id, subject, "equal", ZERO, ZERO, ZERO, "not_applicable", reason=missing)
    nearest = min(ways, key=lambda each: abs(each.left - each.right) - each.tolerance)
    way = next((each for each in ways if each.holds), nearest)
    return Evaluated(
        check_id=check_id,
        subject=subject,
        relation="equal",
        left=way.left.quantize(CENT),
        right=way.right.quantize(CENT),
        tolerance=way.tolerance.quantize(CENT * CENT),
        verdict="holds" if way.holds else "fails",
        terms=way.terms,
    )


def subject_of(fact: NarrativeFact) -> str:
    """Name a fact: its number, its section, and its code and name."""
    named = f"{fact.code} {fact.name}" if fact.code else fact.name
    return f"{fact.fact_no}:{fact.section}/{named}"


def _total(fact: NarrativeFact, printed: PrintedAmounts) -> Evaluated:
    own = stated_rounding(fact.printed)
    ways = [Weighed(fact.value, each.amount, own + each.rounding, each.terms) for each in printed.of(fact)]
    ways = ways or [Weighed(fact.value, ZERO, own + each.rounding, each.terms) for each in left_blank(fact, printed)]
    return judged("prose.total", subject_of(fact), ways, f"no form prints {fact.name}")


def _share(fact: NarrativeFact, printed: PrintedAmounts) -> Evaluated:
    said = _base_of(fact)
    base = _subject_named(said) if said else None
    wholes = [] if said and base is None else [*printed.wholes(base, fact.subject_form)]
    ways = [
        _part_of(fact, part.amount, part.rounding, part.terms, whole)
        for whole in wholes
        for part in printed.of(fact)
        if whole.amount
    ]
    return judged("prose.share", subject_of(fact), ways, f"no form prints {fact.name} and {said or 'what it is of'}")


def _part_of(fact: NarrativeFact, amount: Decimal, off: Decimal, terms: tuple[Term, ...], whole: Candidate) -> Weighed:
    """Weigh an amount, `off` by so much at most, against the stated per cent of a whole."""
    ratio = fact.value / HUNDRED
    tolerance = off + abs(ratio) * whole.rounding + stated_rounding(fact.printed) / HUNDRED * abs(whole.amount)
    return Weighed(amount, ratio * whole.amount, tolerance, (*terms, *whole.terms))


def _completion(fact: NarrativeFact, facts: Sequence[NarrativeFact], printed: PrintedAmounts) -> Evaluated:
    ways = [
        way
        for final in printed.of(fact)
        for way in (*_against_stated(fact, final, facts), *_against_printed(fact, final))
    ]
    return judged("prose.completion", subject_of(fact), ways, f"no form and no sentence has the budget of {fact.name}")


def _against_stated(fact: NarrativeFact, final: Candidate, facts: Iterable[NarrativeFact]) -> Iterator[Weighed]:
    """Weigh a final amount against the budgets that the section states of the same subject."""
    for other in facts:
        planned = other.fact == "initial_budget" or other.name.endswith("/全年预算")
        if planned and other.value and _same_subject(other, fact):
            ratio = fact.value / HUNDRED
            off = abs(ratio) * stated_rounding(other.printed)
            off += stated_rounding(fact.printed) / HUNDRED * abs(other.value) + final.rounding
            yield Weighed(final.amount, ratio * other.value, off, final.terms)


def _against_printed(fact: NarrativeFact, final: Candidate) -> Iterator[Weighed]:
    for measure in BUDGETS:
        budget = final.in_measure(measure)
        if measure != final.measure and budget.printed and budget.amount:
            yield _part_of(fact, final.amount, final.rounding, final.terms, budget)


def _same_subject(one: NarrativeFact, other: NarrativeFact) -> bool:
    same = one.code == other.code and base_name(one.name) == base_name(other.name)
    return same and one.section == other.section


def _base_of(fact: NarrativeFact) -> str:
    """Find the words for what a share is of, '' where none are said: 占“三公”经费的 → 三公经费."""
    before = plain(fact.text.split(fact.printed)[0])
    found = next((match for pattern in _shares() if (match := pattern.search(before))), None)
    return (found.groupdict().get("base") or "") if found else ""


@cache
def _shares() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(role.said) for role in phrases().roles if role.fact == "share_percent")


@cache
def _subject_named(said: str) -> str | None:
    """Find the subject of the vocabulary that words mean, where the forms print it."""
    for text in (said, re.sub(r"^(?:本年度?|全年)", "", said)):
        for subject in subjects().money:
            if re.fullmatch(subject.wording, text) and stated_amounts().known(subject.name):
                return subject.name
    return None
