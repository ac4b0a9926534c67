import cv2
import pytest

from extractors.pages.picture import detector
from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.detector import MARGIN, detected
from tests.extractors.pages.picture.sheets import DPI, POINT, blank, text


def sheet(*baselines: int):
    picture = blank(1200, 1700)
    for number, baseline in enumerate(baselines):
        text(picture, "部门收入支出决算总表", 150 + 60 * number, baseline, 40)
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def test_text_far_apart_is_found_where_it_stands():
    boxes = sorted(detected(sheet(200, 900, 1600), POINT), key=lambda box: box.y0)
    assert len(boxes) == 3
    for box, x, baseline in zip(boxes, (150, 210, 270), (200, 900, 1600), strict=True):
        assert abs(box.x0 - x) < 15
        assert box.y0 < baseline - 20 < box.y1


def test_what_is_blank_between_is_not_looked_at(monkeypatch):
    seen: list[Pixels] = []

    def look(_clean, band, _point, _threads):
        seen.append(band)
        return []

    monkeypatch.setattr(detector, "_in", look)
    detected(sheet(200, 1600), POINT)
    assert len(seen) == 2
    assert all(band.height < 60 + 2 * MARGIN * DPI for band in seen)


def test_lines_that_stand_near_are_looked_at_together_and_found_once():
    boxes = detected(sheet(200, 270, 340), POINT)
    assert len(boxes) == 3
    assert len({Pixels(*box) for box in boxes}) == 3


def test_a_blank_picture_has_no_text():
    assert detected(sheet(), POINT) == []


def test_a_picture_is_looked_at_once(monkeypatch):
    page = sheet(500, 900)
    first = detected(page, POINT)
    monkeypatch.setattr(detector, "_engine", lambda _threads: pytest.fail("its boxes are known"))
    assert first
    assert detected(page, POINT) == first
