"""The files of the derived tables: Parquet and CSV as every other table has them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import pyarrow as pa

from publish.csv_text import csv_header, csv_text
from publish.errors import PublishError
from publish.parquet_file import parquet_writer, row_groups, write_group
from schemas.arrow import arrow_schema
from schemas.dataset import Table

AT_THE_TOP = ("changes",)
"""Tables whose Parquet file stands in the release's folder itself: the contract's `changes.parquet`."""


class DerivedTableError(PublishError):
    """A table that cannot be computed from the release's own tables without losing or making up something."""


def derived_file(release: Path, table: str, suffix: Literal["parquet", "csv"]) -> Path:
    """Where a release has a file of a derived table."""
    at_the_top = suffix == "parquet" and table in AT_THE_TOP
    return (release if at_the_top else release / suffix) / f"{table}.{suffix}"


def write_derived_table(building: Path, table: Table, batches: Iterable[pa.RecordBatch]) -> int:
    """Write both files of a derived table from batches in the order of its key; returns the number of rows.

    The bytes depend on the rows alone, not on how they are cut into batches.
    """
    parquet, csv = derived_file(building, table.name, "parquet"), derived_file(building, table.name, "csv")
    for file in (parquet, csv):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)  # it may be a hard link into the release before
    count = 0
    with parquet_writer(parquet, arrow_schema(table)) as stored, csv.open("wb") as text:
        text.write(csv_header(table))
        for group in row_groups(batches):
            write_group(stored, group)
            text.write(csv_text(table, group))
            count += group.num_rows
    return count
