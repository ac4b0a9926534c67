"""Checks a release from disk: its files against its `datapackage.json`, its CSV files against its Parquet files."""

from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from publish.changelog import CHANGELOG
from publish.csv_text import csv_rows, read_csv
from publish.errors import ReleaseDamagedError
from publish.package import DESCRIPTOR, fingerprint, read_descriptor
from schemas.arrow import ARROW_TYPES


def verify_release(release: Path) -> None:
    """Raises `ReleaseDamagedError` at the first file that is missing, unexpected or not what its description says."""
    if not (release / DESCRIPTOR).is_file():
        raise ReleaseDamagedError(release / DESCRIPTOR, "there is none")
    resources = read_descriptor(release)["resources"]
    _verify_names(release, {resource["path"] for resource in resources})
    for resource in resources:
        _verify_bytes(release, resource)
    for resource in resources:
        if resource["type"] == "table":
            _verify_rows(release, resource)


def _verify_names(release: Path, described: set[str]) -> None:
    expected = described | {DESCRIPTOR, CHANGELOG}
    found = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    for name in sorted(expected ^ found):
        raise ReleaseDamagedError(release / name, "missing" if name in expected else "not described")


def _verify_bytes(release: Path, resource: Mapping[str, Any]) -> None:
    file = release / resource["path"]
    for property_name, actual in fingerprint(file).items():
        if actual != resource[property_name]:
            raise ReleaseDamagedError(file, f"{property_name} is {actual}, described as {resource[property_name]}")


def _verify_rows(release: Path, resource: Mapping[str, Any]) -> None:
    """The Parquet file has the described columns, and the CSV file has its rows."""
    csv, parquet = release / resource["path"], release / f"parquet/{resource['name']}.parquet"
    fields = resource["schema"]["fields"]
    lines = read_csv(csv)
    if next(lines, ()) != tuple(field["name"] for field in fields):
        raise ReleaseDamagedError(csv, "its header does not name the described columns")
    with pq.ParquetFile(parquet) as stored:
        if list(zip(stored.schema_arrow.names, stored.schema_arrow.types, strict=True)) != [
            (field["name"], ARROW_TYPES[field["storage"]]) for field in fields
        ]:
            raise ReleaseDamagedError(parquet, "its columns are not the described ones")
        if stored.metadata.num_rows != resource["rows"]:
            raise ReleaseDamagedError(parquet, f"{stored.metadata.num_rows} rows, described as {resource['rows']}")
        rows = (row for batch in stored.iter_batches() for row in csv_rows(batch))
        for number, (row, line) in enumerate(zip_longest(rows, lines), start=1):
            if row != line:
                raise ReleaseDamagedError(csv, f"row {number} is not that of {parquet.name}")
