import csv
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import publish.tables.dataset_files
import publish.tables.parquet_file
from publish.errors import RepeatedDocumentError
from publish.tables.dataset_files import write_dataset
from publish.tables.formulas import unescaped
from schemas.dataset import dataset
from schemas.records import Reading
from tests.publish.made_readings import made_items, made_reading

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)")
CONTROLS = ("\r", "\n", "\r\n", "\t", "\x00", "\ufeff")
AWKWARD = (*FORMULAS, 'a"b', '"', ",", "'", "\\", " 甲 ", *(f"甲，{control}乙" for control in CONTROLS))
texts = st.lists(st.one_of(st.sampled_from(AWKWARD), st.text(min_size=1)).filter(str.strip), min_size=1, max_size=20)
amounts = st.decimals(
    min_value=Decimal("-999999999999999999.99"), max_value=Decimal("999999999999999999.99"), places=2, allow_nan=False
)


def csv_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def parquet_of(folder: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(folder / f"{table}.parquet").to_pylist()
    return rows


def fingerprints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@settings(max_examples=40, deadline=None)
@given(printed=texts)
def test_any_text_survives_in_both_formats(printed: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_dataset([made_reading("a", texts=tuple(printed))], folder)
        assert [unescaped(row["text"]) for row in csv_of(folder, "cells")] == printed
        assert [row["text"] for row in parquet_of(folder, "cells")] == printed


@settings(max_examples=40, deadline=None)
@given(amount=amounts)
def test_any_amount_is_exact_in_both_formats(amount: Decimal) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_dataset([made_reading("a", amount=str(amount))], folder)
        assert {row["amount"] for row in parquet_of(folder, "line_items")} == {amount}
        assert {row["amount"] for row in csv_of(folder, "line_items")} == {f"{amount + 0:.2f}"}


@settings(max_examples=40, deadline=None)
@given(x0=st.floats(min_value=-10_000, max_value=10_000, width=32))
def test_a_box_is_the_same_number_in_both_formats(x0: float) -> None:
    reading = made_reading("a")
    items = tuple(replace(item, x0=x0) for item in reading.line_items)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_dataset([replace(reading, line_items=items)], folder)
        assert {row["x0"] for row in parquet_of(folder, "line_items")} == {x0}
        assert {pa.scalar(float(row["x0"]), pa.float32()).as_py() for row in csv_of(folder, "line_items")} == {x0}


def test_the_layout_has_every_table_in_both_formats_and_nothing_else(tmp_path: Path) -> None:
    write_dataset([made_reading("a")], tmp_path)
    tables = dataset().tables
    assert set(fingerprints(tmp_path)) == {f"{t}.parquet" for t in tables} | {f"csv/{t}.csv" for t in tables}
    assert not (tmp_path / ".partial").exists()


def test_csv_is_as_rfc_4180_and_excel_want_it(tmp_path: Path) -> None:
    write_dataset([made_reading("a", texts=('他说"好"', "甲"))], tmp_path)
    content = (tmp_path / "csv" / "cells.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfdocument_id,table_no,")
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert '"他说""好"""'.encode() in content


def test_csv_values_read_as_documented(tmp_path: Path) -> None:
    write_dataset([made_reading("a")], tmp_path)
    [document] = csv_of(tmp_path, "documents")
    assert document["fetched_at"] == "2024-09-20T08:30:15Z"
    assert document["published_on"] == "2024-09-20"
    assert document["has_text_layer"] == "true"
    assert document["portal"] == ""
    item = csv_of(tmp_path, "line_items")[0]
    assert (item["code"], item["side"], item["x0"], item["confidence"]) == ("30101", "", "72.024", "1")


def test_the_same_rows_give_the_same_bytes_in_any_order_and_place(tmp_path: Path) -> None:
    readings = [made_reading(seed) for seed in "abcdefgh"]
    here, there = tmp_path / "here", tmp_path / "elsewhere" / "deep"
    write_dataset(readings, here)
    write_dataset([*readings[5:], *readings[:5]][::-1], there)
    assert fingerprints(here) == fingerprints(there)


def test_the_same_rows_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; from tests.publish.made_readings import made_reading\n"
        "from publish.tables.dataset_files import write_dataset\n"
        "write_dataset([made_reading(seed) for seed in 'ba'], pathlib.Path(sys.argv[1]))"
    )
    here = str(Path(publish.tables.dataset_files.__file__).parents[2])
    surroundings = {**os.environ, "PYTHONPATH": here, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "there")], check=True, env=surroundings, cwd=tmp_path)
    write_dataset([made_reading(seed) for seed in "ab"], tmp_path / "here")
    assert fingerprints(tmp_path / "here") == fingerprints(tmp_path / "there")


