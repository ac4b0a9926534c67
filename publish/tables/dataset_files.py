"""The files of single tables: one Parquet and one CSV for each, written together from the same Arrow batches.

The bytes depend on the rows alone: fixed writer settings, a canonical order, no times and no paths.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa

from publish.tables.csv_text import csv_header, csv_text
from publish.tables.durable import scratch_folder
from publish.tables.papers import Paper, papers_of, reference_paper
from publish.tables.parquet_file import ROWS_PER_GROUP, parquet_writer, row_groups, write_group
from publish.tables.pieces import Layout, pieces_of
from publish.tables.rows import Row
from schemas.arrow import arrow_schema
from schemas.dataset import Table, dataset
from schemas.records import Reading

ONE_FILE = Layout(most_rows=2**63)


class TableFiles:
    """One table's Parquet and CSV files while they are written; a context that closes them."""

    def __init__(self, table: Table, parquet: Path, csv: Path) -> None:
        self.row_count = 0
        self._table = table
        self._pending: list[pa.RecordBatch] = []
        self._pending_rows = 0
        self._parquet = parquet_writer(parquet, arrow_schema(table))
        self._csv = csv.open("wb")
        self._csv.write(csv_header(table))

    def append(self, batch: pa.RecordBatch) -> None:
        """Add rows that come after all that are there."""
        self.row_count += batch.num_rows
        self._pending.append(batch)
        self._pending_rows += batch.num_rows
        if self._pending_rows >= ROWS_PER_GROUP:
            self._write_groups(ROWS_PER_GROUP)

    def _write_groups(self, least: int) -> None:
        """Write what is pending, but for a last group of fewer rows than `least`, which goes on pending."""
        groups, self._pending = list(row_groups(self._pending)), []
        for group in groups:
            if group.num_rows < least:
                self._pending = [group]
            else:
                write_group(self._parquet, group)
                self._csv.write(csv_text(self._table, group))
        self._pending_rows = sum(batch.num_rows for batch in self._pending)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._csv, self._parquet:
            if error is None:
                self._write_groups(1)


def write_dataset(
    papers: Iterable[Reading | Paper],
    folder: Path,
    reference: Mapping[str, Sequence[Row] | pa.RecordBatch] | None = None,
) -> None:
    """Write `folder`/<table>.parquet and `folder`/csv/<table>.csv for every table of the dataset, sorted by its key.

    Each file appears whole under its name, or stays as it was; nothing waits for the disk, as a release does, for the
    same papers give the same files again. `reference` gives the rows of tables that are no
    document's, such as `classifications`. A paper whose rows break the dataset's definition is there as failed. Raises
    `RepeatedDocumentError`, and `RowRefusedError` where a row of `reference` or a document's own is refused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    everything = [*papers_of(papers), reference_paper(reference or {})]
    with scratch_folder(folder / ".partial") as scratch:
        (scratch / "csv").mkdir()
        pieces = pieces_of(everything, dataset().tables.values(), ONE_FILE)
        for piece in chain.from_iterable(pieces.values()):
            name = piece.table.name
            with TableFiles(piece.table, scratch / f"{name}.parquet", scratch / "csv" / f"{name}.csv") as files:
                for paper in piece.papers:
                    files.append(paper.load(name))
        _move_files(scratch, folder)


def _move_files(source: Path, target: Path) -> None:
    files = sorted(path for path in source.rglob("*") if path.is_file())
    destinations = [target / file.relative_to(source) for file in files]
    for file, destination in zip(files, destinations, strict=True):
        destination.parent.mkdir(exist_ok=True)
        file.replace(destination)
