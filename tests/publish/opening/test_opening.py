"""A release in DuckDB, in a spreadsheet and by its README: the same figures everywhere, and none counted twice."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from publish.description.package import read_descriptor, row_counts
from publish.opening.database import DATABASE, SCRIPT
from publish.opening.headings import column_headings, table_heading
from publish.opening.readme import QUESTIONS, README
from publish.opening.workbook import WORKBOOK
from publish.store.derived_files import derived_files
from publish.store.release import publish_release
from publish.store.verification import problems_of
from publish.tables.pieces import Layout
from publish.tables.reference import reference_rows
from reading.document import read_document
from samples.papers import FOLDER
from schemas.dataset import dataset


@pytest.fixture(scope="module", params=[10_000_000, 0], ids=["whole", "by year"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of two sample papers, its tables whole or split by year."""
    papers = (FOLDER / f"{name}.pdf" for name in ("zhuzhou_union_2023_final", "example_commerce_2025_budget"))
    readings = [read_document(paper) for paper in papers]
    beside = {"reference": reference_rows(), "derived": derived_files(), "layout": Layout(most_rows=request.param)}
    return publish_release(readings, tmp_path_factory.mktemp("root"), "2026.3.5", workers=1, **beside).folder


@pytest.fixture
def database(release: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database as its README says to open it."""
    monkeypatch.chdir(release)
    with duckdb.connect(DATABASE, read_only=True) as connection:
        yield connection


def one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[object, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row


def test_a_release_with_all_that_opens_it_is_sound(release: Path) -> None:
    assert list(problems_of(release)) == []
    for name in (DATABASE, SCRIPT, WORKBOOK, README, "lookups/divisions.csv"):
        assert (release / name).is_file(), name


def test_every_table_has_its_rows_and_its_comments_under_both_names(
    release: Path, database: duckdb.DuckDBPyConnection
) -> None:
    for name, rows in row_counts(read_descriptor(release)).items():
        table = dataset().all_tables[name]
        assert one(database, f'SELECT count(*) FROM "{name}"') == (rows,)
        chinese = database.execute(f'SELECT * FROM "{table_heading(table)}" LIMIT 0')
        assert [column[0] for column in chinese.description or ()] == column_headings(table)
    (comment,) = one(
        database, "SELECT comment FROM duckdb_columns() WHERE table_name = 'line_items' AND column_name = 'amount'"
    )
    assert "元" in str(comment)


def test_the_bridge_names_every_amount_of_every_check_once(database: duckdb.DuckDBPyConnection) -> None:
    (told,) = one(database, "SELECT sum(len(string_split(amounts, ' '))) FROM checks WHERE amounts <> ''")
    assert one(database, "SELECT count(*) FROM check_amounts") == (told,)
    assert one(database, "SELECT count(*) FROM check_amounts ANTI JOIN lookup_checks USING (check_id)") == (0,)


def test_leaves_add_up_to_what_the_paper_prints_as_its_total(database: duckdb.DuckDBPyConnection) -> None:
    added = """
        SELECT document_id, sum(amount) FROM leaf_amounts
        WHERE form = 'expenditure_by_function' AND measure = 'total' AND code IS NOT NULL GROUP BY ALL ORDER BY 1"""
    printed = """
        SELECT document_id, amount FROM line_items
        WHERE form = 'expenditure_by_function' AND measure = 'total' AND item = 'total' ORDER BY 1"""
    totals = dict(database.execute(printed).fetchall())
    leaves = dict(database.execute(added).fetchall())
    assert totals
    for document, total in totals.items():
        assert abs(leaves[document] - total) <= Decimal(1000), "beyond what rounding to 万元 explains"


@pytest.mark.parametrize("question", QUESTIONS, ids=[title for title, _ in QUESTIONS])
def test_the_questions_of_the_readme_are_answered(
    release: Path, database: duckdb.DuckDBPyConnection, question: tuple[str, str]
) -> None:
    title, query = question
    assert f"{title}\n\n```sql\n{query}\n```" in (release / README).read_text("utf-8")
    answered = database.execute(query).fetchall()
    assert answered or "doubt" in title


def test_the_readme_counts_no_kind_of_paper_with_another(database: duckdb.DuckDBPyConnection) -> None:
    for _, query in QUESTIONS:
        assert "sum(" not in query or "kind" in query


def test_the_workbook_has_the_figures_of_the_departments(release: Path, database: duckdb.DuckDBPyConnection) -> None:
    book = openpyxl.load_workbook(release / WORKBOOK, read_only=True)
    head, *rows = book["部门"].iter_rows(values_only=True)
    at = head.index("本年支出")
    spent = database.execute("SELECT spending FROM departments ORDER BY ALL").fetchall()
    assert sorted(str(row[at]) for row in rows) == sorted(
        str(float(yuan)) if yuan % 1 else str(int(yuan)) for (yuan,) in spent
    )
    assert book["部门"].cell(2, at + 1).data_type == "n"
    assert "“三公”经费支出表" in book.sheetnames


def test_a_database_that_shows_other_rows_is_found(release: Path, tmp_path: Path) -> None:
    forged = tmp_path / release.name
    shutil.copytree(release, forged)
    with duckdb.connect(str(forged / DATABASE), config={"file_search_path": str(forged)}) as connection:
        connection.execute("CREATE OR REPLACE VIEW departments AS SELECT 1 AS department")
    kinds = {problem.kind for problem in problems_of(forged)}
    assert kinds == {"changed"}, "its SHA-256 is not what is described"
    told = list(problems_of(forged, just_described=True))
    assert [problem.path for problem in told if problem.kind == "database"] == [DATABASE]
