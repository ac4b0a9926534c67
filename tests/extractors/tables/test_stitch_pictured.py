"""Pages of one table that were photographed from nearer and further."""

import pytest

from extractors.tables.layout import PageLayout, PageTable
from extractors.tables.stitch import stitched
from schemas.records import Box, Cell, Reader

TEXTS = [["项目", "金额", "比例"], ["基本支出", "12.50", "3.00"]]


def page(number: int, xs: tuple[float, ...], reader: Reader) -> PageLayout:
    cells = tuple(
        Cell(
            page=number,
            row=row + 1,
            col=col + 1,
            row_span=1,
            col_span=1,
            text=text,
            box=Box(xs[col], 100 + 20 * row, xs[col + 1], 120 + 20 * row),
            reader=reader,
            confidence=1.0,
        )
        for row, texts in enumerate(TEXTS)
        for col, text in enumerate(texts)
    )
    table = PageTable(number, Box(xs[0], 100, xs[-1], 140), xs, 2, cells, ruled=True)
    return PageLayout(number, (table,), ())


@pytest.mark.parametrize(("reader", "tables"), [("rapidocr", 1), ("pdfium", 2)])
def test_a_picture_from_nearer_goes_on_with_its_table(reader: Reader, tables: int) -> None:
    xs = (50.0, 250.0, 400.0, 550.0)
    nearer = tuple(30 + 1.06 * x for x in xs)
    found = stitched([page(1, xs, reader), page(2, nearer, reader)])
    assert len(found) == tables
    assert [cell.col for cell in found[-1].cells if cell.page == 2] == [1, 2, 3] * 2


def test_other_columns_on_a_picture_are_another_table() -> None:
    found = stitched(
        [page(1, (50.0, 250.0, 400.0, 550.0), "rapidocr"), page(2, (50.0, 150.0, 400.0, 570.0), "rapidocr")]
    )
    assert len(found) == 2
