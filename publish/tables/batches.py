"""Rows -> Arrow record batches: sorted by the primary key, and refused where they break the dataset's definition."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pyarrow as pa

from publish.errors import RowRefusedError
from publish.tables.rows import Row, rows_of
from schemas.arrow import ARROW_TYPES, arrow_schema
from schemas.dataset import Column, Table, dataset
from schemas.records import Reading

Refusal = Callable[[str | None, str], RowRefusedError]
"""Makes the error of a column (None: of whole rows) and a reason; it knows the document and the table."""
Key = tuple[Any, ...]


def batches_of(reading: Reading) -> dict[str, pa.RecordBatch]:
    """One document's batch for each table that it has a say in; its amounts are all of one year.

    A release is partitioned by that year, with all of a document in one place. Raises `RowRefusedError`.
    """
    document_id = reading.document.document_id
    tables = dataset().tables
    if len(years := {item.fiscal_year for item in reading.line_items}) > 1:
        raise RowRefusedError(document_id, "line_items", "fiscal_year", f"amounts of several years: {sorted(years)}")
    return {name: record_batch(tables[name], rows, document_id) for name, rows in rows_of(reading).items()}


def record_batch(table: Table, rows: Sequence[Row], document_id: str | None = None) -> pa.RecordBatch:
    """Rows of one table, all of the document `document_id` (None for a reference table). Raises `RowRefusedError`."""
    refusal: Refusal = partial(RowRefusedError, document_id, table.name)
    _refuse_other_columns(table, rows, refusal)
    stored = {column.name: _stored(column, [row[column.name] for row in rows]) for column in table.columns}
    if "document_id" in stored:
        _refuse_other_documents(stored["document_id"], document_id, refusal)
    keys = list(zip(*(stored[name] for name in table.key), strict=True))
    _refuse_repeated_keys(keys, refusal)
    order = sorted(range(len(keys)), key=_nulls_first(keys).__getitem__)
    arrays = [_array(column, [stored[column.name][at] for at in order], refusal) for column in table.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(table))


def _stored(column: Column, values: list[Any]) -> list[Any]:
    """Values as the files hold them: '' of a nullable text is null, for CSV cannot tell them apart."""
    return [None if value == "" else value for value in values] if column.nullable else values


def _nulls_first(keys: Sequence[Key]) -> Sequence[Key]:
    """What keys are sorted by: nulls first, text by code point (which is the order of its UTF-8 bytes)."""
    if any(None in key for key in keys):
        return [tuple((value is not None, value) for value in key) for key in keys]
    return keys


def _refuse_other_columns(table: Table, rows: Iterable[Row], refusal: Refusal) -> None:
    names = set(table.column_names)
    if others := set().union(*(row.keys() ^ names for row in rows if row.keys() != names)):
        raise refusal(None, f"columns that are missing or unknown: {sorted(others)}")


def _refuse_other_documents(found: Iterable[str | None], document_id: str | None, refusal: Refusal) -> None:
    """Another document's row would break the order of the whole table."""
    if others := set(found) - {document_id}:
        raise refusal("document_id", f"rows of another document: {sorted(map(str, others))}")


def _refuse_repeated_keys(keys: Sequence[Key], refusal: Refusal) -> None:
    if len(set(keys)) == len(keys):
        return
    repeated = [key for key, count in Counter(keys).items() if count > 1]
    raise refusal(None, f"{len(repeated)} keys come more than once, such as {repeated[0]}")


def _array(column: Column, values: Sequence[Any], refusal: Refusal) -> pa.Array:
    """One column's values, exact: a decimal that would be rounded or an integer that overflows is refused."""
    try:
        exact = [_utc_second(value) for value in values] if column.type == "timestamp" else values
        array = pa.array(exact, ARROW_TYPES[column.type])
    except (pa.ArrowException, UnicodeEncodeError, ValueError) as error:
        raise refusal(column.name, str(error)) from error
    if array.null_count and not column.nullable:
        raise refusal(column.name, f"null in {array.null_count} rows, and the column is not nullable")
    if outside := {value for value in _distinct(column, values) if not column.allows(value)}:
        raise refusal(column.name, f"values outside the definition: {sorted(outside)}")
    return array


def _distinct(column: Column, values: Iterable[Any]) -> set[Any]:
    """The values that an enumeration or a pattern has a say about."""
    return set(values) - {None} if column.closed else set()


def _utc_second(moment: datetime | None) -> datetime | None:
    """The moment in UTC, to the whole second; `ValueError` without a zone."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"a time without its zone: {moment.isoformat()}")
    return moment.astimezone(UTC).replace(microsecond=0)
