"""A paper's amounts by form, half, row and measure: what the evaluators select from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from checks.codes import forest
from checks.records import Place, Term, place_of
from checks.roles import roles
from schemas.identities import WHOLE, HalfRows
from schemas.records import Kind, LineItem


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a half that prints at least one amount; `amounts` are its items by measure."""

    line: int
    code: str | None
    name: str
    amounts: Mapping[str, LineItem]

    @property
    def blank(self) -> bool:
        """Whether nothing but zeros is printed."""
        return all(item.amount == 0 for item in self.amounts.values())

    @property
    def label(self) -> str:
        """How a reader finds the row: its code, or else its name."""
        return self.code or self.name


class Half:
    """The rows of a form, or of one half of it, with what the form's fixed rows are."""

    def __init__(self, department: str, name: str, rows: tuple[Row, ...], fixed: HalfRows | None) -> None:
        self.department = department
        self.name = name
        self.form, _, side = name.partition("/")
        self.side = side or None
        self.rows = rows
        self.fixed = fixed

    @cached_property
    def measures(self) -> frozenset[str]:
        """Every measure that the half prints anywhere."""
        return frozenset(measure for row in self.rows for measure in row.amounts)

    @cached_property
    def whole(self) -> str | None:
        """The measure of the year's own figure, None where the half has none."""
        return next((measure for measure in WHOLE if measure in self.measures), None)

    def prints(self, measure: str) -> bool:
        """Whether the half has that measure; `whole` is the year's own figure."""
        return (self.whole if measure == "whole" else measure) in self.measures

    @cached_property
    def by_role(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows that the form fixes, by their role, in the order of lines."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row, role in zip(self.rows, self.roles, strict=True):
            if role is not None:
                found[role].append(row)
        return {role: tuple(rows) for role, rows in found.items()}

    @cached_property
    def roles(self) -> tuple[str | None, ...]:
        """The role of each row, None where the form does not fix it."""
        return roles(self.fixed, self.department, [(row.line, None if row.code else row.name) for row in self.rows])

    @cached_property
    def others(self) -> tuple[Row, ...]:
        """The rows that no role covers: with a code or without."""
        return tuple(row for row, role in zip(self.rows, self.roles, strict=True) if role is None)

    @cached_property
    def unknown(self) -> tuple[Row, ...]:
        """The rows that are neither fixed nor coded and print an amount: no sum over the half is complete with them."""
        return tuple(row for row in self.others if row.code is None and not row.blank)

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows by code; a code may be printed more than once."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.code is not None:
                found[row.code].append(row)
        return {code: tuple(rows) for code, rows in found.items()}

    @cached_property
    def children(self) -> Mapping[str | None, tuple[str, ...]]:
        """The codes under each code, None for the topmost: the next printed ones, whatever levels are skipped."""
        return forest(self.by_code)

    @cached_property
    def levels(self) -> frozenset[int]:
        """The numbers of digits of the printed codes."""
        return frozenset(map(len, self.by_code))

    def rows_of(self, codes: Iterable[str]) -> tuple[Row, ...]:
        """List the rows of these codes."""
        return tuple(row for code in codes for row in self.by_code.get(code, ()))

    def term(self, row: Row, measure: str, sign: int) -> Term:
        """Give the part of a row's cell in a check; a blank cell has one too."""
        return Term(Place(self.department, self.form, self.side, row.line, measure), sign, row.amounts.get(measure))


@dataclass(frozen=True)
class Paper:
    """The forms of one department in one document."""

    department: str
    kind: Kind
    fiscal_year: int
    halves: Mapping[str, Half]


def papers(items: Iterable[LineItem], fixed: Mapping[str, HalfRows]) -> Iterator[Paper]:
    """Sort the amounts of one document into papers, one for each department in the order they are met.

    A half that has two amounts at one place is left out: nobody could say which of them a check is about.
    """
    by_department: dict[str, list[LineItem]] = defaultdict(list)
    for item in items:
        by_department[item.department].append(item)
    for department, own in by_department.items():
        halves = {half.name: half for half in _halves(department, own, fixed)}
        yield Paper(department, own[0].kind, own[0].fiscal_year, halves)


def _halves(department: str, items: list[LineItem], fixed: Mapping[str, HalfRows]) -> Iterator[Half]:
    by_half: dict[str, list[LineItem]] = defaultdict(list)
    for item in items:
        by_half[f"{item.form}/{item.side}" if item.side else item.form].append(item)
    for name, own in by_half.items():
        if len({place_of(item) for item in own}) == len(own):
            yield Half(department, name, _rows(own), fixed.get(name))


def _rows(items: list[LineItem]) -> tuple[Row, ...]:
    by_line: dict[int, list[LineItem]] = defaultdict(list)
    for item in items:
        by_line[item.line].append(item)
    return tuple(
        Row(line, own[0].code, own[0].name, {item.measure: item for item in own})
        for line, own in sorted(by_line.items())
    )
