"""Overlay pictures: each page as it is printed, with what was recognised on it, so that debugging is looking.

A cell of a table is outlined; one that became an amount is tinted by its measure and has a bar on its left edge in the
colour of its status. The title, the unit and the department in a table's heading are marked. A caption tells the rest.
A scanned page is drawn upright and level, as it was read, and each step that made it so is written beside it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from extractors.pages.ocr import THREADS
from extractors.pages.overlays.canvas import Canvas, Colour, Image, with_caption
from extractors.pages.overlays.caption import caption
from extractors.pages.overlays.marks import STATUS_COLOURS, PageMarks, marks_of
from extractors.pages.pdfium import open_pdf, sheet_of
from schemas.records import Box, Reading, Status

DPI = 110
"""Small print stays legible, and a page of A4 takes about 300 kB."""
MOST_PIXELS = 4_000
"""A larger side is drawn at a lower resolution."""

FORM: Colour = (25, 93, 170)
NO_FORM: Colour = (130, 130, 130)
CELL: Colour = (140, 185, 250)
TROUBLE: Colour = (214, 39, 121)
HEADING: Colour = (255, 236, 150)
BAR_POINTS = 2.5
LOUD: frozenset[Status] = frozenset({"repaired", "contradicted", "source_inconsistent"})
"""Amounts that someone should look at have a frame besides the bar."""


def draw_overlays(path: Path, reading: Reading, folder: Path) -> list[Path]:
    """Write a picture for each page, `folder`/000001_cells.png and on; returns their paths in page order.

    Of a scanned page the steps of its reading are written too: 000001_rendered.png, 000001_without_seals.png,
    000001_evened.png, 000001_level.png, 000001_rules.png, 000001_clean.png, and before them those that were tried on a
    worn page (000001_flattened.png, 000001_strengthened.png …). `reading` is that of the document at
    `path`. Raises the errors of `extractors.pages.pdfium.open_pdf`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictured = {finding.page for finding in reading.findings if finding.code == "page_read_from_picture"}
    written = []
    with open_pdf(path) as document:
        for number in range(1, len(document) + 1):
            marks = marks_of(reading, number)
            keep = partial(_written, folder=folder, number=number)
            shown = as_read(document, number, keep) if number in pictured else rendered(document[number - 1])
            picture = with_caption(_marked(*shown, marks), caption(marks, len(document)))
            written.append(_written("cells", picture, folder=folder, number=number))
    return written


def _written(step: str, picture: NDArray[np.uint8], *, folder: Path, number: int) -> Path:
    target = folder / f"{number:06}_{step}.png"
    target.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return target


def as_read(
    document: pypdfium2.PdfDocument, number: int, keep: Callable[[str, NDArray[np.uint8]], object]
) -> tuple[Image, float]:
    """Give a scanned page's picture, upright and level as its `Page` is, and its pixels a point.

    The steps that made it so are handed to `keep` by their names.
    """
    from extractors.pages.picture import prepared  # noqa: PLC0415  only scans need the engine

    steps: dict[str, NDArray[np.uint8]] = {}
    picture = prepared(document, number, THREADS, steps.__setitem__)
    for step, pixels in steps.items():
        keep(step, pixels)
    height, width = steps["level"].shape
    by = min(DPI / 72 / picture.scale, MOST_PIXELS / max(height, width), 1.0)
    image = cv2.resize(steps["level"], None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), picture.scale * by


def rendered(page: pypdfium2.PdfPage, dpi: float = DPI) -> tuple[Image, float]:
    """Give the page's picture, upright as its `Page` is, and its pixels a point."""
    text = page.get_textpage()
    sheet = sheet_of(page, text)
    text.close()
    scale = min(dpi / 72, MOST_PIXELS / max(sheet.size))
    bitmap = page.render(scale=scale, rotation=(sheet.turn - page.get_rotation()) % 360, rev_byteorder=False)
    image: Image = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    page.close()
    return image, scale


def _marked(image: Image, scale: float, marks: PageMarks) -> Image:
    canvas = Canvas(image, scale)
    for table in marks.tables:
        for box in table.headings:
            canvas.tint(box, HEADING)
        for amount in table.amounts:
            canvas.tint(amount.box, amount.colour)
    for table in marks.tables:
        for box in table.cells:
            canvas.outline(box, CELL, inset=3)  # within the printed rules, which would hide it
        for amount in table.amounts:
            canvas.fill(_left_edge(amount.box), STATUS_COLOURS[amount.status])
            if amount.status in LOUD:
                canvas.outline(amount.box, STATUS_COLOURS[amount.status], thickness=2, inset=2)
        for box in table.troubled:
            canvas.outline(box, TROUBLE, thickness=2, inset=2)
        colour = FORM if table.table.declared.form else NO_FORM
        canvas.outline(table.frame, colour, thickness=2)
        canvas.badge(f"表{table.table.number}", table.frame, colour)
    return canvas.image


def _left_edge(box: Box) -> Box:
    return Box(box.x0, box.y0, min(box.x0 + BAR_POINTS, box.x1), box.y1)
