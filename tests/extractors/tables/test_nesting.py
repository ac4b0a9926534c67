"""How headings without rules stand over one another, and that a damaged header takes no more than its steps."""

import random
from collections.abc import Iterator

import pytest

from extractors.tables.chunks import Chunk
from extractors.tables.unruled import nesting
from extractors.tables.unruled.blocks import blocks_of
from extractors.tables.unruled.nesting import MOST_HEADINGS, MOST_STEPS, Node, nested
from schemas.records import Box, Word


def heading(x: float, y: float, width: float = 30, text: str = "收入") -> Chunk:
    return Chunk.of([Word(text, Box(x, y, x + width, y + 9))])


def middle(low: float, high: float, *_: object) -> float:
    return (low + high) / 2


def leaves(nodes: tuple[Node, ...]) -> list[Chunk]:
    return [leaf.heading for node in nodes for leaf in node.leaves()]


def everything(nodes: tuple[Node, ...]) -> Iterator[Chunk]:
    for node in nodes:
        yield node.heading
        yield from everything(node.children)


def test_a_heading_over_two_stands_in_their_middle() -> None:
    over, left, right, beside = heading(60, 0), heading(30, 20), heading(90, 20), heading(150, 10)
    nodes = nested([over, left, right, beside], 20, 190, middle)
    assert [node.heading for node in nodes] == [over, beside]
    assert leaves(nodes) == [left, right, beside]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [24, 40, MOST_HEADINGS, 4 * MOST_HEADINGS])
def test_a_damaged_header_takes_no_more_than_its_steps(count: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each heading a little lower than others, as a flipped bit in a matrix leaves them: levels without end."""
    taken: list[int] = []
    take = nesting._Steps.take
    monkeypatch.setattr(nesting._Steps, "take", lambda self, steps: (taken.append(steps), take(self, steps)))
    choice = random.Random(seed)
    scattered = [heading(12 * at, choice.uniform(0, 200), 8) for at in range(count)]
    nodes = nested(scattered, 0, 12 * count, middle)
    one_plan = 2 * MOST_HEADINGS**3
    assert sum(taken) <= MOST_STEPS + 4 * one_plan
    assert sorted(everything(nodes), key=id) == sorted(scattered, key=id)


def test_lines_of_no_height_are_lines() -> None:
    """A damaged font prints them: they cost neither the page nor a division by zero."""
    rows = [
        [Chunk.of([Word(text, Box(x, 10.0 * at, x + 30, 10.0 * at))]) for x, text in ((20, "合计"), (90, "1,234.50"))]
        for at in range(4)
    ]
    assert len(blocks_of(rows)) <= 1
