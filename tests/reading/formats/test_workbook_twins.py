"""Every layout of the samples as a workbook: the same line items as the PDF's, each with the cell it stands in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import paper_of
from openpyxl import load_workbook
from same_items import assert_same

from reading.document import read_document
from samples.layout import LAYOUTS
from samples.twins.workbook import write_workbook
from schemas.records import Reading
from tests.kinds import one_in


@pytest.mark.parametrize("layout", one_in(4, [*LAYOUTS], 3))
def test_a_workbook_gives_the_line_items_of_its_pdf(
    layout: str, of_pdf: Callable[[str], Reading], tmp_path: Path
) -> None:
    path = tmp_path / "部门文件.xlsx"
    write_workbook(paper_of(layout), LAYOUTS[layout], path)
    assert_same(read_document(path), of_pdf(layout), layout)


def test_each_amount_names_its_sheet_and_cell(tmp_path: Path) -> None:
    path = tmp_path / "部门文件.xls"
    write_workbook(paper_of("plain"), LAYOUTS["plain"], path)
    reading = read_document(path)
    book = load_workbook(path.rename(path.with_suffix(".xlsx")))
    assert reading.document.format == "xlsx"
    assert reading.document.page_count == len(book.sheetnames)
    for item in reading.line_items:
        sheet, cell = re.fullmatch(r"'?(.+?)'?!([A-Z]+\d+)", item.place or "").groups()  # type: ignore[union-attr]
        assert book.sheetnames.index(sheet) + 1 == item.page
        assert f"{book[sheet][cell].value:.2f}" == f"{float(item.printed.replace(',', '')):.2f}"
        assert item.reader == "cells"
