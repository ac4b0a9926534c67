"""Papers in the formats of older programs, made by LibreOffice, give the line items of their PDFs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import paper_of
from same_items import assert_same

from reading.document import read_document
from reading.rendered import office
from samples.layout import LAYOUTS
from samples.twins.word import write_document
from samples.twins.workbook import write_workbook
from schemas.records import Reading
from tests.kinds import every_pair

needs_office = pytest.mark.skipif(
    office.installed() is None, reason="LibreOffice is not installed: make test installs it"
)
TWINS = ("plain", "jiangsu", "words_for_zero")
"""A conversion takes seconds: these layouts have what differs in cells."""


@needs_office
@pytest.mark.parametrize(("target", "layout"), every_pair(["xls", "ods", "doc", "odt", "rtf"], TWINS))
def test_an_older_format_gives_the_line_items_of_its_pdf(
    layout: str, target: office.Target, of_pdf: Callable[[str], Reading], tmp_path: Path
) -> None:
    made, path = tmp_path / "made", tmp_path / "部门文件"
    write = write_workbook if target in ("xls", "ods") else write_document
    write(paper_of(layout), LAYOUTS[layout], made)
    with office.converted(made, target) as converted:
        path.write_bytes(converted.read_bytes())
    twin = read_document(path)
    assert twin.document.format == target
    assert_same(twin, of_pdf(layout), layout)


OF_2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Sheet1"><Table>
<Row><Cell><Data ss:Type="String">项目</Data></Cell><Cell><Data ss:Type="String">金额</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="Number">12.5</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@needs_office
def test_a_workbook_in_one_file_of_xml_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(OF_2003, "utf-8")
    reading = read_document(path)
    assert reading.document.format == "xls"
    assert [cell.text for cell in reading.tables[0].cells] == ["项目", "金额", "a", "12.5"]


def test_without_libreoffice_an_old_document_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "installed", lambda: None)
    path = tmp_path / "a.doc"
    path.write_bytes(rb"{\rtf1 text}")
    reading = read_document(path)
    assert (reading.document.status, reading.document.status_reason) == ("failed", "office_missing")


@needs_office
def test_what_libreoffice_cannot_open_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(rb"{\rtf1" + b"\x00\xff" * 500)
    assert read_document(path).document.status in ("failed", "read")
