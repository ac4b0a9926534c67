"""Workbooks as nobody should send them, and what of a good one is not printed."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from extractors.errors import DamagedDocumentError, DocumentBombError, EncryptedDocumentError
from extractors.sheets.grid_cells import CellGrid, GridCell
from extractors.sheets.workbooks.ods import read_ods
from extractors.sheets.workbooks.sheet import MOST_ROWS, shown
from extractors.sheets.workbooks.xlsx import read_xlsx
from reading.document import read_document
from reading.rendered import office
from reading.sources import find


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def texts(grid: CellGrid) -> list[tuple[str, str]]:
    return [(cell.place, cell.text) for cell in grid.cells if cell.text]


def test_what_is_hidden_is_counted_and_not_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "收支总表"
    for row in (["a", "b", "c"], ["d", 1, 2], ["e", 3, 4]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    other = book.create_sheet("隐藏")
    other["A1"] = "x"
    other.sheet_state = "veryHidden"
    first, second = read_xlsx(saved(book, tmp_path / "a.xlsx"))
    assert texts(first.grid) == [("收支总表!A1", "a"), ("收支总表!C1", "c"), ("收支总表!A2", "d"), ("收支总表!C2", "2")]
    assert (first.hidden, second.hidden, texts(second.grid)) == (5, 1, [])


def test_zeros_that_a_sheet_does_not_show_are_blank(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([0, 1, "0"])
    sheet.sheet_view.showZeros = False
    (read,) = read_xlsx(saved(book, tmp_path / "a.xlsx"))
    assert [text for _, text in texts(read.grid)] == ["1", "0"]


def test_a_stored_number_that_prints_as_another_is_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"] = 123456789, 236.6349
    sheet["A1"].number_format, sheet["A2"].number_format = "0!.0000", "0.00"
    (read,) = read_xlsx(saved(book, tmp_path / "a.xlsx"))
    assert texts(read.grid) == [("Sheet!A1", "12345.6789"), ("Sheet!A2", "236.63")]
    assert [(cell.place, cell.stored) for cell in read.differing] == [("Sheet!A1", "123456789")]


def test_a_formula_without_its_value_is_told_or_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["项目", "金额"], ["a", 1], ["b", 2], ["合计", "=SUM(B2:B3)"]):
        sheet.append(row)
    path = saved(book, tmp_path / "a.xlsx")
    (read,) = read_xlsx(path)
    assert read.uncalculated == 1
    if office.installed():
        assert [cell.text for cell in read_document(path).tables[0].cells][-1] == "3"
    monkeypatch.setattr(office, "installed", lambda: None)
    assert "formula_without_value" in [finding.code for finding in read_document(path).findings]


def test_a_sheet_of_a_register_is_left_and_the_others_are_read(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    register = book.create_sheet("登记簿")
    for row in range(MOST_ROWS + 10):
        register.append([row, "x"])
    book.create_sheet("收支总表").append(["a", 1])
    first, second = read_xlsx(saved(book, tmp_path / "a.xlsx"))
    assert first.too_large
    assert len(texts(second.grid)) == 2


def package(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in parts.items():
            opened.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return path


def test_rows_repeated_to_the_end_of_the_sheet_cost_nothing(tmp_path: Path) -> None:
    space = 'xmlns:table="urn:t" xmlns:office="urn:o" xmlns:text="urn:x"'
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    row = f'<table:table-row table:number-rows-repeated="{{}}">{blank}</table:table-row>'
    cell = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    body = f'<table:table table:name="S">{row.format(2_000_000_000)}{cell}{row.format(1_000_000)}</table:table>'
    content = f"<office:d {space}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:d>"
    (read,) = read_ods(package(tmp_path / "a.ods", content_dot_xml=content))
    assert texts(read.grid) == [("S!A2000000001", "a")]


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = saved(Workbook(), tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as opened, opened.open("xl/bomb.xml", "w") as part:
        for _ in range(100):
            part.write(b" " * 2**20)
    with pytest.raises(DocumentBombError):
        list(read_xlsx(path))


def test_entities_are_refused(tmp_path: Path) -> None:
    path = saved(Workbook(), tmp_path / "a.xlsx")
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text
            new.writestr(name, text)
    path.write_bytes(stream.getvalue())
    with pytest.raises(DocumentBombError):
        list(read_xlsx(path))


def test_a_package_with_a_password_and_half_a_package_are_named(tmp_path: Path) -> None:
    path = saved(Workbook(), tmp_path / "a.xlsx")
    whole = bytearray(path.read_bytes())
    half = tmp_path / "half.xlsx"
    half.write_bytes(bytes(whole[: len(whole) // 2]))
    with pytest.raises(DamagedDocumentError):
        list(read_xlsx(half))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = 0
        while (start := whole.find(mark, start)) >= 0:
            whole[start + at] |= 1
            start += 4
    path.write_bytes(bytes(whole))
    with pytest.raises(EncryptedDocumentError):
        list(read_xlsx(path))
    assert (read_document(path).document.status_reason or "").startswith("encrypted_document")


def test_a_version_of_zip_that_nobody_has_is_damage_and_no_password(tmp_path: Path) -> None:
    path = saved(Workbook(), tmp_path / "a.xlsx")
    whole = bytearray(path.read_bytes())
    whole[whole.find(b"PK\x01\x02") + 6] = 84  # the version that is needed, of the first member
    path.write_bytes(bytes(whole))
    (source,) = find([tmp_path]).sources
    with pytest.raises(DamagedDocumentError):
        list(read_xlsx(path))
    assert (read_document(source.path).document.status_reason or "").startswith("container_unreadable: damaged_archive")


def test_a_part_that_is_listed_thousands_of_times_is_one_sheet(tmp_path: Path) -> None:
    path = saved(Workbook(), tmp_path / "a.xlsx")
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/workbook.xml":
                sheet = text[text.index(b"<sheet ") : text.index(b"</sheets>")]
                assert sheet.endswith(b"/>")
                text = text.replace(sheet, sheet * 2000)
            new.writestr(name, text)
    path.write_bytes(stream.getvalue())
    assert len(list(read_xlsx(path))) == 1


@pytest.mark.parametrize("size", ["NaN", "1e308", "-5", "12 pt"])
def test_a_size_that_is_none_is_that_of_other_rows_and_columns(size: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["项目", "金额"])  # type: ignore[union-attr]
    book.active.append(["合计", 12.5])  # type: ignore[union-attr]
    book.active.row_dimensions[2].height = 77  # type: ignore[union-attr]
    book.active.column_dimensions["B"].width = 33  # type: ignore[union-attr]
    path = saved(book, tmp_path / "a.xlsx")
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b'"77"' in text
                assert b'"33"' in text
                text = text.replace(b'"77"', f'"{size}"'.encode()).replace(b'"33"', f'"{size}"'.encode())
            new.writestr(name, text)
    path.write_bytes(stream.getvalue())
    (sheet,) = read_xlsx(path)
    assert [cell.text for cell in sheet.grid.cells] == ["项目", "金额", "合计", "12.5"]
    assert sheet.grid.heights.get(2, 15.0) == 15.0
    assert read_document(path).document.status == "read"


def test_merged_cells_as_large_as_can_be_said_cost_nothing_and_those_that_cover_one_another_are_damage() -> None:
    cells = tuple(GridCell(row, col, f"{row}.{col}", framed=True) for row in range(1, 2001) for col in (1, 2))
    grid = CellGrid(cells, {}, {})
    whole, _ = shown(grid, (), (), [(1, 1, 2**31, 1)])
    assert [cell.row_span for cell in whole.cells if cell.col == 1] == [2000]
    assert len(whole.cells) == 2001
    with pytest.raises(DamagedDocumentError):
        shown(grid, (), (), [(row, 1, 2**31, 1) for row in range(1, 2001)])
    turned, _ = shown(grid, (), (), [(5, 2, 3, 1)])  # a range that ends before it begins is none
    assert len(turned.cells) == 4000


def test_a_merged_cell_whose_first_row_is_hidden_is_shown_in_the_next() -> None:
    grid = CellGrid((GridCell(1, 1, "title"), GridCell(3, 1, "a")), {}, {})
    merged, hidden = shown(grid, (1,), (), [(1, 1, 2, 3)])
    assert ([(cell.row, cell.text) for cell in merged.cells], hidden) == ([(1, "title"), (2, "a")], 0)
