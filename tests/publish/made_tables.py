"""Tables of documents and line items made up for the tests, and put on disk as a release has them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.amount_ids import amount_id
from schemas.arrow import arrow_schema
from schemas.dataset import dataset
from schemas.records import LineItem

Row = dict[str, Any]
NOON = datetime(2024, 9, 20, 12, tzinfo=UTC)


def paper(name: str, **other: Any) -> Row:
    """A row of `documents`."""
    return {
        "document_id": (identity := sha256(name.encode()).hexdigest()),
        "paper_id": identity,
        "file_name": f"{name}.pdf",
        "source_url": None,
        "portal": None,
        "fetched_at": NOON,
        "published_on": None,
        "kind": "final_accounts",
        "fiscal_year": 2023,
        "department": "某某局",
        "division_code": None,
        "page_count": 3,
        "has_text_layer": True,
        "status": "read",
        "status_reason": None,
        "page_url": None,
        "title": None,
        "superseded_by": None,
        "amounts_printed": None,
        "amounts_read": None,
        **other,
    }


def item(of: Mapping[str, Any], line: int, amount: str | Decimal, **other: Any) -> Row:
    """A row of `line_items` of a paper."""
    row = {
        **{name: of[name] for name in ("document_id", "kind", "fiscal_year", "department")},
        "form": "expenditure_by_function",
        "side": None,
        "organisation_code": None,
        "organisation": None,
        "line": line,
        "parent_line": None,
        "is_leaf": True,
        "code_system": None,
        "code": None,
        "name": f"第{line}行",
        "standard_name": None,
        "government_code": None,
        "government_name": None,
        "item": None,
        "measure": "total",
        "fund": None,
        "amount": Decimal(amount),
        "printed": str(amount),
        "unit": "元",
        "page": 1,
        "x0": 1.0,
        "y0": 2.0,
        "x1": 3.0,
        "y1": 4.0,
        "reader": "pdfium",
        "confidence": 1.0,
        "status": "proven",
        "status_reason": None,
        "table_no": 1,
        "row": line,
        "col": 1,
        "ruled": True,
        **other,
    }
    return {"amount_id": amount_id(LineItem(**row)), **row}


def later(days: int) -> datetime:
    return NOON + timedelta(days=days)


def put(folder: Path, papers: Iterable[Row], items: Iterable[Row], *, by_year: bool = False) -> Path:
    """Write the tables as one file each, or the line items by fiscal year; returns the folder."""
    (folder / "parquet").mkdir(parents=True, exist_ok=True)
    _write(folder / "parquet" / "documents.parquet", "documents", list(papers))
    rows = list(items)
    if not by_year:
        _write(folder / "parquet" / "line_items.parquet", "line_items", rows)
        return folder
    for year in {row["fiscal_year"] for row in rows}:
        file = folder / "parquet" / "line_items" / f"fiscal_year={year}" / "part-0.parquet"
        file.parent.mkdir(parents=True)
        _write(file, "line_items", [row for row in rows if row["fiscal_year"] == year], without="fiscal_year")
    return folder


def rows_of(file: Path) -> list[Row]:
    rows: list[Row] = pq.read_table(file).to_pylist()
    return rows


def _sortable(value: object) -> str:
    """A key's part as text that sorts as the dataset does: numbers by size, texts letter by letter, blanks first."""
    return f"{value:09}" if isinstance(value, int) else str(value or "")


def _write(file: Path, table: str, rows: Sequence[Row], without: str | None = None) -> None:
    definition = dataset().tables[table]
    ordered = sorted(rows, key=lambda row: tuple(_sortable(row[name]) for name in definition.key))
    stored = pa.Table.from_pylist(ordered, schema=arrow_schema(definition))
    pq.write_table(stored.drop_columns([without]) if without else stored, file)
