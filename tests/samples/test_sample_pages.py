from collections import Counter
from collections.abc import Container
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from samples.at_random import CHOICES, chosen_as
from samples.at_random.composing import layout_of
from samples.layout import LAYOUTS, Layout, RuleStyle
from samples.typesetting.parts import Part, Room, parts_of
from samples.typesetting.rules import RuledCell, rules_of
from samples.typesetting.sheets import Bar
from schemas.records import Box

HEADER, ROWS = 2, 30
HEIGHTS = [10.0] * (HEADER + ROWS)
PLENTY = Room(first=1000, next=1000)
CELLS = [
    RuledCell(Box(x, y, x + 50, y + 10), header=y == 0) for y in (0, 10, 20, 30) for x in (0, 50, 100)
]  # a header row and three rows of three cells


def parts(layout: Layout, room: Room = PLENTY, breakable: Container[int] = ()) -> list[Part]:
    return parts_of(HEIGHTS, HEADER, [row in breakable for row in range(len(HEIGHTS))], room, layout)


def bars(style: RuleStyle, **rest: Any) -> list[Bar]:
    return rules_of(CELLS, Layout(rules=style, **rest))


def test_rows_go_over_the_page_where_it_is_full() -> None:
    cut = parts(Layout(), Room(first=105, next=155))
    assert [(part.start, part.stop) for part in cut] == [(2, 12), (12, 27), (27, 32)]


def test_a_limit_of_rows_and_a_lonely_total() -> None:
    assert [part.stop - part.start for part in parts(Layout(rows_per_page=12))] == [12, 12, 6]
    assert [part.stop - part.start for part in parts(Layout(total_alone=True))] == [ROWS - 1, 1]


def test_a_broken_row_stands_on_both_pages() -> None:
    cut = parts(Layout(rows_per_page=10, broken_row=True), breakable={9, 17})
    assert [(part.start, part.stop) for part in cut] == [(2, 10), (9, 18), (17, 27), (27, 32)]
    assert [part.opens_broken for part in cut] == [False, True, True, False]
    assert [part.closes_broken for part in cut] == [True, True, False, False]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_row_is_placed_once_or_broken_once(name: str) -> None:
    cut = parts(LAYOUTS[name], Room(first=70, next=95), breakable=range(3, 32, 4))
    placed = Counter(row for part in cut for row in range(part.start + part.opens_broken, part.stop))
    assert placed == Counter(range(HEADER, HEADER + ROWS))


def test_strokes_and_rects_are_whole_lines() -> None:
    styles: list[RuleStyle] = ["strokes", "rects"]
    for style in styles:
        drawn = bars(style)
        assert len([bar for bar in drawn if bar.y0 == bar.y1]) == 5
        assert len([bar for bar in drawn if bar.x0 == bar.x1]) == 4
        assert all(bar.filled == (style == "rects") for bar in drawn)


def test_pieces_are_four_borders_a_cell_less_than_a_point_off() -> None:
    drawn = bars("pieces")
    assert len(drawn) == 4 * len(CELLS)
    offsets = {round(bar.y0 % 10, 2) for bar in drawn if bar.y0 == bar.y1}
    assert len(offsets) > 2
    assert all(min(offset, 10 - offset) < 1 for offset in offsets)


def test_broken_rules_have_small_gaps() -> None:
    across = sorted(bar.x0 for bar in bars("broken") if bar.y0 == bar.y1 == 10)
    ends = sorted(bar.x1 for bar in bars("broken") if bar.y0 == bar.y1 == 10)
    gaps = [start - end for start, end in zip(across[1:], ends, strict=False)]
    assert gaps
    assert all(0 < gap < 1 for gap in gaps)


def test_open_tables_have_no_outer_sides() -> None:
    assert {bar.x0 for bar in bars("open") if bar.x0 == bar.x1} == {50, 100}
    assert {bar.y0 for bar in bars("open") if bar.y0 == bar.y1} == {0, 10, 20, 30, 40}


@pytest.mark.parametrize(
    ("style", "across", "down"),
    [
        ("horizontal", {0, 10, 20, 30, 40}, set()),
        ("three_line", {0, 10, 40}, set()),
        ("vertical", set(), {0, 50, 100, 150}),
        ("header_only", {0, 10}, {0, 50, 100, 150}),
        ("none", set(), set()),
    ],
)
def test_styles_that_leave_rules_out(style: RuleStyle, across: set[float], down: set[float]) -> None:
    drawn = bars(style)
    assert {bar.y0 for bar in drawn if bar.y0 == bar.y1} == across
    assert {bar.x0 for bar in drawn if bar.x0 == bar.x1} == down


def test_decoys_are_white_and_lie_where_no_rule_is() -> None:
    decoys = [bar for bar in bars("rects", white_strokes=True) if bar.grey == 1]
    assert decoys
    assert not {bar.y0 for bar in decoys if bar.y0 == bar.y1} & {0, 10, 20, 30, 40}


def test_the_layouts_cover_every_choice() -> None:
    used_by_papers = {"codes": {"joined"}}  # Zhuzhou's table of revenue asks for it itself
    alone = (chosen_as(**{name: option}) for name, choice in CHOICES.items() for option in choice.options)
    layouts = [*LAYOUTS.values(), *map(layout_of, alone)]
    for name, annotation in get_type_hints(Layout).items():
        choices = get_args(annotation) if get_origin(annotation) is Literal else ()
        if annotation is bool:
            choices = (True, False)
        used = {getattr(layout, name) for layout in layouts} | used_by_papers.get(name, set())
        assert used >= set(choices), name
