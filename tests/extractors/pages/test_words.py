"""Characters to words: gaps, blanks, rules between and numbers that overflow."""

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


def test_lines_are_apart() -> None:
    assert texts([*line("上行"), *line("下行", 120.0, y=65.0)]) == ["上行", "下行"]
