"""The second reader's word on amounts of a picture."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.scanner import OFFICE, scan
from extractors.pages.picture import alternatives as module
from extractors.pages.picture import tesseract
from extractors.pages.picture.alternatives import Reading
from reading.document import read_document
from reading.second_reader import SecondReader
from schemas.records import LineItem

SAMPLE = "zhuzhou_union_2023_final.pdf"


@pytest.fixture(scope="module")
def scanned(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scanned") / "scan.pdf"
    page = max(item.page for item in read_document(samples / SAMPLE).line_items if item.page < 9)
    scan(samples / SAMPLE, path, OFFICE, [1, page])
    return path


@pytest.fixture(scope="module")
def items(scanned: Path) -> Sequence[LineItem]:
    return [item for item in read_document(scanned).line_items if item.amount]


@pytest.mark.skipif(not tesseract.is_there(), reason="Tesseract with chi_sim is not installed")
def test_both_engines_read_the_amounts_of_an_office_scan_alike(scanned: Path, items: Sequence[LineItem]) -> None:
    with SecondReader(scanned, items) as again:
        words = {item.printed: again(item) for item in items}
    agreed = [
        printed for printed, others in words.items() if {other.printed for other in others if other.seen} == {printed}
    ]
    assert len(words) > 3
    assert 2 * len(agreed) > len(words)


def test_a_column_is_read_in_one_call_and_the_first_engine_alone_agrees_with_nobody(
    scanned: Path, items: Sequence[LineItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def seen(_picture: object, boxes: Sequence[object], *_: object) -> list[list[Reading]]:
        calls.append(len(boxes))
        return [[Reading("7.77", "tesseract", 0.9), Reading(items[0].printed, "rapidocr", 0.8)] for _ in boxes]

    monkeypatch.setattr(module, "alternatives", seen)
    column = [i for i in items if (i.table_no, i.page, i.measure) == _place(items[0])]
    with SecondReader(scanned, items) as again:
        others = [again(item) for item in column]
    assert calls == [len({(i.x0, i.y0) for i in column})]
    assert [(each.printed, each.reader) for each in others[0]] == [("7.77", "tesseract")]
    assert others[0][0].amount == Decimal("7.77") * items[0].amount / Decimal(items[0].printed.replace(",", ""))


def _place(item: LineItem) -> tuple[int | None, int, str]:
    return item.table_no, item.page, item.measure


def test_what_a_person_read_is_not_read_again(scanned: Path, items: Sequence[LineItem]) -> None:
    with SecondReader(scanned, items) as again:
        assert again(replace(items[0], reader="correction")) == ()


@pytest.mark.parametrize("error", [TypeError("'NoneType' object is not iterable"), KeyError("W"), RecursionError()])
def test_a_second_reader_that_gives_up_on_a_damaged_file_says_nothing(
    error: Exception, good_paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractors.pages import plumber  # noqa: PLC0415

    def gives_up(*_: object) -> None:
        raise error

    items = read_document(good_paper).line_items
    monkeypatch.setattr(plumber.pdfplumber, "open", gives_up)
    with SecondReader(good_paper, items) as again:
        assert again(items[0]) == ()
