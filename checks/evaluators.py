"""The four kinds of identities, each a pure function of a paper and an identity of its kind.

Each yields a verdict for every subject that the paper prints, and raises `NotApplicableError` where it does not print
what the identity needs. A blank cell beside printed ones is 0: the forms leave blank what there is none of. An amount
that was lost in reading therefore makes its sums fail.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from checks.codes import under
from checks.judging import judged
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
    Relation,
    RowIdentity,
    Selector,
    TreeIdentity,
)

CLASS_DIGITS = 3
TOTAL = "合计"


def rows(paper: Paper, identity: RowIdentity) -> Iterator[Evaluated]:
    """Weigh in each row of the half measures against measures, those that the half has."""
    half = half_of(paper, identity.half)
    left = [name for name in identity.left if _bare(name) in half.measures]
    right = [name for name in _chosen(half, identity, identity.right) if _bare(name) in half.measures]
    if not left or not right or any(name not in half.measures for name in identity.needs):
        raise NotApplicableError(f"{half.name} does not print these columns")
    for row in half.rows:
        terms = [half.term(row, _bare(name), _sign(name)) for name in left]
        terms += [half.term(row, _bare(name), -_sign(name)) for name in right]
        yield from judged(paper, identity, f"{row.line}:{row.label}", terms)


def _bare(name: str) -> str:
    return name.removeprefix("-")


def _sign(name: str) -> int:
    return -1 if name.startswith("-") else 1


def _chosen(half: Half, identity: RowIdentity, names: Iterable[str]) -> Iterator[str]:
    """Give the measures behind names: of alternatives the first that the half prints."""
    for name in names:
        if name not in identity.first_printed:
            yield name
            continue
        ways = (tuple(_chosen(half, identity, way)) for way in identity.first_printed[name])
        yield from next((way for way in ways if any(_bare(inner) in half.measures for inner in way)), ())


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
        yield from judged(paper, identity, measure, [term for side in sides for term in side.terms(measure)])
        for row in again:
            other = [lead._replace(chosen=(SignedRow(1, row),)), *sides[1:]]
            terms = [term for side in other for term in side.terms(measure)]
            yield from judged(paper, identity, f"{row.line}:{measure}", terms)


def _sides(paper: Paper, selectors: Sequence[Selector], sign: int) -> Iterator[_Side]:
    found = [
        _Side(half, selector, selected_rows(half, selector), sign)
        for selector in selectors
        for half in [half_of(paper, selector.half)]
    ]
    if not any(side.chosen for side in found):
        raise NotApplicableError(f"{selectors[0].half} does not print these rows")
    yield from found


def tree(paper: Paper, identity: TreeIdentity) -> Iterator[Evaluated]:
    """Weigh each code against the codes under it, in every measure of the half."""
    half = half_of(paper, identity.half)
    parents = [code for code in half.children if code is not None]
    if any(len(half.by_code[code]) > 1 for code in parents):
        raise NotApplicableError(f"{half.name} prints a code twice that has others under it")
    for code in parents:
        for measure in sorted(half.measures):
            terms = [half.term(row, measure, 1) for row in half.by_code[code]]
            terms += [half.term(row, measure, -1) for row in half.rows_of(half.children[code])]
            yield from judged(paper, identity, f"{code}:{measure}", terms)


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
        if not left.prints(ours) or not against:
            continue
        for code in _codes(identity, (left, *against)):
            terms = list(_terms_at(identity, left, code, ours, 1))
            terms += [term for half in against for term in _terms_at(identity, half, code, theirs, -1)]
            yield from judged(paper, identity, f"{code}:{measure_of(left, ours)}", terms, relation=relation)


def _relation(paper: Paper, identity: ByCodeIdentity) -> Relation:
    met = bool(identity.equal_where) and all(meets(paper, condition) for condition in identity.equal_where)
    return "equal" if met else identity.relation


def _codes(identity: ByCodeIdentity, halves: Sequence[Half]) -> Iterator[str]:
    """Give the codes to compare: of levels that both sides print, and the total; or every 类.

    A half with a row whose code is unknown decides only on the codes that it has.
    """
    of_class = identity.level == "class"
    printed = [{code[:CLASS_DIGITS] if of_class else code for code in half.by_code} for half in halves]
    every = set().union(*printed)
    for half, codes in zip(halves, printed, strict=True):
        if half.unknown:
            every &= codes
    levels = halves[0].levels & frozenset().union(*(half.levels for half in halves[1:]))
    yield from sorted(code for code in every if of_class or len(code) in levels)
    if not of_class:
        yield TOTAL


def _terms_at(identity: ByCodeIdentity, half: Half, code: str, measure: str, sign: int) -> Iterator[Term]:
    own = measure_of(half, measure)
    return (half.term(row, own, sign) for row in _rows_at(identity, half, code))


def _rows_at(identity: ByCodeIdentity, half: Half, code: str) -> tuple[Row, ...]:
    if code == TOTAL:
        return half.by_role.get("total", ())[:1]
    if identity.level == "class":
        return half.rows_of(under(half.children.get(None, ()), (code,)))
    return half.by_code.get(code, ())
