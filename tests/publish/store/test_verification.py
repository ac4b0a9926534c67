"""Each kind of problem that `problems_of` tells, in a release whose description has been made to fit the damage."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from publish.description.package import DESCRIPTOR, fingerprint, read_descriptor, write_descriptor
from publish.errors import ReleaseDamagedError
from publish.store.release import publish_release
from publish.store.verification import Problem, problems_of, verify_release
from publish.tables.pieces import Layout
from tests.publish.made_readings import made_reading

VERSION = "2026.3.5"
PIECES = Layout(most_rows=4, least=1, average=2, most=2)
LINES = "csv/line_items/fiscal_year=2023.csv"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    readings = [made_reading(seed) for seed in "abc"]
    return publish_release(readings, tmp_path, VERSION, layout=PIECES, derived=()).folder


def described_anew(release: Path, *paths: str) -> None:
    """Let the descriptor say of some files what they have become, as somebody might who means to deceive."""
    descriptor = read_descriptor(release)
    for resource in descriptor["resources"]:
        if resource["path"] in paths:
            resource.update(fingerprint(release / resource["path"]))
    write_descriptor(release, descriptor)


def first_piece(release: Path, table: str) -> str:
    return sorted(path.relative_to(release).as_posix() for path in (release / "parquet" / table).rglob("*.parquet"))[0]


def rewritten(release: Path, path: str, change: Callable[[pa.Table], pa.Table]) -> None:
    file = release / path
    rows = pq.ParquetFile(file).read()
    pq.write_table(change(rows), file)
    described_anew(release, path)


def kinds(release: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for problem in problems_of(release):
        found.setdefault(problem.kind, set()).add(problem.path)
    return found


def test_a_whole_release_has_no_problems(release: Path) -> None:
    assert list(problems_of(release)) == []
    verify_release(release)


def test_all_files_that_are_missing_changed_or_too_many_are_told(release: Path) -> None:
    (release / "csv" / "cells" / "fiscal_year=2023.csv").unlink()
    (release / "notes.txt").write_text("mine")
    with (release / "parquet" / "documents.parquet").open("ab") as file:
        file.write(b"more")
    assert kinds(release) == {
        "missing": {"csv/cells/fiscal_year=2023.csv"},
        "undescribed": {"notes.txt"},
        "changed": {"parquet/documents.parquet"},
    }
    with pytest.raises(ReleaseDamagedError, match=r"cells/fiscal_year=2023\.csv: missing"):
        verify_release(release)


@pytest.mark.parametrize(
    ("damage", "kind"), [(lambda path: path.unlink(), "missing"), (lambda path: path.write_text("{"), "unreadable")]
)
def test_a_release_without_its_descriptor_is_none(release: Path, damage: Callable[[Path], None], kind: str) -> None:
    damage(release / DESCRIPTOR)
    [problem] = problems_of(release)
    assert (problem.kind, problem.path) == (kind, DESCRIPTOR)


def test_no_parquet_file_is_unreadable(release: Path) -> None:
    path = first_piece(release, "cells")
    (release / path).write_bytes(b"PAR1 no PAR1")
    described_anew(release, path)
    assert kinds(release)["unreadable"] == {path}


def test_a_column_of_another_type(release: Path) -> None:
    path = first_piece(release, "line_items")
    rewritten(
        release, path, lambda rows: rows.set_column(0, "document_id", rows["document_id"].cast(pa.large_string()))
    )
    assert kinds(release)["columns"] == {path}


def test_rows_that_are_gone(release: Path) -> None:
    path = first_piece(release, "line_items")
    rewritten(release, path, lambda rows: rows.slice(1))
    assert kinds(release)["rows"] == {LINES}


@pytest.mark.parametrize(
    "change", [lambda rows: pa.concat_tables([rows, rows.slice(0, 1)]), lambda rows: rows.take([1, 0, 2])]
)
def test_keys_that_come_twice_or_out_of_order(release: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    path = first_piece(release, "line_items")
    rewritten(release, path, change)
    assert kinds(release)["key"] == {path}


def test_a_document_in_two_pieces(release: Path) -> None:
    paths = sorted(path.relative_to(release).as_posix() for path in (release / "parquet" / "checks").rglob("*.parquet"))
    rows = pq.ParquetFile(release / paths[0]).read()
    rewritten(release, paths[1], lambda _: rows)
    assert paths[1] in kinds(release)["key"]


def test_a_row_of_a_document_that_is_not_there(release: Path) -> None:
    rewritten(release, "parquet/documents.parquet", lambda rows: rows.slice(1))
    gone = [problem for problem in problems_of(release) if problem.kind == "reference"]
    assert {problem.path.split("/")[1].removesuffix(".parquet") for problem in gone} >= {
        "cells",
        "line_items",
        "tables",
    }
    assert all("refers to what is not in documents" in problem.why for problem in gone)


def test_an_amount_of_a_table_that_is_not_there(release: Path) -> None:
    path = first_piece(release, "line_items")
    number = pa.array([99], pa.int32())
    rewritten(
        release,
        path,
        lambda rows: rows.set_column(
            rows.schema.get_field_index("table_no"),
            "table_no",
            pc.if_else(pa.scalar(True), number[0], pa.nulls(len(rows), pa.int32())),
        ),
    )
    told = [problem for problem in problems_of(release) if problem.kind == "reference"]
    assert [(problem.path, problem.why.rpartition(", ")[2]) for problem in told] == [(path, "table_no 99")]


def test_csv_lines_that_are_not_the_rows(release: Path) -> None:
    path = LINES
    content = (release / path).read_bytes()
    (release / path).write_bytes(content.replace(b",12345000.00,", b",12345000.01,", 1))
    described_anew(release, path)
    assert kinds(release) == {"csv": {path}}
    (release / path).write_bytes(content + content.splitlines(keepends=True)[-1])
    described_anew(release, path)
    assert kinds(release) == {"csv": {path}}
    (release / path).write_bytes(content.replace(b"document_id,amount_id,kind", b"document_id,amount_id,sort", 1))
    described_anew(release, path)
    assert kinds(release) == {"csv": {path}}


def test_csv_files_that_are_not_those_of_the_parquet_files(release: Path) -> None:
    descriptor = read_descriptor(release)
    items = next(each for each in descriptor["resources"] if each["name"] == "line_items")
    items["path"] = [LINES, "csv/cells/fiscal_year=2023.csv"]
    write_descriptor(release, descriptor)
    assert kinds(release) == {"csv": {"csv/cells/fiscal_year=2023.csv"}}
    items["path"] = []
    write_descriptor(release, descriptor)
    assert kinds(release) == {"csv": {LINES}}


def test_a_parquet_file_of_a_name_that_no_csv_file_goes_with(release: Path) -> None:
    piece, other = first_piece(release, "cells"), "parquet/cells/Rows.parquet"
    (release / piece).rename(release / other)
    text = (release / DESCRIPTOR).read_text(encoding="utf-8")
    (release / DESCRIPTOR).write_text(text.replace(piece, other), encoding="utf-8")
    assert kinds(release) == {"csv": {other}}


def test_a_release_is_judged_by_its_own_description(release: Path) -> None:
    descriptor = read_descriptor(release)
    cells = next(each for each in descriptor["resources"] if each["name"] == "cells")
    cells["schema"]["fields"][4]["name"] = "spans"
    (release / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    assert {problem.kind for problem in problems_of(release)} == {"columns"}
    cells["schema"]["primaryKey"] = ["no_column"]
    (release / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    assert [(problem.kind, problem.path) for problem in problems_of(release)] == [("unreadable", DESCRIPTOR)]


def test_problems_are_typed(release: Path) -> None:
    (release / "CHANGELOG.md").unlink()
    assert list(problems_of(release)) == [Problem("missing", "CHANGELOG.md", "missing")]
