"""Columns without rules and without room between them: a figure and the next column's label in one word."""

import pytest

from extractors.tables.unruled.touching import parted_where_columns_touch
from schemas.records import Box, Word

WIDE, HALF, POINT = 9.0, 4.95, 2.4
EDGE = 300.0


def width(text: str) -> float:
    return sum(POINT if sign in ".," else HALF if sign.isdigit() else WIDE for sign in text)


def touching(figure: str, label: str, line: int) -> Word:
    return Word(figure + label, Box(EDGE - width(figure), 12 * line, EDGE + width(label), 12 * line + 9))


COLUMN = [
    Word(text, Box(EDGE - width(text), 12 * at, EDGE, 12 * at + 9)) for at, text in enumerate(["7.1", "82.5", "3.9"])
]


def test_a_figure_that_ends_where_the_others_do_is_cut_off_its_label() -> None:
    found = parted_where_columns_touch([*COLUMN, touching("8,421.78", "本年支出合计", 5)])
    figure, label = found[-2:]
    assert (figure.text, label.text) == ("8,421.78", "本年支出合计")
    assert figure.box.x1 == label.box.x0 == pytest.approx(EDGE)


@pytest.mark.parametrize(
    "word",
    [
        touching("8421.78", "万元", 5),
        touching("8421.78", "平方米", 5),
        touching("30199", "其他工资福利支出", 5)._replace(box=Box(100, 60, 180, 69)),
        touching("2024", "年部门预算", 5),
    ],
    ids=["its unit", "its unit of area", "a code before its name, no column's edge", "a year"],
)
def test_what_belongs_to_the_figure_stays_with_it(word: Word) -> None:
    assert parted_where_columns_touch([*COLUMN, word]) == (*COLUMN, word)


def test_an_edge_is_shared_by_several_figures() -> None:
    words = [*COLUMN[:2], touching("8421.78", "本年支出合计", 5)]
    assert list(parted_where_columns_touch(words)) == words
