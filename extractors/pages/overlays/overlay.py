"""Overlay pictures: each page as it is printed, with what was recognised on it, so that debugging is looking.

A cell of a table is outlined; one that became an amount is tinted by its measure and has a bar on its left edge in the
colour of its status. The title, the unit and the department in a table's heading are marked. A caption tells the rest.
A scanned page is drawn upright and level, as it was read, and each step that made it so is written beside it.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pages.overlays.canvas import Canvas, Colour, Image, with_caption
from extractors.pages.overlays.caption import caption
from extractors.pages.overlays.marks import STATUS_COLOURS, PageMarks, marks_of
from extractors.pages.overlays.page_picture import as_read, rendered
from extractors.pages.pdfium import open_pdf
from schemas.records import Box, Reading, Status

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
            steps: dict[str, NDArray[np.uint8]] = {}
            shown = as_read(document, number, steps) if number in pictured else rendered(document[number - 1])
            for step, pixels in steps.items():
                _written(pixels, folder, number, step)
            picture = with_caption(_marked(shown.image, shown.scale, marks), caption(marks, len(document)))
            written.append(_written(picture, folder, number, "cells"))
    return written


def _written(picture: NDArray[np.uint8], folder: Path, number: int, step: str) -> Path:
    target = folder / f"{number:06}_{step}.png"
    target.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return target


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
