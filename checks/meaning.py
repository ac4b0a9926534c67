"""What sums cannot tell of an amount: which column it stands in, and whether it was read whole.

A column that moved aside as a whole keeps every sum down it, and an amount that was cut in the same way in every form
agrees with itself everywhere.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from checks.evidence import MANY, Evidence, is_telling, meets_another_form
from checks.paper import Paper
from checks.printed import decimals
from checks.records import Evaluated, Place, pins
from schemas.records import LineItem

COPIES = 2
"""An equality of no more amounts holds one against its own copy."""
FEWEST_ROWS = 2
FEWEST_AMOUNTS = 8
"""Of a table with fewer amounts nobody can say how it prints its decimals."""
ONE_IN = 20
"""At most so many amounts of a table depart from the decimals of all others because they were cut."""
TURNED = frozenset({"three_public"})
"""Forms whose columns are read as rows: what adds up down a column is printed across."""


class Column(NamedTuple):
    """A column of a half."""

    department: str
    half: str
    column: str


def column_of(place: Place) -> Column:
    """Name the column that a place is in."""
    return Column(place.department, place.half, place.column)


def proven_columns(papers: Iterable[Paper], checks: Sequence[Evaluated]) -> frozenset[Column]:
    """Find the columns whose meaning is proven.

    Each is the only one of its half, or meets a figure of the same meaning on another form, or several rows add up
    through it; in forms that are turned, its rows add up.
    """
    rows: dict[Column, set[int]] = defaultdict(set)
    telling: set[Column] = set()
    for check in (each for each in checks if each.verdict == "holds" and each.relation == "equal"):
        columns = {column_of(term.place) for term in check.printed if term.amount and pins(check, term)}
        if meets_another_form(check):
            telling |= columns
        elif _is_row_sum(check) or (check.parts > 1 and check.terms[0].place.form in TURNED):
            for column in columns:
                rows[column].add(check.terms[0].place.line)
                if check.parts > 1:
                    rows[column].add(-1)
    several = {column for column, lines in rows.items() if -1 in lines and _several(column, lines)}
    found = telling | several
    return frozenset(found | set(_left_over(papers, found)))


def confirmed_columns(checks: Iterable[Evaluated], evidence: Evidence) -> frozenset[Column]:
    """Find the columns whose figures another form prints too, for many subjects of an identity that is borne out."""
    figures: dict[Column, set[Decimal]] = defaultdict(set)
    for check in checks:
        if check.family in evidence.borne_out and is_telling(check) and meets_another_form(check):
            for term in (term for term in check.printed if pins(check, term)):
                figures[column_of(term.place)].add(abs(check.left))
    return frozenset(column for column, own in figures.items() if len(own) >= MANY)


def _several(column: Column, lines: set[int]) -> bool:
    return len(lines - {-1}) >= FEWEST_ROWS or column.half in TURNED


def _is_row_sum(check: Evaluated) -> bool:
    return len({(term.place.form, term.place.side, term.place.line) for term in check.terms}) == 1


def _left_over(papers: Iterable[Paper], proven: Collection[Column]) -> Iterable[Column]:
    """Give the one column of each half that is left when all others are proven: it bears the one heading that is left.

    Columns of nothing but zeros are not counted. Beside a heading that was not read, nothing can be told so.
    """
    for paper in papers:
        for half in paper.halves.values():
            columns = [
                Column(paper.department, half.name, column)
                for column in half.columns
                if any(row.amount(column) for row in half.rows)
            ]
            left = [column for column in columns if column not in proven]
            if len(left) == 1 and half.form not in TURNED | {""}:
                yield left[0]


def summed(checks: Iterable[Evaluated]) -> frozenset[Place]:
    """Find the amounts in a sum of several that holds, and those that are equal to one of these; and zeros.

    Equality alone says nothing: what was cut once was cut in every copy.
    """
    found: set[Place] = set()
    copies: dict[Place, list[frozenset[Place]]] = defaultdict(list)
    for check in (each for each in checks if each.verdict == "holds" and each.relation == "equal"):
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


def pinned(checks: Iterable[Evaluated]) -> frozenset[Place]:
    """Find the amounts that an equality which holds would not do without."""
    sound = (each for each in checks if each.verdict == "holds" and each.relation == "equal")
    return frozenset(term.place for each in sound for term in each.printed if pins(each, term))


def cut_short(items: Sequence[LineItem], at: Sequence[Place]) -> frozenset[Place]:
    """Find the amounts with fewer decimals than all others of their table: a line of the cell may have been lost."""
    by_table: dict[object, list[tuple[LineItem, Place]]] = defaultdict(list)
    for item, place in zip(items, at, strict=True):
        by_table[item.table_no if item.table_no is not None else (item.form, item.side)].append((item, place))
    return frozenset(place for own in by_table.values() for place in _cut_of_table(own))


def _cut_of_table(own: Sequence[tuple[LineItem, Place]]) -> Iterable[Place]:
    counts = Counter(decimals(item.printed) for item, _ in own if item.amount)
    if not counts or sum(counts.values()) < FEWEST_AMOUNTS:
        return ()
    usual, _ = counts.most_common(1)[0]
    fewer = [place for item, place in own if item.amount and decimals(item.printed) < usual]
    return fewer if len(fewer) * ONE_IN <= sum(counts.values()) else ()
