"""Characters to words: gaps, blanks, rules between and numbers that overflow."""

import pytest

from extractors.pages.words import words_of
from schemas.records import Glyph, Rule

SIZE = 10.0


def line(text: str, x: float = 100.0, *, step: float = SIZE, y: float = 50.0) -> list[Glyph]:
    """Characters side by side; a blank takes half a step and comes as a character of its own."""
    glyphs = []
    for letter in text:
        width = step / 2 if letter == " " or letter.isascii() else step
        glyphs.append(Glyph(letter, x, y, x + width, y + SIZE))
        x += width
    return glyphs


def texts(glyphs: list[Glyph], *rules: Rule) -> list[str]:
    return [word.text for word in words_of(glyphs, rules)]


def test_a_blank_with_room_parts_words() -> None:
    assert texts(line("2023 年度")) == ["2023", "年度"]


def test_a_blank_without_room_is_made_up_by_the_reader() -> None:
    glyphs = line("11.49")
    made_up = [*glyphs[:2], Glyph("\n", 0, 0, 0, 0), *glyphs[2:]]
    assert texts(made_up) == ["11.49"]


def test_a_rule_between_two_characters_parts_words() -> None:
    assert texts(line("预算数决算数"), Rule(130, 0, 130, 200)) == ["预算数", "决算数"]
    assert texts(line("预算数决算数"), Rule(130, 100, 130, 200)) == ["预算数决算数"]


def test_a_number_that_overflows_its_cell_stays_whole() -> None:
    assert texts(line("20,702.25"), Rule(120, 0, 120, 200)) == ["20,702.25"]


def test_a_rule_parts_a_number_from_the_label_beside_it() -> None:
    assert texts(line("147.20四、公共"), Rule(130, 0, 130, 200)) == ["147.20", "四、公共"]


ROW = "174,900.64101,833.8441,534.73"
DOWN = [Rule(x, 0, x, 200) for x in (90, 148, 199, 244)]
"""Each border runs through the last digit of the figure before it, as where a spreadsheet's amounts overflow."""


def test_figures_drawn_as_one_string_are_cut_by_the_rules() -> None:
    assert texts(line(ROW), *DOWN) == ["174,900.64", "101,833.84", "41,534.73"]
    assert texts(line("168,441.81154,304.22"), *DOWN) == ["168,441.81", "154,304.22"]
    assert texts(line("12,345.678,901.23"), Rule(146, 0, 146, 200)) == ["12,345.67", "8,901.23"]
    assert texts(line("1,2343,456"), Rule(125, 0, 125, 200)) == ["1,234", "3,456"]
    assert texts(line("0.00-12.50"), Rule(121, 0, 121, 200)) == ["0.00", "-12.50"]
    assert texts(line("１，２３４．５０６７．８０"), Rule(178, 0, 178, 200)) == ["１，２３４．５０", "６７．８０"]


def test_figures_drawn_as_one_string_without_rules_are_cut_by_their_cents() -> None:
    assert texts(line(ROW)) == ["174,900.64", "101,833.84", "41,534.73"]
    assert texts(line("0.000.001,234.50")) == ["0.00", "0.00", "1,234.50"]


@pytest.mark.parametrize(
    "text", ["1,234,567.89", "2025.12.31", "1.10.2", "12345678", "125360,898", "1.5.2.4", "1.2-3.4"]
)
def test_what_may_be_one_figure_is_never_cut(text: str) -> None:
    assert texts(line(text), *DOWN) == [text]
    assert texts(line(text)) == [text]


def test_lines_are_apart() -> None:
    assert texts([*line("上行"), *line("下行", 120.0, y=65.0)]) == ["上行", "下行"]


def test_a_dash_before_a_rule_is_nothing_where_the_page_prints_dashes_for_nothing() -> None:
    fence = Rule(105, 0, 105, 200)
    figure = line("-55,493.10")
    blanks = [*line("-", y=70), *line("-", y=90)]
    assert texts(figure, fence) == ["-55,493.10"]  # a minus of a figure too long for its cell
    assert texts([*figure, *blanks], fence) == ["-", "55,493.10", "-", "-"]
    assert texts([*line("-5.1"), *blanks]) == ["-5.1", "-", "-"]  # no rule between


def test_a_zero_before_a_rule_is_no_digit_of_the_figure_behind_it() -> None:
    assert texts(line("050.23"), Rule(105, 0, 105, 200)) == ["0", "50.23"]
    assert texts(line("0.23"), Rule(105, 0, 105, 200)) == ["0.23"]


def test_a_part_of_a_word_that_is_struck_twice_is_no_word_of_its_own() -> None:
    label = line("交通运输局综合服务中心")
    again = line("交通运输局", x=100.3, y=50.1)
    assert texts([*again, *label]) == ["交通运输局综合服务中心"]
    assert texts([*line("服务"), *line("交通", x=150)]) == ["服务", "交通"]
