"""What must add up in papers: what their own structure demands, and what the catalogue knows of budgets.

Every identity gives its verdicts, or says why it is not applicable.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from checks.evaluation.columns import row_sums
from checks.evaluation.evaluators import balance, by_code, by_unit, rows
from checks.evaluation.judging import not_applicable
from checks.evaluation.totals import labels_of_units, totals
from checks.evaluation.tree import SUMMED_BY_KNOWLEDGE, Tree, parts
from checks.paper import Half, Paper, Unit, papers
from checks.records import SOME, Evaluated
from checks.selecting import NotApplicableError, meets
from schemas.identities import (
    BalanceIdentity,
    ByCodeIdentity,
    ByUnitIdentity,
    Catalogue,
    Identity,
    RowIdentity,
    catalogue,
)
from schemas.records import LineItem

SEVERAL = 2


def evaluated(items: Iterable[LineItem], identities: Catalogue | None = None) -> tuple[Evaluated, ...]:
    """Apply the catalogue, the project's own by default, to each department's paper in one document's amounts."""
    known = identities or catalogue()
    return tuple(chain.from_iterable(evaluate(paper, known) for paper in papers(items, known.rows)))


def evaluate(paper: Paper, identities: Catalogue) -> tuple[Evaluated, ...]:
    """Weigh what the structure of each half demands, and apply every identity of the catalogue, to one paper."""
    structural = chain.from_iterable(structure_checks(paper, half) for half in paper.halves.values())
    known = chain.from_iterable(_with_units(paper, identity) for identity in identities.identities)
    return (*structural, *known)


def structure_checks(paper: Paper, half: Half) -> Iterator[Evaluated]:
    """Weigh what a half's own rows and columns demand of one another, each demand once."""
    found = {(each.check_id, each.subject): each for each in _structure_checks(paper, half)}
    return iter(found.values())


def _structure_checks(paper: Paper, half: Half) -> Iterator[Evaluated]:
    tree = Tree(half)
    yield from row_sums(paper, half)
    yield from parts(paper, half, tree)
    if half.form in SUMMED_BY_KNOWLEDGE and len(half.units) >= SEVERAL:
        for unit in half.units:
            own = half.of_unit(unit)
            yield from parts(paper, own, Tree(own))
    yield from totals(paper, half, tree)
    yield from labels_of_units(paper, half)


def _with_units(paper: Paper, identity: Identity) -> Iterator[Evaluated]:
    """Apply an identity, and one within a half to each of several units' rows of it too."""
    yield from evaluate_identity(paper, identity)
    (name, *others) = identity.halves
    half = paper.halves.get(name)
    if half is None or others or len(half.units) < SEVERAL:
        return
    for unit in half.units:
        found = evaluate_identity(paper.of_unit(name, unit), identity)
        yield from (_of_unit(each, unit) for each in found if each.verdict != "not_applicable")


def _of_unit(check: Evaluated, unit: Unit) -> Evaluated:
    return replace(check, subject=f"{check.subject}:{unit.code or unit.name}")


def evaluate_identity(paper: Paper, identity: Identity) -> tuple[Evaluated, ...]:
    """Apply one identity to one paper: a verdict for each subject, or one `not_applicable` that says why."""
    try:
        _refuse_other_papers(paper, identity)
        found = tuple(_verdicts(paper, identity))
    except NotApplicableError as reason:
        return (_not_applicable(paper, identity, str(reason)),)
    if given := _taken_as_blank(identity):
        found = tuple(replace(each, given=given) for each in found)
    if not identity.accuses:
        found = tuple(replace(each, family=(*each.family, SOME)) for each in found)
    return found or (_not_applicable(paper, identity, "none of its amounts is printed"),)


def _taken_as_blank(identity: Identity) -> frozenset[str]:
    """The halves of which an identity takes it that they leave something blank."""
    conditions = (*identity.where, *(identity.equal_where if isinstance(identity, ByCodeIdentity) else ()))
    return frozenset(condition.half for condition in conditions if condition.blank)


def _not_applicable(paper: Paper, identity: Identity, reason: str) -> Evaluated:
    return not_applicable(paper, identity.id, reason, relation=identity.relation)


def _refuse_other_papers(paper: Paper, identity: Identity) -> None:
    if paper.kind not in identity.kinds:
        raise NotApplicableError(f"it does not hold for {paper.kind}")
    if paper.fiscal_year < identity.from_year:
        raise NotApplicableError(f"it holds from {identity.from_year} on")
    for condition in identity.where:
        if not meets(paper, condition):
            raise NotApplicableError(f"{condition.half} does not meet its condition")


def _verdicts(paper: Paper, identity: Identity) -> Iterator[Evaluated]:
    match identity:
        case RowIdentity():
            return rows(paper, identity)
        case BalanceIdentity():
            return balance(paper, identity)
        case ByCodeIdentity():
            return by_code(paper, identity)
        case ByUnitIdentity():
            return by_unit(paper, identity)
