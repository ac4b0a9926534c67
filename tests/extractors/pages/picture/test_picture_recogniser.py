import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extractors.pages.picture.recogniser import LARGEST_BATCH, LIKE_WIDTH, NARROWEST, Recogniser, _batches, recogniser
from tests.extractors.pages.picture.sheets import blank, text


def line(said):
    return cv2.cvtColor(text(blank(40 + 32 * len(said), 46), said, 12, 34), cv2.COLOR_BGR2GRAY)


@given(st.lists(st.integers(8, 3000)))
def test_batches_hold_every_line_once_with_others_of_like_width(widths):
    batches = list(_batches(widths))
    assert sorted(at for batch in batches for at in batch) == list(range(len(widths)))
    for batch in batches:
        own = [widths[at] for at in batch]
        assert 1 <= len(own) <= LARGEST_BATCH
        assert max(own) <= max(NARROWEST, LIKE_WIDTH * min(own))


def test_lines_come_back_in_the_order_given():
    said = ["371,514,655.00", "12", "一般公共服务支出", "8"]
    read = recogniser().read([line(each) for each in said])
    assert [each.text for each in read] == said
    assert all(0.5 < each.confidence <= 1 for each in read)


def test_paper_without_ink_says_nothing():
    (read,) = recogniser().read([np.full((48, 200), 255, np.uint8)])
    assert read.text == ""


def test_rivals_differ_in_one_character():
    (read,) = recogniser().read([cv2.GaussianBlur(line("38,168.85"), (0, 0), 3.5)], with_rivals=True)
    assert read.rivals
    for text_, probability in read.rivals:
        assert text_ != read.text
        assert abs(len(text_) - len(read.text)) <= 1
        assert 0 < probability <= 1


def test_a_line_is_read_once_until_it_is_forgotten(monkeypatch):
    own, asked = Recogniser(), []
    read = own._read
    monkeypatch.setattr(own, "_read", lambda lines, **how: (asked.append(len(lines)), read(lines, **how))[1])
    first = own.read([line("12.50"), line("30201"), line("12.50")])
    assert own.read([line("30201")]) == [first[1]]
    own.forget()
    own.read([line("30201")])
    assert asked == [2, 0, 1]
