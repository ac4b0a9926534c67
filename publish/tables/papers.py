"""What is published of one document: its rows in each table as Arrow, and what is known of them without loading."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256

import pyarrow as pa

from publish.errors import RowRefusedError
from publish.tables.batches import batches_of, record_batch
from publish.tables.rows import Row
from schemas.arrow import arrow_schema
from schemas.dataset import dataset
from schemas.records import Reading

DIGEST_BYTES = 16
REFUSED = "rows_refused"
"""What the reason of a quarantined paper begins with."""

Batches = Mapping[str, pa.RecordBatch]


@dataclass(frozen=True, slots=True)
class TableRows:
    """How many rows a paper has in a table, and the digest (32 hex digits) of their content."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `load` gives its rows in a table, by the name of the table.

    `fiscal_year` is that of its amounts, which all have the same, or the document's own where there are none.
    `quarantined` is the reason why its rows are held back, None where they are published; `documents` has it all the
    same, as failed for this reason.
    """

    document_id: str
    fiscal_year: int | None
    published_on: date | None
    tables: Mapping[str, TableRows]
    load: Callable[[str], pa.RecordBatch]
    quarantined: str | None = None


@dataclass(frozen=True, slots=True)
class PaperRows:
    """A reading's batches by table, or those of its bare document with the reason why the rest is held back."""

    batches: Batches
    fiscal_year: int | None
    quarantined: str | None = None


def papers_of(papers: Iterable[Reading | Paper]) -> list[Paper]:
    """Papers as they are, and readings as papers that are held in memory."""
    return [paper_of(each) if isinstance(each, Reading) else each for each in papers]


def paper_of(reading: Reading) -> Paper:
    """A reading as a paper, held in memory. Raises `RowRefusedError` where not even its document can be published."""
    own, document = paper_rows(reading), reading.document
    return Paper(
        document_id=document.document_id,
        fiscal_year=own.fiscal_year,
        published_on=document.published_on,
        tables={name: table_rows(batch) for name, batch in own.batches.items()},
        load=own.batches.__getitem__,
        quarantined=own.quarantined,
    )


def paper_rows(reading: Reading) -> PaperRows:
    """What of a reading is published. Raises `RowRefusedError` where not even its document can be."""
    years = {item.fiscal_year for item in reading.line_items}
    year = years.pop() if len(years) == 1 else reading.document.fiscal_year
    try:
        return PaperRows(batches_of(reading), year)
    except RowRefusedError as error:
        held_back = quarantined_reading(reading, f"{REFUSED}: {error}")
        return PaperRows(batches_of(held_back), reading.document.fiscal_year, held_back.document.status_reason)


def quarantined_reading(reading: Reading, reason: str) -> Reading:
    """The bare document, failed for the reason."""
    return Reading(replace(reading.document, status="failed", status_reason=reason))


def reference_paper(reference: Mapping[str, Sequence[Row] | pa.RecordBatch]) -> Paper:
    """The rows of tables that are no document's as if they were one paper's. Raises `RowRefusedError`."""
    batches = {
        name: rows if isinstance(rows, pa.RecordBatch) else record_batch(dataset().tables[name], rows)
        for name, rows in reference.items()
    }
    tables = {name: table_rows(batch) for name, batch in batches.items()}
    return Paper("", None, None, tables, batches.__getitem__)


def table_rows(batch: pa.RecordBatch) -> TableRows:
    """A batch's number of rows and the digest of its Arrow bytes, which are the same for the same rows."""
    digest = sha256(batch.serialize()).hexdigest()
    return TableRows(batch.num_rows, digest[: 2 * DIGEST_BYTES])


@cache
def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table of the dataset, by its name."""
    return arrow_schema(dataset().tables[table])
