"""Slips of the unit: a form whose figures are those of its siblings but for a power of ten.

A form headed 元 and printed in 万元 adds up within itself, so that its own identities would prove it. What gives it
away are the figures it shares with other forms and with the prose: digit for digit the same, and a power of ten apart.
Of the scales that are found so, the one of most forms (the prose counts as one) is taken for right; without a majority
none is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product
from typing import NamedTuple

from checks.printed import rounding, stated_rounding
from checks.records import ZERO, Evaluated, Term, place_of
from checks.statements.stated import SIDES, PrintedAmounts
from schemas.identities import WHOLE
from schemas.records import YUAN_PER_UNIT, LineItem, NarrativeFact

CHECK_ID = "unit.agrees_with_siblings"
_EXPONENTS = [len(str(yuan)) - 1 for yuan in YUAN_PER_UNIT.values()]
POWERS = sorted({one - other for one, other in product(_EXPONENTS, repeat=2)}, key=abs)
"""The powers of ten between two of the units, 0 first: 元 against 万元 gives 4."""
TELLING_DIGITS = 2
"""So many digits, over all distinct figures, are not the same by chance where the figures should be equal."""
MORE_DIGITS = 4
"""So many where the powers are near (千元 and 万元), or one figure is only known to be no more than the other."""


class Source(NamedTuple):
    """Who states a figure: a form of a department, or the prose."""

    department: str
    form: str


PROSE = Source("", "prose")
Apart = tuple[Source, Source, int]
"""The power of ten that brings figures of the first to those of the second."""


class Meeting(NamedTuple):
    """A figure that two sources state: `left` × 10^`power` is `right`, both in yuan; `sure` where both mean the same.

    `terms` are its printed amounts, the left ones +; `tolerance` is what rounding explains of left − right.
    """

    one: Source
    other: Source
    left: Decimal
    right: Decimal
    tolerance: Decimal
    power: int
    sure: bool
    terms: tuple[Term, ...]

    @property
    def digits(self) -> str:
        """The digits of the figure without the zeros at its end, as the side has them that prints fewer."""
        return min(map(_digits, (self.left, self.right)), key=len)


def meetings(
    checks: Iterable[Evaluated], items: Sequence[LineItem], facts: Iterable[NarrativeFact]
) -> tuple[Meeting, ...]:
    """Find the figures that forms share with one another and with the prose, on one scale or powers of ten apart."""
    return (*_between_forms(checks), *_of_one_code(items), *_with_prose(items, facts))


def scales_apart(found: Sequence[Meeting]) -> frozenset[Source]:
    """Find the forms whose unit slipped, or may have where there is no majority."""
    agreeing = [(each.one, each.other, 0) for each in found if each.power == 0]
    wrong = (source for scales in _scales([*agreeing, *_telling(found)]) for source in _minority(scales))
    return frozenset(wrong) - {PROSE}


def unit_checks(found: Sequence[Meeting], slipped: Iterable[Source]) -> tuple[Evaluated, ...]:
    """Give a verdict for each form that shares a figure with another or with the prose, by its longest figure."""
    wrong = set(slipped)
    return tuple(_verdict(source, found, fails=source in wrong) for source in _forms(found))


def _forms(found: Iterable[Meeting]) -> list[Source]:
    return [source for source in dict.fromkeys(s for each in found for s in each[:2]) if source != PROSE]


def _verdict(source: Source, found: Iterable[Meeting], *, fails: bool) -> Evaluated:
    own = [each for each in found if source in each[:2] and (each.power != 0) == fails]
    subject = f"{source.department}|{source.form}" if source.department else source.form
    if not own:
        return Evaluated(CHECK_ID, subject, "equal", ZERO, ZERO, ZERO, "not_applicable", reason="no figure is shared")
    best = max(own, key=lambda each: (each.sure, len(each.digits)))
    return Evaluated(
        check_id=CHECK_ID,
        subject=subject,
        relation="equal" if best.sure else "at_most",
        left=best.left,
        right=best.right,
        tolerance=best.tolerance,
        verdict="fails" if fails else "holds",
        terms=best.terms,
    )


class _Stated(NamedTuple):
    """A figure as one source states it: yuan, and what rounding can have taken from it; `terms` are its amounts."""

    source: Source
    value: Decimal
    off: Decimal
    terms: tuple[Term, ...] = ()

    @property
    def told(self) -> bool:
        """Whether rounding could not have made it of nothing."""
        return abs(self.value) > self.off


def _between_forms(checks: Iterable[Evaluated]) -> Iterator[Meeting]:
    for check in checks:
        left = _side(check, 1, check.left)
        right = _side(check, -1, check.right)
        if left and right and left.source != right.source:
            yield from _met(left, right, sure=check.relation == "equal")


def _side(check: Evaluated, sign: int, value: Decimal) -> _Stated | None:
    """Give one side of a check, where all its printed amounts are of one form."""
    terms = tuple(term for term in check.printed if term.sign == sign)
    sources = {Source(*term.place[:2]) for term in terms}
    return _Stated(sources.pop(), value, _off(terms), terms) if len(sources) == 1 else None


def _of_one_code(items: Iterable[LineItem]) -> Iterator[Meeting]:
    """Meet the year's own figures of one code on two forms, where one may be only a part of the other."""
    by_code: dict[tuple[str, str], dict[str, LineItem]] = defaultdict(dict)
    for item in items:
        if item.code and item.measure in WHOLE:
            by_code[item.department, item.code].setdefault(item.form, item)
    for own in by_code.values():
        for one, other in combinations(own.values(), 2):
            yield from _met(_stated(one, 1), _stated(other, -1), sure=False)


