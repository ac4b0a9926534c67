"""Which of many cases the gate draws: of each kind one at least. `make test-thorough` draws all of them.

The suite has ten minutes on two cores. What is left out of it is marked `thorough`, never deleted.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest

thorough = pytest.mark.thorough


def every_pair(*kinds: Sequence[Any]) -> list[Any]:
    """Every combination of a value of each kind, for `parametrize`; the gate has each value once at least.

    A kind that has come round begins one further on, so that two kinds do not always meet in the same pairs.
    """
    turns = range(max(map(len, kinds)))
    in_the_gate = {
        tuple((turn + number * (turn // len(kind))) % len(kind) for number, kind in enumerate(kinds)) for turn in turns
    }
    return [
        pytest.param(
            *(kind[at] for kind, at in zip(kinds, places, strict=True)),
            marks=() if places in in_the_gate else thorough,
        )
        for places in product(*(range(len(kind)) for kind in kinds))
    ]


def one_in(every: int, values: Sequence[Any], first: int = 0) -> list[Any]:
    """All of these values, for `parametrize`; the gate has one in so many, from this one on."""
    return [
        pytest.param(value, marks=() if number % every == first % every else thorough)
        for number, value in enumerate(values)
    ]
