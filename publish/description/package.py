"""`datapackage.json`: the Frictionless Data Package that describes a release, each file with its schema and SHA-256.

Source: https://specs.frictionlessdata.io/data-package/, https://datapackage.org/standard/data-package/
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from publish.description.citation import package_properties
from publish.tables.csv_text import DIALECT
from publish.tables.formulas import RULE, RULE_ZH
from publish.tables.paths import csv_path, partition_of, table_of
from schemas.dataset import Table, dataset, table_schema

DESCRIPTOR = "datapackage.json"
MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "md": "text/markdown",
    "html": "text/html",
    "json": "application/json",
    "cff": "application/yaml",
    "sql": "application/sql",
    "duckdb": "application/vnd.duckdb",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Resource = dict[str, Any]


def describe(
    release: Path, version: str, files: Mapping[str, Resource], quarantined: Sequence[Mapping[str, str | None]] = ()
) -> dict[str, Any]:
    """The descriptor of a release's files.

    `files` has, by the path of each, at least its `bytes` and `hash`. `quarantined` are the papers whose rows are held
    back, each with `document_id` and `reason`.
    """
    definition = dataset()
    return {
        "name": definition.name,
        "version": version,
        "description": definition.en,
        "description_zh": definition.zh,
        **package_properties(),
        "csv_formulas": RULE,
        "csv_formulas_zh": RULE_ZH,
        "quarantined": list(quarantined),
        "resources": _counted(list(_resources(release, files))),
    }


def write_descriptor(release: Path, descriptor: Mapping[str, Any]) -> None:
    """Put the descriptor into the release's folder."""
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (release / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")


def read_descriptor(release: Path) -> dict[str, Any]:
    """The descriptor of a release."""
    descriptor: dict[str, Any] = json.loads((release / DESCRIPTOR).read_text(encoding="utf-8"))
    return descriptor


def row_counts(descriptor: Mapping[str, Any]) -> dict[str, int]:
    """Rows by table."""
    return {resource["name"]: resource["rows"] for resource in descriptor["resources"] if resource["type"] == "table"}


def files_of(descriptor: Mapping[str, Any]) -> dict[str, Resource]:
    """The resource of each file by its path. A table with several CSV files has a resource besides those."""
    return {each["path"]: each for each in descriptor["resources"] if isinstance(each["path"], str)}


def parquet_paths(descriptor: Mapping[str, Any], table: str) -> list[str]:
    """The Parquet files of a table, in the order in which its CSV files have their rows."""
    resources = descriptor["resources"]
    return [each["path"] for each in resources if each.get("table") == table and each.get("format") == "parquet"]


def csv_paths(descriptor: Mapping[str, Any], table: str) -> list[str]:
    """The CSV files of a table, in their order."""
    [path] = [each["path"] for each in descriptor["resources"] if each["type"] == "table" and each["name"] == table]
    return [path] if isinstance(path, str) else list(path)


def fingerprint(file: Path) -> Resource:
    """A file's size and SHA-256, under the names that a resource gives them."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {"bytes": file.stat().st_size, "hash": f"sha256:{digest}"}


def _counted(resources: list[Resource]) -> list[Resource]:
    """The resources, each table with the rows that its Parquet files have."""
    rows: Counter[str] = Counter()
    for each in resources:
        rows[each.get("table", "")] += each.get("row_count", 0)
    return [{**each, "rows": rows[each["name"]]} if each["type"] == "table" else each for each in resources]


def _in_order(files: Mapping[str, Resource]) -> list[str]:
    """The tables in the order of the dataset, CSV before Parquet; then what else there is, by name."""
    tables = list(dataset().all_tables)

    def place(path: str) -> tuple[int, bool, str, int, str]:
        table = _table_of(path)
        in_csv = files[path].get("csv", {}).get("offset", 0)
        number = tables.index(table.name) if table else len(tables)
        return (number, path.endswith(".parquet"), partition_of(path), in_csv, path)

    return sorted(files, key=place)


def _table_of(path: str) -> Table | None:
    """The table that a file has rows of, None where it is no table's."""
    return dataset().all_tables.get(table_of(path) or "")


def _resources(release: Path, files: Mapping[str, Resource]) -> Iterator[Resource]:
    """The resources of all files, those of a table after the table's own."""
    for table, paths in groupby(_in_order(files), key=_table_of):
        own = list(paths)
        csv = [path for path in own if path.endswith(".csv")]
        if table and csv == [csv_path(table.name)]:
            yield _table_resource(table, csv[0], files[csv[0]])
            own.remove(csv[0])
        elif table and csv:
            yield _table_resource(table, csv, {})
        yield from (_file_resource(release, path, table, files[path]) for path in own)


def _table_resource(table: Table, path: str | list[str], known: Resource) -> Resource:
    """A table with its CSV file, or with its CSV files, each of which has a resource with its own hash besides."""
    return {
        "name": table.name,
        "type": "table",
        "path": path,
        **_described(table),
        "format": "csv",
        "mediatype": MEDIA_TYPES["csv"],
        "encoding": "utf-8",
        "dialect": DIALECT,
        **known,
        "schema": table_schema(table),
    }


def _file_resource(release: Path, path: str, table: Table | None, known: Resource) -> Resource:
    suffix = path.rpartition(".")[2]
    parts = path.removesuffix(".parquet").removesuffix(".csv").split("/")
    named = "_".join(part.rpartition("=")[2] for part in parts if part != suffix)
    return {
        "name": f"{_identifier(named)}_{suffix}",
        "type": "file",
        "path": path,
        **(_described(table) if table else {}),
        "format": suffix,
        "mediatype": MEDIA_TYPES.get(suffix, "application/octet-stream"),
        **(_rows_of_parquet(release / path) if suffix == "parquet" and "row_count" not in known else {}),
        **({"table": table.name} if table else {}),
        **known,
        **({"schema": table_schema(table)} if table and not partition_of(path) else {}),
    }


def _identifier(text: str) -> str:
    """As the standard wants names: lower case, digits, `.`, `_` and `-`."""
    return re.sub(r"[^a-z0-9._-]", "_", text.lower()).strip("_")


def _described(table: Table) -> Resource:
    return {"description": table.en, "description_zh": table.zh}


def _rows_of_parquet(file: Path) -> Resource:
    return {"row_count": int(pq.read_metadata(file).num_rows)}
