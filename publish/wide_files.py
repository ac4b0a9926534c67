"""The files of one wide table while a release is built: a Parquet file for each year, and one CSV file of all years."""

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyarrow as pa
import pyarrow.parquet as pq

from publish.csv_text import csv_header, csv_text
from publish.parquet_file import parquet_writer, row_groups, write_group
from publish.pieces import YEAR
from schemas.arrow import arrow_schema
from schemas.dataset import Table

FORMAT = 1
"""Of how wide rows are made: to be raised with any change to it, so that no old file passes for a new one."""

CSV_BYTES = "csv_bytes"
DEFINITION = "definition"
WHOLE = "rows.parquet"


class WideFiles:
    """One wide table's files; a context that opens and closes its CSV. `schema` is that of all its columns."""

    def __init__(self, table: Table, building: Path, previous: Path | None) -> None:
        self.table = table
        self.schema = arrow_schema(table)
        self._building = building
        self._previous = previous
        self._definition = sha256(f"{FORMAT} {table.model_dump_json()}".encode()).hexdigest()[:16]

    def __enter__(self) -> Self:
        csv = self._csv_of(self._building)
        csv.parent.mkdir(parents=True, exist_ok=True)
        csv.unlink(missing_ok=True)  # it may be a hard link into the release before
        self._csv: IO[bytes] = csv.open("wb")
        self._csv.write(csv_header(self.table))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._csv.close()

    def write(self, year: str, batches: Iterable[pa.RecordBatch]) -> None:
        """Write a year's rows, which come in the order of the key; '' is the only file there is."""
        file = self._parquet_of(self._building, year)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        start = self._csv.tell()
        stored = self.schema.remove(self.schema.get_field_index(YEAR)) if year else self.schema
        with parquet_writer(file, stored) as writer:
            for group in row_groups(batches):
                write_group(writer, group)
                self._csv.write(csv_text(self.table, group))
            known = {CSV_BYTES: str(self._csv.tell() - start), DEFINITION: self._definition}
            writer.add_key_value_metadata(known)

    def can_keep(self, year: str) -> bool:
        """Whether the release before has this year's file, made in the same way, and its lines of CSV."""
        known = self._known(year)
        return known.get(DEFINITION) == self._definition

    def keep(self, year: str) -> None:
        """Take a year's rows over from the release before: its file linked, its lines of CSV copied."""
        assert self._previous is not None, "can_keep says whether there is one"
        before, file = self._parquet_of(self._previous, year), self._parquet_of(self._building, year)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        os.link(before, file)
        years = sorted(each.parent.name for each in before.parent.parent.glob(f"{YEAR}=*/{WHOLE}")) if year else [""]
        offset = sum(int(self._known(each)[CSV_BYTES]) for each in years[: years.index(year)])
        with self._csv_of(self._previous).open("rb") as csv:
            csv.seek(len(csv_header(self.table)) + offset)
            _copy(csv, self._csv, int(self._known(year)[CSV_BYTES]))

    def _known(self, year: str) -> dict[str, str]:
        """What the release before noted in a year's file, nothing where it has none."""
        file = self._parquet_of(self._previous, year) if self._previous else None
        if file is None or not file.is_file():
            return {}
        metadata = pq.read_metadata(file).metadata or {}
        return {name: metadata[name.encode()].decode() for name in (CSV_BYTES, DEFINITION) if name.encode() in metadata}

    def _parquet_of(self, release: Path, year: str) -> Path:
        parquet = release / "parquet"
        return parquet / self.table.name / year / WHOLE if year else parquet / f"{self.table.name}.parquet"

    def _csv_of(self, release: Path) -> Path:
        return release / "csv" / f"{self.table.name}.csv"


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size:
        block = source.read(min(size, 1 << 20))
        if not block:
            raise EOFError(f"{size} bytes are missing")
        target.write(block)
        size -= len(block)
