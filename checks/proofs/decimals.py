"""How a table prints its decimals, and which of its amounts lack some: a line of the cell may have been lost.

A spreadsheet prints all amounts of a table with the same decimals (`160.10`), or each with those it has (`160.1`). In
the first an amount with fewer was cut; in the second it is exact all the same. In neither does an equality prove an
amount by the wide rounding of one that was cut.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from checks.printed import decimals
from checks.records import ZERO, Evaluated, place_of
from schemas.records import YUAN_PER_UNIT, Finding, LineItem

TableKey = tuple[object, ...]
FREE = 3
"""A table with so many figures of fewer decimals, and none that ends in 0, prints each amount with those it has."""
_HALF = Decimal("0.5")


def decimals_findings(items: Sequence[LineItem]) -> tuple[Finding, ...]:
    """Name the amounts that have fewer decimals than their table prints: nothing in a proof, and odd."""
    cut = Decimals(items).cut
    return tuple(
        Finding("fewer_decimals", f"{item.printed!r} ({item.measure})", item.page, item.table_no, item.row, item.col)
        for item in items
        if place_of(item) in cut
    )


class Decimals:
    """The decimals of a document's tables."""

    def __init__(self, items: Sequence[LineItem]) -> None:
        by_table: dict[TableKey, list[LineItem]] = defaultdict(list)
        for item in items:
            by_table[_table(item)].append(item)
        self._usual: Mapping[TableKey, int] = {table: _usual(own) for table, own in by_table.items()}
        keep = {table for table, own in by_table.items() if _keeps_zeros(own, self._usual[table])}
        whole = {
            _figure(item)
            for table, own in by_table.items()
            for item in own
            if decimals(item.printed) >= self._usual[table]
        }
        alike = {(by_table[table][0].unit, self._usual[table]) for table in keep}
        self.cut = frozenset(
            place_of(item)
            for table, own in by_table.items()
            if table in keep or ((own[0].unit, self._usual[table]) in alike and not _is_free(own, self._usual[table]))
            for item in own
            if item.amount and decimals(item.printed) < self._usual[table] and _figure(item) not in whole
        )

    def proves(self, check: Evaluated) -> bool:
        """Whether an equality holds within the rounding of its tables' own decimals."""
        if check.verdict != "holds" or check.relation != "equal":
            return False
        tolerance = sum((self._rounding(term.item) for term in check.printed if term.item), ZERO)
        return abs(check.difference) <= tolerance

    def _rounding(self, item: LineItem) -> Decimal:
        digits = max(decimals(item.printed), self._usual[_table(item)])
        return _HALF.scaleb(-digits) * YUAN_PER_UNIT[item.unit]


def _figure(item: LineItem) -> tuple[object, ...]:
    """Name a figure and what it is of: with all its decimals elsewhere, it lacks none but zeros."""
    return item.unit, item.code or item.name, item.amount


def _table(item: LineItem) -> TableKey:
    return (item.table_no,) if item.table_no is not None else (item.department, item.form, item.unit)


def _usual(items: Iterable[LineItem]) -> int:
    """Count the decimals of most figures of a table; one that is printed again and again counts once."""
    figures = {item.printed for item in items if item.amount}
    counts = Counter(map(decimals, figures))
    return max(counts, key=lambda digits: (counts[digits], digits), default=0)


def _keeps_zeros(items: Iterable[LineItem], usual: int) -> bool:
    """Whether a table prints decimals that are 0 at the end: then it prints all of them everywhere."""
    return usual > 0 and any(decimals(item.printed) == usual and item.printed.endswith("0") for item in items)


def _is_free(items: Iterable[LineItem], usual: int) -> bool:
    return len({item.printed for item in items if item.amount and decimals(item.printed) < usual}) >= FREE
