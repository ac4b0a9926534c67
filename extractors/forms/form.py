"""What the forms room hands to the items room: a table read as one of the forms."""

from dataclasses import dataclass
from typing import NamedTuple

from extractors.forms.columns import Column
from extractors.forms.heading import Heading
from extractors.tables.grid import Grid
from schemas.forms import FormDefinition
from schemas.records import Cell, Finding, Table, Unit


class Money(NamedTuple):
    """A column of money: its place (from 1), what it measures, and the budget that splits the measure if one does."""

    col: int
    measure: str
    fund: str | None = None


class Units(NamedTuple):
    """Columns of codes and columns of names that stand beside a list's own, as those of units do."""

    codes: tuple[int, ...] = ()
    names: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any such column."""
        return bool(self.codes or self.names)


NONE_BESIDE = Units()
"""No such columns."""


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that belong to one list of rows: its codes, its labels and its columns of money.

    A form has one group, or several side by side: the two halves of a summary, or the lists of 基本支出 by economic
    code. `side` is the half's, null on one-sided forms; `units` are the columns of organisations, `government` those
    of 政府预算支出经济分类 beside the list's own codes.
    """

    side: str | None
    codes: tuple[int, ...]
    labels: tuple[int, ...]
    money: tuple[Money, ...]
    units: Units = NONE_BESIDE
    government: Units = NONE_BESIDE

    @property
    def first(self) -> int:
        """The leftmost of its columns."""
        return min((*self.codes, *self.labels, *(money.col for money in self.money)))


@dataclass(frozen=True, slots=True)
class Form:
    """A recognised form: its definition, its table by row and column, and what its heading and header say."""

    definition: FormDefinition
    table: Table
    grid: Grid
    heading: Heading
    header_rows: tuple[int, ...]
    body: tuple[int, ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    unit: Unit | None

    @property
    def id(self) -> str:
        """The form's id in the dataset."""
        return self.definition.form

    def finding(self, code: str, detail: str) -> Finding:
        """What was found about the form as a whole."""
        return Finding(code, detail, self.table.pages[0], self.table.number)

    def finding_at(self, code: str, cell: Cell, detail: str | None = None) -> Finding:
        """What was found at one of its cells; `detail` is the form and the cell's text by default."""
        told = f"{self.id}: {cell.text}" if detail is None else detail
        return Finding(code, told, cell.page, self.table.number, cell.row, cell.col)
