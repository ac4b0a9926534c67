import numpy as np
import pytest

from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.ink import WHITE
from extractors.pages.picture.recogniser import Recognised
from extractors.pages.picture.stems import UNTOLD, with_fours

PITCH, HEIGHT = 33, 40
STEMS = {"1": 0.42, "l": 0.42, "4": 0.64, "?": 0.53}
"""Where a stem stands in its place: of a 1, of a 1 again, of a 4 that has lost its bar, of what is not told."""
FIGURES = ["21,986.10", "1,230.51", "3,510.26", "10,208.91", "16,320.07", "201.05", "9,110.35"]


def drawn(figure: str, sign: float) -> np.ndarray:
    """A line of type: digits as boxes, ones and fours as stems, points and commas in places `sign` as wide."""
    picture = np.zeros((HEIGHT, PITCH * len(figure)), np.uint8)
    start = 0.0
    for letter in figure:
        width = PITCH * (sign if letter in ".," else 1.0)
        if letter in STEMS:
            stem = round(start + STEMS[letter] * width)
            picture[:, stem - 1 : stem + 2] = WHITE
        elif letter in ".,":
            picture[-4:, round(start + 0.2 * width) : round(start + 0.2 * width) + 3] = WHITE
        else:
            picture[:, round(start + 0.06 * width) : round(start + 0.94 * width)] = WHITE
        start += width
    inked = np.flatnonzero(picture.any(axis=0))
    return picture[:, inked[0] : inked[-1] + 1]


def page(figures, sign=1.0):
    """The ink of lines below one another, their boxes, and how engines read them: every stem as a 1."""
    pictures = [drawn(figure, sign) for figure in figures]
    letters = np.zeros((2 * HEIGHT * len(figures), 600), np.uint8)
    boxes = [Pixels(50, 2 * HEIGHT * n, 50 + own.shape[1], 2 * HEIGHT * n + HEIGHT) for n, own in enumerate(pictures)]
    for own, box in zip(pictures, boxes, strict=True):
        letters[box.y0 : box.y1, box.x0 : box.x1] = own
    read = ["".join("1" if letter in STEMS else letter for letter in figure) for figure in figures]
    return letters, boxes, [Recognised(text, 0.99) for text in read]


def test_a_stem_that_stands_far_back_is_a_four():
    read = with_fours(*page([*FIGURES, "37,188.34", "7,344.46"]))
    assert [each.text for each in read] == [*FIGURES, "37,188.34", "7,344.46"]
    assert [each.confidence for each in read] == [0.99] * len(FIGURES) + [UNTOLD] * 2


def test_a_stem_between_is_not_told_and_the_figure_is_doubtful():
    (*_, last) = with_fours(*page([*FIGURES, "37,288.3?"]))
    assert last == Recognised("37,288.31", UNTOLD)


@pytest.mark.parametrize("figures", [["37,188.34", "7,344.46"], []])
def test_few_figures_do_not_tell_how_a_page_is_set(figures):
    letters, boxes, read = page(figures)
    assert with_fours(letters, boxes, read) == read


def test_type_with_narrow_points_and_commas_is_left_as_it_was_read():
    letters, boxes, read = page([*FIGURES, "37,188.34", "7,344.46"], sign=0.4)
    assert with_fours(letters, boxes, read) == read


@pytest.mark.parametrize(("torn", "whole"), [("338.0-1", "338.04"), ("20-10501", "2040501"), ("-15.00", "-15.00")])
def test_a_bar_that_was_read_as_a_dash_before_its_stem_is_put_back(torn, whole):
    (read,) = with_fours(np.zeros((20, 100), np.uint8), [Pixels(0, 0, 90, 20)], [Recognised(torn, 0.6)])
    assert read.text == whole
