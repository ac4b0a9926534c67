"""`datapackage.json`: the Frictionless Data Package that describes a release, each file with its schema and SHA-256.

Source: https://specs.frictionlessdata.io/data-package/, https://datapackage.org/standard/data-package/
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publish.csv_text import DIALECT
from schemas.dataset import Table, dataset, table_schema

DESCRIPTOR = "datapackage.json"

Resource = dict[str, Any]


def describe(release: Path, version: str, row_counts: Mapping[str, int]) -> dict[str, Any]:
    """The descriptor of the files in a release's folder; `row_counts` are by table."""
    definition = dataset()
    resources = [
        resource
        for name, table in definition.tables.items()
        for resource in (_csv_resource(release, table, row_counts[name]), _parquet_resource(release, table))
    ]
    return {
        "name": definition.name,
        "version": version,
        "description": definition.en,
        "description_zh": definition.zh,
        "resources": resources,
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
    return {resource["name"]: resource["rows"] for resource in descriptor["resources"] if "rows" in resource}


def _csv_resource(release: Path, table: Table, rows: int) -> Resource:
    return {
        "name": table.name,
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "description": table.en,
        "description_zh": table.zh,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        **fingerprint(release / f"csv/{table.name}.csv"),
        "rows": rows,
        "schema": table_schema(table),
    }


def _parquet_resource(release: Path, table: Table) -> Resource:
    """The same rows again: a plain file to Frictionless, which would count a Parquet file's rows but not its bytes."""
    return {
        "name": f"{table.name}_parquet",
        "type": "file",
        "path": f"parquet/{table.name}.parquet",
        "description": table.en,
        "description_zh": table.zh,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **fingerprint(release / f"parquet/{table.name}.parquet"),
        "schema": table_schema(table),
    }


def fingerprint(file: Path) -> Resource:
    """A file's size and SHA-256, under the names that a resource gives them."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {"bytes": file.stat().st_size, "hash": f"sha256:{digest}"}
