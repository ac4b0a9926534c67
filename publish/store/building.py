"""The tables of a release: what the newest one has is linked and copied, the rest is written from the papers."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from publish.store.previous_release import PreviousRelease, StoredPiece
from publish.tables.csv_file import CsvFile, CsvPiece
from publish.tables.csv_text import csv_text
from publish.tables.durable import link_or_copy
from publish.tables.papers import Paper
from publish.tables.parquet_file import parquet_writer, row_groups, write_group
from publish.tables.pieces import Layout, Piece, pieces_of, stored_schema
from schemas.dataset import Table, dataset

AHEAD = 2
"""So many pieces of a table are written ahead of its CSV files, whose order is set; they wait in memory as text."""

CORES = len(os.sched_getaffinity(0))

Texts = Iterable[memoryview]


def write_tables(
    papers: Sequence[Paper], building: Path, previous: PreviousRelease | None, layout: Layout, workers: int = CORES
) -> dict[str, list[StoredPiece]]:
    """Write `parquet/` and `csv/` of a release; the pieces of each table in the order of its CSV files.

    The bytes depend on the papers and the layout alone, not on `previous`, nor on the number of workers. Raises
    `RepeatedDocumentError`, `PaperDamagedError`.
    """
    tables = dataset().tables
    pieces = pieces_of(papers, tables.values(), layout)
    folders = {(building / path).parent for own in pieces.values() for piece in own for path in (piece.path, piece.csv)}
    for folder in sorted(folders):
        folder.mkdir(parents=True, exist_ok=True)
    with executor(workers) as pool, executor(len(pieces) if workers > 1 else 1) as writers:
        writing = {
            name: writers.submit(_write_table, tables[name], own, building, previous, pool)
            for name, own in pieces.items()
        }
        return {name: future.result() for name, future in writing.items()}


def executor(workers: int) -> Executor:
    """Threads (what takes time here lets go of the interpreter), or the caller itself where there is but one."""
    return ThreadPoolExecutor(workers) if workers > 1 else _AtOnce()


class _AtOnce(Executor):
    """Does what it is given when it is given it."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(*args, **options))
        return future


def _write_table(
    table: Table, pieces: Sequence[Piece], building: Path, previous: PreviousRelease | None, pool: Executor
) -> list[StoredPiece]:
    unchanged = _linked(pieces, building, previous) if previous else {}
    changed = [piece for piece in pieces if piece.path not in unchanged]
    texts = _ahead(changed, partial(_written, building=building, previous=previous), pool)
    of_each_csv = [list(own) for _, own in groupby(pieces, key=attrgetter("csv"))]
    return [stored for own in of_each_csv for stored in _write_csv(own, unchanged, texts, building, previous)]


def _linked(pieces: Sequence[Piece], building: Path, previous: PreviousRelease) -> dict[str, StoredPiece]:
    """The pieces that the release before has, by path, their Parquet files linked."""
    unchanged = {piece.path: found for piece in pieces if (found := previous.stored(piece))}
    for path in unchanged:
        link_or_copy(previous.folder / path, building / path)
    return unchanged


def _write_csv(
    pieces: Sequence[Piece],
    unchanged: Mapping[str, StoredPiece],
    texts: Iterator[Texts],
    building: Path,
    previous: PreviousRelease | None,
) -> list[StoredPiece]:
    """One CSV file from the pieces whose lines it has: linked where nothing changed, else put together.

    `texts` has the lines of the pieces that are not `unchanged`, in their order.
    """
    path = pieces[0].csv
    if previous and all(piece.path in unchanged for piece in pieces) and previous.has_csv_of(pieces):
        link_or_copy(previous.folder / path, building / path)
        return [unchanged[piece.path] for piece in pieces]
    with CsvFile(pieces[0].table, building / path) as csv:

        def put(piece: Piece) -> CsvPiece:
            if previous and piece.path in unchanged:
                return csv.copy(previous.folder / path, unchanged[piece.path].csv)
            return csv.write(next(texts))

        return [StoredPiece(piece.path, piece.digest, piece.rows, put(piece)) for piece in pieces]


def _ahead(pieces: Sequence[Piece], write: Callable[[Piece], Texts], pool: Executor) -> Iterator[Texts]:
    """The text of each piece, in their order, a few written ahead by the pool; a lone one comes as it is written."""
    if len(pieces) == 1:
        yield write(pieces[0])
        return
    left = iter(pieces)
    writing = deque(pool.submit(list, write(piece)) for piece in islice(left, AHEAD))
    while writing:
        texts = writing.popleft().result()
        writing.extend(pool.submit(list, write(piece)) for piece in islice(left, 1))
        yield texts


def _written(piece: Piece, building: Path, previous: PreviousRelease | None) -> Iterator[memoryview]:
    """Write a piece's Parquet file and hand over its CSV lines, a row group at a time."""
    schema = stored_schema(piece.table.name, partitioned=piece.partitioned)
    with parquet_writer(building / piece.path, schema) as writer:
        for group in row_groups(_rows(piece, previous)):
            write_group(writer, group)
            yield csv_text(piece.table, group)


def _rows(piece: Piece, previous: PreviousRelease | None) -> Iterable[pa.RecordBatch]:
    if previous and not piece.partitioned:
        return previous.rows(piece)
    return (paper.load(piece.table.name) for paper in piece.papers)
