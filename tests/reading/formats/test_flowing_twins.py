"""Every layout of the samples as a Word document and as a web page: the same line items as the PDF's."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import paper_of
from same_items import assert_same

from reading.document import read_document
from samples.layout import LAYOUTS
from samples.twins.web import write_web_page
from samples.twins.word import write_document
from schemas.records import Reading
from tests.kinds import every_pair, one_in


@pytest.mark.parametrize("layout", one_in(4, [*LAYOUTS]))
def test_a_word_document_gives_the_line_items_of_its_pdf(
    layout: str, of_pdf: Callable[[str], Reading], tmp_path: Path
) -> None:
    path = tmp_path / "部门文件.docx"
    write_document(paper_of(layout), LAYOUTS[layout], path)
    twin = read_document(path)
    assert_same(twin, of_pdf(layout), layout)
    assert {item.page for item in twin.line_items} == {1}
    assert all((item.place or "").startswith("Table") for item in twin.line_items)


@pytest.mark.parametrize(("layout", "encoding"), every_pair([*LAYOUTS][1::4], ["utf-8", "gb18030"]))
def test_a_web_page_gives_the_line_items_of_its_pdf(
    layout: str, encoding: str, of_pdf: Callable[[str], Reading], tmp_path: Path
) -> None:
    path = tmp_path / "部门文件.xls"
    write_web_page(paper_of(layout), LAYOUTS[layout], path, encoding=encoding)
    twin = read_document(path)
    assert twin.document.format == "html"
    assert_same(twin, of_pdf(layout), layout)
