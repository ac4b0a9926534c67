"""“三公”经费: a table of items, budgets, years and units, whichever stand as columns and whichever as rows.

Every amount is of one item; the other three may be said by its column, by its row, or by nothing. What the headings and
labels say is composed of the same words as everywhere (`extractors.forms.meaning`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.forms.columns import Column
from extractors.forms.form import Form
from extractors.forms.meaning import Meaning, fund_of, meaning_of
from extractors.forms.row_words import is_total
from extractors.items.rows import Amount, Organisation, Row, unit_of
from extractors.tables.amounts import NotAnAmountError, Printed, printed_amount
from schemas.forms import forms
from schemas.records import Cell, Finding

WHOLE, PART = "合计", "三公经费小计"
STAGES = {
    "final": "final",
    "executed": "final",
    "initial": "initial_budget",
    "adjusted": "adjusted_budget",
    "budget": "budget",
}
MONEY = (None, "last_year_part", "part", "subtotal")
"""Roles of columns that print amounts here, whatever they mean on other forms."""
OTHER_YEARS = {"previous": "previous_year"}


@dataclass(frozen=True, slots=True)
class _Said:
    """What headings or a label say of an amount; None where they do not."""

    item: str | None = None
    fund: str | None = None
    measure: str | None = None
    years: tuple[int, ...] = ()
    aside: bool = False

    def over(self, other: "_Said") -> "_Said":
        """Fill up what this one leaves open with what another says."""
        return _Said(
            self.item if self.item not in (None, WHOLE) else other.item or self.item,
            self.fund or other.fund,
            self.measure or other.measure,
            self.years or other.years,
            self.aside or other.aside,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """An amount with all that is known of it; `number` is its row in the table."""

    number: int
    name: str
    organisation: Organisation | None
    measure: str
    fund: str | None
    value: Printed | None
    cell: Cell


def three_public_rows(form: Form, kind: str, year: int) -> tuple[list[Row], list[Finding]]:
    """The rows of a `three_public` form of a paper of `kind` for fiscal `year`."""
    findings: list[Finding] = []
    found = _named(list(_amounts(form, kind, year, findings)))
    split = _parts_by_fund(found)
    keys = list(dict.fromkeys((each.organisation, each.name) for each in found))
    rows = []
    for line, (organisation, name) in enumerate(keys, start=1):
        own = [each for each in found if (each.organisation, each.name) == (organisation, name)]
        amounts = [Amount(e.measure, e.value, e.cell, e.fund if split else None) for e in own if e.value is not None]
        told_apart, twice = _told_apart(amounts, form)
        findings.extend(twice)
        first = own[0]
        rows.append(
            Row(None, line, None, None, name, tuple(told_apart), first.cell, name, organisation, number=first.number)
        )
    return rows, findings


def _parts_by_fund(found: Sequence[_Found]) -> bool:
    """Whether amounts of an item differ by fund alone: 合计 beside 其中：一般公共预算, or funds beside one another."""
    told = [(each.organisation, each.name, each.measure) for each in found]
    return len({each.fund for each in found} - {None}) > 1 or (
        len({each.fund for each in found}) > 1 and len(set(told)) < len(told)
    )


def _told_apart(amounts: Sequence[Amount], form: Form) -> tuple[list[Amount], list[Finding]]:
    """Amounts of one item and unit, each measure once; which of two is meant would be a guess."""
    kept: dict[tuple[str, str | None], Amount] = {}
    findings = []
    for amount in amounts:
        key = (amount.measure, amount.fund)
        if key in kept:
            findings.append(form.finding_at("heading_twice", amount.cell))
        else:
            kept[key] = amount
    return list(kept.values()), findings


def _amounts(form: Form, kind: str, year: int, findings: list[Finding]) -> Iterator[_Found]:
    """Every cell of money with what its column and its row say together."""
    columns = {column.index: _of_column(column) for column in form.columns if column.role in MONEY and column.path}
    default = "final" if kind == "final_accounts" else "budget"
    current: Organisation | None = None
    for number in form.body:
        unit = unit_of(form.grid, form.groups[0].units, number)
        label = _label(form, number)
        current = unit or (None if label and is_total(label.text) else current)
        row = _of_label(label, unit, form)
        for index, column in columns.items():
            cell = form.grid.at(number, index)
            if cell is None or cell.row != number or cell.col != index:
                continue
            said = row.over(column) if row else None
            value = _read(cell, form, findings)
            if said is not None and said.aside:
                continue
            if said is None or said.item is None:
                if value is not None:
                    findings.append(form.finding_at("unknown_label" if said is None else "unknown_heading", cell))
            else:
                measure = "previous_year" if said.years and said.years[-1] < year else said.measure or default
                if kind == "budget" and measure == "initial_budget":
                    measure = default  # 本年年初预算数 of a budget paper is what it is about
                yield _Found(number, said.item, current, measure, said.fund, value, cell)


def _label(form: Form, number: int) -> Cell | None:
    """The first cell that labels a row: an item, a year, or 合计 in the column of units."""
    group = form.groups[0]
    years = tuple(column.index for column in form.columns if column.role == "year")
    columns = sorted((*group.labels, *years, *group.units.names))
    cells = [cell for col in columns if (cell := form.grid.at(number, col)) and cell.text]
    return next((c for c in cells if c.col in (*group.labels, *years)), None) or next(
        (cell for cell in cells if is_total(cell.text)), None
    )


def _of_label(label: Cell | None, unit: Organisation | None, form: Form) -> _Said | None:
    """What a row's label says; None where it is not understood and is no unit's name."""
    if label is None:
        return _Said()
    meaning = meaning_of(label.text)
    if meaning is None:
        return _Said() if unit is not None else None
    return _said([meaning])


def _of_column(column: Column) -> _Said:
    known = [meaning for meaning in reversed(column.meanings) if meaning]
    return _said(known) if known and len(known) == len(column.meanings) else _Said()


def _said(meanings: Sequence[Meaning]) -> _Said:
    """What some headings say, the innermost first."""
    stage = next((STAGES.get(stage) for m in meanings if (stage := m.one("stage"))), None)
    year = next((OTHER_YEARS.get(year) for m in meanings if (year := m.one("year"))), None)
    fund = next((fund for m in meanings if (fund := fund_of(m)) and fund != "fiscal_appropriation"), None)
    years = tuple(year for m in reversed(meanings) for year in m.years)
    return _Said(_item(meanings), fund, year or stage, years, any(m.is_aside for m in meanings))


def _item(meanings: Sequence[Meaning]) -> str | None:
    """The dataset's name of the innermost item; 合计 where a total stands under none, or a fund or a year alone."""
    item = next((item for m in meanings if (item := m.one("item"))), None)
    if item:
        return _names()[item]
    return WHOLE if any(m.says("total") for m in meanings) else None


def _names() -> Mapping[str, str]:
    return forms()["three_public"].items


def _named(found: Sequence[_Found]) -> list[_Found]:
    """三公经费 is 合计 where nothing covers more than it."""
    if any(each.name == WHOLE for each in found):
        return list(found)
    return [replace(each, name=WHOLE) if each.name == PART else each for each in found]


def _read(cell: Cell, form: Form, findings: list[Finding]) -> Printed | None:
    try:
        return printed_amount(cell.text)
    except NotAnAmountError:
        findings.append(form.finding_at("text_in_money_cell", cell))
        return None
