"""Amounts of pictures that are proven too easily: a sum's rounding can hide a misread last digit."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from checks import Evaluated, Place, place_of
from extractors.items.amounts import NotAnAmountError, printed_amount
from schemas.records import YUAN_PER_UNIT, LineItem

SURE = 0.8
"""A figure whose least sure digit has at least so much was hardly ever misread; of those below, one in fifty."""
HIDDEN_DIGITS = 2
"""A sum with so much rounding, in last digits of the figure, holds whether a 5 or a 6, a 1 or a 4 is read."""
CAUGHT = ("contradicted", "source_inconsistent", "repaired")
OF_PICTURES = ("rapidocr", "tesseract")
SecondEngine = Callable[[LineItem], bool]
"""Whether the second engine reads an amount of a picture as the first does."""


def without_doubtful(
    items: Sequence[LineItem], checks: Iterable[Evaluated], second: SecondEngine | None
) -> tuple[LineItem, ...]:
    """The checked amounts, those of pictures unproven that no check pins to the last digit and one engine may misread.

    `checks` are those that gave the amounts their statuses; without a `second` engine the first one's confidence
    decides alone. Where the checks have caught a misreading in the paper, no such amount stays proven: what wears a
    digit off once (a thin stroke that a fax drops, so that both engines read a 4 as a 1) does so again where it is
    hidden.
    """
    finest = _finest(checks)
    worn = any(item.status in CAUGHT for item in items if item.reader in OF_PICTURES)
    return tuple(
        replace(item, status="unproven") if _is_loose(item, finest) and (worn or not _is_sure(item, second)) else item
        for item in items
    )


def _is_sure(item: LineItem, second: SecondEngine | None) -> bool:
    return item.confidence >= SURE and (second is None or second(item))


def _finest(checks: Iterable[Evaluated]) -> Mapping[Place, Decimal]:
    """The least tolerance of the equalities that hold and that a place takes part in, in yuan."""
    finest: dict[Place, Decimal] = defaultdict(lambda: Decimal("Infinity"))
    for check in checks:
        if check.verdict == "holds" and check.relation == "equal":
            for term in check.printed:
                finest[term.place] = min(finest[term.place], check.tolerance)
    return finest


def _is_loose(item: LineItem, finest: Mapping[Place, Decimal]) -> bool:
    """Whether an amount of a picture is proven by sums alone that hold for another last digit, too."""
    if item.status != "proven" or item.reader != "rapidocr":
        return False
    return finest[place_of(item)] >= HIDDEN_DIGITS * _last_digit(item)


def _last_digit(item: LineItem) -> Decimal:
    """What one of the last printed digit is worth in yuan."""
    try:
        printed = printed_amount(item.printed)
    except NotAnAmountError:
        return Decimal(0)
    return YUAN_PER_UNIT[item.unit] * Decimal(1).scaleb(-printed.decimals) if printed else Decimal(0)