def test_a_document_that_comes_twice_is_refused_and_leaves_the_files_of_the_run_before(tmp_path: Path) -> None:
    write_dataset([made_reading("a")], tmp_path)
    before = fingerprints(tmp_path)
    with pytest.raises(RepeatedDocumentError):
        write_dataset([made_reading("b"), made_reading("b")], tmp_path)
    assert fingerprints(tmp_path) == before


def test_a_paper_with_a_refused_row_is_held_back_and_the_rest_is_written(tmp_path: Path) -> None:
    bad = made_reading("b")
    write_dataset([made_reading("c"), replace(bad, line_items=bad.line_items * 2)], tmp_path)
    documents = {row["file_name"]: row for row in parquet_of(tmp_path, "documents")}
    assert documents["c.pdf"]["status"] == "read"
    assert documents["b.pdf"]["status"] == "failed"
    assert documents["b.pdf"]["status_reason"].startswith("rows_refused: line_items: 3 keys come more than once")
    assert {row["document_id"] for row in csv_of(tmp_path, "cells")} == {documents["c.pdf"]["document_id"]}


def test_row_groups_have_a_set_size_however_the_rows_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (publish.tables.dataset_files, publish.tables.parquet_file):
        monkeypatch.setattr(module, "ROWS_PER_GROUP", 7)
    readings = [made_reading(seed) for seed in "abcde"]
    write_dataset(readings, tmp_path)
    metadata = pq.ParquetFile(tmp_path / "line_items.parquet").metadata
    assert [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)] == [7, 7, 1]
    assert [row["document_id"] for row in parquet_of(tmp_path, "documents")] == sorted(
        reading.document.document_id for reading in readings
    )


def test_reference_rows_fill_their_table(tmp_path: Path) -> None:
    unproven = {"evidence": None, "sources": None}
    codes = [
        {"system": "function", "edition": 2024, "code": code, "name": name, "level": level, **unproven}
        for code, name, level in [("20101", "人大事务", "款"), ("201", "一般公共服务支出", "类")]
    ]
    write_dataset([], tmp_path, {"classifications": codes})
    assert [row["code"] for row in csv_of(tmp_path, "classifications")] == ["201", "20101"]
    assert parquet_of(tmp_path, "documents") == []


def test_pandas_reads_amounts_as_decimals(tmp_path: Path) -> None:
    write_dataset([made_reading("a", amount="-0.10")], tmp_path)
    frame = pd.read_parquet(tmp_path / "line_items.parquet")
    assert frame["amount"].sum() == Decimal("-0.30")
    assert list(frame.columns) == list(dataset().tables["line_items"].column_names)


@pytest.mark.parametrize("file", ["line_items.parquet", "csv/line_items.csv"])
def test_the_scorer_matches_every_labelled_amount(tmp_path: Path, shared: Path, file: str) -> None:
    truth = shared / "truth" / "swu_2023_final.csv"
    write_dataset([reading_of_truth(truth)], tmp_path)
    scorer = load_module(shared / "score.py")
    scored = scorer.score(scorer.read(str(tmp_path / file)), scorer.read(str(truth)))
    assert scored["true"] == scored["matched"] == scored["published"] > 0
    assert scored["silent"] == 0


def reading_of_truth(truth: Path) -> Reading:
    """The labelled amounts as if they had been read, in the order of the labels."""
    reading = made_reading("truth")
    [item] = made_items(reading.document.document_id, "0")[1:2]
    with truth.open(encoding="utf-8-sig", newline="") as file:
        labelled = [
            replace(
                item,
                form=row["form"],
                side=row["side"] or None,
                line=int(row["line"]),
                code=row["code"] or None,
                name=row["name"],
                measure=row["measure"],
                amount=Decimal(row["amount"]),
                status="proven",
            )
            for row in csv.DictReader(file)
        ]
    return replace(reading, line_items=tuple(labelled))


def load_module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
