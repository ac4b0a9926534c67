from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest

from benchmarks.scan_wear import skewed
from benchmarks.scanner import OFFICE, POOR, scan
from extractors.pages.letters import UNREAD
from extractors.pages.pdfium import open_pdf, read_page
from extractors.pages.picture import prepared, read_picture
from extractors.pages.picture.level import turned
from extractors.pages.picture.limits import PictureTooLargeError
from extractors.pages.picture.raster import rendered
from extractors.tables.layout import layout_of
from samples.papers import __file__ as papers
from schemas.records import Box
from tests.extractors.pages.picture.sheets import DPI, INK, POINT, blank, image_facts, pdf, seal, show, table, text
from tests.kinds import one_in

ROWS = [
    ["项目", "决算数", "预算数"],
    ["一般公共服务支出", "1,234.56", ""],
    ["教育支出", "-", "98,765,432.10"],
    ["科学技术支出", "0.00", "388.07"],
]


A4 = (1654, 2339)
"""Pixels at 200 dpi."""


def read(path, number=1, **asked):
    with open_pdf(path) as document:
        return read_picture(document, number, **asked)


def cells(page):
    (found,) = layout_of(page).tables
    return [[cell.text for cell in found.cells if cell.row == row] for row in range(1, found.rows + 1)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_picture_gives_the_cells_of_its_table_however_it_lies(tmp_path, turn):
    page = read(pdf(turned(table(ROWS), turn), tmp_path / "turned.pdf"))
    assert cells(page) == ROWS
    assert page.reader == "rapidocr"
    assert page.needs_ocr is None
    assert [line.text for line in layout_of(page).lines] == ["部门收入支出决算总表"]


def test_lengths_are_points_of_the_pdf_whatever_dpi_it_says(tmp_path):
    picture, drawn = blank(*A4), table(ROWS)
    picture[: drawn.shape[0], : drawn.shape[1]] = drawn
    width, height = A4
    for dpi in (DPI, 72, 600):
        page = read(pdf(picture, tmp_path / f"{dpi}.pdf", dpi))
        assert (page.width, page.height) == pytest.approx((width * 72 / dpi, height * 72 / dpi), rel=0.01)
        assert cells(page) == ROWS
        (cell,) = (cell for cell in layout_of(page).tables[0].cells if cell.text == "1,234.56")
        assert cell.box == pytest.approx(Box(*(side * 72 / dpi for side in (400, 200, 700, 250))), abs=2 * 72 / dpi)


def test_a_seal_over_figures_leaves_them(tmp_path):
    assert cells(read(pdf(seal(table(ROWS), (560, 250), 80, (60, 40, 205)), tmp_path / "sealed.pdf"))) == ROWS


def test_a_blank_page_has_no_words(tmp_path):
    page = read(pdf(blank(), tmp_path / "blank.pdf"))
    assert (page.words, page.rules) == ((), ())


def test_each_step_can_be_looked_at(tmp_path):
    steps = {}
    read(pdf(table(ROWS), tmp_path / "kept.pdf"), keep=lambda name, picture: steps.update({name: picture.shape[:2]}))
    assert list(steps) == ["rendered", "without_seals", "evened", "level", "rules", "clean"]
    assert len(set(steps.values())) == 1


@pytest.mark.parametrize("scanner", one_in(2, [OFFICE, POOR], 1), ids=["office", "poor"])
def test_a_scan_of_a_sample_paper_says_what_its_text_says(tmp_path, scanner):
    source = Path(papers).with_name("zhuzhou_union_2023_final.pdf")
    with open_pdf(source) as document:
        number = next(n for n in range(1, len(document) + 1) if len(layout_of(read_page(document, n)).tables) == 1)
        printed = read_page(document, number)
    scan(source, tmp_path / "scan.pdf", scanner, [number])
    assert cells(read(tmp_path / "scan.pdf")) == cells(printed)


def declared(path, width, height, space=None, bits=8):
    """A PDF whose picture declares a size that its few bytes do not have."""
    with pikepdf.new() as written:
        page = written.add_blank_page(page_size=(595, 842))
        facts = image_facts(width, height) | {"/BitsPerComponent": bits}
        if space is not None:
            facts["/ColorSpace"] = space
        show(written, page, pikepdf.Stream(written, b"\0" * 64, facts))
        written.save(path)
    return path


def test_a_picture_of_300_megapixels_is_refused_by_name(tmp_path):
    with pytest.raises(PictureTooLargeError, match="page 1: 300 megapixels"):
        read(declared(tmp_path / "large.pdf", 20_000, 15_000))


def test_a_picture_in_cmyk_is_read(tmp_path):
    bgr = table(ROWS)
    path = tmp_path / "cmyk.pdf"
    with pikepdf.new() as written:
        height, width = bgr.shape[:2]
        page = written.add_blank_page(page_size=(width * 72 / DPI, height * 72 / DPI))
        key = np.zeros((height, width, 4), np.uint8)
        key[:, :, 3] = 255 - cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
        facts = image_facts(width, height) | {"/ColorSpace": pikepdf.Name.DeviceCMYK}
        show(written, page, pikepdf.Stream(written, key.tobytes(), facts))
        written.save(path)
    assert cells(read(path)) == ROWS


@pytest.mark.parametrize(("dpi", "expected"), [(100, 150), (240, 240), (600, 300)])
def test_a_page_is_rendered_at_the_scans_own_resolution_within_limits(tmp_path, dpi, expected):
    path = pdf(blank(round(8.27 * dpi), round(11.69 * dpi)), tmp_path / "sheet.pdf", dpi)
    document = pypdfium2.PdfDocument(path)
    assert rendered(document, 1).scale * 72 == pytest.approx(expected, rel=0.01)
    document.close()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_cover_of_large_print_alone_is_brought_upright(tmp_path, turn):
    picture = blank(*A4)
    for said, baseline in (("上海市某某区规划局", 700), ("2024年度部门决算", 900)):
        for place, letter in enumerate(said):
            text(picture, letter, 250 + 115 * place, baseline, 92)
    path = pdf(turned(picture, turn), tmp_path / "cover.pdf")
    with open_pdf(path) as document:
        assert prepared(document, 1).turn == (360 - turn) % 360


def test_a_table_with_rules_across_alone_is_read_column_by_column(tmp_path):
    rows = [("基本支出", "1,234,567.8", "一、外交支出", "-"), ("项目支出", "-", "二、国防支出", "2,345.6")]
    picture = blank(1100, 400)
    for y in (100, 150, 200):
        cv2.line(picture, (100, y), (1080, y), INK, 2)
    for at, (name, amount, other, value) in enumerate(rows):
        text(picture, name, 110, 136 + 50 * at)
        text(picture, amount, 505 if amount != "-" else 640, 136 + 50 * at)
        text(picture, other, 710, 136 + 50 * at)  # close behind the amount
        text(picture, value, 925, 136 + 50 * at)
    with open_pdf(pdf(picture, tmp_path / "across.pdf")) as document:
        words = read_picture(document, 1).words
    assert sorted(word.text for word in words) == sorted(said for row in rows for said in row)


@pytest.mark.parametrize("skew", [0.0, 0.8, -0.8])
def test_figures_that_run_over_the_pictures_side_are_not_whole(tmp_path, skew):
    figures = [f"{1234 + 77 * at:,}.{at}8" for at in range(8)]
    picture = skewed(table([["项目", "金额"], *[[f"项目支出{at}", figure] for at, figure in enumerate(figures)]]), skew)
    whole, cut = picture, picture[:, : 412 + 90]
    with open_pdf(pdf(whole, tmp_path / "whole.pdf")) as document:
        assert set(figures) <= {word.text for word in read_picture(document, 1).words}
    with open_pdf(pdf(cut, tmp_path / "cut.pdf")) as document:
        seen = [word.text for word in read_picture(document, 1).words if word.box.x0 * POINT > 380]
    amounts = [said for said in seen if any(map(str.isdecimal, said))]
    assert len(amounts) == len(figures)
    assert all(said.endswith(UNREAD) for said in amounts)


@pytest.mark.parametrize("sides", [True, False], ids=["cells", "rows"])
def test_holes_for_filing_are_no_text(tmp_path, sides):
    plain = table([["项目", "金额"], ["基本支出", "1,234.00"], ["项目支出", "566.00"]])
    if not sides:
        for x in (100, 400, 700):
            plain[152:298, x - 2 : x + 3] = 255
    picture = plain.copy()
    for y in (120, 200):
        cv2.circle(picture, (40, y), 22, INK, cv2.FILLED, cv2.LINE_AA)
    with open_pdf(pdf(picture, tmp_path / "holes.pdf")) as holes, open_pdf(pdf(plain, tmp_path / "plain.pdf")) as none:
        assert [w.text for w in read_picture(holes, 1).words] == [w.text for w in read_picture(none, 1).words]
