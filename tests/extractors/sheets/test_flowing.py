"""Single habits of Word documents and web pages, each in the smallest file that has it."""

import zipfile
from pathlib import Path

import pytest

from extractors.errors import DamagedDocumentError, DocumentBombError
from extractors.sheets.flowing.docx import read_docx
from extractors.sheets.flowing.parts import Block
from extractors.sheets.flowing.web import read_web_page
from extractors.sheets.grid_cells import CellGrid, Paragraph

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def docx(path: Path, body: str, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{REL}"><Relationship Id="1" Type="{DOCUMENT}" Target="word/document.xml"/>'
            "</Relationships>",
        )
        package.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
    return path


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def texts(parts: list[list[Block]]) -> list[list[str]]:
    """The texts of each block: a paragraph's, or those of a grid's cells."""
    blocks = [block for part in parts for block in part]
    return [[b.text] if isinstance(b, Paragraph) else [cell.text for cell in b.cells] for b in blocks]


def grid(parts: list[list[Block]]) -> CellGrid:
    (found,) = [block for part in parts for block in part if isinstance(block, CellGrid)]
    return found


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    change = "<w:p><w:ins><w:r><w:t>预</w:t></w:r></w:ins><w:del><w:r><w:delText>决</w:delText></w:r></w:del>"
    body = change + "<w:r><w:t>算</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r></w:p>"
    removed = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('x')}{tc('9')}</w:tr>"
    whole = table(tc("a") + tc("1"), tc("b") + tc("2")).replace("</w:tbl>", f"{removed}</w:tbl>")
    assert texts(list(map(list, read_docx(docx(tmp_path / "a.docx", body + whole))))) == [
        ["预算"],
        ["a", "1", "b", "2"],
    ]


def test_cells_merged_down_and_across_are_one(tmp_path: Path) -> None:
    down, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        tc("项目", down) + tc("收入", '<w:gridSpan w:val="2"/>'),
        tc("", goes_on) + tc("a") + tc("b"),
        tc("合计") + tc("1") + tc("2"),
    ]
    found = grid(list(map(list, read_docx(docx(tmp_path / "a.docx", table(*rows))))))
    spans = {cell.text: (cell.row, cell.col, cell.row_span, cell.col_span) for cell in found.cells}
    assert spans["项目"] == (1, 1, 2, 1)
    assert spans["收入"] == (1, 2, 1, 2)
    assert spans["b"] == (2, 3, 1, 1)


def test_a_table_within_a_cell_and_a_text_box_are_found(tmp_path: Path) -> None:
    inner = table(tc("a") + tc("1"), tc("b") + tc("2"))
    outer = f"<w:tbl><w:tr><w:tc>{p('标题')}{inner}{p('')}</w:tc></w:tr></w:tbl>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('收支总表')}</w:txbxContent></w:pict></w:r></w:p>"
    found = texts(list(map(list, read_docx(docx(tmp_path / "a.docx", box + outer)))))
    assert found == [["收支总表"], ["标题"], ["a", "1", "b", "2"]]


def test_a_document_type_is_refused_before_any_entity_is_known(tmp_path: Path) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(DocumentBombError):
        read_docx(docx(tmp_path / "a.docx", p("&a;"), head))


def test_half_a_document_is_damaged(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("a") * 500)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DamagedDocumentError):
        read_docx(path)


def test_a_layout_table_is_walked_through_and_spans_are_kept() -> None:
    page = """<style>.i2 {mso-char-indent-count:2} .h {display:none}</style><body><table><tr><td>菜单</td></tr><tr><td>
      <p align=center>收支总表</p><table><tr><td rowspan=2>项目</td><td colspan=2>金额</td></tr>
      <tr><td>a</td><td>b</td></tr>
      <tr><td class=i2>一</td><td>1</td><td>2</td></tr><tr class=h><td>二</td><td>3</td><td>4</td></tr>
      <tr><td>&nbsp;&nbsp;三<br>　四</td><td>5</td><td>6</td></tr></table></td></tr></table>"""
    parts = list(map(list, read_web_page(page)))
    found = grid(parts)
    assert texts(parts)[:2] == [["菜单"], ["收支总表"]]
    assert [cell.text for cell in found.cells if cell.row == 4] == ["\u00a0\u00a0三\n　四", "5", "6"]
    assert next(cell for cell in found.cells if cell.text == "项目").row_span == 2
    assert next(cell for cell in found.cells if cell.text == "一").indent == 18


def test_spans_without_end_are_cut() -> None:
    page = "<table><tr><td colspan=999999999 rowspan=99999>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    cell = grid(list(map(list, read_web_page(page)))).cells[0]
    assert (cell.row_span, cell.col_span) == (2, 1)
