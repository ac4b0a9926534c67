"""Figures of tables without rules that are broken over two lines, and rows that only look so."""

import pytest

from extractors.tables.unruled.broken import whole_figures
from schemas.records import Box, Word

SIZE, PITCH = 8.0, 10.0


def at_right(text: str, right: float, line: float) -> Word:
    """A word that ends at `right` on line `line`; halves are half-way between two lines."""
    return Word(text, Box(right - 4.0 * len(text), line * PITCH, right, line * PITCH + SIZE))


def texts(words: list[Word]) -> list[str]:
    return sorted(word.text for word in whole_figures(words))


BESIDE = [at_right(text, 300, 10.0 + at) for at, text in enumerate(["928.82", "192.37", "2905.06", "7.10"])]


@pytest.mark.parametrize(
    ("first", "rest", "whole"),
    [("24817.7", "6", "24817.76"), ("1,124,817", ".76", "1,124,817.76"), ("24817.", "76", "24817.76")],
)
def test_the_rest_below_a_figure_belongs_to_it(first: str, rest: str, whole: str) -> None:
    label = Word("合计", Box(0, 0.5 * PITCH, 16, 0.5 * PITCH + SIZE))
    assert whole in texts([label, at_right(first, 200, 0), at_right(rest, 200, 1), *BESIDE])


def test_a_figure_of_two_lines_stands_at_the_height_of_its_row() -> None:
    words = [at_right("24817.7", 200, 0), at_right("6", 200, 1), *BESIDE]
    (whole,) = [word for word in whole_figures(words) if word.text == "24817.76"]
    assert whole.box.cy == pytest.approx((words[0].box.cy + words[1].box.cy) / 2)
    assert whole.box.height == pytest.approx(SIZE)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([at_right("24817.70", 200, 0), at_right("6", 200, 1)], "nothing lacks"),
        ([at_right("24817.7", 200, 0), at_right("6", 200, 3)], "far below"),
        ([at_right("24817.7", 200, 0), at_right("6", 180, 1)], "another column"),
        (
            [at_right("24817.7", 200, 0), at_right("6", 200, 1), at_right("1.25", 400, 0), at_right("8.50", 400, 1)],
            "two rows, as another column shows",
        ),
    ],
)
def test_what_is_no_rest_stays_apart(words: list[Word], why: str) -> None:
    assert texts([*words, *BESIDE]) == sorted(word.text for word in [*words, *BESIDE]), why


def test_a_page_without_broken_figures_is_as_it_was() -> None:
    words = [at_right(text, 200, at) for at, text in enumerate(["201", "20101", "12.5", "13.5", "14.5"])]
    assert list(whole_figures(words)) == words
