"""What the prose says of last year is held against last year's paper, wherever the two are read together."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from reading import work
from reading.document import read_document
from reading.extract import extract
from reading.last_year import compare_with_last_year, consecutive
from reading.running.limits import Limits
from reading.running.outcomes import outcome_of
from reading.running.processes import DocumentProcesses
from reading.sources import find
from samples.accounts import closing_of, total_of
from samples.examples import example_paper
from samples.figures import accounts
from samples.layout import LAYOUTS
from samples.paper import Paper, Prose
from samples.prose import wan
from samples.typeset import typeset
from schemas.records import Reading

CHECK = "prose.last_year_total"
DEPARTMENT = "示例市示例区商务委员会"


def paper_of(year: int) -> Paper:
    return example_paper("national", "final_accounts", seed=year, year=year, department=DEPARTMENT)


def summary_total(year: int) -> Decimal:
    books = accounts(year, "final_accounts", year, department=DEPARTMENT).spendings
    return total_of(books) + closing_of(books)


def comparing(error: Decimal) -> Paper:
    """The later paper, whose prose tells the change of its total from the earlier one's, off by `error` yuan."""
    total, before = (summary_total(year) for year in (2024, 2023))
    change = wan(total - before + error).replace("-", "")
    word = "增加" if total > before else "减少"
    words = f"2024年度收、支总计{wan(total)}。与2023年度相比，收、支总计各{word}{change}。"
    prose = Prose("2024年度部门决算情况说明", ("# 一、收入支出决算总体情况说明", words))
    paper = paper_of(2024)
    return replace(paper, blocks=(*paper.blocks, prose))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two-years")
    typeset(paper_of(2023), LAYOUTS["plain"], folder / "2023.pdf")
    typeset(comparing(Decimal(0)), LAYOUTS["plain"], folder / "2024.pdf")
    typeset(comparing(Decimal(30_000)), LAYOUTS["plain"], folder / "2024-misprint.pdf")
    return folder


@pytest.fixture(scope="module")
def readings(papers: Path) -> tuple[Reading, Reading]:
    return read_document(papers / "2023.pdf"), read_document(papers / "2024.pdf")


def last_year_rows(reading: Reading) -> list[tuple[str, str]]:
    return [(each.subject, each.verdict) for each in reading.checks if each.check_id == CHECK]


def test_extract_compares_the_papers_of_two_years(papers: Path, tmp_path: Path) -> None:
    with DocumentProcesses(1, Limits()) as processes:
        extract(find([papers]), tmp_path, processes)
    documents = pq.read_table(tmp_path / "documents.parquet").to_pylist()
    names = {row["document_id"]: row["file_name"] for row in documents}
    rows = [row for row in pq.read_table(tmp_path / "checks.parquet").to_pylist() if row["check_id"] == CHECK]
    found = {names[row["document_id"]]: (row["verdict"], row["difference_yuan"]) for row in rows}
    assert found.keys() == {"2024.pdf", "2024-misprint.pdf"}
    assert found["2024.pdf"][0] == "holds"
    assert found["2024-misprint.pdf"][0] == "fails"
    assert abs(abs(found["2024-misprint.pdf"][1]) - 30_000) <= 100  # yuan: all three are printed in 万元 to 0.01


def test_comparing_again_changes_nothing(readings: tuple[Reading, Reading], tmp_path: Path) -> None:
    _, this = readings
    for reading in readings:
        work.keep(reading, tmp_path)
    outcomes = [outcome_of(reading) for reading in readings]
    compare_with_last_year(outcomes, tmp_path)
    once = work.kept(this.document.document_id, tmp_path)
    compare_with_last_year(outcomes, tmp_path)
    assert last_year_rows(once)
    assert work.kept(this.document.document_id, tmp_path) == once


def test_only_the_year_before_of_the_same_department_and_kind(readings: tuple[Reading, Reading]) -> None:
    before, this = map(outcome_of, readings)
    assert list(consecutive([before, this])) == [((this.document_id,), (before.document_id,))]
    for other in ({"fiscal_year": 2022}, {"kind": "budget"}, {"department": "临江市民政局"}, {"fiscal_year": None}):
        assert list(consecutive([replace(before, **other), this])) == []


def test_none_is_chosen_where_two_papers_claim_to_be_last_years(readings: tuple[Reading, Reading]) -> None:
    before, this = map(outcome_of, readings)
    assert list(consecutive([before, replace(before, document_id="0" * 64, paper_id="0" * 64), this])) == []


def test_a_name_in_its_short_form_is_the_same_department(readings: tuple[Reading, Reading]) -> None:
    before, this = map(outcome_of, readings)
    full = replace(before, department="中国共产党临江市委员会办公室")
    assert list(consecutive([full, replace(this, department="中共临江市委办公室")]))
