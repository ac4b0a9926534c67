"""Which columns of a half could have changed places without any check noticing.

Parts of one whole add up in any order. What tells them apart is another form that prints one of them, a whole that only
one of them gives, or the order in which budgets print them everywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import NamedTuple

from checks.paper import Half, Paper, Row
from checks.records import ZERO, Evaluated, Place
from schemas.identities.measures import dimensions

TURNED = frozenset({"three_public"})
"""Forms whose columns are read as rows: what adds up down a column is printed across, and a column is a year."""


class Column(NamedTuple):
    """A column of a half."""

    department: str
    half: str
    column: str


def column_of(place: Place) -> Column:
    """Name the column that a place is in."""
    return Column(place.department, place.half, place.column)


def exchangeable(papers: Iterable[Paper], checks: Sequence[Evaluated]) -> set[Column]:
    """Find the columns that could stand in one another's place: no check of theirs would fail."""
    by_half: dict[tuple[str, str], list[Evaluated]] = defaultdict(list)
    for check in checks:
        if check.verdict == "holds":
            for name in check.halves:
                by_half[check.family[0], name].append(check)
    found: set[Column] = set()
    for paper in papers:
        for half in paper.halves.values():
            own = [each for each in by_half[paper.department, half.name] if not _down_one_column(each)]
            told = _Told(half, own)
            for one, other in combinations(half.columns, 2):
                if not told.apart(one, other):
                    found |= {Column(paper.department, half.name, name) for name in (one, other)}
    return found


def _down_one_column(check: Evaluated) -> bool:
    """Whether a check adds up one column of one half: it holds wherever the column stands."""
    return len({(term.place.half, term.place.column) for term in check.terms}) == 1


class _Told:
    """What tells the columns of a half apart."""

    def __init__(self, half: Half, checks: Sequence[Evaluated]) -> None:
        self.half = half
        self.rows = {half.term(row, column, 1).place.line: row for row in half.rows for column in row.amounts}
        self.checks: dict[str, list[Evaluated]] = defaultdict(list)
        for check in checks:
            for column in {term.place.column for term in check.terms if term.place.half == half.name}:
                self.checks[column].append(check)

    def apart(self, one: str, other: str) -> bool:
        """Whether it would be noticed if two columns changed places; columns alike in every row say the same."""
        if all(row.amount(one) == row.amount(other) for row in self.half.rows) or in_order(self.half, one, other):
            return True
        return any(self._fails(check, one, other) for check in (*self.checks[one], *self.checks[other]))

    def _fails(self, check: Evaluated, one: str, other: str) -> bool:
        by = sum((term.sign * self._change(term.place, one, other) for term in check.terms), ZERO)
        difference = check.difference + by
        return difference > check.tolerance or (check.relation == "equal" and -difference > check.tolerance)

    def _change(self, place: Place, one: str, other: str) -> Decimal:
        """By how much a cell would change if the two columns changed places."""
        row = self.rows.get(place.line)
        if place.half != self.half.name or row is None or place.column not in (one, other):
            return ZERO
        return row.amount(other if place.column == one else one) - row.amount(place.column)


def in_order(half: Half, one: str, other: str) -> bool:
    """Whether two columns are printed, in every row that has both, in the order in which all budgets print them."""
    ranks = _ranks(one, other)
    places = [(_position(row, one), _position(row, other)) for row in half.rows if {one, other} <= row.amounts.keys()]
    if ranks is None or not places or any(at[1] < 0 or beside[1] < 0 for at, beside in places):
        return False
    return all((at < beside) == (ranks[0] < ranks[1]) for at, beside in places)


def _position(row: Row, column: str) -> tuple[int, int]:
    """Tell where a cell is printed: its row, for years can be rows, and its column; −1 where nobody knows."""
    item = row.amounts[column]
    return item.row if item.row is not None else item.line, -1 if item.col is None else item.col


def _ranks(one: str, other: str) -> tuple[int, int] | None:
    """Compare two measures, or two budgets of one measure, where budgets print them in one order."""
    (measure, _, fund), (beside, _, other_fund) = one.partition("@"), other.partition("@")
    names = (fund, other_fund) if measure == beside else (measure, beside)
    ranks = [_ranks_of_all().get(name) for name in names]
    if ranks[0] is None or ranks[1] is None or ranks[0][0] != ranks[1][0]:
        return None
    return ranks[0][1], ranks[1][1]


@cache
def _ranks_of_all() -> Mapping[str, tuple[str, int]]:
    """Give each measure its dimension and its place in the order in which budgets print them."""
    return {
        measure: (dimension.dimension, number)
        for dimension in dimensions()
        for number, measure in enumerate(dimension.in_order)
    }
