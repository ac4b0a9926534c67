"""The files of the tables: one Parquet and one CSV for each, written together from the same Arrow batches.

The bytes depend on the rows alone: fixed writer settings, a canonical order, no times and no paths.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from publish.batches import batches_of, record_batch
from publish.csv_text import csv_rows, csv_writer, open_csv
from publish.durable import scratch_folder, sync, sync_tree
from publish.errors import DocumentOrderError
from publish.rows import Row
from schemas.arrow import arrow_schema
from schemas.dataset import Table, dataset
from schemas.records import Reading

ROWS_PER_GROUP = 131_072
DOCUMENTS_PER_GROUP = 4_096
"""A Parquet row group holds whole documents; the one with which it reaches either number closes it."""


class TableFiles:
    """One table's Parquet and CSV files while they are written; a context that closes them."""

    def __init__(self, table: Table, parquet: Path, csv: Path) -> None:
        self.row_count = 0
        self._pending: list[pa.RecordBatch] = []
        self._pending_rows = 0
        self._parquet = pq.ParquetWriter(parquet, arrow_schema(table), compression="zstd", compression_level=3)
        self._text = open_csv(csv, "w")
        self._csv = csv_writer(self._text)
        self._csv.writerow(table.column_names)

    def append(self, batch: pa.RecordBatch) -> None:
        """Add rows that come after all that are there."""
        if not batch.num_rows:
            return
        self.row_count += batch.num_rows
        self._csv.writerows(csv_rows(batch))
        self._pending.append(batch)
        self._pending_rows += batch.num_rows
        if self._pending_rows >= ROWS_PER_GROUP or len(self._pending) >= DOCUMENTS_PER_GROUP:
            self._write_row_group()

    def _write_row_group(self) -> None:
        self._parquet.write_table(pa.Table.from_batches(self._pending), row_group_size=self._pending_rows)
        self._pending.clear()
        self._pending_rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._text, self._parquet:
            if error is None and self._pending:
                self._write_row_group()


def write_dataset(
    readings: Iterable[Reading], folder: Path, reference: Mapping[str, Sequence[Row]] | None = None
) -> None:
    """Write `folder`/<table>.parquet and `folder`/csv/<table>.csv for every table of the dataset.

    Each file appears whole under its name, or stays as it was. `readings` and `reference` are those of `write_tables`,
    which also names the errors.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with scratch_folder(folder / ".partial") as scratch:
        write_tables(readings, scratch, scratch / "csv", reference)
        sync_tree(scratch)
        _move_files(scratch, folder)


def _move_files(source: Path, target: Path) -> None:
    files = sorted(path for path in source.rglob("*") if path.is_file())
    destinations = [target / file.relative_to(source) for file in files]
    for file, destination in zip(files, destinations, strict=True):
        destination.parent.mkdir(exist_ok=True)
        file.replace(destination)
    for parent in {destination.parent for destination in destinations}:
        sync(parent)


def write_tables(
    readings: Iterable[Reading], parquet: Path, csv: Path, reference: Mapping[str, Sequence[Row]] | None = None
) -> dict[str, int]:
    """Write every table of the dataset, one document at a time; returns the rows of each table.

    A collection of readings comes in any order; an iterator, which may be larger than memory, in ascending order of
    `document_id`. `reference` gives the rows of tables that are no document's, such as `classifications`. Raises
    `DocumentOrderError` and `RowRefusedError`; the folders then hold files that must be thrown away.
    """
    tables = dataset().tables
    for folder in (parquet, csv):
        folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(TableFiles(table, parquet / f"{name}.parquet", csv / f"{name}.csv"))
            for name, table in tables.items()
        }
        for reading in _ascending(readings):
            for name, batch in batches_of(reading).items():
                files[name].append(batch)
        for name, rows in (reference or {}).items():
            files[name].append(record_batch(tables[name], rows))
    return {name: file.row_count for name, file in files.items()}


def _ascending(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings by ascending document id; `DocumentOrderError` where a stream is not, or a document comes twice."""
    last = ""
    if isinstance(readings, Collection):
        readings = sorted(readings, key=attrgetter("document.document_id"))
    for reading in readings:
        document_id = reading.document.document_id
        if document_id <= last:
            raise DocumentOrderError(f"document {document_id} comes after {last}")
        yield reading
        last = document_id
