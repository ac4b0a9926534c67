"""The columns of a table → the tree of what is part of what: the header's own nesting, settled by the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Literal

from extractors.structure.labels import is_total, is_within
from extractors.structure.row_tree import Sum, summed
from extractors.structure.weighing import Vector, Weight, equal, total_of, turned, vectors_of, weigh, within

Path = tuple[str, ...]
GroupKind = Literal["total_and_parts", "of_which", "no_total"]
SURE = 4
"""A sum that no heading calls one must hold in so many rows for each in which it fails."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of amounts: its number and the headings over it from the outside in, as printed (其中 kept)."""

    index: int
    path: Path


@dataclass(frozen=True)
class ColumnTree:
    """What is part of what among the columns of amounts of a table.

    `parents` gives the column that each is a part of, None at the top; `within` those that are only some of it (其中).
    `groups` tells of each heading that spans columns whether one of them is its total. `sums` name columns and list
    the rows in which they hold or fail, by place. `settled` is False where the figures bear out no structure, or
    several.
    """

    parents: Mapping[int, int | None]
    within: frozenset[int]
    groups: Mapping[Path, GroupKind]
    sums: tuple[Sum, ...]
    settled: bool

    @cached_property
    def evidence(self) -> int:
        """How many equalities hold over the rows that are not trivial."""
        return sum(len(each.solid) for each in self.sums if each.relation == "equal")

    @cached_property
    def broken(self) -> tuple[tuple[int, int], ...]:
        """The row's place and the column of each sum that fails."""
        return tuple((row, each.whole) for each in self.sums for row in each.broken)


@dataclass(frozen=True, slots=True)
class _Item:
    """A column, or a heading over several: the columns that stand for it in a sum."""

    label: str
    above: Path
    columns: tuple[Column, ...]
    standing: tuple[int, ...]

    @property
    def total(self) -> bool:
        return len(self.standing) == 1 and is_total(self.label)

    @property
    def within(self) -> bool:
        return is_within(self.label) or (bool(self.above) and is_within(self.above[0]))


def column_tree(columns: Sequence[Column], rows: Sequence[Mapping[int, Decimal]]) -> ColumnTree:
    """Read what is part of what from the headings and from each row's amounts by column.

    A heading that spans columns holds them together; 合计 and 小计 are the sum of what stands beside them, 其中 is
    some of the column before. Which columns a total sums, all of them or some, and whether a column is a part of the
    one before it although no heading says so, is what holds in most rows.
    """
    vectors = turned(vectors_of(rows), [column.index for column in columns])
    arranger = _Arranger(vectors)
    arranger.arrange(list(columns), ())
    return arranger.tree(columns)


