"""Whether the rows of a table stand in the order of its key, each key once: a comparison of neighbours, by column."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc


def first_out_of_order(batches: Iterable[pa.RecordBatch], key: list[str]) -> int | None:
    """The number, from 0, of the first row whose key is not greater than that of the row before; None where all are.

    Nulls come first, text in the order of its UTF-8 bytes.
    """
    previous, seen = None, 0
    for batch in batches:
        keys = batch.select(key)
        if not keys.num_rows:
            continue
        rows = keys if previous is None else pa.concat_batches([previous, keys])
        ascending = _ascending(rows)
        wrong: int = pc.index(ascending, False).as_py()
        if wrong >= 0:
            return seen + wrong + 1 - (previous is not None)
        seen += keys.num_rows
        previous = keys.slice(keys.num_rows - 1)
    return None


def _ascending(rows: pa.RecordBatch) -> pa.Array:
    """For each row but the first whether its key is greater than the one before."""
    count = rows.num_rows - 1
    less, equal = pa.scalar(False), pa.scalar(True)
    for column in rows.columns:
        this, after = column.slice(0, count), column.slice(1)
        less = pc.or_(less, pc.and_(equal, _less(this, after)))
        equal = pc.and_(equal, _equal(this, after))
    return less


def _less(this: pa.Array, after: pa.Array) -> pa.Array:
    known = pc.less(this, after)
    if not this.null_count and not after.null_count:
        return known
    return pc.or_(pc.and_not(this.is_null(), after.is_null()), pc.fill_null(known, False))


def _equal(this: pa.Array, after: pa.Array) -> pa.Array:
    known = pc.equal(this, after)
    if not this.null_count and not after.null_count:
        return known
    return pc.or_(pc.and_(this.is_null(), after.is_null()), pc.fill_null(known, False))
