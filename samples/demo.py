"""What `make run` shows: the sample papers, and beside them a department over two years, a misprint and a scan."""

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.paper import Cover, Line, Paper, PrintedTable
from samples.portal.publications import Publication, publication, publications
from samples.typeset import typeset
from schemas.records import Kind

DEPARTMENT = "示例市示例区交通运输局"
"""Its final accounts for 2024 are among the committed papers."""
LAYOUT = "horizontal"
OFF_BY = Decimal(270_000)
"""By how many yuan the misprint is off."""
SCAN_DPI, SCAN_DEGREES, SCAN_QUALITY = 200, 0.3, 70
SCANNED_FORMS = ("expenditure_by_function", "general_budget_by_function")
A_DAY = time.struct_time((2024, 9, 20, 12, 0, 0, 4, 264, 0))
"""When the scan says it was made: the same pixels give the same bytes on any day."""


@cache
def demo_publications() -> tuple[Publication, ...]:
    """Everything that the demo's portals publish."""
    return (*publications(), *_two_years(), _scan())


def _two_years() -> Iterator[Publication]:
    """The department's other papers: two budgets, and last year's final accounts with a misprint."""
    papers: tuple[tuple[int, Kind, int], ...] = (
        (2024, "budget", 14),
        (2023, "budget", 13),
        (2023, "final_accounts", 3),
    )
    for year, kind, seed in papers:
        paper = example_paper("national", kind, seed=seed, year=year, department=DEPARTMENT)
        if kind == "final_accounts":
            paper = misprinted(paper, "general_budget_by_function", OFF_BY)
        yield publication(DEPARTMENT, year, kind, _typeset(paper))


def misprinted(paper: Paper, form: str, off_by: Decimal) -> Paper:
    """The paper with one amount of a form printed wrong: the project expenditure of its last row that has some."""
    blocks = tuple(
        _with_misprint(block, off_by) if isinstance(block, PrintedTable) and block.form == form else block
        for block in paper.blocks
    )
    return replace(paper, blocks=blocks)


def _with_misprint(table: PrintedTable, off_by: Decimal) -> PrintedTable:
    panel = table.panels[0]
    at = max(number for number, line in enumerate(panel.lines) if line.code and line.amounts.get("project"))
    line = panel.lines[at]
    wrong: Line = replace(line, amounts={**line.amounts, "project": (line.amounts["project"] or Decimal(0)) + off_by})
    lines = (*panel.lines[:at], wrong, *panel.lines[at + 1 :])
    return replace(table, panels=(replace(panel, lines=lines), *table.panels[1:]))


def _scan() -> Publication:
    """A paper of which the portal has a scan alone: its cover and two forms."""
    department = "示例市示例区教育局"
    paper = example_paper("national", "final_accounts", seed=8, year=2024, department=department)
    kept = tuple(
        block
        for block in paper.blocks
        if isinstance(block, Cover) or (isinstance(block, PrintedTable) and block.form in SCANNED_FORMS)
    )
    return publication(department, 2024, "final_accounts", scanned(_typeset(replace(paper, blocks=kept))))


def scanned(pdf: bytes) -> bytes:
    """A PDF of the pages' pictures, a little askew and without any text."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [_picture(page) for page in document]
    finally:
        document.close()
    written = io.BytesIO()
    pictures[0].save(
        written,
        "PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=SCAN_DPI,
        quality=SCAN_QUALITY,
        creationDate=A_DAY,
        modDate=A_DAY,
    )
    return written.getvalue()


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    picture: Image.Image = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil().convert("L")
    page.close()
    return picture.rotate(SCAN_DEGREES, resample=Image.Resampling.BICUBIC, fillcolor=255)


def _typeset(paper: Paper) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        typeset(paper, LAYOUTS[LAYOUT], path)
        return path.read_bytes()
