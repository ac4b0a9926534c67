"""A paper as data: what it says and prints in which order, before any page exists.

A printed table is one or more `Panel`s side by side (the revenue and expenditure halves of a 总表, the groups of
基本支出), each with its own columns and `Line`s, and closing rows (`Foot`) that line up across the panels. A line
says what is true; where and how it stands on a page is the layout's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from samples.layout import AmountStyle, CodeStyle
from schemas.records import Kind, Unit

Side = Literal[
    "revenue", "expenditure", "expenditure_by_use", "expenditure_by_economic", "expenditure_by_government_economic"
]
Holds = Literal[
    "code", "group", "label", "ordinal", "amount", "words",
    "organisation_code", "organisation", "government_code", "government_name",
]  # fmt: skip
CodeSystem = Literal["function", "economic"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form: its label and its amounts in exact yuan by measure (None where nothing is known).

    `ordinal` (`一、`, `其中：`) is printed before `label` and is no part of its name. `name` is the contract's name
    where it is not the label as printed; `group` is the label that spans this line and its neighbours. `words` are
    printed as they stand in the column of that measure or key. `indent` counts characters.

    `organisation` is the unit that the line is for, printed in its own column where `organisation_shown`, else only
    known from the lines above. `government_code` and `government_name` are the second classification of the line.
    `measure` is the contract's measure of all amounts of the line where its rows are years; a line that is not
    `stated` (增减) prints figures that are no amounts of their own.
    """

    label: str = ""
    amounts: Mapping[str, Decimal | None] = field(default_factory=dict)
    code: str | None = None
    ordinal: str = ""
    name: str | None = None
    group: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    indent: int = 0
    strong: bool = False
    organisation: str = ""
    organisation_code: str = ""
    organisation_shown: bool = False
    government_code: str = ""
    government_name: str = ""
    measure: str | None = None
    stated: bool = True

    @property
    def printed_label(self) -> str:
        """The ordinal and the label, as they stand in the cell."""
        return self.ordinal + self.label

    @property
    def contract_name(self) -> str:
        """The `name` that the contract asks for, `group/label` beside a spanning group label."""
        name = "".join((self.name or self.label).split())
        return f"{self.group}/{name}" if self.group else name


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a panel.

    `heading` reads from the top row down; neighbours with an equal beginning share a spanning cell. `key` is the
    measure of an amount column, or the key of a words column; `line` is the index of the line that an amount
    belongs to where the columns of a single row are lines of their own (“三公”).

    Where several columns share a measure, `measure` gives it and `key` tells them apart: `fund` is the budget that
    the column's amounts belong to, `name` the contract's name of its amounts where rows are years or units. A column
    that is not `stated` (增减) prints figures that are no amounts of their own.
    """

    holds: Holds
    heading: tuple[str, ...]
    key: str = ""
    line: int | None = None
    measure: str | None = None
    fund: str = ""
    name: str | None = None
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """Columns that belong together and their lines; one side of a form, or one of its groups."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...] = ()
    side: Side | None = None
    code_system: CodeSystem | None = None

    @property
    def transposed(self) -> bool:
        """Whether the columns of a single row are the lines."""
        return any(column.line is not None for column in self.columns)


@dataclass(frozen=True, slots=True)
class Foot:
    """A closing line that lies across `covers` panels: its label from the first of them, its amounts in the last.

    `side` is the side that the line belongs to; `line` is None for a part of the row that prints nothing.
    """

    line: Line | None
    covers: int = 1
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A form as a publisher prints it. `form` is the contract's id, or None for a table that is no form.

    `title` holds a line break where it is printed in two lines. `least_rows` blank rows are printed where the lines
    are fewer; `column_numbers` adds the row of 栏次; `amounts` and `codes` override the layout's way to print those, as
    “三公” often does. `unit_line` says whether 单位：万元 is printed above the table; where it is not, the title or the
    headings say the unit, or nothing does.
    """

    form: str | None
    title: str
    unit: Unit
    department: str
    panels: tuple[Panel, ...]
    feet: tuple[tuple[Foot, ...], ...] = ()
    number: str | None = None
    department_word: str = "部门"
    notes: tuple[str, ...] = ()
    least_rows: int = 0
    column_numbers: bool = False
    amounts: AmountStyle | None = None
    codes: CodeStyle | None = None
    unit_line: bool = True


@dataclass(frozen=True, slots=True)
class Cover:
    """The title page."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text on pages of its own: a title, then paragraphs; one that starts with `#` is a heading."""

    title: str
    paragraphs: tuple[str, ...]


Block = Cover | Prose | PrintedTable


@dataclass(frozen=True, slots=True)
class Paper:
    """A disclosure file: its blocks in printed order."""

    department: str
    year: int
    kind: Kind
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[PrintedTable, ...]:
        """The printed tables among the blocks."""
        return tuple(block for block in self.blocks if isinstance(block, PrintedTable))


def bound_together(first: Paper, *others: Paper) -> Paper:
    """One file with several sets of forms, such as those of a department and of its units."""
    blocks = first.blocks + tuple(block for paper in others for block in paper.blocks)
    return Paper(first.department, first.year, first.kind, blocks)
