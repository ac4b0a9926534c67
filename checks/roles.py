"""Which of a form's fixed rows a row is, by the name it goes by and, where a name repeats, by where it stands."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from schemas.identities import HalfRows
from schemas.wording import plain, without_ordinal

DEPARTMENT = "{department}"
TOTAL_ROLES = frozenset({"total", "grand_total", "year_total"})
GROUP_ROLES = frozenset({"personnel_total", "public_use_total"})
"""Totals of groups printed side by side, which the catalogue weighs against the codes that belong to them."""
_ROLES_OF_ITEMS = {"general_public_budget": "general_budget"}
"""Words of the dataset's `item` that the catalogue calls otherwise."""


class NamedRow(Protocol):
    """What a role is told by."""

    @property
    def line(self) -> int:
        """Its number in its half."""
        ...

    @property
    def code(self) -> str | None:
        """Its code; a row with one is no fixed row."""
        ...

    @property
    def name(self) -> str:
        """Its label."""
        ...

    @property
    def parent_line(self) -> int | None:
        """The row that it is a part of, as its half was read."""
        ...

    @property
    def item(self) -> str | None:
        """What it is in a word of the dataset's vocabulary."""
        ...


def roles(fixed: HalfRows | None, department: str, rows: Sequence[NamedRow]) -> tuple[str | None, ...]:
    """Name the role of each row; a row with a code, or with a name that the form does not fix, has None.

    The dataset's own word for the row (`item`) decides where its name does not.
    """
    if fixed is None:
        return (None,) * len(rows)
    own = plain(department)
    labels = ["" if row.code else plain(without_ordinal(row.name)) for row in rows]
    named = [
        (row, fixed.roles_named(DEPARTMENT if label == own else label) if label else ())
        for row, label in zip(rows, labels, strict=True)
    ]
    landmarks = {role: row.line for row, candidates in reversed(named) if (role := _anywhere(fixed, candidates))}
    return tuple(_standing(fixed, row, candidates, landmarks) or _of_item(fixed, row) for row, candidates in named)


def _of_item(fixed: HalfRows, row: NamedRow) -> str | None:
    role = _ROLES_OF_ITEMS.get(row.item or "", row.item)
    return role if role in fixed.rows and row.code is None else None


def _anywhere(fixed: HalfRows, candidates: Sequence[str]) -> str | None:
    """Name the role that a name has wherever it stands."""
    return next((role for role in candidates if not fixed.rows[role].below), None)


def _standing(fixed: HalfRows, row: NamedRow, candidates: Sequence[str], landmarks: Mapping[str, int]) -> str | None:
    """Name the role that a name has on this line: one that needs a row above it comes first where that row is there.

    A part of the row above has no role within another one: the budgets below 本年收入 are not those of 上年结转.
    """
    for role in candidates:
        named = fixed.rows[role]
        above = next((name for name in named.below if name in landmarks), None)
        if above is None or landmarks[above] >= row.line:
            continue
        if named.within in (None, above) or row.parent_line != landmarks[above]:
            return role
    return _anywhere(fixed, candidates)
