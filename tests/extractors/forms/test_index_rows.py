import pytest

from extractors.forms.header import is_index_row
from schemas.records import Box, Cell, Reader

BOX = Box(0, 0, 10, 10)


def row(texts: list[str], reader: Reader = "rapidocr") -> list[Cell]:
    return [Cell(4, at, 1, 1, text, 1, BOX, reader, 0.9) for at, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    "texts",
    [
        ["栏次", "1", "2"],
        ["1", "2", "3", "1", "5", "6", "7", "X", "9", "10", "11", "1:."],
        ["样次", "1", "2", "3", "4", "b", "6", "7"],
        ["档次", "7", "8", "9", "1O"],
    ],
)
def test_a_row_of_column_numbers_is_known_although_some_are_misread(texts: list[str]) -> None:
    assert is_index_row(row(texts))


@pytest.mark.parametrize(
    "texts",
    [
        ["合计", "0", "0", "0", "0"],
        ["教育支出", "1.5", "2.5", "3.5", "4.5"],
        ["2", "0", "5", "7"],
        ["类", "款", "项", "1"],
        ["合计", "行政运行", "3", "4", "5", "6"],
    ],
)
def test_amounts_and_labels_are_no_column_numbers(texts: list[str]) -> None:
    assert not is_index_row(row(texts))


def test_in_a_text_layer_no_number_is_misread() -> None:
    assert not is_index_row(row(["1", "2", "3", "x", "5", "6"], "pdfium"))


@pytest.mark.parametrize(
    "texts", [["**", "**", "1", "2", "3"], ["**", "1"], ["*", "*", "*", "1", "2"], ["＊＊", "1", "2", "3=1+2"]]
)
def test_stars_stand_where_labels_are_not_numbered(texts: list[str]) -> None:
    assert is_index_row(row(texts, "pdfium"))


@pytest.mark.parametrize("texts", [["**", "5", "7"], ["**", "**"], ["**", "合计", "1.00"], ["**", "12.50", "13.50"]])
def test_stars_beside_amounts_number_nothing(texts: list[str]) -> None:
    assert not is_index_row(row(texts, "pdfium"))
