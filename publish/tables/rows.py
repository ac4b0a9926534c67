"""What one document's reading gives to each table: rows as plain mappings from column to value, in no set order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, cast

from schemas.amount_ids import amount_id
from schemas.dataset import dataset
from schemas.duties import duties
from schemas.records import (
    Cell,
    Check,
    DisclosureItem,
    Document,
    Finding,
    LineItem,
    Reading,
    Table,
    TableAmount,
)

Row = Mapping[str, Any]

WHOLE_DIGITS, PLACES = 16, 4
"""What the dataset's `decimal(20,4)` holds. A longer number of a table (an account, an identity card) is no amount."""


def rows_of(reading: Reading) -> dict[str, Sequence[Row]]:
    """The rows of one document, by table."""
    document_id = reading.document.document_id
    return {
        "documents": [document_row(reading.document)],
        "tables": [table_row(document_id, table) for table in reading.tables],
        "cells": [
            cell_row(document_id, table.number, cell)
            for table in reading.tables
            for cell in table.cells
            if cell.text.strip()
        ],
        "line_items": [*map(line_item_row, reading.line_items)],
        "table_amounts": [table_amount_row(document_id, each) for each in reading.table_amounts if _fits(each.amount)],
        "checks": [check_row(document_id, check) for check in reading.checks],
        "narrative_facts": [{"document_id": document_id, **_columns(fact)} for fact in reading.narrative_facts],
        "disclosure_items": [disclosure_row(document_id, item) for item in reading.disclosure],
        "findings": [
            finding_row(document_id, number, finding) for number, finding in enumerate(reading.findings, start=1)
        ],
    }


def document_row(document: Document) -> Row:
    """The record carries every column under its own name; a file that is a paper as a whole is the paper's own id."""
    row = _columns(document, dataset().tables["documents"].column_names)
    row["paper_id"] = document.paper_id or document.document_id
    return row


def line_item_row(item: LineItem) -> Row:
    """The record carries every column under its own name; one that was read before amounts had ids is given its own."""
    row = _columns(item, _line_item_columns())
    row["amount_id"] = item.amount_id or amount_id(item)
    return row


@cache
def _line_item_columns() -> tuple[str, ...]:
    return dataset().tables["line_items"].column_names


def table_amount_row(document_id: str, amount: TableAmount) -> Row:
    """The record carries every column but the document under its own name."""
    return {"document_id": document_id, **_columns(amount)}


def table_row(document_id: str, table: Table) -> Row:
    """A table's place and size, and what it declares of itself."""
    return {
        "document_id": document_id,
        "table_no": table.number,
        **_columns(table.declared),
        "first_page": min(table.pages),
        "last_page": max(table.pages),
        "row_count": table.rows,
        "col_count": table.cols,
        "heading": "\n".join(line.text for line in table.heading),
    }


def cell_row(document_id: str, table_no: int, cell: Cell) -> Row:
    """A cell with the box flattened to `x0, y0, x1, y1`."""
    return {
        "document_id": document_id,
        "table_no": table_no,
        "row": cell.row,
        "col": cell.col,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "text": cell.text,
        "page": cell.page,
        **cell.box._asdict(),
        "reader": cell.reader,
        "confidence": cell.confidence,
        "place": cell.place,
    }


def check_row(document_id: str, check: Check) -> Row:
    """A check with the line items that took part in one text, separated by spaces."""
    return {"document_id": document_id, **_columns(check), "amounts": " ".join(check.amounts)}


def disclosure_row(document_id: str, item: DisclosureItem) -> Row:
    """A verdict with the words of the duty that it is about."""
    duty = duties()[item.duty]
    return {"document_id": document_id, **_columns(item), "item": duty.item, "duty_title": duty.title.zh}


def finding_row(document_id: str, finding_no: int, finding: Finding) -> Row:
    """A finding with its number within the document, from 1 in the order in which it was handed over."""
    return {
        "document_id": document_id,
        "finding_no": finding_no,
        "code": finding.code,
        "detail": finding.detail,
        "page": finding.page,
        "table_no": finding.table_no,
        "row": finding.row,
        "col": finding.col,
    }


def _columns(record: object, names: tuple[str, ...] | None = None) -> dict[str, Any]:
    """Fields of a record as they are, all of them unless `names` says which; `dataclasses.asdict` copies each value."""
    names = names or _fields_of(cast(Any, type(record)))
    return dict(zip(names, _values_of(names)(record), strict=True))


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _values_of(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    return attrgetter(*names)


def _fits(amount: Decimal) -> bool:
    """Whether the column of amounts holds a number without rounding it."""
    exponent = amount.normalize().as_tuple().exponent
    return amount.adjusted() < WHOLE_DIGITS and isinstance(exponent, int) and exponent >= -PLACES
