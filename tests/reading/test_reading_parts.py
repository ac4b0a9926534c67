"""Papers whose prose and forms come in several files: one paper, whose files are checked against one another."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from reading import work
from reading.document import read_document
from reading.extract import extract
from reading.last_year import consecutive
from reading.parts import alone, join, join_parts
from reading.running.limits import Limits
from reading.running.outcomes import outcome_of
from reading.running.processes import DocumentProcesses
from reading.sources import find
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.paper import Paper, PrintedTable
from samples.twins.workbook import write_workbook
from samples.typeset import typeset
from schemas.records import Reading

DEPARTMENT = "示例市示例区商务委员会"
PROSE, FORMS, MORE = "部门决算公开.pdf", "2024年度部门决算公开表.xlsx", "2024年度其余各表.xlsx"


def paper_of(year: int, seed: int = 5) -> Paper:
    return example_paper("national", "final_accounts", seed, year=year, department=DEPARTMENT)


def written(folder: Path, year: int, *, split: int = 0, seed_of_forms: int = 5) -> Path:
    """The prose of a paper as PDF and its forms as a workbook, or two of them, the first with `split` forms."""
    paper, other = paper_of(year), paper_of(year, seed_of_forms)
    prose = tuple(block for block in paper.blocks if not isinstance(block, PrintedTable))
    tables = tuple(block for block in other.blocks if isinstance(block, PrintedTable))
    folder.mkdir(parents=True, exist_ok=True)
    typeset(replace(paper, blocks=prose), LAYOUTS["plain"], folder / PROSE)
    for name, own in {FORMS: tables[:split] if split else tables, MORE: tables[split:] if split else ()}.items():
        if own:
            write_workbook(replace(other, blocks=own), LAYOUTS["plain"], folder / name)
    return folder


def read_all(folder: Path) -> list[Reading]:
    return [read_document(path) for path in sorted(folder.iterdir())]


def kept(readings: Sequence[Reading], folder: Path) -> list[str]:
    for reading in readings:
        work.keep(reading, folder)
    return [reading.document.document_id for reading in readings]


@pytest.fixture(scope="module")
def two_files(tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    return read_all(written(tmp_path_factory.mktemp("two"), 2024))


def test_a_folder_with_prose_and_forms_gives_one_paper_whose_prose_is_checked(tmp_path: Path) -> None:
    source = written(tmp_path / "papers", 2024)
    with DocumentProcesses(1, Limits()) as processes:
        extract(find([source]), tmp_path / "out", processes)
    documents = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()
    prose, forms = sorted(documents, key=lambda row: row["format"] != "pdf")
    assert prose["paper_id"] == forms["paper_id"] == min(prose["document_id"], forms["document_id"])
    checks = pq.read_table(tmp_path / "out" / "checks.parquet").to_pylist()
    own = [row for row in checks if row["document_id"] == prose["document_id"] and row["check_id"] == "prose.total"]
    assert [row["verdict"] for row in own].count("holds") > 5
    assert "fails" not in {row["verdict"] for row in own}
    items = pq.read_table(tmp_path / "out" / "line_items.parquet").to_pylist()
    assert {row["document_id"] for row in items} == {forms["document_id"]}
    disclosure = pq.read_table(tmp_path / "out" / "disclosure_items.parquet").to_pylist()
    by_file = {
        name: {row["duty"]: row for row in disclosure if row["document_id"] == document["document_id"]}
        for name, document in (("prose", prose), ("forms", forms))
    }
    elsewhere = [row for rows in by_file.values() for row in rows.values() if row["reason"] == "in_another_file"]
    assert {row["document_id"] for row in elsewhere} == {prose["document_id"], forms["document_id"]}
    assert all(row["verdict"] in {"met", "not_applicable"} and row["page"] is None for row in elsewhere)


def test_a_misprint_of_the_prose_is_found_in_the_forms_of_another_file(
    two_files: list[Reading], tmp_path: Path
) -> None:
    prose, forms = sorted(two_files, key=lambda reading: len(reading.line_items))
    at = next(at for at, fact in enumerate(prose.narrative_facts) if fact.fact == "total" and fact.value)
    facts = list(prose.narrative_facts)
    facts[at] = replace(facts[at], value=facts[at].value + 70_000)
    identities = kept([replace(prose, narrative_facts=tuple(facts)), forms], tmp_path)
    join(identities, tmp_path)
    joined = work.kept(prose.document.document_id, tmp_path)
    failing = [check for check in joined.checks if check.verdict == "fails"]
    assert [check.subject.partition(":")[0] for check in failing if check.check_id == "prose.total"] == [
        str(facts[at].fact_no)
    ]
    assert all(check.amounts for check in failing)


def test_joining_again_changes_nothing_and_parting_gives_back_what_was_read(
    two_files: list[Reading], tmp_path: Path
) -> None:
    identities = kept(two_files, tmp_path)
    assert set(join(identities, tmp_path)) == set(identities)
    assert join(identities, tmp_path) == {}
    for reading in two_files:
        parted = alone(work.kept(reading.document.document_id, tmp_path))
        assert parted.document == reading.document
        assert sorted(parted.checks, key=repr) == sorted(reading.checks, key=repr)
        unsure = {"prose_not_in_file", "forms_not_in_file"}
        assert all(
            own == was or own.reason in unsure for own, was in zip(parted.disclosure, reading.disclosure, strict=True)
        )


def test_forms_in_two_workbooks_are_checked_against_one_another(tmp_path: Path) -> None:
    readings = read_all(written(tmp_path / "papers", 2024, split=4))
    identities = kept(readings, tmp_path)
    assert len(join(identities, tmp_path)) == 3
    joined = [work.kept(identity, tmp_path) for identity in identities]
    assert {reading.document.paper_id for reading in joined} == {min(identities)}
    own = {
        identity: {item.form for item in reading.line_items}
        for identity, reading in zip(identities, joined, strict=True)
    }
    across = [
        check
        for reading in joined
        for check in reading.checks
        if len({name for name, forms in own.items() for each in check.amounts if each.split("/")[0] in forms}) > 1
    ]
    assert sum(check.check_id.startswith("cross.") for check in across) > 3
    assert {check.verdict for check in across} == {"holds"}


def test_forms_with_other_figures_are_another_paper(tmp_path: Path) -> None:
    identities = kept(read_all(written(tmp_path / "papers", 2024, seed_of_forms=77)), tmp_path)
    assert join(identities, tmp_path) == {}


@pytest.mark.parametrize(
    "change", [{"fiscal_year": 2023}, {"kind": "budget"}, {"department": "示例市民政局"}, {"department": None}]
)
def test_only_files_of_one_department_kind_and_year_that_lie_together(
    change: dict[str, object], two_files: list[Reading], tmp_path: Path
) -> None:
    kept(two_files, tmp_path)
    first, second = map(outcome_of, two_files)
    places = {outcome.document_id: "folder" for outcome in (first, second)}
    assert join_parts([first, replace(second, **change)], places, tmp_path) == {}  # type: ignore[arg-type]
    assert join_parts([first, second], {**places, second.document_id: "other"}, tmp_path) == {}


def test_prose_beside_two_sets_of_forms_belongs_to_neither(two_files: list[Reading], tmp_path: Path) -> None:
    prose, forms = sorted(two_files, key=lambda reading: len(reading.line_items))
    again = replace(forms, document=replace(forms.document, document_id="0" * 64))
    assert join(kept([prose, forms, again], tmp_path), tmp_path) == {}


def test_a_paper_in_two_files_is_last_years_paper(two_files: list[Reading], tmp_path: Path) -> None:
    identities = kept(two_files, tmp_path)
    before = [*join(identities, tmp_path).values()]
    this = replace(before[0], document_id="f" * 64, paper_id="f" * 64, fiscal_year=2025)
    assert list(consecutive([*before, this])) == [((this.document_id,), tuple(each.document_id for each in before))]
