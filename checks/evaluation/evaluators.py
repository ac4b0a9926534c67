"""The four kinds of identities, each a pure function of a paper and an identity of its kind.

Each yields a verdict for every subject that the paper prints, and raises `NotApplicableError` where it does not print
what the identity needs. A blank cell beside printed ones is 0: the forms leave blank what there is none of. An amount
that was lost in reading therefore makes its sums fail.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checks.codes import under
from checks.evaluation.judging import judged
from checks.paper import Half, Paper, Row
from checks.records import Evaluated, Term
from checks.selecting import (
    NotApplicableError,
    SignedRow,
    half_of,
    measure_of,
    meets,
    repeated_rows,
    selected_rows,
)
from schemas.identities import (
    BalanceIdentity,
    ByCodeIdentity,
    ByUnitIdentity,
    Relation,
    RowIdentity,
    Selector,
)

CLASS_DIGITS = 3
TOTAL = "合计"


def rows(paper: Paper, identity: RowIdentity) -> Iterator[Evaluated]:
    """Weigh in each row of the half measures against measures, those that the half has."""
    half = half_of(paper, identity.half)
    left = [name for name in identity.left if _bare(name) in half.measures]
    right = [name for name in identity.right if _bare(name) in half.measures]
    if not left or not right or any(name not in half.measures for name in identity.needs):
        raise NotApplicableError(f"{half.name} does not print these columns")
    for row in half.rows:
        terms = [half.term(row, _bare(name), _sign(name)) for name in left]
        terms += [half.term(row, _bare(name), -_sign(name)) for name in right]
        yield from judged(paper, identity.id, half.subject(row), terms, relation=identity.relation)


def _bare(name: str) -> str:
    return name.removeprefix("-")


def _sign(name: str) -> int:
    return -1 if name.startswith("-") else 1


class _Side(NamedTuple):
    """The rows of one selector of a balance, on the left (+1) or on the right (−1)."""

    half: Half
    selector: Selector
    chosen: tuple[SignedRow, ...]
    sign: int

    def terms(self, each: str) -> Iterator[Term]:
        """Take the rows' amounts in the selector's measure, or in the one whose turn it is."""
        measure = each if self.selector.measure == "each" else measure_of(self.half, self.selector.measure)
        return (self.half.term(row, measure, self.sign * own) for own, row in self.chosen)


def balance(paper: Paper, identity: BalanceIdentity) -> Iterator[Evaluated]:
    """Weigh selected amounts against selected ones; `each` stands for every measure of the left half in turn."""
    sides = [*_sides(paper, identity.left, 1), *_sides(paper, identity.right, -1)]
    lead = sides[0]
    again = repeated_rows(lead.half, lead.selector) if len(identity.left) == 1 else ()
    each = any(side.selector.measure == "each" for side in sides)
    for measure in sorted(lead.half.measures) if each else ["whole"]:
        yield from _judged(paper, identity, measure, [term for side in sides for term in side.terms(measure)])
        for row in again:
            other = [lead._replace(chosen=(SignedRow(1, row),)), *sides[1:]]
            terms = [term for side in other for term in side.terms(measure)]
            yield from _judged(paper, identity, f"{row.line}:{measure}", terms)


def _judged(paper: Paper, identity: BalanceIdentity, subject: str, terms: Sequence[Term]) -> Iterator[Evaluated]:
    return judged(paper, identity.id, subject, terms, relation=identity.relation)


def _sides(paper: Paper, selectors: Sequence[Selector], sign: int) -> Iterator[_Side]:
    found = [
        _Side(half, selector, selected_rows(half, selector), sign)
        for selector in selectors
        for half in [half_of(paper, selector.half)]
    ]
    if not any(side.chosen for side in found):
        raise NotApplicableError(f"{selectors[0].half} does not print these rows")
    yield from found


def by_code(paper: Paper, identity: ByCodeIdentity) -> Iterator[Evaluated]:
    """Weigh each code (and the total) of one half against the same code of others, at the levels that both print."""
    left = half_of(paper, identity.left.half)
    others = [paper.halves[selector.half] for selector in identity.right if selector.half in paper.halves]
    half_of(paper, identity.right[0].half)
    if not left.by_code or not any(half.by_code for half in others):
        raise NotApplicableError(f"{left.name} or {others[0].name} prints no codes")
    relation = _relation(paper, identity)
    for measure in identity.measures or (None,):
        ours = measure or identity.left.measure
        theirs = measure or identity.right[0].measure
        against = [half for half in others if half.prints(theirs)]
        names = [half.name for half in (left, *against)]
        if not left.prints(ours) or not against:
            continue
        for code in _codes(identity, (left, *against)):
            terms = list(_terms_at(identity, left, code, ours, 1))
            terms += [term for half in against for term in _terms_at(identity, half, code, theirs, -1)]
            subject = f"{code}:{measure_of(left, ours)}"
            yield from judged(paper, identity.id, subject, terms, relation=relation, halves=names)


def _relation(paper: Paper, identity: ByCodeIdentity) -> Relation:
    met = bool(identity.equal_where) and all(meets(paper, condition) for condition in identity.equal_where)
    return "equal" if met else identity.relation


def _codes(identity: ByCodeIdentity, halves: Sequence[Half]) -> Iterator[str]:
    """Give the codes to compare: of levels that both sides print, and the total where all print one; or every 类.

    A half with a row whose code is unknown decides only on the codes that it has. A blank is 0 for a code that a half
    does not print, but a form that prints subtotals alone has not said that its total is 0.
    """
    of_class = identity.level == "class"
    printed = [{code[:CLASS_DIGITS] if of_class else code for code in half.by_code} for half in halves]
    every = set().union(*printed)
    for half, codes in zip(halves, printed, strict=True):
        if half.unknown:
            every &= codes
    levels = halves[0].levels & frozenset().union(*(half.levels for half in halves[1:]))
    yield from sorted(code for code in every if of_class or len(code) in levels)
    if not of_class and all(half.total_rows for half in halves):
        yield TOTAL


def _terms_at(identity: ByCodeIdentity, half: Half, code: str, measure: str, sign: int) -> Iterator[Term]:
    own = measure_of(half, measure)
    return (half.term(row, own, sign) for row in _rows_at(identity, half, code))


def _rows_at(identity: ByCodeIdentity, half: Half, code: str) -> tuple[Row, ...]:
    if code == TOTAL:
        return half.total_rows
    if identity.level == "class":
        return half.rows_of(under(half.children.get(None, ()), (code,)))
    return half.by_code.get(code, ())


def by_unit(paper: Paper, identity: ByUnitIdentity) -> Iterator[Evaluated]:
    """Weigh the units' own rows of one half against those of another; a unit that one of them lacks is passed over."""
    left, right = half_of(paper, identity.left.half), half_of(paper, identity.right.half)
    ours, theirs = measure_of(left, identity.left.measure), measure_of(right, identity.right.measure)
    heads = {row.unit: row for row in reversed(right.rows) if row.heads_unit}
    for row in left.rows:
        if row.heads_unit and (other := heads.get(row.unit)) and _is_alone(left, row) and _is_alone(right, other):
            terms = [left.term(row, ours, 1), right.term(other, theirs, -1)]
            yield from judged(paper, identity.id, f"{left.subject(row)}:{ours}", terms)


def _is_alone(half: Half, row: Row) -> bool:
    """Whether no other row is its unit's own: of a department and its own level under one name nobody can tell."""
    return sum(other.heads_unit and other.unit == row.unit for other in half.rows) == 1
