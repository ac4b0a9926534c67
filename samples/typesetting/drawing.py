"""Pages drawn as a PDF with a text layer, the same bytes each time."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from samples.layout import BoldStyle
from samples.typesetting.lettering import FACE, register
from samples.typesetting.sheets import BLACK, Bar, Sheet, Text

OUTLINE = 0.035
"""Thickness of an outline that makes text strong, in sizes."""
SECOND_STRIKE = 0.3
"""How far right (points) text is struck the second time."""
FILL, FILL_AND_STROKE = 0, 2


def draw(sheets: Sequence[Sheet], path: Path, title: str, bold: BoldStyle) -> None:
    """Write `sheets` to `path`; dates and ids are left constant, so that equal sheets give equal bytes."""
    register()
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    for sheet in sheets:
        _begin_page(canvas, sheet)
        for mark in sheet.marks:
            if isinstance(mark, Bar):
                _draw_bar(canvas, mark, sheet.height)
            else:
                _draw_text(canvas, mark, sheet.height, bold)
        canvas.showPage()
    canvas.save()


def _begin_page(canvas: Canvas, sheet: Sheet) -> None:
    """Turn the page so that its /Rotate, which is clockwise, shows it upright.

    reportlab takes the upright size and stores a page with a quarter turn as `height` wide and `width` high.
    """
    width, height = sheet.width, sheet.height
    canvas.setPageSize((width, height))
    canvas.setPageRotation(sheet.rotate)
    turns = {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}
    if sheet.rotate:
        canvas.transform(*turns[sheet.rotate])


def _draw_bar(canvas: Canvas, bar: Bar, height: float) -> None:
    canvas.setStrokeGray(bar.grey)
    canvas.setFillGray(bar.grey)
    if not bar.filled:
        canvas.setLineWidth(bar.thickness)
        canvas.line(bar.x0, height - bar.y0, bar.x1, height - bar.y1)
        return
    half = bar.thickness / 2
    canvas.rect(
        bar.x0 - half,
        height - bar.y1 - half,
        bar.x1 - bar.x0 + bar.thickness,
        bar.y1 - bar.y0 + bar.thickness,
        stroke=0,
        fill=1,
    )


def _draw_text(canvas: Canvas, text: Text, height: float, bold: BoldStyle) -> None:
    canvas.setFillGray(text.grey)
    if text.angle:
        canvas.saveState()
        canvas.translate(text.x, height - text.baseline)
        canvas.rotate(text.angle)
        canvas.setFont(FACE, text.size)
        canvas.drawString(0, 0, text.text)
        canvas.restoreState()
        return
    if text.strong and bold == "outlined":
        _strike_outlined(canvas, text, height)
        return
    _strike(canvas, text, height, FILL)
    if text.strong and bold == "struck_twice":
        _strike(canvas, text, height, FILL, shift=SECOND_STRIKE)


def _strike_outlined(canvas: Canvas, text: Text, height: float) -> None:
    """Strike with a render mode of its own, which belongs to the graphics state and would outlive the text."""
    canvas.saveState()
    canvas.setStrokeGray(BLACK)
    canvas.setLineWidth(text.size * OUTLINE)
    _strike(canvas, text, height, FILL_AND_STROKE)
    canvas.restoreState()


def _strike(canvas: Canvas, text: Text, height: float, mode: int, shift: float = 0.0) -> None:
    line = canvas.beginText(text.x + shift, height - text.baseline)
    line.setFont(FACE, text.size)
    line.setTextRenderMode(mode)
    line.textOut(text.text)
    canvas.drawText(line)
