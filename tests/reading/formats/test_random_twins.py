"""Papers drawn at random, as workbooks, documents and pages in the habits of many offices."""

import pytest

from benchmarks.random_twins import WRITERS, outcome
from tests.kinds import every_pair

SEEDS = (7, 29, 36, 50, 61)
"""Seeds whose habits once broke the reading: forms below one another, over two sheets, titles in cells, no borders."""


@pytest.mark.parametrize(("seed", "kind"), every_pair(SEEDS, [*WRITERS]))
def test_every_amount_is_read_and_none_is_wrong(seed: int, kind: str) -> None:
    result = outcome(seed, kind)
    assert not result.error
    assert (result.found.missing, result.found.extra, result.found.accused) == ((), (), ())
