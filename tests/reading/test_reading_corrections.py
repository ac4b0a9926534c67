from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from reading.document import read_document
from reading.sources import document_id
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.paper import Paper, PrintedTable
from samples.typeset import typeset
from schemas.corrections import read_corrections
from schemas.records import LineItem, Reading

FORM, CODE, MEASURE = "expenditure_by_function", "2080501", "total"
PAPER = example_paper("national", "final_accounts", seed=4)


def changed(paper: Paper, by: Decimal) -> Paper:
    """The paper with one amount of one form printed otherwise."""
    return replace(paper, blocks=tuple(_changed(block, by) if _is_form(block) else block for block in paper.blocks))


def _is_form(block: object) -> bool:
    return isinstance(block, PrintedTable) and block.form == FORM


def _changed(table: PrintedTable, by: Decimal) -> PrintedTable:
    (panel,) = table.panels
    lines = tuple(
        replace(line, amounts={**line.amounts, MEASURE: line.amounts[MEASURE] + by}) if line.code == CODE else line
        for line in panel.lines
    )
    return replace(table, panels=(replace(panel, lines=lines),))


def put_right(paper: Path, folder: Path, printed: str, right: str) -> None:
    """A folder of corrections with a misprint of that amount."""
    folder.mkdir()
    reading = read_document(paper)
    correction = {
        "place": {"page": amount(reading).page, "form": FORM, "code": CODE, "measure": MEASURE},
        "unit": "万元",
        "expect": printed,
        "printed": printed,
        "right": right,
        "reason": "misprint",
        "evidence": {"says": "更正公告", "url": "https://example.org/notice"},
    }
    entry = {
        "document_id": document_id(paper),
        "file_name": paper.name,
        "department": PAPER.department,
        "kind": "final_accounts",
        "fiscal_year": PAPER.year,
        "corrections": [correction],
    }
    (folder / "paper.yaml").write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")


def amount(reading: Reading) -> LineItem:
    (found,) = (i for i in reading.line_items if (i.form, i.code, i.measure) == (FORM, CODE, MEASURE))
    return found


def failing(reading: Reading) -> set[str]:
    return {check.check_id for check in reading.checks if check.verdict == "fails"}


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings if finding.code.startswith("correct")}


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that takes the place of the project's own corrections, once it is there."""
    folder = tmp_path / "corrections"
    own = read_corrections(tmp_path)
    monkeypatch.setattr(
        "extractors.items.corrections.corrections", lambda: read_corrections(folder) if folder.is_dir() else own
    )
    return folder


@pytest.fixture
def misprinted(tmp_path: Path) -> Path:
    """A paper whose publisher printed one amount 1 万元 too high."""
    paper = tmp_path / "misprinted.pdf"
    typeset(changed(PAPER, Decimal(10_000)), LAYOUTS["plain"], paper)
    return paper


def test_a_misprint_is_marked_until_it_is_put_right_beside_what_is_printed(misprinted: Path, known: Path) -> None:
    marked = read_document(misprinted)
    assert (amount(marked).printed, amount(marked).status) == ("107.45", "source_inconsistent")
    assert failing(marked)

    put_right(misprinted, known, "107.45", "106.45")
    mended = read_document(misprinted)
    item = amount(mended)
    assert (item.printed, item.amount, item.reader) == ("107.45", Decimal("1064500.00"), "correction")
    assert item.status == "proven"
    assert not failing(mended)
    assert codes(mended) == {"corrected"}
    assert mended.tables == marked.tables, "the cells keep what was read"


def test_a_wrong_correction_is_contradicted_and_the_second_reader_does_not_undo_it(tmp_path: Path, known: Path) -> None:
    paper = tmp_path / "sound.pdf"
    typeset(PAPER, LAYOUTS["plain"], paper)
    put_right(paper, known, "106.45", "160.45")
    item = amount(read_document(paper))
    assert (item.printed, item.amount, item.reader) == ("106.45", Decimal("1604500.00"), "correction")
    assert item.status == "contradicted"


def test_a_new_version_of_the_paper_is_not_corrected(tmp_path: Path, misprinted: Path, known: Path) -> None:
    put_right(misprinted, known, "107.45", "106.45")
    reissued = tmp_path / "reissued.pdf"
    typeset(changed(PAPER, Decimal(20_000)), LAYOUTS["plain"], reissued)
    reading = read_document(reissued)
    assert (amount(reading).printed, amount(reading).reader) == ("108.45", "pdfium")
    assert codes(reading) == {"correction_of_another_file"}


def test_a_correction_that_expects_another_reading_is_not_applied(misprinted: Path, known: Path) -> None:
    put_right(misprinted, known, "107.54", "106.45")
    reading = read_document(misprinted)
    assert (amount(reading).amount, amount(reading).reader) == (Decimal("1074500.00"), "pdfium")
    assert codes(reading) == {"correction_expectation_failed"}
