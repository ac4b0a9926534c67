"""One figure broken over the lines of its cell, or several figures stacked there: what the table itself tells."""

import pytest

from extractors.tables.cells import cells_of, sorted_into
from extractors.tables.lattice import lattices_of, lines_from
from extractors.tables.ruled.refine import refined
from schemas.records import Box, Page, Rule, Word

SIZE, ROW, COLUMN = 8.0, 24.0, 60.0
PITCH = 9.0


def printed(rows: list[list[str]], *, ruled_rows: bool = True, heights: list[float] | None = None) -> list[list[str]]:
    """The cells' texts of a table drawn row by row; `/` breaks a line, texts stand to the right of their cells."""
    heights = heights or [ROW] * len(rows)
    tops = [sum(heights[:at]) for at in range(len(rows) + 1)]
    cols = len(rows[0])
    across = tops if ruled_rows else [tops[0], tops[-1]]
    rules = [Rule(0, y, COLUMN * cols, y) for y in across]
    rules += [Rule(x * COLUMN, 0, x * COLUMN, tops[-1]) for x in range(cols + 1)]
    words = [
        word
        for top, height, row in zip(tops, heights, rows, strict=False)
        for col, text in enumerate(row)
        for word in stacked(text.split("/"), (col + 1) * COLUMN - 2, top + height / 2)
    ]
    page = Page(1, COLUMN * cols + 20, tops[-1] + 20, tuple(words), tuple(rules), "pdfium")
    (lattice,) = lattices_of(*lines_from(page.rules))
    grid, sheaf = refined(lattice, sorted_into(lattice, page.words))
    texts = {(cell.row, cell.col): cell.text for cell in cells_of(grid, sheaf, page)}
    return [[texts.get((i + 1, j + 1), "^") for j in range(grid.shape[1])] for i in range(grid.shape[0])]


def stacked(lines: list[str], right: float, middle: float) -> list[Word]:
    top = middle - len(lines) * PITCH / 2
    return [
        Word(text, Box(right - width(text), top + at * PITCH, right, top + at * PITCH + SIZE))
        for at, text in enumerate(lines)
        if text
    ]


def width(text: str) -> float:
    return sum(SIZE if ord(letter) > 255 else SIZE / 2 for letter in text)


PLAIN = [["行政运行", "1,000.00", "900.00"], ["住房公积金", "120.00", "20.50"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1,234.5/6", "1,234.56"),
        ("576,171.1/1", "576,171.11"),
        ("143,999.0/0", "143,999.00"),
        ("1,234./56", "1,234.56"),
        ("1,234/.56", "1,234.56"),
        ("12,3/45.67", "12,345.67"),
        ("123,456,/789.01", "123,456,789.01"),
        ("123,/456,/789.01", "123,456,789.01"),
        ("-1,234.5/6", "-1,234.56"),
        ("(1,234.5/6)", "(1,234.56)"),
        ("１，２３４．５/６", "１，２３４．５６"),
    ],
)
def test_a_broken_amount_is_one(cell: str, text: str) -> None:
    table = printed([*PLAIN, ["一般公共/服务支出", cell, "234.56"]])
    assert table[2] == ["一般公共服务支出", text, "234.56"]
    assert len(table) == 3


def test_several_rows_of_a_table_may_be_broken() -> None:
    broken = [["教育支出", "1,234.5/6", "8,765.4/3"], ["其他支出", "4,321.0/0", "12.00"]]
    table = printed([*PLAIN, *broken, ["合计", "5,555.5/6", "8,777.4/3"]])
    assert table[2:] == [
        ["教育支出", "1,234.56", "8,765.43"],
        ["其他支出", "4,321.00", "12.00"],
        ["合计", "5,555.56", "8,777.43"],
    ]


def test_amounts_are_broken_where_rows_have_no_rules_between_them() -> None:
    rows = [*PLAIN, ["教育支出", "1,234.5/6", "12.00"], ["其他支出", "4,321.00", "12.00"]]
    table = printed(rows, ruled_rows=False)
    assert table == [
        ["行政运行", "1,000.00", "900.00"],
        ["住房公积金", "120.00", "20.50"],
        ["教育支出", "1,234.56", "12.00"],
        ["其他支出", "4,321.00", "12.00"],
    ]


@pytest.mark.parametrize("second", ["34.00", "6", "6.00"])
def test_figures_that_stand_beside_one_another_are_rows(second: str) -> None:
    table = printed([*PLAIN, ["教育支出/其他支出", f"1,234.5/{second}", "12.00/13.00"]])
    assert [row[1:] for row in table[2:]] == [["1,234.5", "12.00"], [second, "13.00"]]


@pytest.mark.parametrize("cell", ["12.34/56.78", "1,000.00/2,000.00"])
def test_whole_figures_above_one_another_are_never_one(cell: str) -> None:
    table = printed([*PLAIN, ["教育支出", cell, "12.00"]])
    assert [row[1] for row in table[2:]] == cell.split("/")


@pytest.mark.parametrize("cell", ["1,234.56/7", "12.5/6"])
def test_what_nothing_tells_is_no_amount(cell: str) -> None:
    """The table prints two decimals, so that 1,234.567 is none of its figures and 7 no row of it either."""
    table = printed([["行政运行", "1,000.0", "9.00"], ["公积金", "120.00", "2.5"], ["教育支出", cell, "12.00"]])
    assert table[2][1] == cell.replace("/", " ")


def test_column_numbers_above_amounts_are_no_thousands() -> None:
    rows = [["栏次", "5", "6"], ["合计", "1,234.56", "2,345.67"], ["教育支出", "234.56", "345.67"]]
    assert printed(rows, ruled_rows=False, heights=[9, 9, 9]) == rows


def test_codes_above_one_another_are_rows() -> None:
    rows = [["201", "行政运行", "12.00"], ["20103", "教育支出", "13.00"], ["2010301", "其他支出", "14.00"]]
    assert printed(rows, ruled_rows=False) == rows
