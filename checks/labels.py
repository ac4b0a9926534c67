"""Whether an amount's row is labelled right, which no sum can tell: an amount in the wrong row can satisfy a column."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from checks.paper import Half
from checks.printed import rounding
from checks.records import Place, place_of
from schemas.records import LineItem
from schemas.wording import plain, without_ordinal


def rightly_labelled(items: Collection[LineItem], halves: Iterable[Half]) -> frozenset[Place]:
    """Find the amounts whose row's label is right: by the year's edition, by the form itself, or by a sibling form."""
    fixed = {
        half.term(row, measure, 1).place
        for half in halves
        for rows in half.by_role.values()
        for row in rows
        for measure in row.amounts
    }
    siblings = _by_label(items)
    return frozenset(
        place
        for item in items
        if (place := place_of(item)) in fixed or agrees_with_edition(item) or _has_sibling(item, siblings)
    )


def agrees_with_edition(item: LineItem) -> bool:
    """Whether the row's code bears the row's name in the edition in force that year."""
    return item.standard_name is not None and _label(item.name) == _label(item.standard_name)


def _label(name: str) -> str:
    return plain(without_ordinal(name))


def _by_label(items: Iterable[LineItem]) -> Mapping[str, list[LineItem]]:
    found: dict[str, list[LineItem]] = defaultdict(list)
    for item in items:
        found[_label(item.name)].append(item)
    return found


def _has_sibling(item: LineItem, siblings: Mapping[str, list[LineItem]]) -> bool:
    """Whether another form prints the same label with the same amount; 0 = 0 says nothing of a label."""
    return item.amount != 0 and any(
        other.form != item.form
        and other.department == item.department
        and other.code in (None, item.code)
        and abs(other.amount - item.amount) <= _rounding(other) + _rounding(item)
        for other in siblings[_label(item.name)]
    )


def _rounding(item: LineItem) -> Decimal:
    return rounding(item.printed, item.unit)
