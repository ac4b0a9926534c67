"""Line items turned into wide rows: what a form prints in one row stands in one row, each measure in its column."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from schemas.arrow import ARROW_TYPES, arrow_schema
from schemas.dataset import Table

ROW = ("document_id", "department", "side", "organisation", "line", "fund")
"""What tells a printed row of a form from others; where budgets split its measures, a row for each budget."""

Indices = npt.NDArray[np.int64]


def pivoted(items: pa.Table, table: Table, measures: Sequence[str]) -> pa.Table:
    """The wide rows of one form's line items, which stand in the order of their key, whole documents only.

    What is said of a row (code, name, page, …) is that of its first amount. `table` is the form's wide table.
    """
    items = _row_by_row(items)
    starts = _starts(items)
    row_of = np.cumsum(starts) - 1
    first = np.flatnonzero(starts)
    shared = items.take(pa.array(first))
    amounts = items["amount"].combine_chunks()
    of_measure = {measure: _positions(items, measure, row_of, len(first)) for measure in measures}
    columns = [
        _share_proven(items, row_of)
        if column.name == "share_proven"
        else amounts.take(of_measure[column.name])
        if column.name in of_measure
        else shared[column.name].combine_chunks()
        for column in table.columns
    ]
    return pa.Table.from_arrays(columns, schema=arrow_schema(table))


def _row_by_row(items: pa.Table) -> pa.Table:
    """The items with the amounts of a row beside one another: in the order of their key a row's budgets alternate."""
    if items["fund"].null_count == items.num_rows:
        return items
    order = [(name, "ascending", "at_start") for name in ROW]
    return items.take(pc.sort_indices(items, sort_keys=order))


def _starts(items: pa.Table) -> npt.NDArray[np.bool_]:
    """Where another printed row begins: an item whose row differs from that of the item before."""
    starts = np.zeros(items.num_rows, dtype=bool)
    starts[:1] = True
    for name in ROW:
        codes = _codes(items[name])
        starts[1:] |= codes[1:] != codes[:-1]
    return starts


def _codes(column: pa.ChunkedArray) -> Indices:
    """A number for each distinct value, -1 for null."""
    encoded = pc.dictionary_encode(column.combine_chunks())
    codes: Indices = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def _positions(items: pa.Table, measure: str, row_of: Indices, rows: int) -> pa.Array:
    """For each wide row the place of its item of a measure, null where it has none."""
    places = np.flatnonzero(pc.equal(items["measure"], measure).to_numpy(zero_copy_only=False))
    found = np.full(rows, -1, dtype=np.int64)
    found[row_of[places]] = places
    return pa.array(found, mask=found < 0)


def _share_proven(items: pa.Table, row_of: Indices) -> pa.Array:
    """The share of each row's amounts that is proven, with four places, rounded down so that 1 means all."""
    proven = pc.equal(items["status"], "proven").to_numpy(zero_copy_only=False)
    shares = np.bincount(row_of, weights=proven).astype(np.int64) * 10_000 // np.bincount(row_of)
    distinct, which = np.unique(shares, return_inverse=True)
    exact = pa.array([Decimal(int(share)) / 10_000 for share in distinct], ARROW_TYPES["decimal(20,4)"])
    return exact.take(pa.array(which.astype(np.int64)))