class _Arranger:
    def __init__(self, vectors: Mapping[int, Vector]) -> None:
        self._vectors = vectors
        self._parts: dict[int, list[tuple[int, ...]]] = {}
        self._some: dict[int, list[int]] = {}
        self._groups: dict[Path, GroupKind] = {}
        self._doubted = False

    def tree(self, columns: Sequence[Column]) -> ColumnTree:
        parents: dict[int, int | None] = {column.index: None for column in columns}
        sums: list[Sum] = []
        for whole, lists in self._parts.items():
            for parts in lists:
                parents.update((part, whole) for part in parts)
                sums.append(summed(whole, parts, self._weigh(whole, parts), "equal"))
        for whole, some in self._some.items():
            parents.update((part, whole) for part in some)
            weight = self._weigh(whole, some)
            holds = weight.holds and len(weight.solid) > 0
            sums.append(summed(whole, some, weight, "equal" if holds else "at_most"))
        evidence = sum(len(each.solid) for each in sums if each.relation == "equal")
        broken = sum(len(each.broken) for each in sums)
        settled = not self._doubted and evidence > SURE * broken
        some_columns = frozenset(column for some in self._some.values() for column in some)
        return ColumnTree(parents, some_columns, self._groups, tuple(sums), settled)

    def arrange(self, columns: Sequence[Column], above: Path) -> tuple[int, ...]:
        """Find the sums among columns under one heading; the columns that stand for all of them in an outer sum."""
        if across := _crossed(columns):
            return tuple(index for part in across for index in self.arrange(part, above))
        items = self._completed(self._without_some([self._item(part, above) for part in _grouped(columns)]))
        whole = self._place_totals(items)
        if above and len(columns) > 1:
            self._groups[above] = "no_total" if whole is None else "total_and_parts"
            if is_within(above[-1]):
                self._groups[above] = "of_which"
        if whole is not None:
            return (whole,)
        return tuple(index for item in items for index in item.standing)

    def _item(self, columns: Sequence[Column], above: Path) -> _Item:
        path = columns[0].path
        if len(columns) == 1:
            return _Item(path[-1] if path else "", path, tuple(columns), (columns[0].index,))
        inner = [Column(column.index, column.path[1:]) for column in columns]
        return _Item(path[0], (path[0],), tuple(columns), self.arrange(inner, (*above, path[0])))

    def _without_some(self, items: Sequence[_Item]) -> list[_Item]:
        """The items without those that are some of the one before them (其中)."""
        kept: list[_Item] = []
        for item in items:
            if item.within and kept and len(kept[-1].standing) == 1:
                self._some.setdefault(kept[-1].standing[0], []).extend(item.standing)
            else:
                kept.append(item)
        return kept

    def _completed(self, items: list[_Item]) -> list[_Item]:
        """The items without those that go on with what 其中 began: 小计 | 其中：基本支出 | 项目支出."""
        for at, item in enumerate(items):
            some = self._some.get(item.standing[0], []) if item.standing else []
            if not some or self._weigh(item.standing[0], some).holds:
                continue
            for end in range(at + 2, len(items) + 1):
                more = _standing(items[at + 1 : end])
                weight = self._weigh(item.standing[0], [*some, *more])
                if weight.holds and weight.solid:
                    some.extend(more)
                    return self._completed([*items[: at + 1], *items[end:]])
        return items

    def _place_totals(self, items: list[_Item]) -> int | None:
        """Give each total its parts; the column that is the whole of all items, if one is."""
        free = list(items)
        named = [item for item in items if item.total]
        first = named[0] if named and items[0] is named[0] else None
        for total in [*(item for item in named if item is not first), *([first] if first else [])]:
            if total in free:
                open_items = [item for item in free if item is not first or item is total]
                taken = self._place(total, open_items, named, sure=False)
                free = [item for item in free if item not in taken]
        if not named and len(items) > 2:
            for total in (items[0], items[-1]):
                taken = self._place(total, free, named, sure=True) if len(total.standing) == 1 else []
                if taken:
                    free = [item for item in free if item not in taken]
                    break
        left = [item for item in free if item.standing]
        if len(left) == 1 and len(left[0].standing) == 1 and (len(items) == 1 or left[0].standing[0] in self._parts):
            return left[0].standing[0]
        return named[0].standing[0] if first and first in free else None

    def _place(self, total: _Item, free: Sequence[_Item], named: Sequence[_Item], *, sure: bool) -> list[_Item]:
        """Give a total its parts and tell which items they are; with `sure` only where the rows leave no doubt."""
        whole = total.standing[0]
        scopes = [scope for scope in _scopes(total, free, named) if _standing(scope)]
        if not scopes:
            return []
        weighed = [(self._weigh(whole, _standing(scope)), scope) for scope in scopes]
        best = max(weighed, key=lambda each: (each[0].score, len(each[0].thin), len(_standing(each[1]))))
        weight, scope = self._with_one_less(whole, *best)
        if sure and len(weight.solid) <= SURE * len(weight.broken):
            return []
        if not sure and not weight.borne_out:
            self._doubted = True
            if len(weight.broken) > SURE:
                return []  # the rows deny it: 总额 beside what is not its parts
            scope = scopes[0]
        self._parts.setdefault(whole, []).append(_standing(scope))
        views = [item for item in free if item is not total and item not in scope and len(item.columns) > 1]
        for view in views:
            if (other := self._weigh(whole, view.standing)).holds and other.solid:
                self._parts[whole].append(view.standing)
        return [*scope, *(view for view in views if view.standing in self._parts[whole])]

    def _with_one_less(self, whole: int, weight: Weight, scope: list[_Item]) -> tuple[Weight, list[_Item]]:
        """The scope without the one item that is all it has too much; some of the item before it, or beside the sum."""
        if len(weight.excess) <= len(weight.solid) + len(weight.thin) or len(scope) < 2:
            return weight, scope
        excess = _difference(total_of(self._vectors[index] for index in _standing(scope)), self._vectors[whole])
        for at, item in enumerate(scope):
            own = total_of(self._vectors[index] for index in item.standing)
            if not at or not equal(own, excess):
                continue
            before = scope[at - 1].standing
            if len(before) == 1 and len(item.standing) == 1 and within(own, self._vectors[before[0]]):
                self._some.setdefault(before[0], []).append(item.standing[0])
            rest = [other for other in scope if other is not item]
            return self._weigh(whole, _standing(rest)), rest
        return weight, scope

    def _weigh(self, whole: int, parts: Sequence[int]) -> Weight:
        return weigh(self._vectors[whole], [self._vectors[part] for part in parts])


def _grouped(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Neighbours under one heading."""
    for _, group in groupby(columns, key=lambda column: column.path[:1] if len(column.path) > 1 else column.index):
        yield list(group)


def _crossed(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns whose outer headings hold a total and repeat the same inner ones, brought together by the inner ones.

    总计 | 因公出国（境）费 | 公务接待费, each over 一般公共预算 | 政府性基金预算 | 国有资本经营预算.
    """
    heads = list(dict.fromkeys(column.path[0] for column in columns if column.path))
    last = {head: {c.path[-1] for c in columns if c.path and c.path[0] == head and len(c.path) > 1} for head in heads}
    inner = last[heads[0]] if len(heads) > 1 else set()
    if len(inner) < 2 or any(each != inner for each in last.values()) or not any(is_total(head) for head in heads):
        return []
    return [
        [Column(c.index, c.path[:-1]) for c in columns if c.path[-1] == name]
        for name in dict.fromkeys(column.path[-1] for column in columns)
    ]


def _scopes(total: _Item, free: Sequence[_Item], named: Sequence[_Item]) -> Iterator[list[_Item]]:
    """The items that a total may sum: all others, those on either side of it, runs of these, and single groups."""
    at = free.index(total)
    before, after = list(free[:at]), list(free[at + 1 :])
    yield after if not before else before if not after else [*before, *after]
    for side in (after, before[::-1]):
        stop = next((k for k, item in enumerate(side) if item in named), len(side))
        for end in dict.fromkeys((len(side), stop, *range(2, len(side)))):
            yield side[:end] if side is after else side[:end][::-1]
    for item in (*before, *after):
        if len(item.columns) > 1:
            yield [item]


def _standing(items: Sequence[_Item]) -> tuple[int, ...]:
    return tuple(index for item in items for index in item.standing)


def _difference(one: Vector, other: Vector) -> Vector:
    keys = one.values.keys() | other.values.keys()
    return Vector(
        {key: one.values.get(key, 0) - other.values.get(key, 0) for key in keys},
        {key: one.slack.get(key, 0) + other.slack.get(key, 0) for key in keys},
    )
