"""Labels of two lines in rows too low for them, and marks that are no lines of their own."""

import pytest

from extractors.tables.cells import cells_of, sorted_into
from extractors.tables.lattice import lattices_of, lines_from
from extractors.tables.lines import text_of
from extractors.tables.ruled.refine import refined
from schemas.records import Box, Page, Rule, Word

SIZE = 8.0


def word(text: str, x: float, middle: float, size: float = SIZE) -> Word:
    return Word(text, Box(x, middle - size / 2, x + size * len(text), middle + size / 2))


def table(tops: list[float], words: list[Word], cols: tuple[float, ...] = (0, 100, 160)) -> list[list[str]]:
    rules = [Rule(cols[0], y, cols[-1], y) for y in tops] + [Rule(x, tops[0], x, tops[-1]) for x in cols]
    page = Page(1, 200, tops[-1] + 50, tuple(words), tuple(rules), "pdfium")
    (lattice,) = lattices_of(*lines_from(page.rules))
    grid, sheaf = refined(lattice, sorted_into(lattice, page.words))
    texts = {(cell.row, cell.col): cell.text for cell in cells_of(grid, sheaf, page)}
    return [[texts[i + 1, j + 1] for j in range(grid.shape[1])] for i in range(grid.shape[0])]


LOW = [0, 12, 20, 32]
AMOUNTS = [word("1.00", 110, 6), word("2.00", 110, 16), word("3.00", 110, 26)]


def test_a_label_of_two_lines_in_a_low_row_stays_there() -> None:
    labels = [word("行政运行", 4, 4), word("一般公共", 4, 11.5), word("服务支出", 4, 20.5), word("教育支出", 4, 28.5)]
    assert table(LOW, [*labels, *AMOUNTS]) == [["行政运行", "1.00"], ["一般公共服务支出", "2.00"], ["教育支出", "3.00"]]


def test_its_neighbours_may_be_blank() -> None:
    labels = [word("一般公共", 4, 11.5), word("服务支出", 4, 20.5)]
    assert table(LOW, [*labels, *AMOUNTS]) == [["", "1.00"], ["一般公共服务支出", "2.00"], ["", "3.00"]]


def test_the_second_line_may_be_all_that_has_no_room() -> None:
    labels = [word("一般公共", 4, 5), word("服务支出", 4, 13.5)]
    assert table(LOW, [*labels, *AMOUNTS]) == [["一般公共服务支出", "1.00"], ["", "2.00"], ["", "3.00"]]


def test_a_table_whose_texts_all_stand_high_is_read_row_by_row() -> None:
    texts = [word("教育支出", 4, 10.5), word("1.00", 110, 10.5), word("其他支出", 4, 20.5), word("2.00", 110, 20.5)]
    assert table([0, 10, 20, 30], texts) == [["", ""], ["教育支出", "1.00"], ["其他支出", "2.00"]]


@pytest.mark.parametrize(
    "mark", [Word("一", Box(4, 15, 12, 16)), Word("－", Box(4, 14, 12, 15)), Word("一", Box(4, 17, 12, 18))]
)
def test_a_low_mark_stands_on_its_line(mark: Word) -> None:
    assert text_of([word("般公共服务", 12, 16), mark, word("支出", 4, 26)]) == f"{mark.text}般公共服务支出"


def test_a_letter_alone_on_its_line_goes_on_with_its_cell() -> None:
    assert text_of([word("行政单位离退", 4, 10), word("休", 40, 20)]) == "行政单位离退休"
