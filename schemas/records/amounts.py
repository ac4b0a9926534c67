"""Printed amounts: those of a form, and those of any table."""

from dataclasses import dataclass
from decimal import Decimal

from schemas.records.vocabulary import Kind, Reader, Status, Unit


@dataclass(frozen=True, slots=True)
class LineItem:
    """A printed amount of a recognised form; the columns of the dataset's `line_items`."""

    document_id: str
    kind: Kind
    fiscal_year: int
    department: str
    form: str
    side: str | None
    line: int
    code_system: str | None
    code: str | None
    name: str
    standard_name: str | None
    measure: str
    amount: Decimal
    printed: str
    unit: Unit
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    reader: Reader = "pdfium"
    confidence: float = 1.0
    status: Status = "unproven"
    table_no: int | None = None
    row: int | None = None
    col: int | None = None
    ruled: bool = True
    status_reason: str | None = None
    organisation_code: str | None = None
    organisation: str | None = None
    fund: str | None = None
    government_code: str | None = None
    government_name: str | None = None
    item: str | None = None
    parent_line: int | None = None
    is_leaf: bool = True
    amount_id: str = ""
    place: str | None = None


@dataclass(frozen=True, slots=True)
class TableAmount:
    """A printed amount of any table that has headings, recognised form or not; the columns of `table_amounts`.

    `row_path` and `column_path` join the headings over the amount from the outside in with "/". `amount` is in yuan
    where the table declares a unit, else the number as printed, and `unit` is None.
    """

    table_no: int
    row: int
    col: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    row_path: str
    column_path: str
    amount: Decimal
    unit: Unit | None
    printed: str
    status: Status = "unproven"
    status_reason: str | None = None
    place: str | None = None
