"""Both readers on papers typeset here: the same words and rules, upright, and text layers that must not be used."""

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.pages import pdfium, plumber
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.typeset import typeset
from schemas.errors import (
    DamagedPdfError,
    EmptyFileError,
    EncryptedPdfError,
    NotAPdfError,
    PageTooLargeError,
    TooManyPagesError,
    UnreadableDocumentError,
)
from schemas.records import Page

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "samples" / "papers").glob("*.pdf"))
A4 = (595.0, 842.0)


def pages_by_pdfium(path: Path) -> list[Page]:
    with pdfium.open_pdf(path) as document:
        return list(pdfium.read_pages(document))


def pages_by_plumber(path: Path) -> list[Page]:
    with plumber.open_pdf(path) as document:
        return [plumber.read_page(document, number + 1) for number in range(len(document.pages))]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_both_readers_see_the_same(path: Path) -> None:
    for one, other in zip(pages_by_pdfium(path), pages_by_plumber(path), strict=True):
        assert (one.width, one.height) == pytest.approx((other.width, other.height), abs=0.01)
        assert Counter("".join(w.text for w in one.words)) == Counter("".join(w.text for w in other.words))
        assert len(one.rules) == len(other.rules)


@pytest.mark.parametrize("layout", ["jiangsu", "rotated_270", "upside_down"])
def test_rotated_pages_come_upright(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    typeset(example_paper("jiangsu", "budget", 3), LAYOUTS[layout], path)
    for pages in (pages_by_pdfium(path), pages_by_plumber(path)):
        lines = [word for page in pages for word in page.words if word.text.startswith("单位：")]
        assert lines
        assert all(word.box.width > word.box.height for word in lines)


def painted(path: Path, paint: Callable[[Canvas], None], size: tuple[float, float] = A4) -> Path:
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    paint(canvas)
    canvas.showPage()
    canvas.save()
    return path


def picture() -> ImageReader:
    from PIL import Image  # noqa: PLC0415

    stream = io.BytesIO()
    Image.new("L", (60, 84), 220).save(stream, "PNG")
    stream.seek(0)
    return ImageReader(stream)


def lines(canvas: Canvas, mode: int = 0, top: float = 700) -> None:
    text = canvas.beginText(72, top)
    text.setTextRenderMode(mode)
    text.setFont("Helvetica", 10)
    for row in range(12):
        text.textLine(f"{2010100 + row} 1,234.{row:02d} 99.00")
    canvas.drawText(text)


def hidden_layer(canvas: Canvas) -> None:
    canvas.drawImage(picture(), 0, 0, *A4)
    lines(canvas, mode=3)


def text_beneath(canvas: Canvas) -> None:
    lines(canvas)
    canvas.drawImage(picture(), 0, 0, *A4)


def background(canvas: Canvas) -> None:
    canvas.drawImage(picture(), 0, 0, *A4)
    lines(canvas)


@pytest.mark.parametrize(
    ("paint", "reason"),
    [(hidden_layer, "ocr_layer_over_picture"), (text_beneath, "ocr_layer_over_picture"), (background, None)],
)
def test_text_that_is_not_seen_is_not_used(paint: Callable[[Canvas], None], reason: str | None, tmp_path: Path) -> None:
    page = pages_by_pdfium(painted(tmp_path / "layer.pdf", paint))[0]
    assert page.needs_ocr == reason
    assert bool(page.words) == (reason is None)


def test_text_laid_sideways_on_an_upright_sheet_is_turned(tmp_path: Path) -> None:
    def sideways(canvas: Canvas) -> None:
        canvas.translate(595, 0)
        canvas.rotate(90)
        lines(canvas, top=500)

    path = painted(tmp_path / "sideways.pdf", sideways)
    for page in (pages_by_pdfium(path)[0], pages_by_plumber(path)[0]):
        assert (page.width, page.height) == pytest.approx((842, 595))
        first = min(page.words, key=lambda word: (round(word.box.y0), word.box.x0))
        assert first.text == "2010100"
        assert first.box.width > first.box.height


def bad_files(folder: Path) -> dict[str, tuple[Path, type[UnreadableDocumentError]]]:
    """Files that must be refused, each with its error."""
    good = SAMPLES[0].read_bytes()
    files: dict[str, tuple[bytes, type[UnreadableDocumentError]]] = {
        "empty": (b"", EmptyFileError),
        "text": ("这不是 PDF".encode(), NotAPdfError),
        "cut_short": (good[: len(good) // 3], DamagedPdfError),
    }
    made: dict[str, tuple[Path, type[UnreadableDocumentError]]] = {}
    for name, (data, error) in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
        made[name] = folder / f"{name}.pdf", error
    with pikepdf.open(SAMPLES[0]) as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="甲", user="乙"))
    with pikepdf.new() as pdf:
        for _ in range(2_001):
            pdf.add_blank_page()
        pdf.save(folder / "long.pdf")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].MediaBox = [0, 0, 28_346, 28_346]  # ten metres
        pdf.save(folder / "wide.pdf")
    made["locked"] = folder / "locked.pdf", EncryptedPdfError
    made["long"] = folder / "long.pdf", TooManyPagesError
    made["wide"] = folder / "wide.pdf", PageTooLargeError
    return made


def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    for name, (path, error) in bad_files(tmp_path).items():
        for pages in (pages_by_pdfium, pages_by_plumber):
            with pytest.raises(UnreadableDocumentError) as caught:
                pages(path)
            assert type(caught.value) is error, (name, pages)
            assert caught.value.advice
