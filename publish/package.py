"""`datapackage.json`: the Frictionless Data Package that describes a release, each file with its schema and SHA-256.

Source: https://specs.frictionlessdata.io/data-package/, https://datapackage.org/standard/data-package/
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from publish.citation import package_properties
from publish.csv_text import DIALECT
from publish.formulas import RULE, RULE_ZH
from schemas.dataset import Table, dataset, table_schema

DESCRIPTOR = "datapackage.json"
MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "md": "text/markdown",
    "html": "text/html",
    "json": "application/json",
    "cff": "application/yaml",
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
        "resources": _counted([_resource(release, path, known) for path, known in _in_order(files).items()]),
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


def parquet_paths(descriptor: Mapping[str, Any], table: str) -> list[str]:
    """The Parquet files of a table, in the order in which its CSV file has their rows."""
    return [each["path"] for each in descriptor["resources"] if each.get("table") == table]


def fingerprint(file: Path) -> Resource:
    """A file's size and SHA-256, under the names that a resource gives them."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {"bytes": file.stat().st_size, "hash": f"sha256:{digest}"}


def csv_path(descriptor: Mapping[str, Any], table: str) -> str:
    """The CSV file of a table."""
    tables = (each for each in descriptor["resources"] if each["type"] == "table")
    return str(next(each["path"] for each in tables if each["name"] == table))


def _counted(resources: list[Resource]) -> list[Resource]:
    """The resources, each table with the rows that its Parquet files have."""
    rows: Counter[str] = Counter()
    for each in resources:
        rows[each.get("table", "")] += each.get("row_count", 0)
    return [{**each, "rows": rows[each["name"]]} if each["type"] == "table" else each for each in resources]


def _in_order(files: Mapping[str, Resource]) -> dict[str, Resource]:
    """The tables in the order of the dataset, CSV before Parquet; then what else there is, by name."""
    tables = list(dataset().all_tables)

    def place(path: str) -> tuple[int, bool, int, str]:
        table = _table_of(path)
        in_csv = files[path].get("csv", {}).get("offset", 0)
        return (tables.index(table.name) if table else len(tables), path.endswith(".parquet"), in_csv, path)

    return {path: files[path] for path in sorted(files, key=place)}


def _table_of(path: str) -> Table | None:
    """The table that a file has rows of, None where it is no table's."""
    found = re.fullmatch(r"(?:parquet/|csv/)?([a-z_0-9]+)(?:\.parquet|\.csv|/.*\.parquet)", path)
    return dataset().all_tables.get(found[1]) if found else None


def _resource(release: Path, path: str, known: Resource) -> Resource:
    table, suffix = _table_of(path), path.rpartition(".")[2]
    if table and suffix == "csv":
        return _csv_resource(table, path, known)
    parts = path.removesuffix(".parquet").split("/")
    named = "_".join(part.rpartition("=")[2] for part in parts if part != suffix)
    return {
        "name": f"{_identifier(named)}_{suffix}",
        "type": "file",
        "path": path,
        **(_described(table) if table else {}),
        "format": suffix,
        "mediatype": MEDIA_TYPES.get(suffix, "application/octet-stream"),
        **_rows_of_parquet(release / path, suffix),
        **({"table": table.name} if table else {}),
        **known,
        **({"schema": table_schema(table)} if table and len(parts) <= 2 else {}),
    }


def _identifier(text: str) -> str:
    """As the standard wants names: lower case, digits, `.`, `_` and `-`."""
    return re.sub(r"[^a-z0-9._-]", "_", text.lower()).strip("_")


def _csv_resource(table: Table, path: str, known: Resource) -> Resource:
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


def _described(table: Table) -> Resource:
    return {"description": table.en, "description_zh": table.zh}


def _rows_of_parquet(file: Path, suffix: str) -> Resource:
    return {"row_count": int(pq.read_metadata(file).num_rows)} if suffix == "parquet" else {}
