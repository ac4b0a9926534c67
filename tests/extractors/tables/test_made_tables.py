"""Tables drawn at random come back cell by cell."""

from pathlib import Path

import pytest

from extractors.pages.pdfium import open_pdf, read_pages
from extractors.tables.layout import PageLayout, layout_of
from extractors.tables.split.sideways import whole_sheets
from extractors.tables.stitch import stitched
from extractors.tables.vocabulary import Vocabulary
from schemas.records import Table
from tests.extractors.tables.drawing import draw
from tests.extractors.tables.made_tables import Paper, Row, made_paper
from tests.kinds import one_in

SEEDS = range(200)


@pytest.mark.parametrize("seed", one_in(5, SEEDS))
def test_made_tables_come_back(seed: int, tmp_path: Path) -> None:
    paper = made_paper(seed)
    truth = draw(paper, tmp_path / "paper.pdf")
    assert read(tmp_path / "paper.pdf", paper) == truth


def read(path: Path, paper: Paper) -> list[tuple[Row, ...]]:
    """The cells of all tables of a paper."""
    with open_pdf(path) as pdf:
        pages = list(read_pages(pdf))
    vocabulary = Vocabulary(is_heading=lambda text: text in paper.vocabulary)
    layouts: list[PageLayout] = []
    for page in pages:
        layouts.append(layout_of(page, layouts[-1] if layouts else None, vocabulary))
    return [cells_of(table) for table in stitched(whole_sheets(pages, layouts, vocabulary))]


def cells_of(table: Table) -> tuple[Row, ...]:
    """The cells of a table as rows of texts."""
    grid = [["?"] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        for i in range(cell.row_span):
            for j in range(cell.col_span):
                grid[cell.row - 1 + i][cell.col - 1 + j] = ">" if j else "^" if i else cell.text
    return tuple(map(tuple, grid))
