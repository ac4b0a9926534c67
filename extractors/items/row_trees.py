"""The rows of a form → what each is a part of, and what it is in one word where it has no code."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.forms.row_words import is_total
from extractors.items.row_items import item_of
from extractors.items.rows import Row
from extractors.structure.labels import RowLabel
from extractors.structure.row_tree import row_tree

THREE_PUBLIC_PARTS = {
    "vehicle_purchase": ("vehicles",),
    "vehicle_operation": ("vehicles",),
    "going_abroad": ("three_public_total", "total"),
    "vehicles": ("three_public_total", "total"),
    "reception": ("three_public_total", "total"),
    "three_public_total": ("total",),
    "meetings": ("total",),
    "training": ("total",),
}
"""What each item of 三公 is a part of: of several, the first that is printed (财政部, 部门预算公开范本)."""


def with_trees(rows: Sequence[Row]) -> list[Row]:
    """The rows of one form with `parent_line`, `is_leaf` and `item`; each half has a tree of its own."""
    found: dict[int, Row] = {}
    for side in dict.fromkeys(row.side for row in rows):
        places = [at for at, row in enumerate(rows) if row.side == side]
        own = [rows[at] for at in places]
        found.update(zip(places, _of_half(own), strict=True))
    return [found[at] for at in range(len(rows))]


def _of_half(rows: Sequence[Row]) -> list[Row]:
    parents = _parents(rows)
    wholes = set(parents)
    items = _items(rows, parents)
    return [
        replace(
            row,
            parent_line=None if parent is None else rows[parent].line,
            is_leaf=at not in wholes,
            item=None if row.code else item,
        )
        for at, (row, parent, item) in enumerate(zip(rows, parents, items, strict=True))
    ]


def _parents(rows: Sequence[Row]) -> list[int | None]:
    """The place of each row's parent; what stands beside a group's label is a part of its 小计, if it prints one."""
    found: list[int | None] = [None] * len(rows)
    labels = _labels(rows)
    inner: set[int] = set()
    for group, whole, parts in _groups(rows):
        labels[whole] = replace(labels[whole], text=group)
        own = [replace(labels[at], text=_beside(rows[at])[1]) for at in (whole, *parts)]
        for at, parent in zip(parts, row_tree(own).parents[1:], strict=True):
            found[at] = (whole, *parts)[parent or 0]
        inner.update(parts)
    outer = [at for at in range(len(rows)) if at not in inner]
    for at, parent in zip(outer, row_tree([labels[at] for at in outer]).parents, strict=True):
        found[at] = None if parent is None else outer[parent]
    return found


def _groups(rows: Sequence[Row]) -> Iterator[tuple[str, int, list[int]]]:
    """The groups that print a total of their own: their label, the place of that total and those of the other rows."""
    places: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        places.setdefault(_beside(row)[0], []).append(at)
    for group, own in places.items():
        whole = next((at for at in own if is_total(_beside(rows[at])[1])), None)
        if group and whole is not None:
            yield group, whole, [at for at in own if at != whole]


def _beside(row: Row) -> tuple[str, str]:
    """The label that spans a row's group, '' where there is none, and the row's own."""
    group, _, own = row.printed.rpartition("/")
    return group, own


def _labels(rows: Sequence[Row]) -> list[RowLabel]:
    """What the tree is read from; amounts of one measure are in one column, even of lists side by side."""
    columns: dict[tuple[str, str | None], int] = {}
    labels = []
    for row in rows:
        amounts = {
            columns.setdefault((amount.measure, amount.fund), len(columns)): amount.value.value
            for amount in row.amounts
        }
        group = row.organisation.code or row.organisation.name if row.organisation else None
        labels.append(RowLabel(row.printed, row.code, row.cell.indent, group, amounts, row.cell.col))
    return labels


def _items(rows: Sequence[Row], parents: Sequence[int | None]) -> list[str | None]:
    """The word for each row; what a balance is divided into is told by the row above it in the tree."""
    found: dict[int, str | None] = {}

    def word(at: int) -> str | None:
        if at not in found:
            found[at] = None  # a tree has no circles, but nothing here depends on it
            parent = parents[at]
            found[at] = item_of(rows[at].printed, rows[at].side, None if parent is None else word(parent))
        return found[at]

    return [word(at) for at in range(len(rows))]


def with_three_public(rows: Sequence[Row]) -> list[Row]:
    """The rows of a “三公” form, which are the same everywhere: what is part of what is known by their names."""
    named = [replace(row, item=item_of(row.name, None)) for row in rows]
    lines = _lines_by_item(named)
    parents = [_printed_above(row, lines) for row in named]
    wholes = {parent for parent in parents if parent is not None}
    return [
        replace(row, parent_line=parent, is_leaf=row.line not in wholes)
        for row, parent in zip(named, parents, strict=True)
    ]


def _lines_by_item(rows: Sequence[Row]) -> Mapping[tuple[object, str], int]:
    return {(row.organisation, row.item): row.line for row in reversed(rows) if row.item}


def _printed_above(row: Row, lines: Mapping[tuple[object, str], int]) -> int | None:
    wholes = THREE_PUBLIC_PARTS.get(row.item or "", ())
    return next((line for whole in wholes if (line := lines.get((row.organisation, whole))) is not None), None)
