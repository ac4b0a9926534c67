import cv2
import numpy as np
import pytest

from extractors.pages.picture.ink import evened, ink, is_bilevel, softened, without_seals
from extractors.pages.picture.level import levelled, lies_sideways, skew_of, turned
from tests.extractors.pages.picture.sheets import POINT, seal, table

ROWS = [["项目", "决算数", "预算数"], ["教育支出", "1,234.56", "9,876.00"], ["科学技术支出", "17.20", "388.00"]] * 3


def grey(picture):
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


@pytest.mark.parametrize("skew", [-3.7, -2.0, -0.3, 0.0, 0.15, 1.0, 2.45, 4.9])
def test_skew_is_found_to_a_tenth_of_a_degree(skew):
    laid = levelled(grey(table(ROWS)), -skew)
    assert skew_of(ink(laid)) == pytest.approx(skew, abs=0.1)


@pytest.mark.parametrize("skew", [-0.3, 0.0, 0.15])
def test_specks_all_over_do_not_hold_a_page_at_no_skew(skew):
    laid = levelled(grey(table(ROWS)), -skew)
    laid[np.random.default_rng(1).random(laid.shape) < 0.02] = 0
    assert skew_of(ink(laid)) == pytest.approx(skew, abs=0.1)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_lines_that_run_up_or_down_are_told(turn):
    laid = turned(grey(table(ROWS)), turn)
    assert lies_sideways(ink(laid), POINT) == (turn in (90, 270))


@pytest.mark.parametrize("colour", [(60, 40, 205), (190, 60, 40)], ids=["red", "blue"])
def test_a_seal_is_taken_out_and_the_figures_beneath_stay(colour):
    bare = table(ROWS)
    stamped = seal(bare, (430, 230), 90, colour)
    cleaned = ink(evened(without_seals(stamped), POINT))
    expected = ink(grey(bare))
    assert np.count_nonzero(ink(grey(stamped)) != expected) > 5_000
    assert np.count_nonzero(cleaned != expected) < 0.05 * np.count_nonzero(expected)


def test_a_lamp_that_fades_is_evened():
    bare = grey(table(ROWS))
    lamp = np.linspace(1.0, 0.55, bare.shape[1])
    even = evened((bare * lamp).astype(np.uint8), POINT)
    assert even[5:50, :].min() > 245
    assert np.count_nonzero(ink(even) != ink(bare)) < 0.05 * np.count_nonzero(ink(bare))


def test_black_and_white_is_told_from_grey_and_its_broken_strokes_join():
    drawn = grey(table(ROWS))
    black = np.where(drawn < 128, 0, 255).astype(np.uint8)
    assert is_bilevel(black)
    assert not is_bilevel(cv2.GaussianBlur(drawn, (0, 0), 1.0))
    broken = np.full((60, 60), 255, np.uint8)
    broken[30:33, 5:30] = broken[30:33, 31:55] = 0
    assert ink(softened(broken, POINT))[31, 5:55].all()
