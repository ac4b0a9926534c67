"""The files of the derived tables: Parquet and CSV as every other table has them, written anew or kept.

A Parquet file notes how its rows were made. What is computed from sources that have not changed, and made in the same
way, is taken over from the release before.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from publish.errors import PublishError
from publish.tables.csv_text import csv_header, csv_text
from publish.tables.durable import link_or_copy
from publish.tables.parquet_file import parquet_writer, row_groups, write_group
from publish.tables.paths import WHOLE, YEAR, csv_path, parquet_path
from schemas.arrow import arrow_schema
from schemas.dataset import Table

MADE_BY = "made_by"


class DerivedTableError(PublishError):
    """A table that cannot be computed from the release's own tables without losing or making up something."""


def write_derived_table(
    building: Path, table: Table, batches: Iterable[pa.RecordBatch], partition: str = WHOLE, made_by: str = ""
) -> int:
    """Write both files of a derived table, or of one of its partitions; returns the number of rows.

    The batches come in the order of the table's key, with all of its columns. The bytes depend on the rows alone, not
    on how they are cut into batches. `made_by` tells apart the ways in which rows are made from the same sources.
    """
    parquet, csv = building / parquet_path(table.name, partition), building / csv_path(table.name, partition)
    for file in (parquet, csv):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)  # it may be a hard link into the release before
    schema, count = arrow_schema(table), 0
    in_file = schema.remove(schema.get_field_index(YEAR)) if partition else schema
    with parquet_writer(parquet, in_file) as stored, csv.open("wb") as text:
        text.write(csv_header(table))
        for group in row_groups(batches):
            write_group(stored, group)
            text.write(csv_text(table, group))
            count += group.num_rows
        if made_by:
            stored.add_key_value_metadata({MADE_BY: made_by})
    return count


def can_keep(previous: Path | None, table: Table, made_by: str, partition: str = WHOLE) -> bool:
    """Whether a release has these files of a derived table, made in the same way."""
    if previous is None:
        return False
    parquet, csv = previous / parquet_path(table.name, partition), previous / csv_path(table.name, partition)
    if not (parquet.is_file() and csv.is_file()):
        return False
    known = pq.read_metadata(parquet).metadata or {}
    return bool(known.get(MADE_BY.encode()) == made_by.encode())


def keep(building: Path, previous: Path, table: Table, partition: str = WHOLE) -> None:
    """Take both files over from the release before."""
    for path in (parquet_path(table.name, partition), csv_path(table.name, partition)):
        (building / path).unlink(missing_ok=True)
        link_or_copy(previous / path, building / path)
