"""From the files of the dataset back to records, a document at a time: what a check of a release alone starts from."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from publish.errors import ReleaseDamagedError
from publish.tables.paths import YEAR
from publish.tables.querying import batches, querying, view
from schemas.dataset import Column, Table, dataset
from schemas.records import Check, DisclosureItem, Document, Finding, LineItem, NarrativeFact, Reading

ROWS_AT_A_TIME = 8_192

Row = Mapping[str, Any]
Record = LineItem | Document | Check | NarrativeFact | DisclosureItem | Finding


def tables_folder(folder: Path) -> Path | None:
    """The folder of the Parquet files: `folder` itself, as `extract` writes it, or a release's; None without any."""
    return next((each for each in (folder, folder / "parquet") if _files(each, "line_items")), None)


def line_items_of(folder: Path) -> Iterator[tuple[str, tuple[LineItem, ...]]]:
    """Each document's id and line items by ascending id, one document in memory at a time.

    `folder` is one that `tables_folder` knows. Columns that a later version of the dataset has added may be missing.
    Raises `ReleaseDamagedError` where the file is no such table, and where a document's rows do not stand together.
    """
    for document_id, rows in _by_document(folder, "line_items", LineItem):
        yield document_id, tuple(LineItem(**row) for row in rows)


def readings_of(folder: Path) -> Iterator[Reading]:
    """What the dataset holds of each document, by ascending id, one in memory at a time.

    That is its record, line items, checks, prose, duties and findings.

    All tables but that of line items may be missing; a document that only the other tables know of is taken for read.
    Raises what `line_items_of` does.
    """
    single = (_documents_of(folder), line_items_of(folder), _checks_of(folder), _facts_of(folder))
    streams = (*single, _disclosure_of(folder), _findings_of(folder))
    for document_id, found in groupby(merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        parts = [part for _, part in found]
        document = next((part for part in parts if isinstance(part, Document)), None)
        own = [each for part in parts if isinstance(part, tuple) for each in part]
        items = tuple(each for each in own if isinstance(each, LineItem))
        checks = tuple(each for each in own if isinstance(each, Check))
        facts = tuple(each for each in own if isinstance(each, NarrativeFact))
        record = document or _document(document_id, items)
        disclosure = tuple(each for each in own if isinstance(each, DisclosureItem))
        findings = tuple(each for each in own if isinstance(each, Finding))
        yield Reading(
            record,
            line_items=items,
            checks=checks,
            narrative_facts=facts,
            disclosure=disclosure,
            findings=findings,
        )


def document_count(folder: Path) -> int:
    """How many documents the table of documents has, 0 where there is none."""
    return sum(int(pq.read_metadata(file).num_rows) for file in _table_files(folder, "documents"))


def _document(document_id: str, items: Sequence[LineItem]) -> Document:
    """What the amounts tell of their document."""
    kind, year = (items[0].kind, items[0].fiscal_year) if items else (None, None)
    return Document(document_id, document_id, "read", kind=kind, fiscal_year=year)


def _documents_of(folder: Path) -> Iterator[tuple[str, Document]]:
    if _table_files(folder, "documents"):
        for document_id, rows in _by_document(folder, "documents", Document):
            document = Document(**next(rows))
            is_whole = document.paper_id == document_id  # as a row says it of a paper in one file
            yield document_id, replace(document, paper_id=None) if is_whole else document


def _checks_of(folder: Path) -> Iterator[tuple[str, tuple[Check, ...]]]:
    if _table_files(folder, "checks"):
        for document_id, rows in _by_document(folder, "checks", Check):
            yield document_id, tuple(map(_check, rows))


def _check(row: Row) -> Check:
    return Check(**{**_without_document(row), "amounts": tuple(row["amounts"].split())})


def _facts_of(folder: Path) -> Iterator[tuple[str, tuple[NarrativeFact, ...]]]:
    if _table_files(folder, "narrative_facts"):
        for document_id, rows in _by_document(folder, "narrative_facts", NarrativeFact):
            yield document_id, tuple(NarrativeFact(**_without_document(row)) for row in rows)


def _disclosure_of(folder: Path) -> Iterator[tuple[str, tuple[DisclosureItem, ...]]]:
    if _table_files(folder, "disclosure_items"):
        for document_id, rows in _by_document(folder, "disclosure_items", DisclosureItem):
            yield document_id, tuple(DisclosureItem(**_own(row, DisclosureItem)) for row in rows)


def _findings_of(folder: Path) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    if _table_files(folder, "findings"):
        for document_id, rows in _by_document(folder, "findings", Finding):
            yield document_id, tuple(Finding(**_own(row, Finding)) for row in rows)


def _own(row: Row, record: type[Record]) -> dict[str, Any]:
    """The columns of a row that are the record's own."""
    names = {field.name for field in fields(record)}
    return {name: value for name, value in row.items() if name in names}


def _without_document(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "document_id"}


def _table_files(folder: Path, table: str) -> list[Path]:
    return _files(tables_folder(folder) or folder, table)


def _files(folder: Path, table: str) -> list[Path]:
    """The file of a table, or those of its partitions."""
    whole = folder / f"{table}.parquet"
    return [whole] if whole.is_file() else sorted((folder / table).glob(f"{YEAR}=*/*.parquet"))


def _by_document(folder: Path, table: str, record: type[Record]) -> Iterator[tuple[str, Iterator[Row]]]:
    """A table's rows document by document; `ReleaseDamagedError` where the ids do not ascend."""
    files = _table_files(folder, table) or [(tables_folder(folder) or folder) / f"{table}.parquet"]
    partitioned = files[0].parent.name.startswith(f"{YEAR}=")
    last = ""
    rows = _rows_of_partitions(files, dataset().tables[table]) if partitioned else _rows(files[0], table, record)
    for document_id, own in groupby(rows, key=itemgetter("document_id")):
        if document_id <= last:
            raise ReleaseDamagedError(files[0], f"document {document_id} comes after {last}")
        yield document_id, own
        last = document_id


def _rows_of_partitions(files: Sequence[Path], table: Table) -> Iterator[Row]:
    """The rows of a partitioned table by document and key; each partition has its documents in an order of its own."""
    key = ", ".join(f"{name} NULLS FIRST" for name in table.key)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch, querying(Path(scratch)) as connection:
        try:
            view(connection, "partitions", table, files)
            for batch in batches(connection, f"SELECT * FROM partitions ORDER BY {key}", table):
                yield from _allowed(files[0].parents[1], table.columns, batch)
        except (pa.ArrowException, duckdb.Error) as error:
            raise ReleaseDamagedError(files[0].parents[1], str(error)) from error


def _rows(file: Path, name: str, record: type[Record]) -> Iterator[Row]:
    """A table's rows; the columns of a record that have no default must be there."""
    table = dataset().tables[name]
    required = {"document_id"} | {field.name for field in fields(record) if field.default is MISSING}
    try:
        with pq.ParquetFile(file) as parquet:
            present = set(parquet.schema_arrow.names)
            if missing := required - present:
                raise ReleaseDamagedError(file, f"columns are missing: {', '.join(sorted(missing))}")
            columns = [column for column in table.columns if column.name in present]
            for batch in parquet.iter_batches(ROWS_AT_A_TIME, columns=[column.name for column in columns]):
                yield from _allowed(file, columns, batch)
    except pa.ArrowException as error:
        raise ReleaseDamagedError(file, str(error)) from error


def _allowed(file: Path, columns: Sequence[Column], batch: pa.RecordBatch) -> Iterator[Row]:
    if wrong := next((why for column in columns if (why := _wrong(column, batch[column.name]))), None):
        raise ReleaseDamagedError(file, wrong)
    yield from batch.to_pylist()


def _wrong(column: Column, values: pa.Array) -> str | None:
    """What a column has that the dataset's definition does not allow, None where all is right."""
    if column.type.startswith("decimal") and not pa.types.is_decimal(values.type):
        return f"{column.name} is no exact decimal but {values.type}"
    if values.null_count and not column.nullable:
        return f"{column.name} is null in {values.null_count} rows"
    distinct = values.unique().to_pylist() if column.closed else []
    others = [value for value in distinct if value is not None and not column.allows(value)]
    return f"{column.name} has {others[0]!r}, which the dataset does not know" if others else None
