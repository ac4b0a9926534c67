"""The frozen records that pass between the rooms.

Lengths are PDF points from the top left of the upright page; pages, tables, rows and columns count from 1; money is
`Decimal` yuan. Every record is immutable and picklable, so that a worker process can hand it over.
"""

from schemas.records.amounts import LineItem, TableAmount
from schemas.records.pages import Box, Glyph, Page, Rule, Word
from schemas.records.reading import Document, Finding, Reading
from schemas.records.statements import Check, DisclosureItem, NarrativeFact, Passage
from schemas.records.tables import Cell, Declared, Table, TextLine
from schemas.records.vocabulary import (
    OCR_READERS,
    STATUS_WORDS,
    YUAN_PER_UNIT,
    CheckVerdict,
    DocumentStatus,
    DutyReason,
    DutyVerdict,
    Format,
    Kind,
    PaperRole,
    Reader,
    StatedFact,
    Status,
    Unit,
)

__all__ = [
    "OCR_READERS",
    "STATUS_WORDS",
    "YUAN_PER_UNIT",
    "Box",
    "Cell",
    "Check",
    "CheckVerdict",
    "Declared",
    "DisclosureItem",
    "Document",
    "DocumentStatus",
    "DutyReason",
    "DutyVerdict",
    "Finding",
    "Format",
    "Glyph",
    "Kind",
    "LineItem",
    "NarrativeFact",
    "Page",
    "PaperRole",
    "Passage",
    "Reader",
    "Reading",
    "Rule",
    "StatedFact",
    "Status",
    "Table",
    "TableAmount",
    "TextLine",
    "Unit",
    "Word",
]
