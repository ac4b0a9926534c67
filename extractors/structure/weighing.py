"""Printed amounts as whole numbers, and whether parts add up to a whole within what rounding explains."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

INFORMATION = 3
"""How many telling digits a sum must have to show a structure that no label tells: 100 = 50 + 50 happens by chance."""


class Vector(NamedTuple):
    """The amounts of a row by column (or of a column by row), in the smallest printed decimal.

    `slack` is what rounding may have changed of each, doubled to stay whole.
    """

    values: Mapping[int, int]
    slack: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Weight:
    """How a whole compares with its parts, by column (or by row).

    `solid` are the keys where two or more non-zero parts add up to it, `thin` those where the only non-zero part
    equals it, `broken` those where they differ beyond rounding, `excess` those of them where the parts are more.
    """

    solid: tuple[int, ...] = ()
    thin: tuple[int, ...] = ()
    broken: tuple[int, ...] = ()
    excess: tuple[int, ...] = ()

    @property
    def score(self) -> int:
        """Equalities that show something less those that fail."""
        return len(self.solid) - len(self.broken)

    @property
    def holds(self) -> bool:
        """Whether there is something that holds and nothing that fails."""
        return not self.broken and bool(self.solid or self.thin)

    @property
    def borne_out(self) -> bool:
        """Whether more holds than fails."""
        return len(self.solid) + len(self.thin) > len(self.broken)


def vectors_of(rows: Sequence[Mapping[int, Decimal]]) -> list[Vector]:
    """The amounts of each row as whole numbers of the finest decimal that the table prints.

    A figure with fewer decimals than its table usually prints (80.6 among 80.60s) lost its zeros, not its accuracy.
    """
    decimals = [{key: _decimals(value) for key, value in row.items()} for row in rows]
    shown = Counter(shown for row in decimals for shown in row.values())
    usual = max((n for n in shown if n), key=lambda n: shown[n], default=0)
    finest = max((*shown, usual), default=0)
    return [_vector(row, own, finest, usual) for row, own in zip(rows, decimals, strict=True)]


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _vector(row: Mapping[int, Decimal], decimals: Mapping[int, int], finest: int, usual: int) -> Vector:
    values = {key: int(value.scaleb(finest)) for key, value in row.items()}
    slack = {key: 10 ** (finest - max(shown, usual)) for key, shown in decimals.items()}
    return Vector(values, slack)


def turned(vectors: Sequence[Vector], keys: Iterable[int]) -> dict[int, Vector]:
    """The same amounts the other way round: for each of `keys`, its values by the place of the vector."""
    return {
        key: Vector(
            {at: vector.values[key] for at, vector in enumerate(vectors) if key in vector.values},
            {at: vector.slack[key] for at, vector in enumerate(vectors) if key in vector.values},
        )
        for key in keys
    }


def total_of(parts: Iterable[Vector]) -> Vector:
    """The sum of some vectors, with what rounding may have changed of it."""
    values: dict[int, int] = {}
    slack: dict[int, int] = {}
    for part in parts:
        for key, value in part.values.items():
            values[key] = values.get(key, 0) + value
            slack[key] = slack.get(key, 0) + part.slack[key]
    return Vector(values, slack)


def weigh(whole: Vector, parts: Sequence[Vector]) -> Weight:
    """Compare a whole with the sum of its parts, key by key: n terms and their whole may differ by (n + 1) × ½ digit.

    A blank beside printed amounts is 0. Where the whole or all its parts print nothing there is nothing to compare.
    """
    total = total_of(parts)
    if not whole.values or not total.values:
        return Weight()
    solid, thin, broken, excess = [], [], [], []
    for key in total.values.keys() | whole.values.keys():
        wanted, found = whole.values.get(key, 0), total.values.get(key, 0)
        count = sum(1 for part in parts if part.values.get(key)) if wanted or found else -1
        if count < 0 or (not wanted and not count):
            continue
        difference = found - wanted
        if 2 * abs(difference) > whole.slack.get(key, 0) + total.slack.get(key, 0):
            broken.append(key)
            if difference > 0:
                excess.append(key)
        elif count > 1:
            solid.append(key)
        else:
            thin.append(key)
    return Weight(tuple(solid), tuple(thin), tuple(broken), tuple(excess))


def within(part: Vector, whole: Vector) -> bool:
    """Whether no amount of a part is more than the whole's."""
    return all(value <= whole.values.get(key, 0) for key, value in part.values.items() if value > 0)


def equal(one: Vector, other: Vector) -> bool:
    """Whether two vectors are the same but for rounding, and not both nothing."""
    keys = one.values.keys() | other.values.keys()
    differing = any(
        2 * abs(one.values.get(key, 0) - other.values.get(key, 0)) > one.slack.get(key, 0) + other.slack.get(key, 0)
        for key in keys
    )
    return not differing and any(one.values.values())


def information(whole: Vector, weight: Weight) -> int:
    """How much the sums that hold tell: the digits of different wholes after the first, trailing zeros left out."""
    different = {abs(whole.values.get(key, 0)) for key in weight.solid}
    return sum(max(len(str(value).rstrip("0")) - 1, 0) for value in different)
