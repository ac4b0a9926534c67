"""Text layers that lie: fonts whose map to Unicode tells other digits than the font draws."""

import re
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.pdfium import DIGITS_DIFFER, open_pdf, read_pages
from schemas.records import Page

FONT = Path(__file__).resolve().parents[3] / "samples" / "fonts" / "wqy-microhei-subset.ttf"
HONEST = {digit: digit for digit in "0123456789"}


def drawn(path: Path, *, turn: int = 0, font: str = "Digits") -> Path:
    """A page of codes and amounts in which every digit occurs, the sixes seldom."""
    pdfmetrics.registerFont(TTFont("Digits", str(FONT)))
    canvas = Canvas(str(path), pagesize=(842, 595) if turn else (595, 842), invariant=1)
    if turn:
        canvas.translate(842, 0)
        canvas.rotate(90)
    canvas.setFont(font, 9)
    for row in range(24):
        canvas.drawString(60, 500 - 14 * row, f"{2010101 + row}")
        canvas.drawString(220, 500 - 14 * row, f"{row + 1},{1700 + 5 * row}.{38 + row}")
        canvas.drawString(320, 500 - 14 * row, "本年收入合计")
    canvas.showPage()
    canvas.save()
    return path


def mapped(path: Path, told: Mapping[str, str]) -> Path:
    """The file with the fonts' maps to Unicode telling `told[digit]` for a digit that is drawn."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                stream = item.ToUnicode
                stream.write(re.sub(rb"<00(3[0-9])>(?=\s)", lambda m: _told(m, told), stream.read_bytes()))
        pdf.save(path)
    return path


def _told(match: re.Match[bytes], told: Mapping[str, str]) -> bytes:
    return b"<00%02X>" % ord(told[chr(int(match[1], 16))])


def read(path: Path) -> Page:
    with open_pdf(path) as document:
        (page,) = read_pages(document)
    return page


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize("font", ["Digits", "Helvetica", "Times-Italic", "Courier-Bold"])
def test_honest_fonts_are_believed(font: str, turn: int, tmp_path: Path) -> None:
    page = read(drawn(tmp_path / "paper.pdf", turn=turn, font=font))
    assert page.needs_ocr is None
    assert "2010101" in {word.text for word in page.words}


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize(
    "lies",
    [
        {"3": "8", "8": "3"},
        {"1": "7", "7": "1"},
        {"9": "4", "4": "9"},
        {"5": "8"},
        {"7": "5"},
        {"6": "0"},
        {str(digit): str((digit + 1) % 10) for digit in range(10)},
    ],
    ids=str,
)
def test_a_font_that_tells_other_digits_than_it_draws_is_not_believed(
    lies: Mapping[str, str], turn: int, tmp_path: Path
) -> None:
    page = read(mapped(drawn(tmp_path / "paper.pdf", turn=turn), HONEST | lies))
    assert page.needs_ocr == DIGITS_DIFFER
    assert page.words == ()


def test_the_lying_pages_of_a_mutant_are_read_from_their_pictures(shared: Path) -> None:
    with open_pdf(shared / "documents" / "hard" / "mutant_digit_map.pdf") as document:
        assert {page.number for page in read_pages(document) if page.needs_ocr == DIGITS_DIFFER} == {4, 5, 6}


def test_no_text_paper_is_suspected(shared: Path) -> None:
    """Among them papers with rows clipped by their cells, overlapping page numbers, and text in form objects."""
    documents = shared / "documents"
    names = ("putuo_commerce_2025_budget", "cities/guangzhou_sample_set_14p", "cities/yantai_ndrc", "swu_2023_final")
    for name in names:
        with open_pdf(documents / f"{name}.pdf") as document:
            assert DIGITS_DIFFER not in {page.needs_ocr for page in read_pages(document)}, name
