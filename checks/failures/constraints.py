"""What the checks allow an amount to have been: intervals of change, and whether changes satisfy them all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from checks.records import ZERO, Evaluated, Place

INFINITE = Decimal("Infinity")


class Interval(NamedTuple):
    """From `low` to `high`, both included; empty where low > high."""

    low: Decimal = -INFINITE
    high: Decimal = INFINITE

    @property
    def empty(self) -> bool:
        """Whether nothing lies in it."""
        return self.low > self.high

    def and_also(self, other: "Interval") -> "Interval":
        """Keep what lies in both."""
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def shifted(self, by: Decimal) -> "Interval":
        """Move both ends."""
        return Interval(self.low + by, self.high + by)

    def scaled(self, factor: int) -> "Interval":
        """Multiply both ends by −1 or 1, in order."""
        return self if factor > 0 else Interval(-self.high, -self.low)

    def nearest(self, value: Decimal) -> Decimal:
        """Find the value in it that is nearest to `value`; it is not empty."""
        return min(max(value, self.low), self.high)


class Constraint(NamedTuple):
    """What a check asks of a change: the signed sum of the changes of its terms must lie in `allowed`."""

    check: Evaluated
    signs: Mapping[Place, int]
    allowed: Interval

    @property
    def holds(self) -> bool:
        """Whether the check holds as things are."""
        return self.check.verdict == "holds"

    def allows(self, change: Decimal) -> bool:
        """Whether a signed sum of changes leaves the check holding."""
        return self.allowed.low <= change <= self.allowed.high


def constraint(check: Evaluated) -> Constraint:
    """Put a check as a constraint on changes of its amounts, in yuan."""
    signs: dict[Place, int] = defaultdict(int)
    for term in check.terms:
        signs[term.place] += term.sign
    high = check.tolerance - check.difference
    low = -INFINITE if check.relation == "at_most" else -check.tolerance - check.difference
    return Constraint(check, {place: sign for place, sign in signs.items() if sign}, Interval(low, high))


def connected(
    constraints: Sequence[tuple[Constraint, Collection[Place]]],
) -> Iterator[tuple[Constraint, ...]]:
    """Group constraints that share one of the places given with them, directly or through others."""
    left = list(constraints)
    while left:
        first, own = left.pop(0)
        group, places = [first], set(own)
        while joined := [each for each in left if not places.isdisjoint(each[1])]:
            group += [each for each, _ in joined]
            left = [each for each in left if places.isdisjoint(each[1])]
            places.update(chain.from_iterable(own for _, own in joined))
        yield tuple(group)


class Constraints:
    """All applicable checks of a document as constraints, and which of them an amount takes part in."""

    def __init__(self, checks: Iterable[Evaluated]) -> None:
        self.all = tuple(constraint(check) for check in checks if check.verdict != "not_applicable")

    @cached_property
    def of(self) -> Mapping[Place, tuple[Constraint, ...]]:
        """The constraints of each place, blank ones included."""
        found: dict[Place, list[Constraint]] = defaultdict(list)
        for each in self.all:
            for place in each.signs:
                found[place].append(each)
        return {place: tuple(own) for place, own in found.items()}

    @cached_property
    def failing(self) -> tuple[Constraint, ...]:
        """Those of the checks that fail."""
        return tuple(each for each in self.all if each.check.verdict == "fails")

    def change_alone(self, place: Place) -> Interval:
        """By how much this one amount may change for all its checks to hold."""
        interval = Interval()
        for each in self.of[place]:
            interval = interval.and_also(each.allowed.scaled(each.signs[place]))
        return interval

    def satisfied_by(self, changes: Mapping[Place, Decimal], also: Iterable[Constraint] = ()) -> bool:
        """Whether all checks of the changed places, and those of `also`, hold after the changes."""
        asked = chain(also, *(self.of.get(place, ()) for place in changes))
        return all(
            each.allows(sum((each.signs.get(place, 0) * by for place, by in changes.items()), ZERO)) for each in asked
        )

    def change_together(self, one: Place, other: Place) -> dict[Place, Decimal] | None:
        """Find changes of two amounts for all their checks to hold, or None where there are none.

        Every sign is −1, 0 or 1, so that each check bounds one change, their sum or their difference.
        """
        alone = {one: Interval(), other: Interval()}
        total, gap = Interval(), Interval()
        for each in {id(own): own for place in (one, other) for own in self.of[place]}.values():
            first, second = each.signs.get(one, 0), each.signs.get(other, 0)
            if not first or not second:
                place = one if first else other
                alone[place] = alone[place].and_also(each.allowed.scaled(first or second))
            elif first == second:
                total = total.and_also(each.allowed.scaled(first))
            else:
                gap = gap.and_also(each.allowed.scaled(first))
        return _pair(one, other, alone, total, gap)


def _pair(
    one: Place, other: Place, alone: Mapping[Place, Interval], total: Interval, gap: Interval
) -> dict[Place, Decimal] | None:
    """Find x and y with x, y, x + y and x − y each in its interval: y is eliminated, which leaves bounds on x."""
    ys = alone[other]
    xs = (
        alone[one]
        .and_also(Interval(total.low - ys.high, total.high - ys.low))
        .and_also(Interval(gap.low + ys.low, gap.high + ys.high))
        .and_also(Interval((total.low + gap.low) / 2, (total.high + gap.high) / 2))
    )
    if any(interval.empty for interval in (xs, ys, total, gap)):
        return None
    x = xs.nearest(ZERO)
    y_given_x = ys.and_also(total.shifted(-x)).and_also(gap.scaled(-1).shifted(x))
    return {one: x, other: y_given_x.nearest(ZERO)}
