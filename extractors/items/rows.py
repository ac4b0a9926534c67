"""A recognised form → its rows: code, label and amounts of each, numbered as the dataset numbers them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.forms.form import Form, Group, Money, Units
from extractors.forms.row_words import is_total, looks_like_organisation
from extractors.items.codes import CodeReader, code_beside_name
from extractors.items.names import cleaned, grouped
from extractors.tables.amounts import NotAnAmountError, Printed, printed_amount
from extractors.tables.grid import Grid
from schemas.classifications import is_a_name
from schemas.records import Cell, Finding
from schemas.wording import plain

NOTES = ("注:", "注：", "说明:", "备注:", "注1", "注2")
HEADING_FILLERS = frozenset({"类", "款", "项", "栏次", "行次"})


class Organisation(NamedTuple):
    """A unit as a row prints it: its own code, None where none is printed, and its name."""

    code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its cell with its measure, and the budget that splits the measure if one does."""

    measure: str
    value: Printed
    cell: Cell
    fund: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one list: `line` counts from 1 within its side, `odd_code` keeps digits that are no code.

    `printed` is the label with its ordinal, `government` the code and name of 政府预算支出经济分类 beside it, `number`
    the row of the table. `organisation` is the unit that the row itself prints, until it is carried down.
    `parent_line`, `is_leaf` and `item` are those of the dataset.
    """

    side: str | None
    line: int
    code: str | None
    odd_code: str | None
    name: str
    amounts: tuple[Amount, ...]
    cell: Cell
    printed: str = ""
    organisation: Organisation | None = None
    government: tuple[str | None, str | None] = (None, None)
    number: int = 0
    parent_line: int | None = None
    is_leaf: bool = True
    item: str | None = None

    @property
    def is_labelled(self) -> bool:
        """Whether anything tells what its amounts are: nothing does of the rest of a figure broken over lines."""
        return bool(self.name or self.code or self.odd_code or self.organisation or any(self.government))


def rows_of(form: Form) -> tuple[list[Row], list[Finding]]:
    """The rows of a form that print a label or an amount, list by list, and the cells that could not be read."""
    findings: list[Finding] = []
    lines: Counter[str | None] = Counter()
    rows: list[Row] = []
    for place, group in enumerate(form.groups):
        codes = CodeReader(form.definition.code_system)
        own = [row for number in form.body if (row := _row(form, place, number, codes, findings))]
        if group.labels and form.definition.rows != "listed":
            findings.extend(
                form.finding_at("row_without_label", amount.cell)
                for row in own
                if not row.is_labelled
                for amount in row.amounts
            )
            own = [row for row in own if row.is_labelled]
        system = form.definition.code_system if form.definition.rows == "coded" else None
        for row in with_organisations(own, system):
            lines[group.side] += 1
            rows.append(replace(row, line=lines[group.side]))
    return rows, findings


def _row(form: Form, place: int, number: int, codes: CodeReader, findings: list[Finding]) -> Row | None:
    """One row of the list at `place`, its line still to be counted; None where the list prints nothing there."""
    group = form.groups[place]
    labels = _labels(form.grid, group, number)
    if place and (_begins_left(labels, group) or _borrowed(form, place, number)):
        return None  # the label stands in the list to the left, which took this list's money with it
    amounts = tuple(_amounts(form, _money(form, place, number, labels), number, findings))
    if _is_note(labels) or not (labels or amounts):
        return None
    code = codes.read([form.grid.text(number, col) for col in _code_columns(form.grid, group, number)])
    value, name = code.code, _name(form, labels, number)
    if value is None and form.definition.rows == "coded":
        value, name = code_beside_name(name, form.definition.code_system)
    first = labels[0] if labels else amounts[0].cell
    government = _of_government(form.grid, group.government, number)
    unit = unit_of(form.grid, group.units, number, name)
    row = Row(group.side, 0, value, code.odd, cleaned(name), amounts, first, name, unit, government, number)
    return row if row.name or unit is None else replace(row, name=unit.name)


def unit_of(grid: Grid, columns: Units, row: int, label: str = "") -> Organisation | None:
    """The unit that a row prints, in its columns of units' names and codes; a total there is no unit.

    Where units have a column for their codes alone, the row's own `label` names the unit.
    """
    names = [cell.text for col in columns.names if (cell := grid.at(row, col)) and cell.text]
    name = cleaned("".join(dict.fromkeys(names)))
    code = "".join(plain(grid.text(row, col)) for col in columns.codes)
    if code and not columns.names and looks_like_organisation(label):
        name = cleaned(label)
    if not name or is_total(name):
        return None
    return Organisation(code if code.isalnum() and not is_total(code) else None, name)


def with_organisations(rows: Sequence[Row], system: str | None) -> list[Row]:
    """The rows of a list with the organisation that each is for, carried down from where it is printed.

    A unit may stand in a column of its own, printed once, or in the column of labels, above its functions or economic
    items, which are those of `system` (None where the rows are no codes). The department's own total is of no unit.
    """
    current: Organisation | None = None
    found = []
    for row in rows:
        if row.organisation is not None:
            current = row.organisation
        elif system and _names_unit(row, system):
            current = Organisation(row.odd_code, row.name)
        elif is_total(row.name) and not row.name.startswith("小"):
            current = None
        own_code = current is not None and current.code == row.odd_code
        found.append(replace(row, organisation=current, odd_code=None if own_code else row.odd_code))
    return found


def _names_unit(row: Row, system: str) -> bool:
    """Whether a row among those of codes is a unit's: no code, and a name that units have and no code bears."""
    return row.code is None and looks_like_organisation(row.name) and not is_a_name(system, row.name)


