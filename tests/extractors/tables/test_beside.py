"""Strips of a sheet whose pages break at other rows: further columns of the same rows, known by their labels."""

from dataclasses import replace

from extractors.tables.grid import Grid
from extractors.tables.split.beside import joined_beside
from schemas.records import Box, Cell, Table, TextLine

ROWS = (("", "合计", "30"), ("201", "行政运行", "10.5"), ("208", "离退休", "9.5"), ("221", "住房公积金", "10"))
HEAD = ("编码", "名称")


def drawn(*rows: tuple[str, ...], page: int = 1, title: str = "") -> Table:
    """A table of cells without spans; a row of one text is a cell over all columns."""
    cols = max(map(len, rows))
    cells = [
        Cell(at, col, 1, cols if len(row) == 1 else 1, text, page, Box(0, 0, 1, 1))
        for at, row in enumerate(rows, start=1)
        for col, text in enumerate(row, start=1)
    ]
    heading = (TextLine(title, page, Box(0, 0, 1, 1)),) if title else ()
    return Table(1, (page,), len(rows), cols, tuple(cells), heading)


def texts(table: Table) -> list[list[str]]:
    grid = Grid(table)
    return [[grid.text(row, col) for col in range(1, table.cols + 1)] for row in range(1, table.rows + 1)]


LEFT = drawn((*HEAD, "合计"), *ROWS, title="收入预算总表")
RIGHT = drawn((*HEAD, "其他收入"), *((*row[:2], "0") for row in ROWS), page=2)


def test_further_columns_of_the_same_rows_are_set_beside_them() -> None:
    (whole,) = joined_beside([LEFT, RIGHT])
    assert texts(whole) == [[*HEAD, "合计", "其他收入"], *([*row, "0"] for row in ROWS)]
    assert whole.pages == (1, 2)
    assert {cell.page for cell in whole.cells if cell.col == 4} == {2}


def test_headings_and_titles_printed_again_on_later_pages_are_no_rows() -> None:
    band, header = ("收入预算总表",), (*HEAD, "合计")
    left = drawn(band, header, *ROWS[:1], band, header, *ROWS[1:])
    right = drawn(band, (*HEAD, "其他收入"), *((*row[:2], "0") for row in ROWS), page=2)
    (whole,) = joined_beside([left, right])
    assert texts(whole)[0] == ["收入预算总表"] * 4
    assert texts(whole)[2:] == [[*row, "0"] for row in ROWS]


def test_headings_of_other_depths_end_above_the_same_row() -> None:
    deep = drawn(("编码", "名称", "小计"), ("", "", "其中"), *ROWS, title="收入预算总表")
    deep = replace(deep, cells=tuple(replace(c, row_span=2) if c.row == 1 and c.col < 3 else c for c in deep.cells))
    (whole,) = joined_beside([deep, RIGHT])
    assert texts(whole)[:3] == [
        ["编码", "名称", "小计", "其他收入"],
        ["编码", "名称", "其中", "其他收入"],
        [*ROWS[0], "0"],
    ]


def test_other_tables_stay_apart() -> None:
    others = (
        replace(RIGHT, heading=(TextLine("支出预算总表", 2, Box(0, 0, 1, 1)),)),
        drawn((*HEAD, "合计"), *ROWS, page=2),
        drawn((*HEAD, "其他收入"), *reversed(ROWS), page=2),
        drawn(("科目", "名称", "其他收入"), *ROWS, page=2),
    )
    for other in others:
        assert len(joined_beside([LEFT, other])) == 2
    assert [table.number for table in joined_beside([LEFT, RIGHT, others[0]])] == [1, 2]
