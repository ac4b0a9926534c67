"""The table `changes`: what a release says otherwise than the one before, and why.

Papers first (which came, went, took another's place), then amount by amount. A paper that both releases have is
compared by the key of `line_items`; one that took another's place at the portal is compared with that one row by row,
by what the rows say, since its lines may have moved.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from publish.derived.changes_amounts import amount_changes, compare_amounts
from publish.derived.changes_papers import compare_papers, paper_changes
from publish.derived.changes_scope import view_both
from publish.derived.changes_summary import ChangeSummary, summarise
from publish.derived.table_files import write_derived_table
from publish.tables.querying import Connection, batches, querying
from schemas.dataset import dataset

CHANGES = "changes"

ORDERED = """
SELECT row_number() OVER in_order AS change_no, * FROM told
WINDOW in_order AS (
    ORDER BY document_id, array_position(['document', 'metadata', 'amount'], subject), columns_first, department, form,
             side NULLS FIRST, organisation NULLS FIRST, line, measure, fund NULLS FIRST, reason, "change"
)
ORDER BY change_no
"""


def write_changes(building: Path, previous: Path | None = None) -> None:
    """Write the changes of the release in `building` against `previous`; none where it is the first."""
    table = dataset().derived[CHANGES]
    if previous is None:
        write_derived_table(building, table, ())
        return
    with querying(building) as connection:
        write_derived_table(building, table, changes(connection, previous, building))


def change_summary(old: Path, new: Path, scratch: Path, limit: int) -> ChangeSummary:
    """What changed from one folder of tables to another, with at most `limit` papers and amounts named.

    `scratch` is a folder to spill into. Raises `ReleaseDamagedError` where a folder lacks its tables.
    """
    with querying(scratch) as connection:
        _compare(connection, old, new)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE changes AS {ORDERED}")
        return summarise(connection, limit)


def changes(connection: Connection, old: Path, new: Path) -> Iterator[pa.RecordBatch]:
    """The rows of `changes` from one folder of tables to another, in their order.

    Raises `ReleaseDamagedError` where a folder lacks the documents or the line items.
    """
    _compare(connection, old, new)
    return batches(connection, ORDERED, dataset().derived[CHANGES])


def _compare(connection: Connection, old: Path, new: Path) -> None:
    """Make the view `told`: every change in no order."""
    view_both(connection, old, new)
    compare_papers(connection)
    compare_amounts(connection)
    told = f"""
        SELECT *, CASE subject WHEN 'metadata' THEN columns END AS columns_first
        FROM ({paper_changes()} UNION ALL BY NAME {amount_changes()})
    """
    connection.execute(f"CREATE OR REPLACE TEMP VIEW told AS {told}")
