import csv
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pytest
from documented import USING, Example, answer, examples

from schemas.dataset import dataset
from schemas.records import Reading

SPREADSHEET_ROWS = 1_048_576
EXACT_DIGITS = 15
"""Of a number in Excel. Source: "Excel specifications and limits", support.microsoft.com."""


@pytest.mark.parametrize("example", [*examples("sql"), *examples("python")], ids=lambda example: example.name)
def test_an_example_gives_what_its_page_says(example: Example, sample_release: Path) -> None:
    assert example.answer, "no answer follows it: python tests/docs/documented.py RELEASE"
    assert answer(example, sample_release) == example.answer


def test_ten_questions_are_answered() -> None:
    page = (USING / "questions.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^## \d+\. ", page, re.M)) == 10
    assert sum(example.page.name == "questions.md" for example in examples("sql")) == 10


def test_every_tool_has_an_example() -> None:
    code = "\n".join(each.code for language in ("python", "r") for each in examples(language))
    assert all(tool in code for tool in ("pandas", "polars", "pyarrow", "library(arrow)", "read.csv"))


@pytest.mark.parametrize("example", examples("r"), ids=lambda example: example.name)
def test_an_example_for_r_counts_the_same_rows(example: Example, sample_release: Path) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed: no Rscript on the path")
    for library in re.findall(r"library\(\w+\)", example.code):
        if subprocess.run([rscript, "-e", library], check=False, capture_output=True).returncode:
            pytest.skip(f"a package of R is not installed: {library}")
    ran = subprocess.run(
        [rscript, "-e", example.code], cwd=sample_release, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert ran.stdout.split() == [str(len(_rows_of(sample_release, "株洲市天元区总工会")))]


def _rows_of(release: Path, department: str) -> list[dict[str, str]]:
    with (release / "csv" / "line_items.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["department"] == department]


COUNTED = {
    "DuckDB": 'len(duckdb.sql("{}").fetchall())',
    "pandas": "len({})",
    "polars": "{}.collect().height",
    "pyarrow": "{}.count_rows()",
}


@pytest.mark.parametrize("tool", COUNTED)
def test_the_line_that_loads_a_large_table_gives_all_its_rows(
    tool: str, split_release: Path, sample_readings: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(list((split_release / "csv" / "line_items").iterdir())) > 1
    expected = sum(len(reading.line_items) for reading in sample_readings)
    page = (USING / "loading.md").read_text(encoding="utf-8")
    [line] = re.findall(rf"^\| {tool} \| (.+) \|$", page, re.M)
    monkeypatch.chdir(split_release)
    libraries = {"duckdb": duckdb, "pd": pd, "pl": pl, "ds": ds, "Path": Path}
    for code in re.findall(r"`([^`]+)`", line):
        assert eval(COUNTED[tool].format(code), libraries) == expected


# What Excel does with a CSV file that is opened by a double click: with a byte order mark it takes UTF-8; what looks
# like a number becomes one, without its leading zeros and with 15 digits; what begins with = + - @ becomes a formula.


@pytest.mark.parametrize("name", ["line_items", "departments", "wide_three_public", "tables", "classifications"])
def test_a_table_opens_in_excel_with_its_chinese_and_its_figures(sample_release: Path, name: str) -> None:
    file = sample_release / "csv" / f"{name}.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text, strict=True))
    columns = dataset().all_tables[name].columns
    assert 0 < len(rows) < SPREADSHEET_ROWS
    assert any("一" <= character <= "鿿" for row in rows for value in row.values() for character in value)
    for row in rows:
        for column in columns:
            _survives(row[column.name], column.type)


def _survives(value: str, kind: str) -> None:
    if kind.startswith("decimal") and value:
        assert len(Decimal(value).as_tuple().digits) <= EXACT_DIGITS
    if kind == "string":
        assert not re.match(r"[=+\-@\t\r]", value) or re.fullmatch(r"[+-]?[\d.,%]*", value), value
        assert not re.fullmatch(r"0\d+", value), f"the leading zero of {value} would be lost"
        assert not re.fullmatch(r"\d{16,}", value), f"the last digits of {value} would be lost"
        assert not re.fullmatch(r"\d+[eE]\d+", value), f"{value} would become a power of ten"
