"""What became of a document, in a few numbers: what commands print, and what a flow's tasks hand back."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.records import DocumentStatus, Kind, Reading

SETTLED = ("proven", "repaired")
"""Amounts of any other status are for a reader to judge."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document: how far it was read and how much was found. `forms` counts the tables of each recognised form.

    `paper_id` is the document's own id, or that of the first file of a paper in several.
    """

    document_id: str
    file_name: str
    department: str | None
    kind: Kind | None
    fiscal_year: int | None
    status: DocumentStatus
    reason: str | None
    page_count: int | None
    forms: Mapping[str, int]
    amounts: Mapping[str, int]
    """Line items by their status."""
    findings: int
    has_text_layer: bool | None = None
    paper_id: str = ""

    @property
    def amount_count(self) -> int:
        """All line items, whatever their status."""
        return sum(self.amounts.values())


def outcome_of(reading: Reading) -> Outcome:
    """The numbers of one reading."""
    document = reading.document
    forms = Counter(table.declared.form for table in reading.tables if table.declared.form)
    return Outcome(
        document_id=document.document_id,
        file_name=document.file_name,
        department=document.department,
        kind=document.kind,
        fiscal_year=document.fiscal_year,
        status=document.status,
        reason=document.status_reason,
        page_count=document.page_count,
        forms=dict(sorted(forms.items())),
        amounts=dict(sorted(Counter(item.status for item in reading.line_items).items())),
        findings=len(reading.findings),
        has_text_layer=document.has_text_layer,
        paper_id=document.paper_id or document.document_id,
    )
