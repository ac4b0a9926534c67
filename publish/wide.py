"""The wide tables: each form with a row as it was printed and a column for each measure, for people and for Excel.

Where the line items are partitioned by fiscal year, so are the wide tables, one file a year. A year whose line items
are the very files of the release before keeps that release's wide files.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from publish.derived_tables import DerivedTableError
from publish.durable import scratch_folder
from publish.errors import ReleaseDamagedError
from publish.pieces import NO_YEAR, YEAR
from publish.querying import parquet_files
from publish.wide_files import WideFiles
from publish.wide_pivot import ROW, pivoted
from schemas.dataset import Table, dataset, wide_name
from schemas.forms import forms

LINE_ITEMS = "line_items"
SCRATCH = ".pivoting"
OF_THE_AMOUNT = ("form", "measure", "amount", "status")
SHARED = ("kind", "fiscal_year", "code", "name", "standard_name", "page")
ROWS_AT_A_TIME = 131_072

Files = Mapping[str, Sequence[Path]]
"""The files of the line items by partition (`fiscal_year=2024`), under '' where there is just one."""


def wide_tables() -> dict[str, Table]:
    """The wide tables by their names."""
    return {name: table for name, table in dataset().derived.items() if name.startswith(wide_name(""))}


def write_wide_tables(building: Path, previous: Path | None = None) -> None:
    """Write the wide table of every form of the release in `building`, and keep what `previous` has of it.

    Raises `DerivedTableError` where an amount has no column in its form's wide table, for it would be lost, and
    `ReleaseDamagedError` where there are no line items.
    """
    years, before = _line_items(building), _line_items(previous) if previous else {}
    with ExitStack() as stack:
        tables = {
            name.removeprefix(wide_name("")): stack.enter_context(WideFiles(table, building, previous))
            for name, table in wide_tables().items()
        }
        for year, files in years.items():
            if _the_same(files, before.get(year, ())) and all(each.can_keep(year) for each in tables.values()):
                for each in tables.values():
                    each.keep(year)
            else:
                _write_year(year, files, tables, building / SCRATCH)


def _line_items(release: Path) -> Files:
    found = parquet_files(release, LINE_ITEMS)
    if not found:
        raise ReleaseDamagedError(release / "parquet" / f"{LINE_ITEMS}.parquet", "there is none")
    years: dict[str, list[Path]] = {}
    for file in found:
        years.setdefault(file.parent.name if file.parent.name.startswith(f"{YEAR}=") else "", []).append(file)
    return years


def _the_same(files: Sequence[Path], before: Sequence[Path]) -> bool:
    """Whether they are the very files of the release before, linked under the same names."""
    return [file.name for file in files] == [file.name for file in before] and all(
        file.samefile(other) for file, other in zip(files, before, strict=True)
    )


def _write_year(year: str, files: Sequence[Path], tables: Mapping[str, WideFiles], scratch: Path) -> None:
    """Pivot a year's line items, form by form, by way of files: a year can be larger than memory."""
    with scratch_folder(scratch) as folder:
        with ExitStack() as stack:
            spilled = {form: stack.enter_context(pa.OSFile(str(folder / form), "wb")) for form in tables}
            writers = {
                form: stack.enter_context(pa.ipc.new_file(spilled[form], tables[form].schema)) for form in tables
            }
            for items in _whole_documents(files):
                for form, rows in _pivoted_by_form(items, tables):
                    writers[form].write_table(rows)
        for form, table in tables.items():
            with pa.memory_map(str(folder / form)) as stored:
                table.write(year, _by_document(pa.ipc.open_file(stored).read_all()))


def _pivoted_by_form(items: pa.Table, tables: Mapping[str, WideFiles]) -> Iterator[tuple[str, pa.Table]]:
    for form in pc.unique(items["form"]).to_pylist():
        own = items.filter(pc.equal(items["form"], form))
        if form not in tables:
            raise DerivedTableError(f"amounts of a form that has no wide table: {form}")
        measures = forms()[form].measures
        if homeless := set(pc.unique(own["measure"]).to_pylist()) - set(measures):
            raise DerivedTableError(f"amounts that {wide_name(form)} has no column for: {sorted(homeless)}")
        yield form, pivoted(own, tables[form].table, measures)


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
    partition, _, year = file.parent.name.partition("=")
    wanted = [*ROW, *OF_THE_AMOUNT, *(name for name in SHARED if partition != YEAR or name != YEAR)]
    known = pa.scalar(None if year == NO_YEAR else int(year), pa.int16()) if partition == YEAR else None
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
