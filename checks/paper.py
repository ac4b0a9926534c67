"""A paper's amounts by form, half, unit, row and column: what the evaluators select from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from checks.codes import forest
from checks.printed import rounding
from checks.records import ZERO, Place, Term, place_of
from checks.roles import TOTAL_ROLES, roles
from schemas.identities import WHOLE, HalfRows
from schemas.records import Kind, LineItem
from schemas.wording import plain

FORMS_BY_YEAR = frozenset({"three_public"})
"""Forms that print last year, this year and the difference as rows in some places."""


class Unit(NamedTuple):
    """An organisation that rows are for; two of one name are told apart by their codes."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a half that prints at least one amount; `amounts` are its items by column."""

    line: int
    code: str | None
    name: str
    amounts: Mapping[str, LineItem]
    unit: Unit | None = None
    item: str | None = None
    parent_line: int | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing but zeros is printed."""
        return all(item.amount == 0 for item in self.amounts.values())

    def amount(self, column: str) -> Decimal:
        """Yuan; 0 for a blank cell."""
        return self.amounts[column].amount if column in self.amounts else ZERO

    @property
    def label(self) -> str:
        """How a reader finds the row: its code, or else its name."""
        return self.code or self.name

    @property
    def heads_unit(self) -> bool:
        """Whether the row is that of its unit as a whole, which prints the unit's name and no function."""
        return self.unit is not None and self.code is None and plain(self.name) == plain(self.unit.name)


class Half:
    """The rows of a form, or of one half of it, with what the form's fixed rows are.

    The rows of the department as a whole are `own`: those of no unit, or all where the half knows one unit alone. What
    is said of roles is said of these; a code that only units print is the department's by the rows of all units.
    """

    def __init__(self, department: str, name: str, rows: tuple[Row, ...], fixed: HalfRows | None) -> None:
        self.department = department
        self.name = name
        self.form, _, side = name.partition("/")
        self.side = side or None
        self.rows = rows
        self.fixed = fixed

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column that prints anything: a measure, or measure@fund, in order of their names."""
        return tuple(sorted({column for row in self.rows for column in row.amounts}))

    @cached_property
    def measures(self) -> frozenset[str]:
        """Every column that the half prints anywhere."""
        return frozenset(self.columns)

    @cached_property
    def whole(self) -> str | None:
        """The measure of the year's own figure, None where the half has none."""
        return next((measure for measure in WHOLE if measure in self.measures), None)

    def prints(self, measure: str) -> bool:
        """Whether the half has that measure; `whole` is the year's own figure."""
        return (self.whole if measure == "whole" else measure) in self.measures

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that rows are for, in the order they are met."""
        return tuple(dict.fromkeys(row.unit for row in self.rows if row.unit is not None))

    def of_unit(self, unit: Unit | None) -> "Half":
        """The half with the rows of one unit alone, or those of none."""
        return Half(self.department, self.name, tuple(row for row in self.rows if row.unit == unit), self.fixed)

    @cached_property
    def own(self) -> tuple[Row, ...]:
        """The rows of the department as a whole."""
        return self.rows if len(self.units) < 2 else tuple(row for row in self.rows if row.unit is None)

    @cached_property
    def by_role(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows that the form fixes, by their role, in the order of lines."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row, role in zip(self.own, self.roles, strict=True):
            if role is not None:
                found[role].append(row)
        return {role: tuple(rows) for role, rows in found.items()}

    @cached_property
    def roles(self) -> tuple[str | None, ...]:
        """The role of each of the department's own rows, None where the form does not fix it.

        Where no row is called a total, that of the one unit is it.
        """
        known = roles(self.fixed, self.department, self.own)
        if self.fixed and "total" in self.fixed.rows and TOTAL_ROLES.isdisjoint(role for role in known if role):
            head = next((number for number, row in enumerate(self.own) if row.heads_unit), None)
            return tuple("total" if number == head else role for number, role in enumerate(known))
        return known

    @cached_property
    def total_rows(self) -> tuple[Row, ...]:
        """The department's total, as it is first printed.

        Where only units' own rows are, that is the first of them if the others divide it, or all of them together.
        """
        if "total" in self.by_role or len(self.units) < 2:
            return self.by_role.get("total", ())[:1]
        heads = tuple(row for row in self.rows if row.heads_unit)
        return heads[:1] if len(heads) > 2 and self.adds_up(heads[0], heads[1:]) else heads

    @cached_property
    def role_of(self) -> Mapping[int, str]:
        """The roles by line."""
        return {row.line: role for row, role in zip(self.own, self.roles, strict=True) if role is not None}

    @cached_property
    def others(self) -> tuple[Row, ...]:
        """The department's own rows that no role covers: with a code or without."""
        return tuple(row for row, role in zip(self.own, self.roles, strict=True) if role is None)

    @cached_property
    def unknown(self) -> tuple[Row, ...]:
        """The rows that are neither fixed nor coded and print an amount: no sum over the half is complete with them."""
        return tuple(row for row in self.others if row.code is None and not row.blank and not row.heads_unit)

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows by code; a code may be printed more than once."""
        found: dict[str, list[Row]] = defaultdict(list)
        own = any(row.code for row in self.own)
        for row in self.own if own else self.rows:
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

    def rounding(self, rows: Iterable[Row], column: str) -> Decimal:
        """Return in yuan what rounding can explain of a sum of these rows' cells of a column."""
        items = [row.amounts[column] for row in rows if column in row.amounts]
        return sum((rounding(item.printed, item.unit) for item in items), ZERO)

    def adds_up(self, row: Row, rows: Sequence[Row]) -> bool:
        """Whether rows give another one in every column, within the rounding of what is printed."""
        return all(self.adds_up_in(column, row, rows) for column in self.columns)

    def adds_up_in(self, column: str, row: Row, rows: Sequence[Row]) -> bool:
        """Whether rows give another one in one column, within the rounding of what is printed."""
        difference = row.amount(column) - sum((part.amount(column) for part in rows), ZERO)
        return abs(difference) <= self.rounding((row, *rows), column)

    def term(self, row: Row, column: str, sign: int) -> Term:
        """Give the part of a row's cell in a check; a blank cell has one too."""
        item = row.amounts.get(column)
        if item is not None:
            return Term(place_of(item), sign, item)
        measure, _, fund = column.partition("@")
        return Term(Place(self.department, self.form, self.side, row.line, measure, fund or None), sign, None)

    def subject(self, row: Row, *more: str) -> str:
        """Name a row in the subject of a check: its side where the form has several, its line and its label."""
        named = ":".join((str(row.line), row.label, *more))
        return f"{self.side}/{named}" if self.side else named


