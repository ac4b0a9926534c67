"""From a name of the prose to the amounts that the forms print of it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from checks.paper import Half, Paper, Row, papers
from checks.printed import rounding
from checks.records import ZERO, Term
from checks.selecting import NotApplicableError, half_of, measure_of, selected_rows
from schemas.identities import HalfRows, Selector, catalogue
from schemas.identities.stated import StatedAmounts, stated_amounts
from schemas.records import LineItem, NarrativeFact
from schemas.wording import short_name

BUDGETS = ("initial_budget", "adjusted_budget", "budget")
"""The measures in which a form of final accounts prints what was planned."""

SIDES = ("/上年", "/上年执行数", "/全年预算", "/比年初预算", "/比全年预算", "/比预算")
"""What a fact's name ends with where it is not this year's plain amount or its change from last year."""

OF_ONE_FUND = ("government_fund", "state_capital")
"""Sections on these forms speak of their fund alone, whose balances and totals no other form prints by that name."""


class Candidate:
    """An amount that words can mean: signed cells of one form, and what they print in other columns."""

    def __init__(self, half: Half, rows: Sequence[tuple[int, Row]], measure: str) -> None:
        self.half = half
        self.rows = tuple(rows)
        self.measure = measure

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Its cells as the right-hand side of a check."""
        return tuple(self.half.term(row, self.measure, -sign) for sign, row in self.rows)

    @property
    def printed(self) -> bool:
        """Whether at least one of its cells is."""
        return any(term.item for term in self.terms)

    @cached_property
    def amount(self) -> Decimal:
        """Yuan."""
        return sum((-term.sign * term.amount for term in self.terms), ZERO)

    @cached_property
    def rounding(self) -> Decimal:
        """What rounding can have taken from it, in yuan."""
        items = (term.item for term in self.terms if term.item)
        return sum((rounding(item.printed, item.unit) for item in items), ZERO)

    def in_measure(self, measure: str) -> "Candidate":
        """Return the same rows in another column."""
        return Candidate(self.half, self.rows, measure)


class PrintedAmounts:
    """The forms of a document, asked for what its prose speaks of."""

    def __init__(self, items: Sequence[LineItem], known: StatedAmounts | None = None) -> None:
        self._known = known or stated_amounts()
        self._items = items

    @cached_property
    def _papers(self) -> tuple[Paper, ...]:
        rows: dict[str, HalfRows] = dict(catalogue().rows)
        return tuple(papers(self._items, rows))

    def of(self, fact: NarrativeFact) -> tuple[Candidate, ...]:
        """List what a fact's subject can be on the forms, those of the form that its section is on first."""
        if fact.code is not None:
            found = [each for each in self._of_code(fact.code) if _is_of(unit_of(fact), each)]
        else:
            found = list(self.named(base_name(fact.name), fact.subject_form))
            if fact.subject_form in OF_ONE_FUND:
                found = [each for each in found if each.half.form == fact.subject_form]
        own = [each for each in found if each.half.form == fact.subject_form]
        if fact.code is not None and own:
            return tuple(own)
        return tuple(own + [each for each in found if each.half.form != fact.subject_form])

    def named(self, name: str, section: str | None) -> Iterator[Candidate]:
        """Yield what a name can mean in a section on the form `section`."""
        for selector in self._known.selectors(name, section):
            for paper in self._papers:
                candidate = _selected(paper, selector)
                if candidate is not None and candidate.printed:
                    yield candidate

    def wholes(self, base: str | None, section: str | None) -> Iterator[Candidate]:
        """Yield what a share can be of: what is named, and the totals of the section's own form."""
        for name in dict.fromkeys((*([base] if base else []), *self._known.wholes.get(section or "", ()))):
            yield from self.named(name, section)
            if name == base and section:
                yield from self.named(name, None)  # 占本年支出合计 in a section on one budget can be of all money

    def speaks_of_forms(self, fact: NarrativeFact) -> bool:
        """Whether a fact's subject is something that forms print."""
        return fact.code is not None or self._known.known(base_name(fact.name))

    def _of_code(self, code: str) -> Iterator[Candidate]:
        """Yield what prints a code: where only units print it, first all of them together, which is the department."""
        for paper in self._papers:
            for half in paper.halves.values():
                rows = half.by_code.get(code, ())
                of_units = [row for row in rows if row.unit is not None]
                ways = [of_units] if len(of_units) == len(rows) > 1 else []
                for way in (*ways, *([row] for row in rows)):
                    candidate = Candidate(half, [(1, row) for row in way], half.whole or "")
                    if candidate.printed:
                        yield candidate


def unit_of(fact: NarrativeFact) -> str | None:
    """Name the unit of the department that a fact is of: the one that its section is headed with."""
    return fact.section if fact.section and fact.name.startswith(f"{fact.section}/") else None


def base_name(name: str) -> str:
    """Give the subject of a fact's name without what says which side of it is meant: 本年收入/上年 → 本年收入."""
    return next((name.removesuffix(suffix) for suffix in SIDES if name.endswith(suffix)), name)


def _is_of(unit: str | None, candidate: Candidate) -> bool:
    """Whether the rows of an amount are those of a unit; what is said of no unit can be any row's."""
    return unit is None or all(row.unit is not None and _same(unit, row.unit.name) for _, row in candidate.rows)


def _same(one: str, other: str) -> bool:
    """Whether two names are one unit's, one of them without the place before it: 市审计局本级, 深圳市审计局（本级）."""
    shorter, longer = sorted((re.sub(r"[()]", "", short_name(name)) for name in (one, other)), key=len)
    return longer.endswith(shorter)


def _selected(paper: Paper, selector: Selector) -> Candidate | None:
    try:
        half = half_of(paper, selector.half)
        rows = selected_rows(half, selector)
        return Candidate(half, rows, measure_of(half, selector.measure))
    except NotApplicableError:
        return None
