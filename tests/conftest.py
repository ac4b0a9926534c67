"""What every room's tests share: the real papers, when they are there, the project's own samples, and awkward files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from reading.running.limits import MIB, Limits
from reading.running.processes import DocumentProcesses
from schemas.silence import keep_silent
from tests import made_pdfs

keep_silent()  # before a test imports an engine of its own

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "samples" / "papers"
GOOD = "example_planning_2024_budget.pdf"


LONGEST = ("test_served_night.py", "test_flow_prefect.py")
"""Tests that wait for minutes to pass: begun last, they would keep one worker alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real papers, truths and code lists beside the project, or a skip that says it is absent."""
    if not (SHARED / "documents").is_dir():
        pytest.skip(f"the real papers are not here: no folder {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the committed sample papers."""
    return SAMPLES


@pytest.fixture(scope="session")
def good_paper() -> Path:
    """One sample paper."""
    return SAMPLES / GOOD


@pytest.fixture(scope="session")
def awkward(tmp_path_factory: pytest.TempPathFactory, good_paper: Path) -> Path:
    """A folder of files that cannot be read, each for another reason, and one that can."""
    folder = tmp_path_factory.mktemp("awkward")
    for make in (
        made_pdfs.empty,
        made_pdfs.text_named_pdf,
        made_pdfs.encrypted,
        made_pdfs.page_tree_in_a_circle,
        made_pdfs.object_stream_in_itself,
        made_pdfs.form_within_itself,
        made_pdfs.forms_nested_without_end,
    ):
        make(folder / f"{make.__name__}.pdf")
    made_pdfs.blank(folder / "pages_5000.pdf", pages=5_000)
    made_pdfs.blank(folder / "ten_metres.pdf", side=made_pdfs.TEN_METRES)
    made_pdfs.bomb(folder / "bomb.pdf", mebibytes=200)
    made_pdfs.cut_short(good_paper, folder / "cut_short.pdf")
    shutil.copy(good_paper, folder)
    return folder


@pytest.fixture(scope="session")
def processes() -> Iterator[DocumentProcesses]:
    """Two processes that all tests may call."""
    with DocumentProcesses(2, Limits(seconds=60, memory_bytes=384 * MIB)) as pool:
        yield pool


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium to open the site with (apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
