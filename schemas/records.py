"""The frozen records that pass between the rooms.

Lengths are PDF points from the top left of the upright page; pages, tables, rows and columns count from 1; money is
`Decimal` yuan. Every record is immutable and picklable, so that a worker process can hand it over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["final_accounts", "budget"]
PaperRole = Literal["paper", "annex"]
"""An annex (绩效, 批复, 决议, 解读 …) is published with a paper, on its page, and is no budget or account itself."""
Unit = Literal["元", "千元", "万元", "亿元"]
Reader = Literal["pdfium", "pdfplumber", "rapidocr", "tesseract", "correction", "cells", "ofd", "libreoffice"]
OCR_READERS: tuple[Reader, ...] = ("rapidocr", "tesseract")
"""Those that read pictures."""
Status = Literal["proven", "unproven", "contradicted", "repaired", "source_inconsistent"]
CheckVerdict = Literal["holds", "fails", "not_applicable"]
StatedFact = Literal[
    "total",
    "share_percent",
    "change_yuan",
    "change_percent",
    "initial_budget",
    "final",
    "completion_percent",
    "count",
]
DocumentStatus = Literal["read", "needs_ocr", "failed"]
DutyVerdict = Literal["met", "not_met", "not_applicable", "cannot_be_told", "not_looked"]
DutyReason = Literal[
    "absent",
    "not_deep_enough",
    "check_fails",
    "late",
    "paper_says_none",
    "no_such_case",
    "only_local_rule",
    "not_read_whole",
    "prose_not_in_file",
    "forms_not_in_file",
    "words_elsewhere",
    "nothing_under_heading",
    "form_unread",
    "levels_unread",
    "date_of_approval_not_printed",
    "date_of_publication_unknown",
    "not_for_this_kind",
    "could_not_be_read",
    "kind_or_year_unknown",
    "department_unknown",
    "no_departments_paper",
]
Format = Literal[
    "pdf", "xlsx", "xls", "ods", "docx", "doc", "rtf", "odt", "html", "ofd", "picture", "zip", "rar", "7z", "tar"
]  # fmt: skip
"""What a file's bytes are, whichever program wrote them: ET writes `xls`, WPS `doc`."""

YUAN_PER_UNIT: dict[str, int] = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}


class Box(NamedTuple):
    """A rectangle in points, origin top left, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Points across."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points down."""
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        """The middle, across."""
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        """The middle, down."""
        return (self.y0 + self.y1) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies within, edges included."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @classmethod
    def around(cls, boxes: "Sequence[Box]") -> "Box":
        """The smallest box that holds all of `boxes`, of which there is at least one."""
        return cls(
            min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
        )


class Glyph(NamedTuple):
    """One printed character with its box; what a reader gives before words are made. Flat: a paper has many."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


class Word(NamedTuple):
    """Characters printed as one run, never over a rule."""

    text: str
    box: Box
    confidence: float = 1.0


class Rule(NamedTuple):
    """A visible straight line: horizontal where y0 == y1, else vertical with x0 == x1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether it runs across."""
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page as a reader saw it; `needs_ocr` is the reason why its text layer must not be used, or None.

    `shows_pictures` tells that a text layer's page has pictures beside its words, such as a chart.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    reader: Reader
    needs_ocr: str | None = None
    shows_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `text` is what is printed, lines joined without a break, '' where blank.

    `indent` is how far the first line of the text begins from the cell's left border, in points. `place` names the cell
    as its program does, in sources that have cells.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    page: int
    box: Box
    reader: Reader = "pdfium"
    confidence: float = 1.0
    indent: float = 0.0
    place: str | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside tables, or of the heading rows inside a table's frame."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Declared:
    """What a table's title and heading declare, and the form it was recognised as; None where nothing is said."""

    form: str | None = None
    title: str | None = None
    number: str | None = None
    kind: Kind | None = None
    department: str | None = None
    fiscal_year: int | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table stitched over its pages: `rows` by `cols` unit cells, `cells` in reading order with the blank ones.

    `heading` is the text that stands above it, nearest line last; `below` what follows it on its last page up to the
    next table. `ruled` is False where its grid was found from the alignment of words alone.
    """

    number: int
    pages: tuple[int, ...]
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    heading: tuple[TextLine, ...]
    below: tuple[TextLine, ...] = ()
    ruled: bool = True
    declared: Declared = Declared()


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
    """A disclosure file; `document_id` is the lower-case hex SHA-256 of its bytes."""

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


@dataclass(frozen=True, slots=True)
class Check:
    """An identity applied to one subject; yuan, None where it is not applicable.

    `amounts` are the line items that took part, each as form/side/line/measure.
    """

    check_id: str
    subject: str
    left_yuan: Decimal | None
    right_yuan: Decimal | None
    difference_yuan: Decimal | None
    tolerance_yuan: Decimal | None
    verdict: CheckVerdict
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NarrativeFact:
    """A figure stated in the prose; the columns of the dataset's `narrative_facts` but for the document.

    `value` is decimal yuan with unit 元, or per cent with unit %, or a count in its printed unit; a decrease is
    negative. `page` is where the clause `text` begins; `printed` is the figure itself, as printed.
    """

    fact_no: int
    page: int
    section: str
    subject_form: str | None
    code: str | None
    name: str
    fact: StatedFact
    value: Decimal
    unit: str
    text: str
    printed: str


class Passage(NamedTuple):
    """A paragraph of the running text, as printed without white space, and the page on which it begins."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class DisclosureItem:
    """Whether a paper has one thing that it must have; the columns of `disclosure_items` but for the document.

    `duty` is the id in `schemas/duties`. `page` and `found` are where it was found and what is printed there; `reason`
    says why the verdict is no plain `met`. `stated_on` is the day that a duty about time takes from the paper.
    """

    duty: str
    verdict: DutyVerdict
    reason: DutyReason | None = None
    page: int | None = None
    found: str | None = None
    stated_on: date | None = None


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
