import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from publish.tables.csv_text import csv_header, csv_text, read_csv
from publish.tables.dataset_files import write_dataset
from publish.tables.formulas import TRIGGERS, escaped, unescaped
from publish.tables.papers import schema_of
from schemas.dataset import dataset
from tests.publish.made_readings import made_reading

TEXTS = ("document_id", "code")
CELLS = dataset().tables["cells"]
beginnings = st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "'", "''=", "'-1", "-1", "甲"])
texts = st.builds(str.__add__, beginnings, st.text(max_size=8))


def one(text: str | None) -> str | None:
    value: str | None = escaped(pa.array([text], pa.string()))[0].as_py()
    return value


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "'=1",
        "-甲",
        "=-1",
        "＝1+1",
        "＋甲",
        "－甲",
        "＠甲",
    ],
)
def test_what_could_run_takes_one_apostrophe(text: str) -> None:
    assert one(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["-12.50", "-", "+3", "-1,234.50", "-5.2%", "甲=乙", "1-2", "'甲", "", " =1", "——", "－", "－１２．５", None],
)
def test_numbers_dashes_and_other_texts_stay(text: str | None) -> None:
    assert one(text) == text


@given(st.lists(st.none() | texts))
@example(["'-12.50", "-12.50", "''-12.50"])
def test_the_rule_can_be_undone_and_leaves_nothing_that_runs(values: list[str | None]) -> None:
    written = escaped(pa.array(values, pa.string())).to_pylist()
    assert [None if text is None else unescaped(text) for text in written] == values
    for text in filter(None, written):
        assert text[0] not in TRIGGERS or not text[1:].strip("0123456789.,%０１２３４５６７８９．，％")


def test_a_slice_is_guarded_like_the_whole() -> None:
    array = pa.array(["=1", "甲", None, "@a", "-2"])
    assert escaped(array.slice(2)).to_pylist() == escaped(array).to_pylist()[2:]


@given(st.lists(st.none() | texts, min_size=1))
def test_lines_are_those_of_the_csv_module(values: list[str | None]) -> None:
    """Python's own writer in the same dialect, over texts that the rule has been applied to, as the judge."""
    table = dataset().tables["findings"]
    rows = {
        name: pa.repeat(pa.scalar("a" if name in TEXTS else None, schema_of("findings").field(name).type), len(values))
        for name in table.column_names
    }
    rows["finding_no"] = pa.array(range(len(values)), pa.int32())
    rows["detail"] = pa.array(values, pa.string())
    batch = pa.RecordBatch.from_arrays([rows[name] for name in table.column_names], names=list(table.column_names))
    judge = io.StringIO()
    columns = [column.to_pylist() for column in batch.columns]
    columns[table.column_names.index("detail")] = escaped(rows["detail"]).to_pylist()
    csv.writer(judge, lineterminator="\r\n").writerows(zip(*columns, strict=True))
    assert bytes(csv_text(table, batch)) == judge.getvalue().encode()


def test_parquet_and_csv_of_a_dataset_keep_to_the_rule(tmp_path: Path) -> None:
    write_dataset([made_reading("a", texts=("=HYPERLINK(A1)", "-12.50"), amount="-12.50")], tmp_path)
    header, *rows = read_csv(tmp_path / "csv" / "cells.csv")
    assert [row[header.index("text")] for row in rows] == ["'=HYPERLINK(A1)", "-12.50"]
    header, *rows = read_csv(tmp_path / "csv" / "line_items.csv")
    assert {row[header.index("amount")] for row in rows} == {"-12.50"}


def test_a_spreadsheet_takes_nothing_of_it_for_a_formula(tmp_path: Path) -> None:
    """openpyxl calls a value a formula by its beginning, as Excel does when it opens a CSV file."""
    write_dataset([made_reading("a", texts=("=1+1", "@SUM(A1)", "+1+1", "甲"))], tmp_path)
    sheet = Workbook().active
    assert sheet is not None
    for row in read_csv(tmp_path / "csv" / "cells.csv"):
        sheet.append(row)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_header_is_plain_and_begins_with_the_byte_order_mark() -> None:
    assert csv_header(CELLS).startswith(b"\xef\xbb\xbfdocument_id,table_no,row,")
