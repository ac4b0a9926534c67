"""Where a release has the files of a table: one of each format, or a folder of them by fiscal year.

    parquet/line_items.parquet               csv/line_items.csv                      the whole table
    parquet/line_items/fiscal_year=2024/…    csv/line_items/fiscal_year=2024.csv     a year of a table that outgrew one

The year stands in the path as Hive has it, so that DuckDB, pandas, polars, Arrow and Spark know it; rows of no known
year are under `fiscal_year=__HIVE_DEFAULT_PARTITION__`, which they read as null. A year may have several Parquet files,
and has one CSV file with all columns, the year among them, and the lines of those in their order. A year in which
nothing changed thus has the very files of the release before, and a spreadsheet, which could not open the whole of such
a table, opens a year of it. All paths are relative to the release's folder.
"""

import re

YEAR = "fiscal_year"
NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
WHOLE = ""
"""The partition of a table that has just one."""

AT_THE_TOP = ("changes",)
"""Tables whose Parquet file stands in the release's folder itself: the contract's `changes.parquet`."""

TABLE_FILE = re.compile(
    r"(?P<folder>parquet/|csv/|)(?P<table>[a-z_0-9]+)(?:/(?P<partition>[a-z_]+=\w+)(?P<piece>/[^/]+)?)?\.(?:parquet|csv)"
)


def partition_of_year(year: int | None) -> str:
    """The partition of a year's rows, or of those of no known year."""
    return f"{YEAR}={NO_YEAR if year is None else year}"


def year_of(partition: str) -> int | None:
    """The year that a partition's rows are of."""
    value = partition.removeprefix(f"{YEAR}=")
    return None if value == NO_YEAR else int(value)


def table_of(path: str) -> str | None:
    """The table that a file's name says it has rows of, None where it is no table's."""
    found = TABLE_FILE.fullmatch(path)
    return found["table"] if found else None


def partition_of(path: str) -> str:
    """The partition that a table's file is of, such as `fiscal_year=2024`; '' where the file has the whole table."""
    found = TABLE_FILE.fullmatch(path)
    return (found["partition"] or WHOLE) if found else WHOLE


def parquet_path(table: str, partition: str = WHOLE, piece: str = "rows") -> str:
    """The Parquet file of a table, or a piece of one of its partitions."""
    if partition:
        return f"parquet/{table}/{partition}/{piece}.parquet"
    return f"{table}.parquet" if table in AT_THE_TOP else f"parquet/{table}.parquet"


def csv_path(table: str, partition: str = WHOLE) -> str:
    """The CSV file of a table, or of one of its partitions."""
    return f"csv/{table}/{partition}.csv" if partition else f"csv/{table}.csv"


def csv_of(parquet: str) -> str:
    """The CSV file that has the lines of the rows of a table's Parquet file."""
    table = table_of(parquet)
    assert table is not None, f"no table's file: {parquet}"
    return csv_path(table, partition_of(parquet))
