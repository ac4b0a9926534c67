"""Every amount that a form prints ends as a line item, as a cell known to hold no money, or as a finding."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.forms.columns import KNOWN_ASIDE
from extractors.forms.form import Form
from extractors.forms.meaning import meaning_of
from extractors.structure.header import heads_of
from extractors.structure.money import MoneyColumns, names_no_money, shows_money
from extractors.tables.grid import Grid
from schemas.records import Cell, Finding, LineItem, Table
from schemas.wording import plain

UNACCOUNTED = "amount_unaccounted"
_RUN_TOGETHER = re.compile(r"-?\d[\d,]*\.\d{2}(?:-?\d[\d,]*\.\d{2})+|\d{1,3}(?:,\d{3})+,?\d+(?:,\d{3})*(?:\.\d+)?")
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Conservation:
    """What became of the amounts on the pages of a paper's forms.

    `printed` counts them all, `read` those that are line items and `known` those whose heading or label says that they
    are no money (shares, counts, unit prices); what neither these nor the paper's own findings account for is found.
    """

    printed: int
    read: int
    known: int
    findings: tuple[Finding, ...]


def conserved(
    tables: Iterable[Table], items: Iterable[LineItem], findings: Iterable[Finding], forms: Iterable[Form] = ()
) -> Conservation:
    """Count the amounts of the tables that were recognised as forms, and find those that were lost on the way.

    Figures that no eye would take for money (codes, years, column numbers) are not counted. `forms` tell of columns and
    rows whose amounts are known to be none of the form's own: differences, 政府采购 beside 支出, a mere 其中.
    """
    aside = {place for form in forms for place in _aside(form)}
    read = {(item.table_no, item.row, item.col) for item in items}
    told = {(each.table_no, each.row, each.col) for each in findings if each.row is not None}
    printed = known = 0
    taken: set[Place] = set()
    lost: list[Finding] = []
    for table in tables:
        if table.declared.form is None:
            continue
        for cell, reason in _amounts(table):
            place = (table.number, cell.row, cell.col)
            printed += 1
            if place in read:
                taken.add(place)
            elif reason is not None or place in aside:
                known += 1
            elif place not in told:
                lost.append(_lost(table, cell))
    return Conservation(printed, len(taken), known, tuple(lost))


def _aside(form: Form) -> Iterator[Place]:
    """The places of a form whose headings or labels say that they print no amount of the form's own."""
    columns = {column.index for column in form.columns if column.role in KNOWN_ASIDE}
    for row in form.body:
        cells = form.grid.printed(row)
        beside = any((meaning := meaning_of(cell.text)) and meaning.is_aside for cell in cells)
        yield from ((form.table.number, cell.row, cell.col) for cell in cells if beside or cell.col in columns)


def _lost(table: Table, cell: Cell) -> Finding:
    return Finding(UNACCOUNTED, f"{table.declared.form}: {cell.text}", cell.page, table.number, cell.row, cell.col)


def _amounts(table: Table) -> Iterator[tuple[Cell, str | None]]:
    """The cells of a form's body that print an amount, each with the heading that says it is no money, if one does."""
    grid = Grid(table)
    heads = heads_of(grid)
    holds = MoneyColumns(grid, heads.rows, heads.body)
    for row in heads.body:
        labels = [cell.text for cell in grid.printed(row) if not any(map(str.isdecimal, cell.text))]
        for cell in grid.printed(row):
            if shows_money(cell.text) or _RUN_TOGETHER.fullmatch(plain(cell.text)):
                yield cell, _no_money(cell, holds, labels)
            elif holds.amount(cell, labels) is not None:
                yield cell, None


def _no_money(cell: Cell, holds: MoneyColumns, labels: Sequence[str]) -> str | None:
    """The words that say of a figure that it is no money: 比上年增减%, 数量."""
    return next(filter(names_no_money, [*holds.headings(cell), *labels[-1:]]), None)
