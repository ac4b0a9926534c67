import pytest

from publish.tables.paths import csv_of, csv_path, parquet_path, partition_of, partition_of_year, table_of, year_of

NONE = "fiscal_year=__HIVE_DEFAULT_PARTITION__"


@pytest.mark.parametrize(
    ("parquet", "table", "partition", "csv"),
    [
        ("parquet/cells.parquet", "cells", "", "csv/cells.csv"),
        ("changes.parquet", "changes", "", "csv/changes.csv"),
        ("parquet/cells/fiscal_year=2024/2025-08-20-3f2a9c01b7de.parquet", "cells", "fiscal_year=2024",
         "csv/cells/fiscal_year=2024.csv"),
        (f"parquet/wide_three_public/{NONE}/rows.parquet", "wide_three_public", NONE,
         f"csv/wide_three_public/{NONE}.csv"),
    ],
)  # fmt: skip
def test_a_file_s_name_says_what_it_has(parquet: str, table: str, partition: str, csv: str) -> None:
    assert (table_of(parquet), partition_of(parquet), csv_of(parquet)) == (table, partition, csv)
    assert (table_of(csv), partition_of(csv)) == (table, partition)
    piece = parquet.rpartition("/")[2].removesuffix(".parquet")
    assert parquet_path(table, partition, piece) == parquet
    assert csv_path(table, partition) == csv


@pytest.mark.parametrize("path", ["CHANGELOG.md", "datapackage.json", "index.html", "csv/cells (1).csv"])
def test_what_is_no_table_s_file(path: str) -> None:
    assert (table_of(path), partition_of(path)) == (None, "")


@pytest.mark.parametrize("year", [2024, None])
def test_a_partition_knows_its_year(year: int | None) -> None:
    assert year_of(partition_of_year(year)) == year
