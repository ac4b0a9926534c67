"""DuckDB over a release's tables: bounded memory, no network, and rows back as Arrow in a set order.

A table is one Parquet file or a folder of partitions (`<table>/fiscal_year=2024/….parquet`); queries see no difference.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from publish.errors import ReleaseDamagedError
from schemas.arrow import arrow_schema
from schemas.dataset import Column, ColumnType, Table, dataset

MEMORY = "1GB"
"""What DuckDB may hold before it spills to disk; a publish as a whole stays within 2 GiB."""

THREADS = 2
ROWS_AT_A_TIME = 65_536
SCRATCH = ".querying"

SQL_TYPES: Mapping[ColumnType, str] = {
    "string": "VARCHAR",
    "int16": "SMALLINT",
    "int32": "INTEGER",
    "float32": "FLOAT",
    "decimal(20,2)": "DECIMAL(20,2)",
    "decimal(20,4)": "DECIMAL(20,4)",
    "date": "DATE",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "bool": "BOOLEAN",
}

Connection = duckdb.DuckDBPyConnection


@contextmanager
def querying(folder: Path) -> Iterator[Connection]:
    """A connection that spills into `folder`/.querying, which is removed at the end."""
    scratch = folder / SCRATCH
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "threads": THREADS,
        "temp_directory": str(scratch),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(config=settings)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # it would fill the log of a night
        yield connection
    finally:
        connection.close()
        shutil.rmtree(scratch, ignore_errors=True)


def parquet_files(folder: Path, table: str) -> list[Path]:
    """The Parquet files of a table in a release or in what `extract` wrote, by name; [] where there are none."""
    for parent in (folder / "parquet", folder):
        if (parent / f"{table}.parquet").is_file():
            return [parent / f"{table}.parquet"]
        if partitions := sorted((parent / table).rglob("*.parquet")):
            return partitions
    return []


def view(
    connection: Connection, name: str, table: Table, files: Sequence[Path], among: frozenset[str] | None = None
) -> None:
    """Let `name` stand for the rows of `files` with every column of `table`.

    A column that the files lack, or that is not `among` those that are asked for, is null.
    """
    asked_for = frozenset(table.column_names) if among is None else among
    present = columns_of(connection, files) & asked_for
    selected = ", ".join(
        _typed(column, _quoted(column.name) if column.name in present else "NULL") for column in table.columns
    )
    source = f"FROM {_scan(files)}" if files else "WHERE false"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {_quoted(name)} AS SELECT {selected} {source}")


def view_table(connection: Connection, folder: Path, table: str, name: str | None = None) -> None:
    """Let `name` (the table's own, unless another is given) stand for a table of the release in `folder`.

    Raises `ReleaseDamagedError` where the release has no such table.
    """
    files = parquet_files(folder, table)
    if not files:
        raise ReleaseDamagedError(folder / "parquet" / f"{table}.parquet", "there is none")
    view(connection, name or table, dataset().all_tables[table], files)


def batches(connection: Connection, query: str, table: Table) -> Iterator[pa.RecordBatch]:
    """The rows of a query, which gives the table's columns by name, as batches of the table's own schema."""
    schema = arrow_schema(table)
    selected = ", ".join(_typed(column, _quoted(column.name)) for column in table.columns)
    for batch in connection.sql(f"SELECT {selected} FROM ({query})").to_arrow_reader(ROWS_AT_A_TIME):
        yield batch.cast(schema)


def share(part: str, whole: str) -> str:
    """The SQL of a share with four places, rounded down so that 1 means all; null of nothing."""
    return f"CASE WHEN {whole} > 0 THEN ({part} * 10000 // {whole})::DECIMAL(20, 4) / 10000 END"


def columns_of(connection: Connection, files: Sequence[Path]) -> frozenset[str]:
    """The columns of a table's files, those that stand in the path alone included."""
    if not files:
        return frozenset()
    described = connection.execute(f"DESCRIBE SELECT * FROM {_scan(files)}").fetchall()
    return frozenset(row[0] for row in described)


def _scan(files: Sequence[Path]) -> str:
    """The SQL that reads the files: `fiscal_year` may stand in the path alone, and columns may differ by file."""
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    in_path = any("=" in file.parent.name for file in files)
    hive = ", hive_partitioning = true, hive_types = {'fiscal_year': SMALLINT}" if in_path else ""
    return f"read_parquet([{listed}], union_by_name = true{hive})"


def _typed(column: Column, value: str) -> str:
    return f"CAST({value} AS {SQL_TYPES[column.type]}) AS {_quoted(column.name)}"


def _quoted(name: str) -> str:
    return f'"{name}"'
