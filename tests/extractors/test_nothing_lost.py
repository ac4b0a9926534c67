"""Every figure of the text layer that lies within a table's frame is in `cells`."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from extractors.pages.pdfium import open_pdf
from reading.document import read_document
from schemas.records import Box, Reading
from tests.kinds import one_in

SIGNS = re.compile(r"[0-9.,]")
PAPERS = [
    "jiangsu_court_2017_budget",
    "jiangsu_court_2019_budget",
    "jiangsu_party_2017_budget",
    "jiangsu_party_2018_budget",
    "jiangsu_procuratorate_2019_budget",
    "putuo_commerce_2025_budget",
    "putuo_office_unit_2025_budget",
    "putuo_planning_2024_final",
    "putuo_socialwork_2024_final",
    "putuo_wanli_2025_budget",
    "swu_2021_budget",
    "swu_2023_budget",
    "swu_2023_final",
    "zhuzhou_union_2023_final",
]


@pytest.mark.parametrize("name", one_in(2, PAPERS))
def test_every_figure_within_a_frame_is_in_cells(shared: Path, name: str) -> None:
    path = shared / "documents" / f"{name}.pdf"
    reading = read_document(path)
    printed = figures_within_frames(path, reading)
    for key, signs in printed.items():
        assert signs == figures_of_cells(reading, *key), f"page {key[0]}, table {key[1]}"
    assert printed


def frames(reading: Reading) -> dict[tuple[int, int], Box]:
    """The frame of each part of a ruled table, by page and table number."""
    boxes: dict[tuple[int, int], list[Box]] = {}
    for table in reading.tables:
        for cell in table.cells if table.ruled else ():
            boxes.setdefault((cell.page, table.number), []).append(cell.box)
    return {key: Box.around(found) for key, found in boxes.items()}


def figures_within_frames(path: Path, reading: Reading) -> dict[tuple[int, int], Counter[str]]:
    """Digits and signs of the text layer within each frame, asked of pdfium by rectangle rather than from our words."""
    with open_pdf(path) as document:
        return {key: Counter(_bounded(document, key[0], box)) for key, box in frames(reading).items()}


def _bounded(document: pypdfium2.PdfDocument, page: int, box: Box) -> Iterator[str]:
    sheet = document[page - 1]
    text = sheet.get_textpage()
    left, bottom, right, top = _turned_back(sheet, box)
    yield from SIGNS.findall(text.get_text_bounded(left, bottom, right, top))
    text.close()
    sheet.close()


def _turned_back(sheet: pypdfium2.PdfPage, box: Box) -> tuple[float, float, float, float]:
    """The box in the page's own space: origin bottom left, /Rotate not applied."""
    west, south, _, north = sheet.get_bbox()
    if sheet.get_rotation() == 90:
        return west + box.y0, south + box.x0, west + box.y1, south + box.x1
    return west + box.x0, north - box.y1, west + box.x1, north - box.y0


def figures_of_cells(reading: Reading, page: int, table_no: int) -> Counter[str]:
    table = next(table for table in reading.tables if table.number == table_no)
    return Counter(sign for cell in table.cells if cell.page == page for sign in SIGNS.findall(cell.text))
