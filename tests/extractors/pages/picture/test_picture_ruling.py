import cv2
import numpy as np
import pytest

from extractors.pages.picture.cells import cells_of, line_height, text_lines
from extractors.pages.picture.ink import ink
from extractors.pages.picture.ruling import ruling_of, wiped
from tests.extractors.pages.picture.sheets import INK, POINT, blank, grid, table, text

XS, YS = [100, 320, 540, 760], [150, 200, 250, 300, 350]


def grey(picture):
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def broken(picture):
    """Every rule worn away for 5 points at some places."""
    picture[:, 200:213] = 255
    picture[:, 640:653] = 255
    picture[270:283, :] = 255
    return picture


def doubled(picture):
    return grid(picture, [x + 5 for x in XS], [y + 5 for y in YS], 1)


@pytest.mark.parametrize("wear", [lambda p: p, broken, doubled], ids=["whole", "broken", "doubled"])
@pytest.mark.parametrize("thickness", [1, 2, 5])
def test_rules_are_found_however_they_are_worn(wear, thickness):
    ruling = ruling_of(grey(wear(grid(blank(), XS, YS, thickness))), POINT)
    assert [pytest.approx(rule.at, abs=6) for rule in ruling.across] == YS
    assert [pytest.approx(rule.at, abs=6) for rule in sorted(ruling.down)] == XS
    assert all(rule.length > 0.95 * (XS[-1] - XS[0]) for rule in ruling.across)
    assert len(cells_of(ruling, (800, 1100), POINT)) == 12


def dotted(picture, length):
    """The second rule across worn to dots from its left end on, `length` pixels of it."""
    picture[190:211, 104 : 104 + length : 4] = 255
    picture[190:211, 105 : 105 + length : 4] = 255
    picture[200:211, 104 : 104 + length] = 255
    for x in XS:
        cv2.line(picture, (x, 150), (x, 350), INK, 2)
    return picture


@pytest.mark.parametrize("length", [150, 330])
def test_a_rule_worn_to_dots_is_followed_and_leaves_no_mark(length):
    picture = grey(dotted(grid(blank(), XS, YS), length))
    ruling = ruling_of(picture, POINT)
    cells = cells_of(ruling, picture.shape, POINT)
    assert len(cells) == 12
    letters = ink(wiped(picture, ruling))
    assert not any(text_lines(letters, cell, line_height(letters, cells, POINT), POINT) for cell in cells)


def test_a_merged_cell_is_one():
    picture = grid(blank(), XS, YS)
    picture[152:199, 310:330] = 255
    assert len(cells_of(ruling_of(grey(picture), POINT), (800, 1100), POINT)) == 11


def test_a_table_open_at_its_sides_has_cells():
    picture = grid(blank(), XS, YS)
    picture[:, 95:106] = 255
    picture[:, 755:766] = 255
    assert len(cells_of(ruling_of(grey(picture), POINT), (800, 1100), POINT)) == 12


def test_strokes_and_dashes_are_no_rules():
    picture = text(grid(blank(), XS, YS), "一二三本市田", 120, 190, 34)
    cv2.line(picture, (350, 225), (400, 225), INK, 2)
    cv2.line(picture, (300, 60), (340, 60), INK, 3)
    ruling = ruling_of(grey(picture), POINT)
    assert len(ruling.across) == len(YS)
    assert len(ruling.down) == len(XS)


def test_wiping_leaves_the_letters():
    bare = text(blank(), "1,234.56", 120, 190)
    ruled = grid(bare.copy(), XS, YS)
    clean = wiped(grey(ruled), ruling_of(grey(ruled), POINT))
    assert np.count_nonzero(ink(clean) != ink(grey(bare))) < 12


def test_blank_cells_and_lines_are_known_by_their_ink():
    picture = grey(table([["合计", "1,234.56", ""], ["二", "-", "经营"]], height=110))
    picture = text(picture, "收入", 712, 345)
    ruling = ruling_of(picture, POINT)
    letters = ink(wiped(picture, ruling))
    cells = sorted(cells_of(ruling, picture.shape, POINT), key=lambda cell: (cell.y0, cell.x0))
    usual = line_height(letters, cells, POINT)
    assert [len(text_lines(letters, cell, usual, POINT)) for cell in cells] == [1, 1, 0, 1, 1, 2]


def test_a_stroke_above_the_end_of_a_rule_is_not_its_part():
    picture = grid(blank(), [100, 760], YS)
    cv2.line(picture, (430, 200), (430, 350), INK, 2)
    cv2.line(picture, (430, 160), (430, 192), INK, 3)
    (inner,) = [rule for rule in ruling_of(grey(picture), POINT).down if 400 < rule.at < 460]
    assert inner.low == pytest.approx(200, abs=2)
