"""What a row refers to must be there: its document, and the table of a document that a cell or an amount is in."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from publish.description.package import parquet_paths

MEMORY = "512MB"


class Reference(NamedTuple):
    """Columns of `table` that name a row of `target`; a null refers to nothing."""

    table: str
    columns: tuple[str, ...]
    target: str


TABLE_OF_DOCUMENT = ("document_id", "table_no")
OF_TABLES = tuple(Reference(table, TABLE_OF_DOCUMENT, "tables") for table in ("cells", "line_items", "table_amounts"))


def broken_references(
    release: Path, descriptor: Mapping[str, Any], trusted: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """The references to rows that are not there, each as the path of a file and what is wrong with it.

    Files that are `trusted` are taken to refer to what is there.
    """
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-") as scratch,
        duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": scratch}) as connection,
    ):
        for reference in _references(descriptor):
            paths = parquet_paths(descriptor, reference.table)
            files = [release / path for path in paths if path not in trusted]
            targets = [release / path for path in parquet_paths(descriptor, reference.target)]
            if files and targets and (missing := _missing(connection, reference, files, targets)):
                path = Path(missing.pop("filename")).relative_to(release).as_posix()
                named = ", ".join(f"{name} {value}" for name, value in missing.items())
                yield path, f"a row refers to what is not in {reference.target}: {named}"


def _references(descriptor: Mapping[str, Any]) -> Iterator[Reference]:
    for resource in descriptor["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]] if resource["type"] == "table" else []
        if "document_id" in names and resource["name"] not in ("documents", "changes"):
            yield Reference(resource["name"], ("document_id",), "documents")
    yield from OF_TABLES


def _missing(
    connection: duckdb.DuckDBPyConnection, reference: Reference, files: list[Path], targets: list[Path]
) -> dict[str, Any]:
    """A row without its target, {} where there is none."""
    columns = ", ".join(reference.columns)
    known = " AND ".join(f"{column} IS NOT NULL" for column in reference.columns)
    rows = f"SELECT {columns}, filename FROM {_scan(files, 'filename = true')} WHERE {known}"
    found = connection.execute(
        f"SELECT * FROM ({rows}) ANTI JOIN (SELECT {columns} FROM {_scan(targets)}) USING ({columns}) LIMIT 1"
    )
    row = found.fetchone()
    return dict(zip((*reference.columns, "filename"), row, strict=True)) if row else {}


def _scan(files: list[Path], *options: str) -> str:
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet({', '.join([f'[{listed}]', 'hive_partitioning = false', *options])})"