@dataclass(frozen=True)
class Paper:
    """The forms of one department in one document; `clashing` are the places that two amounts lay claim to."""

    department: str
    kind: Kind
    fiscal_year: int
    halves: Mapping[str, Half]
    clashing: frozenset[Place] = frozenset()

    def of_unit(self, name: str, unit: Unit) -> "Paper":
        """The paper with the rows of one unit alone in the half of that name."""
        return replace(self, halves={**self.halves, name: self.halves[name].of_unit(unit)})


def papers(items: Iterable[LineItem], fixed: Mapping[str, HalfRows]) -> Iterator[Paper]:
    """Sort the amounts of one document into papers, one for each department in the order they are met.

    Of two amounts at one place nobody could say which a check is about: the place is left out of all checks.
    """
    by_department: dict[str, list[LineItem]] = defaultdict(list)
    for item in items:
        by_department[item.department].append(item)
    for department, own in by_department.items():
        halves = {half.name: half for half in _halves(department, own, fixed)}
        clashing = frozenset(place for place, count in Counter(map(place_of, own)).items() if count > 1)
        yield Paper(department, own[0].kind, own[0].fiscal_year, halves, clashing)


def half_name(item: LineItem) -> str:
    """Name the half that an amount stands in, form/side, or the form alone where it is one-sided."""
    return f"{item.form}/{item.side}" if item.side else item.form


def _halves(department: str, items: list[LineItem], fixed: Mapping[str, HalfRows]) -> Iterator[Half]:
    by_half: dict[str, list[LineItem]] = defaultdict(list)
    for item in items:
        by_half[half_name(item)].append(item)
    for name, own in by_half.items():
        rows = _rows(own)
        yield Half(department, name, _of_all_years(rows) if name in FORMS_BY_YEAR else rows, fixed.get(name))


def _rows(items: list[LineItem]) -> tuple[Row, ...]:
    by_line: dict[int, list[LineItem]] = defaultdict(list)
    for item in items:
        by_line[item.line].append(item)
    return tuple(_row(line, own) for line, own in sorted(by_line.items()))


def _of_all_years(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Join rows of one name that print different columns: where years are rows, each year prints its own."""
    found: dict[tuple[Unit | None, str], Row] = {}
    for row in rows:
        known = found.setdefault((row.unit, row.label), row)
        if known is not row and known.amounts.keys().isdisjoint(row.amounts):
            found[row.unit, row.label] = replace(known, amounts={**known.amounts, **row.amounts})
        elif known is not row:
            found[row.unit, f"{row.label}:{row.line}"] = row
    return tuple(sorted(found.values(), key=lambda row: row.line))


def _row(line: int, items: list[LineItem]) -> Row:
    first = items[0]
    unit = Unit(first.organisation or "", first.organisation_code or "")
    return Row(
        line,
        first.code,
        first.name,
        {place_of(item).column: item for item in items},
        unit if any(unit) else None,
        first.item,
        first.parent_line,
    )
