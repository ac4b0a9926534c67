"""Rules as they are seen, however they were drawn."""

import pytest

from extractors.pages.rules import Drawn, rules_seen
from schemas.records import Box

BLACK, WHITE, CLEAR, BLUE = (0, 0, 0, 255), (255, 255, 255, 255), (0, 0, 0, 0), (40, 80, 160, 255)
PAGE = (595.0, 842.0)


def seen(*drawn: Drawn) -> list[tuple[float, float, float, float]]:
    return [tuple(rule) for rule in rules_seen(drawn, *PAGE)]  # type: ignore[misc]


def test_a_thin_filled_rectangle_is_its_centre_line() -> None:
    assert seen(Drawn(Box(50, 100, 300, 100.5), BLACK, outline=False)) == [(50, 100.25, 300, 100.25)]
    assert seen(Drawn(Box(50, 100, 50.8, 400), BLACK, outline=False)) == [(50.4, 100, 50.4, 400)]


def test_an_outlined_rectangle_has_four_sides() -> None:
    assert len(seen(Drawn(Box(50, 100, 300, 400), BLACK, outline=True))) == 4


def test_an_area_of_colour_is_no_rule() -> None:
    assert seen(Drawn(Box(50, 100, 300, 400), BLUE, outline=False)) == []


@pytest.mark.parametrize("colour", [WHITE, CLEAR, (250, 250, 250, 255)])
def test_what_cannot_be_seen_is_no_rule(colour: tuple[int, int, int, int]) -> None:
    assert seen(Drawn(Box(50, 100, 300, 100.5), colour, outline=False)) == []


def test_a_white_rule_shows_on_an_area_of_colour() -> None:
    area = Drawn(Box(40, 90, 310, 200), BLUE, outline=False)
    assert seen(area, Drawn(Box(50, 120, 300, 120.5), WHITE, outline=False)) == [(50, 120.25, 300, 120.25)]


def test_a_frame_round_the_page_is_the_sheet() -> None:
    assert seen(Drawn(Box(2, 2, 593, 840), BLACK, outline=True)) == []


def test_dots_at_crossings_are_dropped() -> None:
    assert seen(Drawn(Box(50, 100, 50.5, 100.5), BLACK, outline=False)) == []
