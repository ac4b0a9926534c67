"""What the forms room hands to the items room: a table read as one of the forms."""

from dataclasses import dataclass

from extractors.forms.columns import Column
from extractors.forms.heading import Heading
from extractors.tables.grid import Grid
from schemas.forms import FormDefinition
from schemas.records import Table, Unit


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that belong to one list of rows: its codes, its labels and its columns of money.

    A form has one group, or several side by side: the two halves of a summary, or the lists of 基本支出 by economic
    code. `money` pairs a column (from 1) with its measure; `side` is the half's, null on one-sided forms.
    """

    side: str | None
    codes: tuple[int, ...]
    labels: tuple[int, ...]
    money: tuple[tuple[int, str], ...]

    @property
    def first(self) -> int:
        """The leftmost of its columns."""
        return min((*self.codes, *self.labels, *(col for col, _ in self.money)))


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