def _of_government(grid: Grid, columns: Units, row: int) -> tuple[str | None, str | None]:
    """The code and the name of 政府预算支出经济分类 that a row prints beside the department's own."""
    reader = CodeReader("economic")
    code = reader.read([grid.text(row, col) for col in columns.codes]) if columns.codes else None
    own = [cell for col in columns.names if (cell := grid.at(row, col)) and cell.text and cell.col in columns.names]
    name = cleaned("".join(dict.fromkeys(cell.text for cell in own))) or None
    if code is None or code.code is None:
        joined, rest = code_beside_name(name, "economic") if name else (None, None)
        return (joined, rest) if joined else (None, name)
    return code.code, name


def _code_columns(grid: Grid, group: Group, row: int) -> list[int]:
    """The code columns of a row, a cell that spans several counted once."""
    seen: list[Cell | None] = []
    columns = []
    for col in group.codes:
        cell = grid.at(row, col)
        if cell is None or not any(cell is other for other in seen):
            columns.append(col)
        seen.append(cell)
    return columns


def _labels(grid: Grid, group: Group, row: int) -> list[Cell]:
    """The cells that label a row, from left to right; 合计 may stand in the code's column."""
    cells: list[Cell] = []
    totals = [col for col in group.units.names if is_total(grid.text(row, col))]
    for col in (*totals, *group.codes, *group.labels):
        cell = grid.at(row, col)
        text = plain(cell.text) if cell else ""
        is_code = col in group.codes and (text.isdecimal() or text in HEADING_FILLERS)
        if cell and text and not is_code and not any(cell is other for other in cells):
            cells.append(cell)
    return sorted(cells, key=lambda cell: cell.col)


def _name(form: Form, labels: Sequence[Cell], row: int) -> str:
    texts = [cell.text for cell in labels]
    match form.definition.rows:
        case "sources":
            return grouped([*_group_before_the_edge(form, labels, row), *texts])
        case "listed":
            return texts[-1] if texts else ""  # the thing, behind its class and its project
        case _:
            return "".join(dict.fromkeys(texts))


def _group_before_the_edge(form: Form, labels: Sequence[Cell], row: int) -> list[str]:
    """The group's label where it was printed on the page before and its rows go on over the page's edge."""
    first = form.groups[0].labels[0] if form.groups[0].labels else 0
    if not labels or labels[0].col <= first:
        return []
    for above in range(row - 1, 0, -1):
        cell = form.grid.at(above, first)
        if cell is not None and cell.text:
            return [cell.text] if cell.page < labels[0].page and cell.col_span == 1 else []
    return []


def _is_note(labels: Sequence[Cell]) -> bool:
    return bool(labels) and plain(labels[0].text).startswith(NOTES)


def _begins_left(labels: Sequence[Cell], group: Group) -> bool:
    return bool(labels) and labels[0].col < group.first


def _borrowed(form: Form, place: int, row: int) -> bool:
    """Whether a list's money without a label belongs to the label on its left, which has no money of its own.

    A total centred over several columns prints its amount in the last of them.
    """
    left, own = form.groups[place - 1], form.groups[place]
    return (
        not _labels(form.grid, own, row)
        and bool(_labels(form.grid, left, row))
        and any(form.grid.text(row, money.col) for money in own.money)
        and not any(form.grid.text(row, money.col) for money in left.money)
    )


def _money(form: Form, place: int, row: int, labels: Sequence[Cell]) -> list[Money]:
    """The money columns of a row: its list's own, and those of the lists to the right that its label takes over."""
    money = list(form.groups[place].money)
    reach = max((cell.col + cell.col_span - 1 for cell in labels), default=0)
    for at, later in enumerate(form.groups[place + 1 :], start=place + 1):
        spanned = bool(later.labels) and min(later.labels) <= reach
        if spanned or (labels and _borrowed(form, at, row)):
            money = [each for each in money if each.col > reach] + list(later.money)
    return money


def _amounts(form: Form, money: Sequence[Money], row: int, findings: list[Finding]) -> Iterator[Amount]:
    last: Cell | None = None
    for col, measure, fund in money:
        cell = form.grid.at(row, col)
        if cell is None or cell is last or cell.row != row:
            continue
        last = cell
        try:
            value = printed_amount(cell.text)
        except NotAnAmountError:
            findings.append(form.finding_at("text_in_money_cell", cell))
            continue
        if value is not None:
            yield Amount(measure, value, cell, fund)
