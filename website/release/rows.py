"""The rows of a release for one paper after another, a few papers in memory at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from publish.tables.paper_digests import PAPERS
from publish.tables.papers import Paper
from publish.tables.querying import Connection, parquet_files, view_table
from schemas.dataset import dataset
from schemas.records import Check, Document, Finding, LineItem, NarrativeFact, Reading

AT_A_TIME = 16
"""So many papers are loaded together: a query looks into the row groups that hold their ids."""
OF_PAPERS = ("documents", "tables", "cells", "line_items", "table_amounts", "checks", "narrative_facts", "findings")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PaperRows:
    """One paper: its reading as far as checks take it, and its tables, cells and other amounts as rows."""

    reading: Reading
    tables: Sequence[Row]
    cells: Sequence[Row]
    table_amounts: Sequence[Row]

    @property
    def document(self) -> Document:
        """Its record."""
        return self.reading.document


def open_tables(connection: Connection, release: Path, tables: Sequence[str]) -> None:
    """Let each of these tables stand under its name; one that the release lacks is empty.

    Raises `ReleaseDamagedError` where there is no table of documents.
    """
    for name in tables:
        if name == "documents" or parquet_files(release, name):
            view_table(connection, release, name)
        else:
            columns = ", ".join(f'NULL AS "{column}"' for column in dataset().all_tables[name].column_names)
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {columns} WHERE false")


def paper_digests(release: Path) -> dict[str, str]:
    """What tells each paper's rows from any others, by document id ascending; {} where the release does not say."""
    if not (release / PAPERS).is_file():
        return {}
    rows = pq.read_table(release / PAPERS).to_pylist()
    return {
        row["document_id"]: _digest({name: (row.get(name) or b"").hex() for name in OF_PAPERS})
        for row in sorted(rows, key=lambda row: row["document_id"])
    }


def paper_digest(paper: Paper) -> str:
    """The same of one paper that was read, whether it is published or not."""
    return _digest({name: paper.tables[name].digest for name in OF_PAPERS if name in paper.tables})


def _digest(digests: Mapping[str, str]) -> str:
    return "".join(digests.get(name) or "-" for name in OF_PAPERS)


def papers_of(connection: Connection, ids: Sequence[str]) -> Iterator[PaperRows]:
    """The papers of these ids, which ascend, whose tables `open_tables` has opened."""
    for start in range(0, len(ids), AT_A_TIME):
        some = ids[start : start + AT_A_TIME]
        by_table = {name: _by_document(connection, name, some) for name in OF_PAPERS}
        yield from (_paper({name: rows[identity] for name, rows in by_table.items()}) for identity in some)


def paper_in(load: Callable[[str], pa.RecordBatch]) -> PaperRows:
    """One paper whose rows in a table are loaded by its name: one that was read and is not published yet."""
    return _paper({name: load(name).to_pylist() for name in OF_PAPERS})


def _by_document(connection: Connection, table: str, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    key = ", ".join(f'"{name}" NULLS FIRST' for name in dataset().tables[table].key)
    query = f"SELECT * FROM {table} WHERE document_id IN ({', '.join('?' * len(ids))}) ORDER BY {key}"
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for batch in connection.execute(query, list(ids)).to_arrow_reader():
        for row in batch.to_pylist():
            found[row["document_id"]].append(row)
    return found


def _paper(rows: Mapping[str, Sequence[dict[str, Any]]]) -> PaperRows:
    reading = Reading(
        Document(**rows["documents"][0]),
        line_items=tuple(LineItem(**row) for row in rows["line_items"]),
        checks=tuple(Check(**{**_own(Check, row), "amounts": tuple(row["amounts"].split())}) for row in rows["checks"]),
        narrative_facts=tuple(NarrativeFact(**_own(NarrativeFact, row)) for row in rows["narrative_facts"]),
        findings=tuple(Finding(**_own(Finding, row)) for row in rows["findings"]),
    )
    return PaperRows(reading, rows["tables"], rows["cells"], rows["table_amounts"])


def _own(record: type[Check | NarrativeFact | Finding], row: Row) -> dict[str, Any]:
    return {field.name: row[field.name] for field in fields(record)}
