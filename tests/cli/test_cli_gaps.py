"""`gongkai gaps`: what was printed and not understood, by wording over all papers, most amounts first."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from publish.store.release import publish_release
from publish.tables.dataset_files import write_dataset
from reading import work
from reading.document import read_document
from reading.questions.gap_sources import seen_in_papers, seen_in_tables
from reading.questions.gaps import CODES, Seen, gaps, wording
from schemas.findings import known_findings
from schemas.records import Finding, Reading


def seen(code: str, detail: str, paper: str = "a", page: int = 3, rows: int | None = None) -> Seen:
    return Seen(code, detail, paper * 64, f"{paper}.pdf", "某某局", page, rows)


def told(found: list[Seen]) -> list[tuple[Any, ...]]:
    return [
        (gap.code, gap.wording, gap.amounts, gap.papers, gap.example.file_name, gap.example.page) for gap in gaps(found)
    ]


def test_every_gap_is_a_known_finding() -> None:
    assert set(CODES) <= set(known_findings())


@pytest.mark.parametrize(
    ("code", "detail", "expected"),
    [
        ("unknown_heading", "2024年预算/其中：债券: 1,234.50", "#年预算/其中:债券"),
        ("unrecognised_table", "某某局2025年收支平衡表: 36 amounts", "#年收支平衡表"),
        ("unrecognised_table", "某某局: 36 amounts", "某某局"),
        ("heading_twice", "小计: total", "小计: total"),
        ("unknown_label", "three_public: 其他费用", "three_public: 其他费用"),
        ("text_in_money_cell", "three_public: 1,234.5 （约）", "three_public: #(约)"),
    ],
)
def test_a_wording_is_alike_whatever_the_paper(code: str, detail: str, expected: str) -> None:
    assert wording(seen(code, detail)) == expected


def test_what_costs_most_comes_first_with_its_first_page() -> None:
    found = [
        seen("unknown_heading", "债券: 1.00", "b", 9),
        seen("unknown_heading", "债券: 2.00", "b", 9),
        seen("unknown_heading", "债券: 3.00", "a", 7),
        seen("unrecognised_table", "收支平衡表: 36 amounts", "b", 4),
        seen("unrecognised_table", "收支平衡表: 4 amounts", "c", 2),
        seen("heading_twice", "小计: total", "c", 5, rows=12),
        seen("unknown_label", "three_public: 其他费用", "c", 5),
    ]
    assert told(found) == [
        ("unrecognised_table", "收支平衡表", 40, 2, "b.pdf", 4),
        ("heading_twice", "小计: total", 12, 1, "c.pdf", 5),
        ("unknown_heading", "债券", 3, 2, "a.pdf", 7),
        ("unknown_label", "three_public: 其他费用", 1, 1, "c.pdf", 5),
    ]


@pytest.fixture(scope="module")
def readings(samples: Path) -> list[Reading]:
    """Two papers in which a table, some headings and a label were not understood."""
    first, second = (read_document(path) for path in sorted(samples.glob("*.pdf"))[:2])
    table = next(table for table in second.tables if table.declared.form)
    more = (
        Finding("unknown_heading", "债券: 1.00", 5, table.number, 3, 4),
        Finding("heading_twice", "小计: total", 5, table.number),
        Finding("odd_code", "12 某项", 5, table.number),
    )
    lost = Finding("unrecognised_table", "收支平衡表: 36 amounts", 9, 99)
    return [
        replace(first, findings=(*more[:1], lost)),
        replace(second, findings=more),
        replace(first, document=replace(first.document, document_id="f" * 64), findings=(), line_items=()),
    ]


def gongkai(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_tables_releases_and_papers_tell_the_same(readings: list[Reading], tmp_path: Path) -> None:
    write_dataset(readings, tmp_path / "out")
    release = publish_release(readings, tmp_path, "2026.3.5").folder
    for reading in readings:
        work.keep(reading, tmp_path / "work")
    papers = [work.paper(reading.document.document_id, tmp_path / "work") for reading in readings]
    expected = gaps(seen_in_papers(papers))
    assert [(gap.code, gap.papers) for gap in expected] == [
        ("unrecognised_table", 1),
        ("heading_twice", 1),
        ("unknown_heading", 2),
    ]
    assert expected[1].amounts > 1, "a column's amounts are as many as its table has rows"
    for folder in (tmp_path / "out", release):
        assert gaps(seen_in_tables(folder)) == expected


@pytest.fixture
def tables(readings: list[Reading], tmp_path: Path) -> Path:
    write_dataset(readings, tmp_path / "out")
    return tmp_path / "out"


def test_a_person_reads_a_table_with_advice(tables: Path) -> None:
    result = gongkai("gaps", tables, "--limit", "2")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    (first,) = [line for line in lines if "收支平衡表" in line]
    assert first.split()[:4] == ["36", "1", "unrecognised_table", "收支平衡表"]
    assert any(line.startswith("其余 1 种未列出") for line in lines)
    assert any(line.startswith("heading_twice: ") for line in lines)
    assert not any(line.startswith("unknown_heading: ") for line in lines)


def test_a_program_reads_all_of_it(tables: Path) -> None:
    found = json.loads(gongkai("gaps", tables, "--json", "--limit", "1").stdout)["gaps"]
    assert [gap["code"] for gap in found] == ["unrecognised_table", "heading_twice", "unknown_heading"]
    assert set(found[0]) == {"code", "wording", "amounts", "papers", "example"}
    assert set(found[0]["example"]) == {"file_name", "page", "document_id"}


def test_papers_are_read(good_paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    shutil.copy(good_paper, folder)
    result = gongkai("gaps", folder, "--json")
    assert result.exit_code == 0
    assert isinstance(json.loads(result.stdout)["gaps"], list)
    assert gongkai("gaps", tmp_path / "nowhere").exit_code == 2


def test_nothing_unread_is_said(readings: list[Reading], tmp_path: Path) -> None:
    write_dataset(readings[2:], tmp_path)
    assert "没有读不懂" in gongkai("gaps", tmp_path).stdout


def test_without_a_ledger_it_is_wrong_use(tmp_path: Path) -> None:
    result = gongkai("gaps", "--root", tmp_path)
    assert result.exit_code == 2
    assert not list(tmp_path.iterdir())
