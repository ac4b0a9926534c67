"""Whether printed figures agree within what they were rounded to; intervals of Decimals, no tolerance of our own."""

from decimal import Decimal
from typing import NamedTuple


class Rounded(NamedTuple):
    """A printed amount and half of its last printed place: the true one lies within `value` ± `half_step`."""

    value: Decimal
    half_step: Decimal

    @property
    def low(self) -> Decimal:
        """The least that the true amount can be."""
        return self.value - self.half_step

    @property
    def high(self) -> Decimal:
        """The most that the true amount can be."""
        return self.value + self.half_step


def is_percentage_of(percent: Rounded, part: Rounded, whole: Rounded) -> bool | None:
    """Whether `part` can be `percent` per cent of `whole`; None where `whole` can be zero, so that nothing follows."""
    if whole.low <= 0 <= whole.high:
        return None
    ratios = [100 * p / w for p in (part.low, part.high) for w in (whole.low, whole.high)]
    return min(ratios) <= percent.high and max(ratios) >= percent.low


def is_change_of(percent: Rounded, change: Rounded, now: Rounded) -> bool | None:
    """Whether a change by `change` to `now` can be one by `percent` per cent; None where nothing follows.

    `change` and `percent` carry their signs; what it was before is `now` less `change`.
    """
    before = Rounded(now.value - change.value, now.half_step + change.half_step)
    return is_percentage_of(percent, change, before)
