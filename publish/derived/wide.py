"""The wide tables: each form with a row as it was printed and a column for each measure, for people and for Excel.

Where the line items are partitioned by fiscal year, so are the wide tables, one file a year. A year whose line items
are the very files of the release before keeps that release's wide files: a wide row is made of its own paper alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from publish.derived.partitions import partitions_of, unchanged_partitions
from publish.derived.table_files import DerivedTableError, can_keep, keep, write_derived_table
from publish.derived.wide_pivot import ROW, pivoted
from publish.tables.durable import scratch_folder
from publish.tables.paths import YEAR, year_of
from schemas.arrow import arrow_schema
from schemas.dataset import Table, dataset, wide_name
from schemas.forms import forms

LINE_ITEMS = "line_items"
SCRATCH = ".pivoting"
OF_THE_AMOUNT = ("form", "measure", "amount", "status")
SHARED = (
    "kind",
    "fiscal_year",
    "organisation_code",
    "parent_line",
    "is_leaf",
    "code",
    "name",
    "standard_name",
    "government_code",
    "government_name",
    "item",
    "page",
)
ROWS_AT_A_TIME = 131_072

FORMAT = 2
"""Of how wide rows are made: to be raised with any change to it, so that no old file passes for a new one."""


@cache
def wide_tables() -> dict[str, Table]:
    """The wide tables by their names."""
    return {name: table for name, table in dataset().derived.items() if name.startswith(wide_name(""))}


def write_wide_tables(building: Path, previous: Path | None = None) -> None:
    """Write the wide table of every form of the release in `building`, and keep what `previous` has of it.

    Raises `DerivedTableError` where an amount has no column in its form's wide table, for it would be lost, and
    `ReleaseDamagedError` where there are no line items.
    """
    unchanged = unchanged_partitions(building, previous, LINE_ITEMS)
    for partition, files in partitions_of(building, LINE_ITEMS).items():
        if previous and partition in unchanged and _can_keep(previous, partition):
            for table in wide_tables().values():
                keep(building, previous, table, partition)
        else:
            _write_partition(building, partition, files)


def _can_keep(previous: Path, partition: str) -> bool:
    return all(can_keep(previous, table, _made_by(table), partition) for table in wide_tables().values())


def _made_by(table: Table) -> str:
    return sha256(f"{FORMAT} {pa.__version__} {table.model_dump_json()}".encode()).hexdigest()[:16]


def _write_partition(building: Path, partition: str, files: Sequence[Path]) -> None:
    """Pivot a year's line items, form by form, by way of files: a year can be larger than memory."""
    with scratch_folder(building / SCRATCH) as scratch:
        _spill(files, scratch)
        for name, table in wide_tables().items():
            with pa.memory_map(str(scratch / name)) as stored:
                rows = _by_document(pa.ipc.open_file(stored).read_all())
                write_derived_table(building, table, rows, partition, _made_by(table))


def _spill(files: Sequence[Path], scratch: Path) -> None:
    """Write the rows of each wide table to a file of its name, in the order in which they come."""
    with ExitStack() as stack:
        writers = {}
        for name, table in wide_tables().items():
            spilled = stack.enter_context(pa.OSFile(str(scratch / name), "wb"))
            writers[name] = stack.enter_context(pa.ipc.new_file(spilled, arrow_schema(table)))
        for items in _whole_documents(files):
            for name, rows in _pivoted_by_form(items):
                writers[name].write_table(rows)


def _pivoted_by_form(items: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    for form in pc.unique(items["form"]).to_pylist():
        own = items.filter(pc.equal(items["form"], form))
        name = wide_name(form)
        if name not in wide_tables():
            raise DerivedTableError(f"amounts of a form that has no wide table: {form}")
        measures = forms()[form].measures
        if homeless := set(pc.unique(own["measure"]).to_pylist()) - set(measures):
            raise DerivedTableError(f"amounts that {name} has no column for: {sorted(homeless)}")
        yield name, pivoted(own, wide_tables()[name], measures)


def _whole_documents(files: Sequence[Path]) -> Iterator[pa.Table]:
    """The line items of all files, some documents at a time, each whole."""
    for file in files:
        pending: list[pa.RecordBatch] = []
        for batch in _batches(file):
            rows = pa.Table.from_batches([*pending, batch])
            ids = rows["document_id"]
            cut = pc.index(ids, ids[-1]).as_py()
            if cut:
                yield rows.slice(0, cut).combine_chunks()
            pending = rows.slice(cut).to_batches()
        if pending:
            yield pa.Table.from_batches(pending).combine_chunks()


def _batches(file: Path) -> Iterator[pa.RecordBatch]:
    """The columns that a wide table is made of, with the year that may stand in the path alone."""
    in_path = file.parent.name.startswith(f"{YEAR}=")
    wanted = [*ROW, *OF_THE_AMOUNT, *(name for name in SHARED if not in_path or name != YEAR)]
    known = pa.scalar(year_of(file.parent.name), pa.int16()) if in_path else None
    with pq.ParquetFile(file) as parquet:
        for batch in parquet.iter_batches(ROWS_AT_A_TIME, columns=wanted):
            if batch.num_rows:
                yield batch if known is None else batch.append_column(YEAR, pa.repeat(known, batch.num_rows))


def _by_document(rows: pa.Table) -> Iterator[pa.RecordBatch]:
    """The rows by ascending document id; a document's rows stand together, in order already."""
    if not rows.num_rows:
        return
    ids = rows["document_id"].combine_chunks()
    starts = np.flatnonzero(np.concatenate([[True], pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)]))
    ends = np.append(starts[1:], rows.num_rows)
    ascending = np.argsort(np.array(ids.take(pa.array(starts)).to_pylist()), kind="stable")
    if (ascending == np.arange(len(starts))).all():
        yield from rows.to_batches()
        return
    places = np.concatenate([np.arange(starts[number], ends[number]) for number in ascending])
    for start in range(0, len(places), ROWS_AT_A_TIME):
        yield from rows.take(pa.array(places[start : start + ROWS_AT_A_TIME])).combine_chunks().to_batches()
