"""Where a check fails in a workbook, its own rendering is asked: what both print is what the publisher printed."""

from pathlib import Path

import pytest
from conftest import paper_of
from openpyxl import load_workbook

from reading.document import read_document
from reading.rendered import office
from samples.layout import LAYOUTS
from samples.twins.workbook import write_workbook


def misprinted(path: Path) -> str:
    """A workbook in which one figure is not what the others add up to, and the figure's place."""
    write_workbook(paper_of("hunan"), LAYOUTS["hunan"], path)
    book = load_workbook(path)
    sheet = book.worksheets[4]
    cell = next(c for row in sheet.iter_rows(min_row=10) for c in row if isinstance(c.value, float) and c.value > 1000)
    cell.value = cell.value + 270
    book.save(path)
    return f"'{sheet.title}'!{cell.coordinate}"


@pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed: make test installs it")
def test_a_misprint_that_both_readings_show_is_the_publishers(tmp_path: Path) -> None:
    path = tmp_path / "2024年部门预算.xlsx"
    place = misprinted(path)
    marked = [item for item in read_document(path).line_items if item.status not in ("proven", "unproven")]
    assert [(item.place, item.status) for item in marked] == [(place, "source_inconsistent")]


def test_without_a_rendering_nobody_is_accused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "installed", lambda: None)
    path = tmp_path / "2024年部门预算.xlsx"
    place = misprinted(path)
    marked = {item.place: item.status for item in read_document(path).line_items}
    assert marked[place] == "contradicted"
    assert "source_inconsistent" not in marked.values()