def _stated(item: LineItem, sign: int) -> _Stated:
    terms = (Term(place_of(item), sign, item),)
    return _Stated(Source(item.department, item.form), item.amount, _off(terms), terms)


def _with_prose(items: Sequence[LineItem], facts: Iterable[NarrativeFact]) -> Iterator[Meeting]:
    printed = PrintedAmounts(items)
    for fact in facts:
        if fact.fact not in ("total", "final") or fact.name.endswith(SIDES):
            continue
        said = _Stated(PROSE, fact.value, stated_rounding(fact.printed))
        for each in printed.of(fact):
            source = Source(each.half.department, each.half.form)
            yield from _met(said, _Stated(source, each.amount, each.rounding, each.terms), sure=True)


def _met(one: _Stated, other: _Stated, *, sure: bool) -> Iterator[Meeting]:
    """Give the meeting of two figures, where none or a power between two units lies between them."""
    if not (one.told and other.told):
        return
    for power in POWERS:
        if abs(one.value.scaleb(power) - other.value) <= one.off.scaleb(power) + other.off:
            terms = (*one.terms, *other.terms)
            yield Meeting(
                one.source, other.source, one.value, other.value, one.off + other.off, power, sure=sure, terms=terms
            )
            return


def _off(terms: Iterable[Term]) -> Decimal:
    return sum((rounding(term.item.printed, term.item.unit) for term in terms if term.item), ZERO)


def _telling(found: Iterable[Meeting]) -> Iterator[Apart]:
    """Give the sources whose figures are apart by one power of ten, so many digits long that it is no chance."""
    figures: dict[Apart, dict[str, bool]] = defaultdict(dict)
    for each in found:
        if each.power:
            known = figures[each.one, each.other, each.power]
            known[each.digits] = known.get(each.digits, False) or each.sure
    for apart, known in figures.items():
        digits = sum(map(len, known))
        sure = sum(len(figure) for figure, is_sure in known.items() if is_sure)
        if digits >= MORE_DIGITS or (abs(apart[2]) > 1 and sure >= TELLING_DIGITS):
            yield apart


def _scales(apart: Iterable[Apart]) -> list[Mapping[Source, int]]:
    """Put sources together that meet, directly or through others, each with its power of ten against the others.

    What comes first counts: a pair that is together already is not weighed again.
    """
    groups: list[dict[Source, int]] = []
    for one, other, power in apart:
        here = next((group for group in groups if one in group), {one: 0})
        there = next((group for group in groups if other in group), {other: 0})
        if here is there:
            continue
        by = here[one] - power - there[other]
        groups = [group for group in groups if group is not here and group is not there]
        groups.append({**here, **{source: own + by for source, own in there.items()}})
    return list(groups)


def _minority(group: Mapping[Source, int]) -> Iterator[Source]:
    """Give the sources of a group that are not on the scale of most; all of them where two scales have as many."""
    (scale, most), *others = Counter(group.values()).most_common(2)
    tied = bool(others) and others[0][1] == most
    return (source for source, own in group.items() if tied or own != scale)


def _digits(value: Decimal) -> str:
    return "".join(map(str, value.as_tuple().digits)).strip("0")
