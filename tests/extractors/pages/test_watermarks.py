"""Watermarks are neither words nor amounts: a paper reads the same with one printed over or under each of its pages."""

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.pages import pdfium, plumber
from extractors.pages.watermarks import Ground, Style, found_again, marks_on
from reading.document import read_document
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.typeset import typeset
from schemas.records import Glyph, Rule
from tests.kinds import every_pair, one_in

Paint = Callable[[Canvas, float, float], None]


def aslant(text: str, grey: float, degrees: float, size: float) -> Paint:
    """A text in rows and columns all over the page."""

    def paint(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFillGray(grey)
        canvas.setFont("Helvetica", size)
        for x in range(40, int(width), 180):
            for y in range(30, int(height), 120):
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(degrees)
                canvas.drawString(0, 0, text)
                canvas.restoreState()

    return paint


def level(text: str, size: float, *, grey: float | None = None, red: float | None = None, alpha: float = 1.0) -> Paint:
    """A line of text across the middle of the page."""

    def paint(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFillColorRGB(*((1.0, red, red) if red is not None else (grey or 0.0,) * 3), alpha=alpha)
        canvas.setFont("Helvetica", size)
        canvas.drawString(0.08 * width, 0.62 * height, text)

    return paint


def picture(canvas: Canvas, width: float, height: float) -> None:
    """A picture over the whole page that is transparent but for a few letters."""
    image = Image.new("RGBA", (600, 840), (255, 255, 255, 0))
    ImageDraw.Draw(image).text((100, 300), "SAMPLE 2024", fill=(0, 0, 0, 70))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    stream.seek(0)
    canvas.drawImage(ImageReader(stream), 0, 0, width, height, mask="auto")


WATERMARKS: dict[str, Paint] = {
    "grey and aslant": aslant("2026 CONFIDENTIAL 1,234.56", 0.75, 35, 16),
    "black and aslant, more letters than the page": aslant("1234567.89 0001 0002 0003", 0.0, 50, 9),
    "steep": aslant("2024 INTERNAL 88.00", 0.8, 60, 24),
    "level and light": level("2024 INTERNAL 2024 INTERNAL 2024", 40, grey=0.87),
    "level, light and small": level("1,234.00  56.78  2024 INTERNAL  99.00  1,000,000.00  5.00", 12, grey=0.8),
    "level and red": level("COPY 2024 No 7 COPY 2024 No 7", 30, red=0.75),
    "level, black and transparent": level("2024 1234 2024 1234 2024", 36, alpha=0.15),
    "a picture": picture,
}


def stamped(path: Path, paint: Paint, *, over: bool) -> None:
    """Print a watermark over or under each page of the file at `path`."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(side) for side in page.mediabox)
            stream = io.BytesIO()
            canvas = Canvas(stream, pagesize=(right - left, top - bottom), invariant=1)
            paint(canvas, right - left, top - bottom)
            canvas.showPage()
            canvas.save()
            stream.seek(0)
            with pikepdf.open(stream) as mark:
                (page.add_overlay if over else page.add_underlay)(mark.pages[0])
        pdf.save(path)


@pytest.mark.parametrize(("name", "over"), every_pair([*WATERMARKS], [True, False]))
def test_a_paper_reads_the_same_under_a_watermark(name: str, over: bool, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    truth = typeset(example_paper("shanghai", "budget", 5), LAYOUTS["shanghai"], path)
    stamped(path, WATERMARKS[name], over=over)
    reading = read_document(path)
    printed = Counter((t.form, t.side or None, t.code or t.name, t.measure, t.amount) for t in truth)
    published = Counter((i.form, i.side, i.code or i.name, i.measure, i.amount) for i in reading.line_items)
    assert published == printed
    assert {item.reader for item in reading.line_items} == {"pdfium"}
    assert not {item.status for item in reading.line_items} & {"contradicted", "source_inconsistent", "repaired"}


@pytest.mark.parametrize(
    "name", one_in(3, [name for name in WATERMARKS if "transparent" not in name and name != "a picture"])
)
def test_the_second_reader_leaves_them_out_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    typeset(example_paper("shanghai", "budget", 5), LAYOUTS["shanghai"], path)
    with pdfium.open_pdf(path) as document:
        fullest = max(pdfium.read_pages(document), key=lambda page: (bool(page.rules), len(page.words)))
    with plumber.open_pdf(path) as plain:
        words = Counter(word.text for word in plumber.read_page(plain, fullest.number).words)
    stamped(path, WATERMARKS[name], over=True)
    with plumber.open_pdf(path) as marked:
        assert Counter(word.text for word in plumber.read_page(marked, fullest.number).words) == words


def glyphs(text: str, x: float, y: float, size: float = 10.0) -> list[Glyph]:
    return [Glyph(letter, x + k * size, y, x + (k + 1) * size, y + size) for k, letter in enumerate(text)]


BLACK, PALE = Style((0, 0, 0, 255), 0, 10), Style((210, 210, 210, 255), 0, 10)
PAPER = Ground((), ())


def test_faint_text_beside_others_is_kept() -> None:
    body, note = glyphs("预算数决算数", 100, 100), glyphs("单位：万元", 300, 100)
    marks = marks_on([*body, *note], [BLACK] * len(body) + [PALE] * len(note), PAPER)
    assert not marks.sure
    assert list(marks.faint) == [PALE]
    assert found_again({1: marks}) == {}


def test_faint_text_that_a_rule_runs_through_is_none_of_the_tables() -> None:
    body, mark = glyphs("预算数决算数", 100, 100), glyphs("内部2024", 300, 100)
    through = [Rule(300 + 15, 0, 300 + 15, 400), Rule(300 + 25, 0, 300 + 25, 400)]
    assert PALE in marks_on([*body, *mark], [BLACK] * 6 + [PALE] * 6, Ground(through, ())).sure


def test_faint_text_that_comes_again_at_its_place_is_a_watermark() -> None:
    body, mark = glyphs("预算数决算数", 100, 100), glyphs("内部2024", 300, 100)
    marks = marks_on([*body, *mark], [BLACK] * 6 + [PALE] * 6, PAPER)
    moved = marks_on([*body, *glyphs("内部2024", 300, 160)], [BLACK] * 6 + [PALE] * 6, PAPER)
    assert found_again({1: marks, 2: marks, 3: marks}) == {n: frozenset({PALE}) for n in (1, 2, 3)}
    assert found_again({1: marks, 2: moved}) == {}


def test_the_letters_and_colour_of_a_watermark_tell_it_where_it_touches_nothing() -> None:
    body, mark = glyphs("预算数决算数", 100, 100), glyphs("内部2024", 110, 103)
    over = marks_on([*body, *mark], [BLACK] * 6 + [PALE] * 6, PAPER)
    clear = marks_on([*body, *glyphs("2024", 300, 300)], [BLACK] * 6 + [PALE] * 4, PAPER)
    other = marks_on([*body, *glyphs("单位", 300, 300)], [BLACK] * 6 + [PALE] * 2, PAPER)
    assert found_again({1: over, 2: clear, 3: other}) == {2: frozenset({PALE})}


def test_a_page_laid_askew_is_no_watermark() -> None:
    askew = BLACK._replace(aslant=2)
    body, mark = glyphs("预算数决算数", 100, 100), glyphs("内部2024", 300, 300)
    assert marks_on([*body, *mark], [askew] * 6 + [askew._replace(aslant=-35)] * 6, PAPER).sure.keys() == {
        askew._replace(aslant=-35)
    }
