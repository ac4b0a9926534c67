from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest

from extractors.pages.overlays.canvas import Canvas, Image, Piece, text_width, with_caption
from extractors.pages.overlays.caption import MOST_FINDINGS, caption
from extractors.pages.overlays.marks import MEASURE_COLOURS, STATUS_COLOURS, marks_of
from extractors.pages.overlays.overlay import BAR_POINTS, HEADING, LOUD, draw_overlays
from extractors.pages.overlays.page_picture import DPI, MOST_PIXELS
from reading.document import read_document
from schemas.records import Box, Finding, LineItem, Reading, Status

PAPER = Path(__file__).parents[3] / "samples" / "papers" / "example_planning_2024_budget.pdf"
SCALE = DPI / 72


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_document(PAPER)


@pytest.fixture(scope="module")
def pictures(reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return draw_overlays(PAPER, reading, tmp_path_factory.mktemp("pages") / "new")


def opened(path: Path) -> Image:
    return np.asarray(cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR), np.uint8)


def page_part(path: Path, page: int) -> Image:
    """The picture below its caption: as high as the page."""
    with pypdfium2.PdfDocument(PAPER) as document:
        height = round(document[page - 1].get_height() * SCALE + 0.49)
    return opened(path)[-height:]


def colour_at(picture: Image, x: float, y: float) -> tuple[int, ...]:
    """Red, green, blue at a place in points."""
    return tuple(int(value) for value in picture[round(y * SCALE), round(x * SCALE)][::-1])


def ground(picture: Image, item: LineItem) -> tuple[int, ...]:
    """The colour that most of an amount's cell has."""
    x0, y0, x1, y1 = (round(value * SCALE) for value in (item.x0, item.y0, item.x1, item.y1))
    colours, counts = np.unique(picture[y0:y1, x0:x1].reshape(-1, 3), axis=0, return_counts=True)
    return tuple(int(value) for value in colours[counts.argmax()][::-1])


def items_by_page(reading: Reading) -> Iterator[tuple[int, list[LineItem]]]:
    for page in sorted({item.page for item in reading.line_items}):
        yield page, [item for item in reading.line_items if item.page == page]


def test_there_is_a_picture_of_each_page_that_names_it(reading: Reading, pictures: list[Path]) -> None:
    assert [path.name for path in pictures] == [f"{n:06}_cells.png" for n in range(1, 25)]
    assert reading.document.page_count == len(pictures)
    assert all(opened(path).shape[2] == 3 for path in pictures)


def test_every_amount_is_tinted_by_its_measure_and_barred_by_its_status(reading: Reading, pictures: list[Path]) -> None:
    for page, items in items_by_page(reading):
        picture = page_part(pictures[page - 1], page)
        for item in items:
            assert ground(picture, item) in MEASURE_COLOURS, item
            assert colour_at(picture, item.x0 + BAR_POINTS / 2, item.y0 + 5) == STATUS_COLOURS[item.status]


def test_a_measure_keeps_its_colour_and_measures_of_a_table_differ(reading: Reading) -> None:
    colours: dict[tuple[int, str], set[object]] = {}
    for page, _ in items_by_page(reading):
        for table in marks_of(reading, page).tables:
            for mark in table.amounts:
                colours.setdefault((table.table.number, mark.measure), set()).add(mark.colour)
    assert all(len(seen) == 1 for seen in colours.values())
    of_one_table = [seen.copy().pop() for (number, _), seen in colours.items() if number == 1]
    assert len(set(of_one_table)) == len(of_one_table)


@pytest.mark.parametrize("status", STATUS_COLOURS)
def test_each_status_has_its_colour(status: Status, reading: Reading, tmp_path: Path) -> None:
    item = replace(reading.line_items[0], status=status)
    path = draw_overlays(PAPER, replace(reading, line_items=(item,)), tmp_path)[item.page - 1]
    picture = page_part(path, item.page)
    assert colour_at(picture, item.x0 + 1, item.y0 + 5) == STATUS_COLOURS[status]
    framed = colour_at(picture, (item.x0 + item.x1) / 2, item.y1 - 2 / SCALE) == STATUS_COLOURS[status]
    assert framed == (status in LOUD)


