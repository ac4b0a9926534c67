"""The catalogue applied to papers: every identity gives its verdicts, or says why it is not applicable."""

from collections.abc import Iterable, Iterator
from itertools import chain

from checks.evaluators import balance, by_code, rows, tree
from checks.judging import not_applicable
from checks.paper import Paper, papers
from checks.records import Evaluated
from checks.selecting import NotApplicableError, meets
from schemas.identities import (
    BalanceIdentity,
    ByCodeIdentity,
    Catalogue,
    Identity,
    RowIdentity,
    TreeIdentity,
    catalogue,
)
from schemas.records import LineItem


def evaluated(items: Iterable[LineItem], identities: Catalogue | None = None) -> tuple[Evaluated, ...]:
    """Apply the catalogue, the project's own by default, to each department's paper in one document's amounts."""
    known = identities or catalogue()
    return tuple(chain.from_iterable(evaluate(paper, known) for paper in papers(items, known.rows)))


def evaluate(paper: Paper, identities: Catalogue) -> tuple[Evaluated, ...]:
    """Apply every identity of the catalogue to one paper."""
    return tuple(chain.from_iterable(evaluate_identity(paper, identity) for identity in identities.identities))


def evaluate_identity(paper: Paper, identity: Identity) -> tuple[Evaluated, ...]:
    """Apply one identity to one paper: a verdict for each subject, or one `not_applicable` that says why."""
    try:
        _refuse_other_papers(paper, identity)
        found = tuple(_verdicts(paper, identity))
    except NotApplicableError as reason:
        return (not_applicable(paper, identity, str(reason)),)
    return found or (not_applicable(paper, identity, "none of its amounts is printed"),)


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
        case TreeIdentity():
            return tree(paper, identity)
        case ByCodeIdentity():
            return by_code(paper, identity)
