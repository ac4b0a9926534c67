"""Text is a scanner's where the page's pictures print it themselves."""

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.pages.pdfium import open_pdf, read_pages
from extractors.pages.trust import is_pictured
from schemas.records import Box

SIZE = (595.0, 842.0)
LINES = [f"Line {number}: 1,234.{number:02} and 5,678.90 of 12,345.67" for number in range(20)]


def written(path: Path, *, printed: bool, strips: int = 1, alpha: float = 1.0) -> Path:
    """A page of text over a picture that is blank or shows the same lines, cut into `strips`."""
    high, wide = (round(side * 2) for side in (SIZE[1], SIZE[0]))
    picture = np.full((high, wide, 3), 250, np.uint8)
    canvas = Canvas(str(path), pagesize=SIZE)
    for at, line in enumerate(LINES):
        if printed:
            place = (120, 200 + 60 * at)
            cv2.putText(picture, line, place, cv2.FONT_HERSHEY_SIMPLEX, 0.75, (20, 20, 20), 2, cv2.LINE_AA)
    for at, part in enumerate(np.array_split(picture, strips)):
        buffer = io.BytesIO(cv2.imencode(".png", part)[1].tobytes())
        top = SIZE[1] - sum(len(each) for each in np.array_split(picture, strips)[: at + 1]) / 2
        canvas.drawImage(ImageReader(buffer), 0, top, SIZE[0], len(part) / 2)
    canvas.setFillAlpha(alpha)
    for at, line in enumerate(LINES):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, SIZE[1] - 100 - 30 * at, line)
    canvas.save()
    return path


@pytest.mark.parametrize(("strips", "alpha"), [(1, 0.0), (1, 1.0), (5, 0.0)])
def test_text_that_the_picture_prints_is_the_scanners(tmp_path: Path, strips: int, alpha: float) -> None:
    with open_pdf(written(tmp_path / "scan.pdf", printed=True, strips=strips, alpha=alpha)) as pdf:
        assert [page.needs_ocr for page in read_pages(pdf)] == ["ocr_layer_over_picture"]


def test_text_over_a_blank_picture_is_the_papers_own(tmp_path: Path) -> None:
    with open_pdf(written(tmp_path / "paper.pdf", printed=False)) as pdf:
        (page,) = read_pages(pdf)
    assert page.needs_ocr is None
    assert len(page.words) >= len(LINES)


def test_strips_are_one_picture() -> None:
    strips = [Box(0, top, 595, top + 84.2) for top in (84.2 * at for at in range(6))]
    assert is_pictured(strips, *SIZE)
    assert not is_pictured(strips[:4], *SIZE)
