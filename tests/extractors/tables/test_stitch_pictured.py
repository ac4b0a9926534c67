"""Pages of one table that were photographed from nearer and further."""

import pytest

from extractors.tables.layout import PageLayout, PageTable
from extractors.tables.stitch import stitched
from schemas.records import Box, Cell, Reader, TextLine

TEXTS = [["项目", "金额", "比例"], ["基本支出", "12.50", "3.00"]]


XS = (50.0, 250.0, 400.0, 550.0)


def page(number: int, xs: tuple[float, ...], reader: Reader, above: str = "") -> PageLayout:
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
    lines = (TextLine(above, number, Box(60, 80, 160, 92)),) if above else ()
    return PageLayout(number, (table,), lines)


@pytest.mark.parametrize(("reader", "tables"), [("rapidocr", 1), ("pdfium", 2)])
def test_a_picture_from_nearer_goes_on_with_its_table(reader: Reader, tables: int) -> None:
    nearer = tuple(30 + 1.06 * x for x in XS)
    found = stitched([page(1, XS, reader), page(2, nearer, reader)])
    assert len(found) == tables
    assert [cell.col for cell in found[-1].cells if cell.page == 2] == [1, 2, 3] * 2


def test_other_columns_on_a_picture_are_another_table() -> None:
    found = stitched([page(1, XS, "rapidocr"), page(2, (50.0, 150.0, 400.0, 570.0), "rapidocr")])
    assert len(found) == 2


@pytest.mark.parametrize(
    ("reader", "above", "tables"),
    [("rapidocr", "388688388665", 1), ("rapidocr", "支出决算表", 2), ("pdfium", "388688388665", 2)],
)
def test_what_is_no_word_above_a_table_on_a_picture_parts_nothing(reader: Reader, above: str, tables: int) -> None:
    assert len(stitched([page(1, XS, reader), page(2, XS, reader, above)])) == tables
