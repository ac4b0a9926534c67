"""A document, what was noticed in it, and all that was read from it."""

from dataclasses import dataclass
from datetime import date, datetime

from schemas.records.amounts import LineItem, TableAmount
from schemas.records.statements import Check, DisclosureItem, NarrativeFact
from schemas.records.tables import Table
from schemas.records.vocabulary import DocumentStatus, Format, Kind, PaperRole


@dataclass(frozen=True, slots=True)
class Finding:
    """Something seen that no rule covers, by its name in `schemas/findings.yaml`, and where it was seen."""

    code: str
    detail: str
    page: int | None = None
    table_no: int | None = None
    row: int | None = None
    col: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A disclosure file; `document_id` is the lower-case hex SHA-256 of its bytes.

    `paper_id` is that of the first file (by `document_id`) of a paper in several files, None for one that is whole.
    """

    document_id: str
    file_name: str
    status: DocumentStatus
    status_reason: str | None = None
    source_url: str | None = None
    portal: str | None = None
    fetched_at: datetime | None = None
    published_on: date | None = None
    kind: Kind | None = None
    fiscal_year: int | None = None
    department: str | None = None
    division_code: str | None = None
    page_count: int | None = None
    has_text_layer: bool | None = None
    page_url: str | None = None
    title: str | None = None
    superseded_by: str | None = None
    amounts_printed: int | None = None
    amounts_read: int | None = None
    format: Format | None = None
    container: str | None = None
    container_place: str | None = None
    role: PaperRole | None = None
    division: str | None = None
    paper_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document: what the dataset's tables are written from."""

    document: Document
    tables: tuple[Table, ...] = ()
    line_items: tuple[LineItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    checks: tuple[Check, ...] = ()
    narrative_facts: tuple[NarrativeFact, ...] = ()
    table_amounts: tuple[TableAmount, ...] = ()
    disclosure: tuple[DisclosureItem, ...] = ()
