"""What reading a mutant came to: typed or not, how long, and whether what is proven is what the page shows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2

from extractors.pages.pdfium import open_pdf, sheet_of
from extractors.pages.picture.recogniser import recogniser
from schemas.records import LineItem, Reading

DPI = 200
MARGIN = 1.0
"""Paper round an amount (points)."""
SURE = 0.9
"""What the engine reads with less is looked at by a person."""
_DIGITS = re.compile(r"\d")


def digits(text: str) -> str:
    """The digits of a figure."""
    return "".join(_DIGITS.findall(unicodedata.normalize("NFKC", text)))


def changed(reading: Reading, undamaged: Reading) -> list[LineItem]:
    """The proven amounts that the undamaged paper prints neither at their places, whatever the page, nor in their rows.

    A page that is read from its picture has other boxes than its text layer gave.
    """
    own = {key for item in undamaged.line_items for key in (_place(item), _row(item))}
    proven = [item for item in reading.line_items if item.status in {"proven", "repaired"}]
    return [item for item in proven if own.isdisjoint((_place(item), _row(item)))]


def _place(item: LineItem) -> tuple[object, ...]:
    return round(item.x0), round(item.y0), round(item.x1), item.printed


def _row(item: LineItem) -> tuple[object, ...]:
    return item.form, item.side, item.code, item.name, item.measure, item.printed


def not_as_shown(path: Path, items: Iterable[LineItem]) -> Iterator[tuple[LineItem, str, float]]:
    """The amounts that the rendered page shows otherwise: each with what the engine reads there, and how surely."""
    with open_pdf(path) as document:
        for item in items:
            page = document[item.page - 1]
            read = recogniser(1).read([_cell(page, item)])[0]
            page.close()
            if digits(read.text) != digits(item.printed):
                yield item, read.text, read.confidence


def _cell(page: pypdfium2.PdfPage, item: LineItem) -> np.ndarray:  # type: ignore[type-arg]
    scale = DPI / 72
    text = page.get_textpage()
    turn = (sheet_of(page, text).turn - page.get_rotation()) % 360
    text.close()
    grey = page.render(scale=scale, rotation=turn, grayscale=True).to_numpy()
    grey = grey.reshape(grey.shape[:2])
    x0, y0, x1, y1 = (
        round(side * scale) for side in (item.x0 + MARGIN, item.y0 + MARGIN, item.x1 - MARGIN, item.y1 - MARGIN)
    )
    return np.ascontiguousarray(grey[max(0, y0) : y1, max(0, x0) : x1])
