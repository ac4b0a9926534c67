"""Marks of a pen are told from print by their strokes, and leave doubt where they touched a figure."""

from itertools import pairwise

import cv2
import pytest

from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.ink import WHITE, ink
from extractors.pages.picture.pen import read_without_marks, stroke_of, without_marks
from extractors.pages.picture.recogniser import Recognised, recogniser
from tests.extractors.pages.picture.sheets import Picture, blank, text

PEN = (60, 60, 60)


def figure(said: str = "1,585.00") -> Picture:
    return text(blank(360, 90), said, 90, 56)


def ringed() -> Picture:
    picture = figure()
    cv2.ellipse(picture, (155, 44), (100, 33), 3, 10, 365, PEN, 9, cv2.LINE_AA)
    return picture


def ticked() -> Picture:
    picture = figure()
    points = [(232, 40), (242, 56), (268, 16)]
    for one, other in pairwise(points):
        cv2.line(picture, one, other, PEN, 9, cv2.LINE_AA)
    return picture


def grey(picture: Picture) -> Picture:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def stroke() -> float:
    plain = ink(grey(figure()))
    return stroke_of(plain, [Pixels(0, 0, plain.shape[1], plain.shape[0])])


@pytest.mark.parametrize("mark", [ringed, ticked])
def test_a_mark_is_taken_off_and_the_print_stays(mark) -> None:
    bare = without_marks(grey(mark()), stroke())
    assert bare is not None
    read = recogniser(1).read([cv2.copyMakeBorder(bare, 8, 8, 8, 8, cv2.BORDER_CONSTANT, value=(WHITE,))])
    assert read[0].text == "1,585.00"


@pytest.mark.parametrize("said", ["1,585.00", "合计", "2010299 其他支出"])
def test_print_alone_has_no_marks(said: str) -> None:
    assert without_marks(grey(figure(said)), stroke()) is None


@pytest.mark.parametrize(
    ("first", "bare", "expected"),
    [
        (("(5.00", 0.5), ("15.00", 0.99), ("15.00", 0.5)),
        (("1,585.00√", 0.99), ("1,585.00", 0.99), ("1,585.00", 0.99)),
        (("1,585.00", 0.97), ("1,685.00", 0.95), ("1,585.00", 0.5)),
        (("1,585.00", 0.97), ("1,58.00", 0.5), ("1,585.00", 0.97)),
        (("335 16.00", 0.96), ("3.5 16.00", 0.7), ("16.00", 0.5)),
        (("52 110.00", 0.93), ("52 110.00", 0.95), ("52 110.00", 0.5)),
        (("1,585. 00", 0.97), ("1,585. 00", 0.97), ("1,585. 00", 0.97)),
        (("301 01", 0.97), ("301 01", 0.97), ("301 01", 0.97)),
        (("15.00", 0.81), ("5.00", 0.95), ("15.00", 0.5)),
        (("一、基本支曲", 0.6), ("一、基本支出", 0.98), ("一、基本支出", 0.98)),
        (("十六、金融支曲", 0.6), ("十六、金支出", 0.98), ("十六、金融支曲", 0.6)),
    ],
)
def test_what_a_mark_touched_is_taken_with_doubt(first, bare, expected) -> None:
    shown = [grey(ringed())]
    (read,) = read_without_marks(shown, [Recognised(*first)], stroke(), lambda lines: [Recognised(*bare)] * len(lines))
    assert (read.text, read.confidence) == expected
