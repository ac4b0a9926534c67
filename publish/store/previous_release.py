"""The newest release as a source of what has not changed: pieces to link, CSV lines to copy, rows to take over."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from publish.description.package import files_of, fingerprint, read_descriptor
from publish.tables.csv_file import CsvPiece
from publish.tables.paper_digests import read_digests
from publish.tables.papers import Paper, schema_of
from publish.tables.paths import csv_of
from publish.tables.pieces import Piece


@dataclass(frozen=True, slots=True)
class StoredPiece:
    """A piece as a release has it: its Parquet file, and its lines of the CSV file that goes with it."""

    path: str
    digest: str
    rows: int
    csv: CsvPiece


class PreviousRelease:
    """A release and what its descriptor tells of its pieces. Nothing is taken over of a file that is `damaged`.

    `damaged` are the paths of files that are gone, or have other bytes than the SHA-256 that they are described with:
    a bit that flipped on the disk must not spread to the next release.
    """

    def __init__(self, folder: Path, pool: Executor) -> None:
        self.folder = folder
        self.files = files_of(read_descriptor(folder))
        sound = pool.map(self._is_sound, self.files)
        self.damaged = frozenset(path for path, is_sound in zip(self.files, sound, strict=True) if not is_sound)
        self._pieces = {path: _stored(each) for path, each in self.files.items() if "digest" in each}
        self._of_csv = {csv: list(own) for csv, own in groupby(self._pieces, key=csv_of)}

    def stored(self, piece: Piece) -> StoredPiece | None:
        """How the release has the piece, None where it has none, another, or a damaged one."""
        found = self._pieces.get(piece.path)
        same = found is not None and found.digest == piece.digest
        return found if same and self._is_whole(piece.path) and self._is_whole(piece.csv) else None

    def has_csv_of(self, pieces: Sequence[Piece]) -> bool:
        """Whether a CSV file of the release is put together from these pieces and no others; it has all of them."""
        return [piece.path for piece in pieces] == self._of_csv[pieces[0].csv]

    def is_linked(self, building: Path, path: str) -> bool:
        """Whether a file that is there is the very one of this release, under another name."""
        file = self.folder / path
        return self._is_whole(path) and file.is_file() and file.samefile(building / path)

    def _is_whole(self, path: str) -> bool:
        return path in self.files and path not in self.damaged

    def _is_sound(self, path: str) -> bool:
        known = self.files[path]
        try:
            return fingerprint(self.folder / path) == {name: known[name] for name in ("bytes", "hash")}
        except OSError:
            return False

    def rows(self, piece: Piece) -> Iterator[pa.RecordBatch]:
        """The rows of a table that has one file, in their order: taken over where they are the same, else loaded."""
        table = piece.table.name
        known = read_digests(self.folder, table) if self._can_take_over(piece) else {}
        same = {each.document_id for each in piece.papers if known.get(each.document_id) == each.tables[table].digest}
        others = deque(paper for paper in piece.papers if paper.document_id not in same)
        for batch in _row_groups(self.folder / piece.path) if same else ():
            yield from _taken_over(batch, same, others, table)
        yield from (paper.load(table) for paper in others)

    def _can_take_over(self, piece: Piece) -> bool:
        if "document_id" not in piece.table.column_names or not self._is_whole(piece.path):
            return False
        return bool(pq.read_schema(self.folder / piece.path).equals(schema_of(piece.table.name)))


def _stored(resource: Mapping[str, Any]) -> StoredPiece:
    csv = resource["csv"]
    lines = CsvPiece(csv["offset"], csv["bytes"], csv["crc32"])
    return StoredPiece(resource["path"], resource["digest"], resource["row_count"], lines)


def _row_groups(file: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(file) as parquet:
        for number in range(parquet.num_row_groups):
            yield from parquet.read_row_group(number).combine_chunks().to_batches()


def _taken_over(batch: pa.RecordBatch, same: set[str], others: deque[Paper], table: str) -> Iterator[pa.RecordBatch]:
    """The rows of the documents that are the `same`, as long runs, with the `others` loaded where they belong."""
    documents = pc.run_end_encode(batch["document_id"])
    start = begin = 0
    for document_id, end in zip(documents.values.to_pylist(), documents.run_ends.to_pylist(), strict=True):
        if document_id not in same or (others and others[0].document_id < document_id):
            yield batch.slice(start, begin - start)
            while others and others[0].document_id <= document_id:
                yield others.popleft().load(table)
            start = begin if document_id in same else end
        begin = end
    yield batch.slice(start)
