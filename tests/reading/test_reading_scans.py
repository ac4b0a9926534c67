"""Scanned papers down the whole line, in document processes with their limits."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest

from benchmarks.scanner import OFFICE, scan
from extractors.pages import ocr
from extractors.pages.errors import OcrMissingError
from reading import work
from reading.document import read_document
from reading.pictures import draw_all
from reading.running.limits import Limits
from reading.running.outcomes import Outcome
from reading.running.processes import DocumentProcesses
from reading.running.runner import read
from reading.sources import find
from schemas.records import LineItem, Reading
from tests.kinds import one_in

SAMPLE = "zhuzhou_union_2023_final.pdf"
HARD = {"scan_120dpi_20p": 4, "scan_300dpi_4p": 1, "text_layer_garbage": 1}
"""A page of each that is quickly read."""


@pytest.fixture(scope="module")
def scanning() -> Iterator[DocumentProcesses]:
    with DocumentProcesses(1, Limits()) as pool:
        yield pool


@pytest.fixture(scope="module")
def printed(samples: Path) -> Reading:
    return read_document(samples / SAMPLE)


def amounts(items: tuple[LineItem, ...]) -> Counter[tuple[object, ...]]:
    return Counter((i.form, i.side, i.line, i.code, i.name, i.measure, i.amount, i.unit, i.page) for i in items)


@pytest.fixture(scope="module")
def mixed(samples: Path, printed: Reading, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with every other page of its forms scanned, so that tables run from text to picture and back."""
    folder = tmp_path_factory.mktemp("mixed")
    scanned = sorted({item.page for item in printed.line_items})[1::2]
    scan(samples / SAMPLE, folder / "scanned.pdf", OFFICE, scanned)
    with pikepdf.open(samples / SAMPLE) as paper, pikepdf.open(folder / "scanned.pdf") as pictures:
        for picture, number in zip(pictures.pages, scanned, strict=True):
            paper.pages[number - 1] = picture
        paper.save(folder / "mixed.pdf")
    return folder / "mixed.pdf"


@pytest.fixture(scope="module")
def mixed_outcome(
    mixed: Path, scanning: DocumentProcesses, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Outcome, Reading]:
    folder = tmp_path_factory.mktemp("out")
    outcome = read(find([mixed]).sources[0], folder, scanning)
    return outcome, work.kept(outcome.document_id, folder)


def test_a_paper_of_text_and_pictures_says_what_the_text_says(
    printed: Reading, mixed_outcome: tuple[Outcome, Reading]
) -> None:
    outcome, reading = mixed_outcome
    assert (outcome.status, outcome.reason) == ("read", None)
    assert reading.document.has_text_layer
    assert amounts(reading.line_items) == amounts(printed.line_items)
    pictured = {finding.page for finding in reading.findings if finding.code == "page_read_from_picture"}
    assert {i.page for i in reading.line_items if i.reader == "rapidocr"} <= pictured
    assert {i.page for i in reading.line_items if i.reader == "pdfium"}.isdisjoint(pictured)
    assert pictured


@pytest.mark.parametrize("name", one_in(3, [*HARD], 1))
def test_a_hard_scan_is_read(name: str, shared: Path, tmp_path: Path, scanning: DocumentProcesses) -> None:
    with pikepdf.open(shared / "documents" / "hard" / f"{name}.pdf") as paper:
        del paper.pages[HARD[name] :]
        del paper.pages[: HARD[name] - 1]
        paper.save(tmp_path / f"{name}.pdf")
    outcome = read(find([tmp_path]).sources[0], tmp_path / "out", scanning)
    assert (outcome.status, outcome.reason) == ("read", "no_form_recognised")


def test_a_paper_that_is_cut_off_is_damaged(shared: Path, tmp_path: Path, scanning: DocumentProcesses) -> None:
    cut = shared / "documents" / "hard" / "truncated.pdf"
    assert (read(find([cut]).sources[0], tmp_path, scanning).reason or "").startswith("damaged_pdf: ")


def test_without_the_engine_a_scan_needs_ocr_and_says_which_pages(
    mixed: Path, printed: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise OcrMissingError("No module named 'rapidocr'")

    monkeypatch.setattr(ocr, "_as_picture", missing)
    reading = read_document(mixed)
    pages = [finding.page for finding in reading.findings if finding.code == "page_needs_ocr"]
    assert reading.document.status == "needs_ocr"
    assert reading.document.status_reason == "ocr_missing: " + ", ".join(map(str, pages))
    read_from = {item.page for item in reading.line_items}
    assert read_from
    assert read_from <= {item.page for item in printed.line_items} - set(pages)


def test_each_step_of_a_picture_is_kept_and_cells_are_drawn_upright(
    tmp_path: Path, samples: Path, scanning: DocumentProcesses
) -> None:
    turned = tmp_path / "turned.pdf"
    scan(samples / SAMPLE, turned, OFFICE, [12])
    with pikepdf.open(turned, allow_overwriting_input=True) as paper:
        paper.pages[0].rotate(90, relative=True)
        paper.save(turned)
    sources = find([turned]).sources
    outcome = read(sources[0], tmp_path / "work", scanning)
    assert outcome.forms
    assert [error for _, error in draw_all(sources, tmp_path / "work", tmp_path / "pages", scanning)] == [None]
    drawn = {path.name for path in (tmp_path / "pages" / "turned").iterdir()}
    steps = ("rendered", "without_seals", "evened", "level", "rules", "clean", "cells")
    assert drawn == {f"000001_{step}.png" for step in steps}
    overlay, level = (
        cv2.imdecode(np.fromfile(tmp_path / "pages" / "turned" / f"000001_{step}.png", np.uint8), cv2.IMREAD_GRAYSCALE)
        for step in ("cells", "level")
    )
    assert overlay.shape[1] / 110 == pytest.approx(level.shape[1] / 200, abs=0.02)
