"""Steps that some pages need: each changes what asks for it, and is taken only where the page is read more surely."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from extractors.pages.pdfium import open_pdf
from extractors.pages.picture import choosing, prepared, read_picture
from extractors.pages.picture.cells import Pixels
from extractors.pages.picture.choosing import Seen
from extractors.pages.picture.flattening import frame_corners
from extractors.pages.picture.ink import evened
from extractors.pages.picture.levels import strengthened, without_faint_ink
from extractors.pages.picture.recogniser import Recognised
from extractors.pages.picture.second_look import is_doubtful, surest
from extractors.pages.picture.streaks import without_streaks
from tests.extractors.pages.picture.sheets import POINT, Picture, pdf, table

ROWS = [["项目", "金额"], *[[f"项目支出{at}", f"{1234 + 77 * at:,}.{at}8"] for at in range(8)]]
FIGURES = [row[1] for row in ROWS[1:]]


def grey(picture: Picture) -> Picture:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def pale(picture: Picture) -> Picture:
    return (255 - (255 - picture.astype(np.float32)) * 0.2).astype(np.uint8)


def stamped(picture: Picture) -> Picture:
    """A ring of grey stamp ink, as a copier leaves a red seal, over the figures."""
    stamp = np.full_like(picture, 255)
    cv2.circle(stamp, (480, 360), 150, (135, 135, 135), 14, cv2.LINE_AA)
    return (picture.astype(np.uint16) * stamp // 255).astype(np.uint8)


def askew(picture: Picture) -> Picture:
    """The sheet seen from one side."""
    height, width = picture.shape[:2]
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = whole + np.array([[20, 25], [-45, 10], [-10, -30], [35, -5]], np.float32)
    matrix = cv2.getPerspectiveTransform(whole, seen)
    return cv2.warpPerspective(picture, matrix, (width, height), borderValue=(255, 255, 255))


def streaked(picture: Picture) -> Picture:
    """Dirt on a feeder's glass, over figures and beside them."""
    dirty = picture.copy()
    for x in (250, 443, 655):
        dirty[:, x : x + 2] = 80
    return dirty


@pytest.mark.parametrize("wear", [pale, stamped, askew, streaked])
def test_a_worn_sheet_gives_its_figures(tmp_path: Path, wear) -> None:
    with open_pdf(pdf(wear(table(ROWS)), tmp_path / "worn.pdf")) as document:
        said = {word.text for word in read_picture(document, 1).words}
    assert set(FIGURES) <= said


def test_a_clean_sheet_asks_for_no_step(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(choosing, "seen_on", lambda *_: pytest.fail("nothing is tried on a clean sheet"))
    with open_pdf(pdf(table(ROWS), tmp_path / "clean.pdf")) as document:
        assert prepared(document, 1).matrix is None


def test_a_step_is_taken_only_where_the_page_is_read_more_surely(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(choosing, "seen_on", lambda *_: Seen(100.0, 200, 1))
    choosing._TAKEN.clear()
    with open_pdf(pdf(askew(table(ROWS)), tmp_path / "askew.pdf")) as document:
        assert prepared(document, 1).matrix is None
    choosing._TAKEN.clear()


def test_steps_that_were_taken_are_not_tried_again(tmp_path: Path, monkeypatch) -> None:
    with open_pdf(pdf(askew(table(ROWS)), tmp_path / "askew.pdf")) as document:
        first = prepared(document, 1)
        monkeypatch.setattr(choosing, "seen_on", lambda *_: pytest.fail("they are known"))
        again = prepared(document, 1)
    assert first.matrix is not None
    assert np.array_equal(first.clean, again.clean)


def test_a_way_is_not_read_where_it_could_not_be_surer() -> None:
    line = Pixels(0, 0, 1000, 20)
    assert not Seen(198.0, 200, 1000).may_be_outdone_by([line])
    assert Seen(198.0, 200, 800).may_be_outdone_by([line]), "there may be more characters"
    assert Seen(150.0, 200, 1000).may_be_outdone_by([line]), "they may be surer"
    assert Seen(0.0, 0, 1000).may_be_outdone_by([line]), "nothing was read"


def test_the_corners_of_a_frame_are_found() -> None:
    corners = frame_corners(evened(grey(table(ROWS)), POINT), POINT)
    assert corners is not None
    assert np.abs(corners - [[100, 150], [700, 150], [700, 600], [100, 600]]).max() < POINT * 2


def test_black_print_is_neither_strengthened_nor_lifted() -> None:
    even = evened(grey(table(ROWS)), POINT)
    assert strengthened(even, POINT) is None
    assert without_faint_ink(even, POINT) is None


def test_rules_are_no_streaks_and_streaks_are_filled_from_what_is_beside_them() -> None:
    plain = grey(table(ROWS))
    assert without_streaks(plain, POINT) is None
    dirty = grey(streaked(table(ROWS)))
    for laid, seen in ((plain, dirty), (plain.T, dirty.T)):
        bare = without_streaks(np.ascontiguousarray(seen), POINT)
        assert bare is not None
        assert _differing(bare, laid) < _differing(seen, laid) / 8


def _differing(one: Picture, other: Picture) -> int:
    return int(np.count_nonzero(cv2.absdiff(one, other) > 60))


def test_a_grey_stamp_is_lifted_and_thin_print_beside_it_stays() -> None:
    plain = table(ROWS)
    lifted = without_faint_ink(evened(grey(stamped(plain)), POINT), POINT)
    assert lifted is not None
    ring = np.zeros(lifted.shape, np.uint8)
    cv2.circle(ring, (480, 360), 150, 1, 8)
    paper = (ring > 0) & (grey(plain) > 250)
    print_elsewhere = (grey(plain) < 60) & (cv2.dilate(ring, np.ones((31, 31), np.uint8)) == 0)
    assert np.median(lifted[paper]) > 230
    assert lifted[print_elsewhere].mean() < 100


@pytest.mark.parametrize(
    ("first", "others", "expected"),
    [
        (("(5.00", 0.57), [("(5.00", 0.46), ("15.00", 0.94)], ("15.00", 0.94)),
        (("823.76", 0.5), [("823.6", 0.9), ("823.76", 0.55)], ("823.76", 0.5)),
        (("一、外交支出", 0.51), [("二、外交支出", 0.93), ("二、外交支出", 0.99)], ("二、外交支出", 0.99)),
    ],
)
def test_the_surest_of_several_looks_is_taken(first, others, expected) -> None:
    read = surest(Recognised(*first), [Recognised(*each) for each in others])
    assert (read.text, read.confidence) == expected


def test_a_sure_figure_and_a_sure_label_are_not_looked_at_again() -> None:
    assert not any(map(is_doubtful, [Recognised("1,234.56", 0.99), Recognised("基本支出", 0.95), Recognised("", 0.0)]))
    assert is_doubtful(Recognised("1,234 5 6", 0.99))
    assert is_doubtful(Recognised("基本支出", 0.6))
