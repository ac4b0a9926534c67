"""A page's picture, upright as its `Page` is: what boxes are laid over."""

from collections.abc import Iterable, Iterator, MutableMapping
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from extractors.pages.ocr import THREADS
from extractors.pages.overlays.canvas import Image
from extractors.pages.pdfium import open_pdf, sheet_of

DPI = 110
"""Small print stays legible, and a page of A4 takes about 300 kB as PNG, 60 kB as WebP."""
MOST_PIXELS = 4_000
"""A larger side is drawn at a lower resolution."""
WEBP_QUALITY = 55
"""Print on white keeps its edges; what a photograph would lose is not there."""


class PagePicture(NamedTuple):
    """An upright page as an image of `scale` pixels a point."""

    image: Image
    scale: float


class WrittenPicture(NamedTuple):
    """A picture on disk: the page's number, its file, and the page's width and height in points."""

    page: int
    file: Path
    width: float
    height: float


def rendered(page: pypdfium2.PdfPage, dpi: float = DPI) -> PagePicture:
    """The picture of a page with a text layer; the page is closed."""
    text = page.get_textpage()
    sheet = sheet_of(page, text)
    text.close()
    scale = min(dpi / 72, MOST_PIXELS / max(sheet.size))
    bitmap = page.render(scale=scale, rotation=(sheet.turn - page.get_rotation()) % 360, rev_byteorder=False)
    image: Image = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    page.close()
    return PagePicture(image, scale)


def as_read(document: pypdfium2.PdfDocument, number: int, steps: MutableMapping[str, NDArray[np.uint8]]) -> PagePicture:
    """The picture of a scanned page, upright and level as it was read; `steps` takes those that made it so, by name."""
    from extractors.pages.picture import prepared  # noqa: PLC0415  only scans need the engine

    picture = prepared(document, number, THREADS, steps.__setitem__)
    height, width = steps["level"].shape
    by = min(DPI / 72 / picture.scale, MOST_PIXELS / max(height, width), 1.0)
    image = cv2.resize(steps["level"], None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
    return PagePicture(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), picture.scale * by)


def write_pictures(
    path: Path, numbers: Iterable[int], scanned: frozenset[int], folder: Path
) -> Iterator[WrittenPicture]:
    """Write `folder`/<number>.webp for each of these pages that the PDF has; `scanned` are drawn as they were read.

    Raises the errors of `extractors.pages.pdfium.open_pdf`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open_pdf(path) as document:
        for number in sorted(number for number in numbers if 1 <= number <= len(document)):
            drawn = as_read(document, number, {}) if number in scanned else rendered(document[number - 1])
            file = folder / f"{number}.webp"
            file.write_bytes(cv2.imencode(".webp", drawn.image, [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY])[1].tobytes())
            height, width = drawn.image.shape[:2]
            yield WrittenPicture(number, file, width / drawn.scale, height / drawn.scale)
