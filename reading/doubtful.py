"""Amounts of pictures that are proven too easily.

A sum's rounding can hide a misread last digit, and a total that is printed again and again can be misread again and
again: what wears one 4 down to a 1 does so to the next.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from checks import Evaluated, Place, place_of
from extractors.tables.amounts import NotAnAmountError, printed_amount
from schemas.records import OCR_READERS, YUAN_PER_UNIT, LineItem

SURE = 0.8
"""A figure whose least sure digit has at least so much was hardly ever misread; of those below, one in fifty."""
HIDDEN_DIGITS = 2
"""A sum with so much rounding, in last digits of the figure, holds whether a 5 or a 6, a 1 or a 4 is read."""
COPIES = 2
"""An equality of no more amounts holds one against its own copy."""
ADDED_UP = ("proven", "repaired")
CAUGHT = ("contradicted", "source_inconsistent", "repaired")
SecondEngine = Callable[[LineItem], bool]
"""Whether the second engine reads an amount of a picture as the first does."""


def without_doubtful(
    items: Sequence[LineItem], checks: Iterable[Evaluated], second: SecondEngine | None
) -> tuple[LineItem, ...]:
    """The checked amounts, those of pictures unproven that checks do not pin and one engine may misread.

    A 0 is held by no sum: it is what its reader is sure of, or unproven. Not pinned is an amount whose last digit no
    check holds to, and one that stands in no sum and is equal to none that does. `checks` are those that gave the
    amounts their statuses; without a `second` engine the first one's confidence decides alone. Where the checks have
    caught a misreading in the paper, no such amount stays proven: what wears a digit off once (a thin stroke that a fax
    drops, so that both engines read a 4 as a 1) does so again where it is hidden.
    """
    equalities = [check for check in checks if check.verdict == "holds" and check.relation == "equal"]
    finest, summed = _finest(equalities), _summed(equalities)
    worn = any(item.status in CAUGHT for item in items if item.reader in OCR_READERS)

    def stays(item: LineItem) -> bool:
        pinned = place_of(item) in summed and finest[place_of(item)] < HIDDEN_DIGITS * _last_digit(item)
        return pinned or (not worn and _is_sure(item, second))

    return tuple(
        item
        if _is_seen(item) and (item.status != "proven" or item.reader != "rapidocr" or stays(item))
        else replace(item, status="unproven", status_reason="read_from_picture")
        for item in items
    )


def _is_seen(item: LineItem) -> bool:
    """Whether an amount that checks found good was seen at all: a speck or a dash is read as 0, and every sum holds."""
    return bool(item.status not in ADDED_UP or item.reader not in OCR_READERS or item.amount) or item.confidence >= SURE


def _is_sure(item: LineItem, second: SecondEngine | None) -> bool:
    return item.confidence >= SURE and (second is None or second(item))


def _finest(equalities: Iterable[Evaluated]) -> Mapping[Place, Decimal]:
    """The least tolerance of the equalities that hold and that a place takes part in, in yuan."""
    finest: dict[Place, Decimal] = defaultdict(lambda: Decimal("Infinity"))
    for check in equalities:
        for term in check.printed:
            finest[term.place] = min(finest[term.place], check.tolerance)
    return finest


def _summed(equalities: Iterable[Evaluated]) -> Set[Place]:
    """The places of amounts in a sum of several, and of those that are equal to one of these; 0 has nothing to add."""
    summed: set[Place] = set()
    equal: list[frozenset[Place]] = []
    for check in equalities:
        places = frozenset(term.place for term in check.printed if term.amount)
        if len(places) > COPIES:
            summed |= places
        else:
            equal.append(places)
        summed.update(term.place for term in check.printed if not term.amount)
    while joined := [places for places in equal if 0 < len(places - summed) < len(places)]:
        summed.update(*joined)
    return summed


def _last_digit(item: LineItem) -> Decimal:
    """What one of the last printed digit is worth in yuan."""
    try:
        printed = printed_amount(item.printed)
    except NotAnAmountError:
        return Decimal(0)
    return YUAN_PER_UNIT[item.unit] * Decimal(1).scaleb(-printed.decimals) if printed else Decimal(0)
