import logging

import pypdfium2
import pytesseract
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pages.picture import alternatives as module
from extractors.pages.picture import prepared, tesseract
from extractors.pages.picture.alternatives import CONFUSED_CONFIDENCE, FIGURE, confusable
from schemas.records import Box
from tests.extractors.pages.picture.sheets import DPI, pdf, table

ROWS = [["项目", "决算数", "预算数"], ["教育支出", "38,165.80", ""]]


@pytest.fixture
def picture(tmp_path):
    document = pypdfium2.PdfDocument(pdf(table(ROWS), tmp_path / "paper.pdf"))
    yield prepared(document, 1)
    document.close()


def cell(col):
    return Box(*(side * 72 / DPI for side in (100 + 300 * col, 200, 400 + 300 * col, 250)))


def alternatives(picture, box):
    (readings,) = module.alternatives(picture, [box])
    return readings


@pytest.fixture
def without_tesseract(monkeypatch):
    def missing():
        raise pytesseract.TesseractNotFoundError

    monkeypatch.setattr(pytesseract, "get_languages", missing)
    tesseract.is_there.cache_clear()
    yield
    tesseract.is_there.cache_clear()


@pytest.mark.usefixtures("without_tesseract")
def test_one_engine_alone_offers_its_doubts_and_says_once_that_it_is_alone(picture, caplog):
    with caplog.at_level(logging.WARNING):
        first, *others = alternatives(picture, cell(1))
        alternatives(picture, cell(1))
    assert (first.printed, first.reader) == ("38,165.80", "rapidocr")
    assert others
    assert all(other.confidence <= first.confidence for other in others)
    assert len([record for record in caplog.records if "Tesseract" in record.message]) == 1


def test_where_both_engines_agree_nothing_else_was_seen(picture, monkeypatch):
    monkeypatch.setattr(tesseract, "read_lines", lambda _lines: [("38,165.80", 0.9)])
    assert [(each.printed, each.reader) for each in alternatives(picture, cell(1)) if each.seen] == [
        ("38,165.80", "rapidocr"),
        ("38,165.80", "tesseract"),
    ]


def test_what_is_no_figure_is_not_offered(picture, monkeypatch):
    for text in ("38,16.5.80", "教38"):
        monkeypatch.setattr(tesseract, "read_lines", lambda _lines, text=text: [(text, 0.9)])
        assert all(FIGURE.fullmatch(each.printed) for each in alternatives(picture, cell(1)))
        assert not [each for each in alternatives(picture, cell(1)) if each.reader == "tesseract"]


def test_confused_digits_are_guesses_and_come_last(picture, monkeypatch):
    monkeypatch.setattr(tesseract, "read_lines", lambda _lines: [("38,155.80", 0.9)])
    offered = alternatives(picture, cell(1))
    guesses = [each for each in offered if not each.seen]
    assert offered[-len(guesses) :] == guesses
    assert "38,765.80" in [each.printed for each in guesses]
    assert {each.confidence for each in guesses} == {CONFUSED_CONFIDENCE}


def test_cells_are_read_together_in_their_order(picture):
    both = module.alternatives(picture, [cell(2), cell(1)])
    assert both == [[], alternatives(picture, cell(1))]


def test_a_blank_cell_has_no_reading(picture):
    assert alternatives(picture, cell(2)) == []


@pytest.mark.skipif(not tesseract.is_there(), reason="Tesseract with chi_sim is not installed")
def test_tesseract_reads_a_cell(picture):
    assert [each.printed for each in alternatives(picture, cell(1)) if each.seen] == ["38,165.80"] * 2


@given(st.from_regex(FIGURE, fullmatch=True))
def test_confusable_figures_differ_in_one_digit(printed):
    for other in confusable(printed):
        assert sum(a != b for a, b in zip(printed, other, strict=True)) == 1