def test_the_lines_that_declare_title_unit_and_department_are_marked(reading: Reading, pictures: list[Path]) -> None:
    table = next(table for table in reading.tables if table.declared.form == "expenditure_by_use")
    (marks,) = marks_of(reading, table.pages[0]).tables
    titles = [line.box for line in table.heading if "支出预算总表" in line.text.replace(" ", "")]
    units = [line.box for line in table.heading if "万元" in line.text]
    assert {titles[-1], units[-1]} <= marks.headings
    picture = page_part(pictures[table.pages[0] - 1], table.pages[0])
    box = titles[-1]
    assert colour_at(picture, box.x0 + 0.5, box.y0 + 0.5) == HEADING


def test_print_stays_as_dark_as_it_was() -> None:
    image = np.full((40, 40, 3), 255, np.uint8)
    image[10:20, 10:20] = 0
    Canvas(image, 1).tint(Box(0, 0, 40, 40), (200, 100, 50))
    assert image[15, 15].tolist() == [0, 0, 0]
    assert image[5, 5].tolist() == [50, 100, 200]


def test_boxes_beyond_the_page_are_cut_at_its_edge() -> None:
    image = np.full((60, 90, 3), 255, np.uint8)
    canvas = Canvas(image, 1)
    canvas.tint(Box(-10, -10, 200, 5), (0, 0, 0))
    canvas.badge("表1", Box(-5, 10, 10, 30), (1, 2, 3))
    assert image[3, 80].tolist() == [0, 0, 0]
    assert image[12, 1].tolist() == [3, 2, 1]
    assert image[50, 80].tolist() == [255, 255, 255]


def test_a_page_turned_by_its_dictionary_is_drawn_as_it_is_read(reading: Reading, tmp_path: Path) -> None:
    turned = tmp_path / "turned.pdf"
    with pikepdf.open(PAPER) as pdf:
        for page in pdf.pages:
            page.rotate(90, relative=True)
        pdf.save(turned)
    again = read_document(turned)
    assert [item.printed for item in again.line_items] == [item.printed for item in reading.line_items]
    item = again.line_items[0]
    pictures = draw_overlays(turned, again, tmp_path / "out")
    upright = opened(pictures[item.page - 1])
    below = upright[-page_part(tmp_path / "out" / pictures[item.page - 1].name, item.page).shape[0] :]
    assert ground(below, item) in MEASURE_COLOURS


def test_a_very_large_page_is_drawn_smaller(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(14_000, 300))
    pdf.save(large)
    (picture,) = draw_overlays(large, read_document(large), tmp_path)
    assert opened(picture).shape[1] in range(MOST_PIXELS - 2, MOST_PIXELS + 2)


def test_a_finding_is_shown_on_its_cell_and_told_in_the_caption(reading: Reading) -> None:
    table = reading.tables[0]
    cell = next(cell for cell in table.cells if cell.row == 3)
    found = Finding("odd_code", "什么[b]", None, table.number, cell.row, cell.col)
    marks = marks_of(replace(reading, findings=(found,)), table.pages[0])
    assert marks.tables[0].troubled == (cell.box,)
    assert [piece.text for piece in caption(marks, 24)[-1]] == ["! 表1 odd_code: 什么[b]"]
    assert marks_of(replace(reading, findings=(found,)), table.pages[0] + 1).findings == ()


def test_the_caption_says_what_was_recognised_and_does_not_run_on(reading: Reading) -> None:
    page = reading.tables[0].pages[0]
    many = tuple(Finding("odd", "x" * 500, page) for _ in range(MOST_FINDINGS + 3))
    lines = [
        "".join(piece.text for piece in line) for line in caption(marks_of(replace(reading, findings=many), page), 24)
    ]
    assert "第 3 页，共 24 页 / page 3 of 24" in lines[0]
    assert str(reading.tables[0].declared.form) in lines[1]
    assert "金额 amount" in lines[2]
    assert lines[-1] == "… 另有 3 处 / and 3 more findings"
    assert max(map(len, lines[4:])) < 80


def test_a_long_caption_is_wrapped_between_its_pieces() -> None:
    image = np.full((10, 200, 3), 255, np.uint8)
    piece = Piece("收入支出总表")
    assert text_width(piece.text, piece.style) < 200 < 3 * text_width(piece.text, piece.style)
    one, three = with_caption(image, [[piece]]), with_caption(image, [[piece] * 3])
    assert one.shape[0] < three.shape[0]
    assert one.shape[1] == three.shape[1] == 200
