"""Real prints whose tables go on over pages, downwards and sideways, and lines that only run over the pages."""

from pathlib import Path

import pytest

from extractors.tables.lattice import lattices_of, lines_from
from extractors.tables.running import is_page_number
from reading.document import read_document
from schemas.records import Rule, Table


def tables_of(shared: Path, name: str) -> tuple[Table, ...]:
    return read_document(shared / "documents" / "layouts" / f"{name}.pdf").tables


def test_tables_go_on_over_footers_and_running_headers(shared: Path) -> None:
    tables = tables_of(shared, "footers_2022_final")
    assert [table.pages for table in tables] == [
        (3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14), (15, 16, 17), (18, 19), (20,)
    ]  # fmt: skip
    assert not any("公开" in line.text and "年度" in line.text for table in tables for line in table.heading)


def test_sheets_split_by_columns_are_whole_again(shared: Path) -> None:
    tables = tables_of(shared, "sheet_split_columns_2023_final")
    assert [(table.pages, table.cols) for table in tables] == [
        ((2, 3), 4), ((4, 5), 7), ((6, 7), 7), ((8, 9, 10), 6),
        ((11, 12), 5), ((13, 14), 5), ((15, 16, 17), 12), ((18, 19), 5),
    ]  # fmt: skip
    header = {cell.text: cell for cell in tables[6].cells}
    assert header["公务用车购置及运行费"].col_span == 3
    assert {cell.page for cell in tables[6].cells if cell.row == 4} == {15, 16, 17}


def test_labels_taller_than_their_rows_keep_to_them(shared: Path) -> None:
    (table,) = (t for t in tables_of(shared, "sheet_no_borders_2024_final") if t.pages == (8, 9))
    assert {"二十一、灾害防治及应急管理支出", "二十三、地方政府专项债务还本支出"} <= {cell.text for cell in table.cells}


@pytest.mark.parametrize("text", ["第5页，共17页", "- 5 -", "—1 1—", "5/17", "第五页", "Page 3 of 9", "5"])
def test_a_page_number_is_known(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["公开05表", "合计", "1,234.50", "单位：万元", "表5", "附表"])
def test_what_is_no_page_number(text: str) -> None:
    assert not is_page_number(text)


def test_lines_that_meet_are_one_table_however_many_there_are() -> None:
    across = [Rule(50, 50 + 10 * row, 450, 50 + 10 * row) for row in range(1001)]
    down = [Rule(50 + 10 * col, 50, 50 + 10 * col, 10050) for col in range(41)]
    apart = [
        Rule(500 + x, 50 + 30 * k + y0, 500 + x, 50 + 30 * k + y1)
        for k in range(300)
        for x in (0, 20, 40)
        for y0, y1 in ((0, 20),)
    ]
    ends = [Rule(500, 50 + 30 * k + y, 540, 50 + 30 * k + y) for k in range(300) for y in (0, 20)]
    found = lattices_of(*lines_from([*across, *down, *apart, *ends]))
    assert sorted(grid.shape for grid in found) == [*[(1, 2)] * 300, (1000, 40)]
