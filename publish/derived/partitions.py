"""The files of a release's table by fiscal year, and the years in which they are those of the release before."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from publish.errors import ReleaseDamagedError
from publish.tables.paths import WHOLE, YEAR
from publish.tables.querying import parquet_files

Partitions = Mapping[str, Sequence[Path]]
"""Parquet files by partition (`fiscal_year=2024`), under '' where the table has just one."""


def partitions_of(release: Path, table: str) -> Partitions:
    """The files of a table, by name within each partition. Raises `ReleaseDamagedError` where there are none."""
    found = parquet_files(release, table)
    if not found:
        raise ReleaseDamagedError(release / "parquet" / f"{table}.parquet", "there is none")
    return {partition: list(files) for partition, files in groupby(found, key=_partition)}


def unchanged_partitions(building: Path, previous: Path | None, table: str) -> frozenset[str]:
    """The partitions whose files are the very files of the release before, linked under the same names."""
    if previous is None:
        return frozenset()
    before = partitions_of(previous, table)
    own = partitions_of(building, table)
    return frozenset(partition for partition, files in own.items() if _the_same(files, before.get(partition, ())))


def _partition(file: Path) -> str:
    return file.parent.name if file.parent.name.startswith(f"{YEAR}=") else WHOLE


def _the_same(files: Sequence[Path], before: Sequence[Path]) -> bool:
    return [file.name for file in files] == [file.name for file in before] and all(
        file.samefile(other) for file, other in zip(files, before, strict=True)
    )
