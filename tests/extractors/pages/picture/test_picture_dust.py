import cv2
import numpy as np
import pytest

from extractors.pages.picture.dust import dust_on, dusted, is_dusty
from extractors.pages.picture.ink import WHITE, evened, ink, without_edges
from tests.extractors.pages.picture.sheets import POINT, blank, table, text

ROWS = [["项目", "决算数"], ["教育支出", "98,765,432.10"]]


def grey(picture):
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def salted(picture, share, seed=1):
    drawn = np.random.default_rng(seed).random(picture.shape)
    return np.where(drawn < share / 2, 0, np.where(drawn > 1 - share / 2, WHITE, picture)).astype(np.uint8)


def test_dust_is_what_is_little_and_alone():
    letters = np.zeros((300, 300), np.uint8)
    letters[100:120, 100:120] = WHITE  # a letter
    letters[118:120, 124:126] = WHITE  # the point beside it
    letters[200:202, 200:202] = WHITE  # dust
    dust = dust_on(letters, POINT)
    assert dust[201, 201] == WHITE
    assert np.count_nonzero(dust) == 4


def test_a_digit_in_pieces_is_no_dust():
    letters = np.zeros((300, 300), np.uint8)
    letters[100:120:4, 100:103] = WHITE  # a stem of which every fourth row is left
    letters[100:103, 104:110] = WHITE
    assert not dust_on(letters, POINT).any()


def test_a_blank_picture_has_no_dust():
    assert not dust_on(np.zeros((40, 40), np.uint8), POINT).any()


@pytest.mark.parametrize(("share", "expected"), [(0.0, False), (0.002, True)])
def test_a_dusty_picture_is_told_from_a_printed_one(share, expected):
    assert is_dusty(ink(salted(grey(table(ROWS)), share)), POINT) is expected


def test_specks_go_and_the_point_of_a_figure_stays():
    clean = grey(text(blank(400, 120), "1.00", 100, 70, 30))
    specked = clean.copy()
    specked[20, 30] = 0
    specked[60, 300] = 0
    left = dusted(specked)
    assert (left[20, 30], left[60, 300]) == (WHITE, WHITE)
    point = cv2.connectedComponentsWithStats(ink(clean))[2][1:]
    assert len(cv2.connectedComponentsWithStats(ink(left))[2][1:]) == len(point)


def test_dark_strips_along_the_sides_go_and_what_is_printed_stays():
    picture = grey(table(ROWS))
    edged = picture.copy()
    edged[:, :25] = 25
    edged[-30:, :] = 25
    even = evened(without_edges(edged, POINT), POINT)
    assert (even[:, :25] == WHITE).all()
    assert (even[-30:, :] == WHITE).all()
    inside = np.s_[:-40, 40:]
    assert np.count_nonzero(ink(even)[inside]) == pytest.approx(np.count_nonzero(ink(picture)[inside]), rel=0.02)


def test_a_sheet_without_strips_stays_as_it_is():
    picture = grey(table(ROWS))
    assert without_edges(picture, POINT) is picture
