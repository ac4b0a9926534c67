"""What sums cannot tell of an amount: which column it stands in, and whether it was read whole.

A column that moved aside as a whole keeps every sum down it, and an amount that was cut in the same way in every form
agrees with itself everywhere.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from checks.paper import Paper
from checks.proofs.evidence import MANY, Evidence, is_telling, meets_another_form
from checks.proofs.exchanging import TURNED, Column, column_of, exchangeable
from checks.records import Evaluated, Place, pins

COPIES = 2
"""An equality of no more amounts holds one against its own copy."""
FEWEST_ROWS = 2
FEWEST_COLUMNS = 2


def proven_columns(
    papers: Sequence[Paper], checks: Sequence[Evaluated], exact: Collection[int], evidence: Evidence
) -> tuple[frozenset[Column], frozenset[Column]]:
    """Find the columns whose meaning is proven, and those that could change places; `exact` prove, by their id().

    Each is the only one of its half, or meets a figure of the same meaning on another form, or several rows add up
    through it; in forms that are turned, its rows add up. And no two of a half could have changed places unnoticed.
    """
    failing = {each.family for each in checks if each.verdict == "fails"} - evidence.borne_out
    telling: set[Column] = set()
    added: dict[Column, set[int]] = defaultdict(set)
    across: dict[Column, set[int]] = defaultdict(set)
    for check in (each for each in checks if each.verdict == "holds"):
        columns = {column_of(term.place) for term in check.printed if term.amount and pins(check, term)}
        line = check.terms[0].place.line
        if id(check) in exact and meets_another_form(check):
            telling |= columns if check.family not in failing else set()
        elif _is_row_sum(check):
            for column in columns:
                across[column].add(line)
        if id(check) in exact and check.parts > 1 and (_is_row_sum(check) or check.terms[0].place.form in TURNED):
            for column in columns:
                added[column].add(line)
    several = {column for column in added if len(across[column]) >= FEWEST_ROWS or column.half in TURNED}
    found = (telling - _conflicting(checks, evidence)) | several
    found |= set(_left_over(papers, found, several, across))
    exchanged = exchangeable(papers, checks)
    return frozenset(found - exchanged), frozenset(exchanged)


def _conflicting(checks: Sequence[Evaluated], evidence: Evidence) -> set[Column]:
    """Find the columns that one form bears out and another contradicts, unless many figures confirm them."""
    against = (each for each in checks if each.verdict == "fails" and each.family not in evidence.borne_out)
    columns = {column_of(term.place) for each in against if len(each.halves) > 1 for term in each.printed}
    return columns - confirmed_columns(checks, evidence)


def _is_row_sum(check: Evaluated) -> bool:
    return len({(term.place.half, term.place.line) for term in check.terms}) == 1


def _left_over(
    papers: Iterable[Paper],
    proven: Collection[Column],
    several: Collection[Column],
    across: Mapping[Column, Collection[int]],
) -> Iterator[Column]:
    """Give the column of each half that is its only one, or is left when all others are proven.

    It bears the one heading that is left where two others add up row by row, or it is within them in several rows.
    Columns of nothing but zeros are not counted.
    """
    for paper in papers:
        for half in paper.halves.values():
            columns = [Column(paper.department, half.name, name) for name in half.columns]
            printed = [column for column in columns if any(row.amount(column.column) for row in half.rows)]
            left = [column for column in printed if column not in proven]
            if len(left) != 1 or half.form in TURNED:
                continue
            settled = sum(column in several for column in printed) >= FEWEST_COLUMNS
            if len(columns) == 1 or settled or len(across.get(left[0], ())) >= FEWEST_ROWS:
                yield left[0]


def confirmed_columns(checks: Iterable[Evaluated], evidence: Evidence) -> frozenset[Column]:
    """Find the columns whose figures another form prints too, for many subjects of an identity that is borne out."""
    figures: dict[Column, set[Decimal]] = defaultdict(set)
    for check in checks:
        if check.family in evidence.borne_out and is_telling(check) and meets_another_form(check):
            for term in (term for term in check.printed if pins(check, term)):
                figures[column_of(term.place)].add(abs(check.left))
    return frozenset(column for column, own in figures.items() if len(own) >= MANY)


def summed(proofs: Iterable[Evaluated]) -> frozenset[Place]:
    """Find the amounts in a sum of several that holds exactly, and those that are equal to one of these; and zeros.

    Equality alone says nothing: what was cut once was cut in every copy.
    """
    found: set[Place] = set()
    copies: dict[Place, list[frozenset[Place]]] = defaultdict(list)
    for check in proofs:
        places = frozenset(term.place for term in check.printed if term.amount)
        if len(places) > COPIES:
            found |= {term.place for term in check.printed if pins(check, term)}
        else:
            for place in places:
                copies[place].append(places)
        found.update(term.place for term in check.printed if not term.amount)
    return _with_copies(found, copies)


def _with_copies(found: set[Place], copies: Mapping[Place, Sequence[frozenset[Place]]]) -> frozenset[Place]:
    left = [place for place in found if place in copies]
    while left:
        for places in copies[left.pop()]:
            new = places - found
            found |= new
            left += new
    return frozenset(found)


def pinned(proofs: Iterable[Evaluated]) -> frozenset[Place]:
    """Find the amounts that an equality which holds would not do without."""
    return frozenset(term.place for each in proofs for term in each.printed if pins(each, term))
