"""Every amount of any table that has headings, with its paths, and what the sums that the table prints say of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.structure.column_tree import Column, ColumnTree, column_tree
from extractors.structure.header import Heads, heads_of
from extractors.structure.labels import is_total
from extractors.structure.lists import ListRow, RowList, lists_of
from extractors.structure.money import unit_said
from extractors.structure.row_tree import RowTree, Sum, row_tree
from extractors.tables.amounts import Printed
from extractors.tables.grid import Grid
from schemas.records import Status, Table, TableAmount, Unit
from schemas.wording import without_ordinal

Place = tuple[int, int]


def table_amounts(
    table: Table,
    header_rows: Sequence[int] | None = None,
    body_rows: Sequence[int] | None = None,
    unit: Unit | None = None,
) -> tuple[TableAmount, ...]:
    """Every amount of money of a table, recognised form or not, in the order of its rows.

    `header_rows` and `body_rows` are those of a recognised form; without them the header ends where figures begin.
    `unit` is what the form declares; else a unit said over the table, in a heading or in a label counts, and where
    there is none `amount` is the number as printed. `status` is what the sums that the table itself prints say:
    proven where a sum of two or more amounts holds down the column and the sums across the row hold too (or its header
    relates the column to no other, or the list has one row), contradicted where one fails whose structure the rest
    bears out.
    """
    grid = Grid(table)
    found = heads_of(grid)
    heads = Heads(
        tuple(header_rows) if header_rows is not None else found.rows,
        tuple(body_rows) if body_rows is not None else found.body,
    )
    declared = unit or _declared(table)
    amounts = [amount for rows in lists_of(grid, heads) for amount in _of_list(table, grid, heads, rows, declared)]
    return tuple(sorted(amounts, key=lambda amount: (amount.row, amount.col)))


def _declared(table: Table) -> Unit | None:
    """The unit said nearest above the table."""
    return _unit_in([line.text for line in table.heading])


def _unit_in(texts: Sequence[str]) -> Unit | None:
    """The unit that the last of some texts says which says one."""
    return next((unit for text in reversed(texts) if (unit := unit_said(text))), None)


def _of_list(table: Table, grid: Grid, heads: Heads, rows: RowList, unit: Unit | None) -> Iterator[TableAmount]:
    paths = {col: tuple(cell.text for cell in grid.column(col, heads.rows)) for col in rows.columns}
    down = row_tree([row.label for row in rows.rows])
    across = column_tree([Column(col, paths[col]) for col in rows.columns], [row.label.amounts for row in rows.rows])
    sums = _Sums(rows, down, across)
    over = {col: "/".join(map(_bare, path)) for col, path in paths.items()}
    headed = {col: _unit_in(path) for col, path in paths.items()}
    for place, row in enumerate(rows.rows):
        labels = _labels(rows.rows, down, place)
        beside = "/".join(labels)
        labelled = _unit_in(labels) or unit
        for cell, value in row.money:
            own = headed[cell.col] or labelled
            amount, own = _in_yuan(value, own)
            status, reason = sums.status(place, cell.col)
            yield TableAmount(
                table_no=table.number,
                row=cell.row,
                col=cell.col,
                page=cell.page,
                x0=cell.box.x0,
                y0=cell.box.y0,
                x1=cell.box.x1,
                y1=cell.box.y1,
                row_path=beside,
                column_path=over[cell.col],
                amount=amount,
                unit=own,
                printed=cell.text,
                status=status,
                status_reason=reason,
                place=cell.place,
            )


def _labels(rows: Sequence[ListRow], tree: RowTree, place: int) -> list[str]:
    """The headings of a row from the outside in: organisation, rows it is a part of, labels before it, its own.

    Totals head nothing.
    """
    row = rows[place]
    above = [rows[at].label.text for at in tree.line_up(place) if not is_total(rows[at].label.text)]
    outer = [row.label.group or "", *above, *row.outer]
    texts = [_bare(text) for text in (*outer, row.label.text)]
    return list(dict.fromkeys(text for text in texts if text))


@lru_cache(maxsize=4_096)
def _bare(text: str) -> str:
    return re.sub(r"\s", "", without_ordinal(text)).rstrip("：:")


def _in_yuan(value: Printed, unit: Unit | None) -> tuple[Decimal, Unit | None]:
    """The amount in yuan; as printed where no unit is known or it would have a fraction of a cent."""
    if unit is not None:
        try:
            return value.yuan(unit), unit
        except ValueError:
            pass
    return value.value, None


@dataclass(frozen=True, slots=True)
class _Found:
    """What the sums through an amount say in one direction."""

    solid: frozenset[Place]
    thin: frozenset[Place]
    broken: frozenset[Place]
    borne_out: bool


class _Sums:
    """What the sums down and across a list say of each of its amounts."""

    def __init__(self, rows: RowList, down: RowTree, across: ColumnTree) -> None:
        self._printed = {(place, cell.col): value for place, row in enumerate(rows.rows) for cell, value in row.money}
        self._down = self._found(down.sums, down.evidence > len(down.broken), turned=False)
        self._across = self._found(across.sums, across.settled, turned=True)
        self._one_row = sum(bool(row.money) for row in rows.rows) == 1
        self._related = {column for each in across.sums for column in (each.whole, *each.parts)}

    def status(self, place: int, col: int) -> tuple[Status, str | None]:
        """The status of an amount and, where it is not proven, the name of the reason."""
        at = (place, col)
        down, across = self._down, self._across
        for found in (down, across):
            if at in found.broken:
                return ("contradicted", "sum_fails") if found.borne_out else ("unproven", "identity_unsettled")
        held_down, held_across = at in down.solid, at in across.solid
        right_column = held_across or (across.borne_out and at in across.thin) or col not in self._related
        right_row = held_down or (down.borne_out and at in down.thin) or self._one_row
        if (held_down and right_column) or (held_across and right_row):
            return "proven", None
        if held_down or held_across:
            return "unproven", "column_unsettled" if held_down else "row_unsettled"
        return "unproven", "identity_unsettled" if at in down.thin or at in across.thin else "no_identity"

    def _found(self, sums: Sequence[Sum], borne_out: bool, *, turned: bool) -> _Found:
        solid: set[Place] = set()
        thin: set[Place] = set()
        broken: set[Place] = set()
        for each in sums:
            lines = (each.whole, *each.parts)
            for key in each.broken:
                broken.update(self._through(lines, key, turned))
            if each.relation != "equal":
                continue
            for key in each.thin:
                thin.update(self._through(lines, key, turned))
            for key in each.solid:
                solid.update(self._held(self._through(lines, key, turned)))
        return _Found(frozenset(solid), frozenset(thin), frozenset(broken), borne_out)

    def _through(self, lines: Sequence[int], key: int, turned: bool) -> list[Place]:
        places = [(key, line) if turned else (line, key) for line in lines]
        return [place for place in places if place in self._printed]

    def _held(self, places: Sequence[Place]) -> Iterator[Place]:
        """Those of the amounts of a sum that it would fail without: one within its rounding may be anything."""
        for place in places:
            value = self._printed[place]
            if not value.value or abs(value.value) > Decimal(len(places)).scaleb(-value.decimals) / 2:
                yield place
