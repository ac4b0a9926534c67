"""Fonts without a map to Unicode: on the cover alone, in a title alone, and what no file could be written with."""

from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.letters import UNREAD
from extractors.pages.ocr import with_pictures
from extractors.pages.pdfium import open_pdf, read_pages
from reading.document import read_document
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.typeset import typeset
from schemas.records import Box, Page, Word

FONT = Path(__file__).resolve().parents[3] / "samples" / "fonts" / "wqy-microhei-subset.ttf"


def without_map(fonts: pikepdf.Dictionary, pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """The fonts of a page as if their producer had written no /ToUnicode."""
    bare = pikepdf.Dictionary()
    for name, font in fonts.items():
        bare[name] = pdf.make_indirect(pikepdf.Dictionary({k: v for k, v in font.items() if k != "/ToUnicode"}))
    return bare


def test_a_cover_without_a_map_costs_neither_kind_nor_year(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    paper = example_paper("shanghai", "budget", 5)
    truth = typeset(paper, LAYOUTS["shanghai"], path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        cover = pdf.pages[0]
        cover.Resources = pikepdf.Dictionary({**cover.Resources, "/Font": without_map(cover.Resources.Font, pdf)})
        pdf.save(path)
    reading = read_document(path)
    document = reading.document
    assert (document.kind, document.fiscal_year, document.department) == ("budget", paper.year, paper.department)
    assert Counter(i.amount for i in reading.line_items) == Counter(t.amount for t in truth)
    assert [f.page for f in reading.findings if f.code == "page_read_from_picture"] == [1]


TITLE = "一般公共预算支出表"


def titled(path: Path) -> None:
    """A page of codes and amounts whose title is set in a font of its own, without a map."""
    pdfmetrics.registerFont(TTFont("Title", str(FONT)))
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont("Title", 16)
    canvas.drawString(200, 780, TITLE)
    canvas.setFont("Helvetica", 9)
    for row in range(24):
        canvas.drawString(60, 730 - 14 * row, f"{2010101 + row}")
        canvas.drawString(220, 730 - 14 * row, f"{row + 1},234.50")
        canvas.line(50, 740 - 14 * row, 400, 740 - 14 * row)
    canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fonts = pdf.pages[0].Resources.Font
        pdf.pages[0].Resources = pikepdf.Dictionary({**pdf.pages[0].Resources, "/Font": without_map(fonts, pdf)})
        pdf.save(path)


def test_a_title_without_a_map_is_read_from_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "titled.pdf"
    titled(path)
    with open_pdf(path) as document:
        (seen,) = read_pages(document)
        (page,) = with_pictures(document, [seen]).pages
    assert seen.needs_ocr is None
    assert UNREAD * len(TITLE) in {word.text for word in seen.words}
    words = {word.text: word for word in page.words}
    assert page.reader == "pdfium"
    assert words[TITLE].confidence < 1.0
    assert words["1,234.50"].confidence == 1.0


@pytest.mark.parametrize(
    ("text", "read", "confidence", "told"),
    [
        ("国有�本经营", "国有资本经营", 0.99, "国有资本经营"),
        ("人�经费", "人工经费", 0.4, "人�经费"),
        ("国有�本经营", "国有资木经营", 0.99, "国有�本经营"),
        ("（�）", "(二)", 0.9, "（二）"),
    ],
)
def test_only_what_is_read_as_the_layer_has_it_is_taken(text: str, read: str, confidence: float, told: str) -> None:
    from extractors.pages.picture.recogniser import Recognised  # noqa: PLC0415
    from extractors.pages.picture.unread import completed  # noqa: PLC0415

    assert completed(Word(text, Box(0, 0, 1, 1)), Recognised(read, confidence)).text == told


def test_a_digit_that_the_layer_does_not_tell_stays_unread() -> None:
    page = Page(1, 595, 842, (Word(f"1,2{UNREAD}4.50", Box(0, 0, 50, 10)),), (), "pdfium")
    with open_pdf(next((Path(__file__).resolve().parents[3] / "samples" / "papers").glob("*.pdf"))) as document:
        from extractors.pages.picture.unread import with_unread_words  # noqa: PLC0415

        assert with_unread_words(document, page, 1) == page


@pytest.mark.parametrize("name", ["lone_surrogates", "mutant_zero_division", "control_characters"])
def test_text_layers_that_cost_a_paper_are_read(name: str, shared: Path) -> None:
    with open_pdf(shared / "documents" / "hard" / f"{name}.pdf") as document:
        for page in read_pages(document):
            "".join(word.text for word in page.words).encode()
            assert all(word.box.height > 0 for word in page.words)
