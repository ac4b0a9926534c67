"""From the catalogue's names of rows to the rows of a paper, and whether a condition is met."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checks.codes import under
from checks.paper import Half, Paper, Row
from schemas.identities import Condition, Selector


class NotApplicableError(Exception):
    """The paper does not print what the identity needs; the message says what is missing or in doubt."""


class SignedRow(NamedTuple):
    """A row that is added (+1) or taken away (−1)."""

    sign: int
    row: Row


def half_of(paper: Paper, name: str) -> Half:
    """Return the half of that name.

    Raises:
        NotApplicableError: the paper has no amount there.
    """
    if name not in paper.halves:
        raise NotApplicableError(f"nothing is printed in {name}")
    return paper.halves[name]


def measure_of(half: Half, measure: str) -> str:
    """Return the measure that a selector means in this half.

    Raises:
        NotApplicableError: the half does not print it.
    """
    found = half.whole if measure == "whole" else measure
    if found is None or found not in half.measures:
        raise NotApplicableError(f"{half.name} prints no {measure}")
    return found


def selected_rows(half: Half, selector: Selector) -> tuple[SignedRow, ...]:
    """Return the rows a selector names, empty where none of them is printed.

    Raises:
        NotApplicableError: it cannot be told which rows these are.
    """
    if selector.codes:
        return tuple(SignedRow(1, row) for row in half.rows_of(selector.codes))
    rows = tuple(row for name in selector.rows for row in _signed(half, name, 1))
    if selector.under or selector.not_under:
        kept = under(half.by_code, selector.under or selector.not_under, outside=bool(selector.not_under))
        return tuple(signed for signed in rows if signed.row.code in kept)
    return rows


def repeated_rows(half: Half, selector: Selector) -> tuple[Row, ...]:
    """Return the other rows of a selector's one role, where the form prints that row more than once."""
    if half.fixed is None or len(selector.rows) != 1 or selector.rows[0] not in half.fixed.rows:
        return ()
    role = selector.rows[0]
    return half.by_role.get(role, ())[1:] if half.fixed.rows[role].repeats else ()


def _signed(half: Half, name: str, sign: int) -> Iterator[SignedRow]:
    """Find the rows behind one name, which a minus takes away."""
    if name.startswith("-"):
        name, sign = name[1:], -sign
    if name == "tops":
        _refuse_unknown(half)
        yield from (SignedRow(sign, row) for row in half.rows_of(half.children.get(None, ())))
    elif half.fixed is None:
        return
    elif name == half.fixed.rest:
        yield from (SignedRow(sign, row) for row in half.others)
    elif name in half.fixed.first_printed:
        yield from _first_printed(half, half.fixed.first_printed[name], sign)
    elif name in half.fixed.sets:
        _refuse_unknown(half)
        for member in half.fixed.sets[name]:
            if not _stands_for_itself(half, member):
                continue
            yield from _signed(half, member, sign)
    else:
        yield from (SignedRow(sign, row) for row in _one_row(half, name))


def _first_printed(half: Half, ways: Sequence[Sequence[str]], sign: int) -> Iterator[SignedRow]:
    """Take the first of several ways whose leading name has a printed row."""
    for way in ways:
        if any(_signed(half, way[0], sign)):
            for name in way:
                yield from _signed(half, name, sign)
            return


def _stands_for_itself(half: Half, role: str) -> bool:
    """Whether a row is summed: not where it is a part of a row that is printed too."""
    row = half.fixed.rows.get(role.removeprefix("-")) if half.fixed else None
    return row is None or row.part_of is None or row.part_of not in half.by_role


def _one_row(half: Half, role: str) -> tuple[Row, ...]:
    """Find the row of a role, all rows of a role that has many, the first of one that the form prints twice."""
    rows = half.by_role.get(role, ())
    if role == "total" and not rows:
        return half.total_rows
    fixed = half.fixed.rows[role] if half.fixed else None
    if fixed is None or fixed.many or len(rows) < 2:
        return rows
    if fixed.repeats:
        return rows[:1]
    raise NotApplicableError(f"{len(rows)} rows of {half.name} are called {rows[0].name}")


def _refuse_unknown(half: Half) -> None:
    if half.unknown and (half.fixed is None or half.fixed.rest is None):
        raise NotApplicableError(f"what {half.unknown[0].name} is in {half.name} is not known")


def meets(paper: Paper, condition: Condition) -> bool:
    """Tell whether a paper prints, or leaves blank, what a condition says; a half without amounts meets none."""
    half = paper.halves.get(condition.half)
    if half is None:
        return False
    if any(measure not in half.measures for measure in condition.has):
        return False
    if any(measure in half.measures for measure in condition.lacks):
        return False
    if condition.blank and half.unknown:
        return False
    printed = all(any(row for row in _members(half, name)) for name in condition.printed)
    return printed and not any(not row.blank for name in condition.blank for row in _members(half, name))


def _members(half: Half, name: str) -> Iterator[Row]:
    """Find every row of a role or of all roles of a set, a part of another row included."""
    name = name.removeprefix("-")
    if half.fixed is None:
        return
    if name in half.fixed.first_printed:
        for way in half.fixed.first_printed[name]:
            for member in way:
                yield from _members(half, member)
    elif name in half.fixed.sets:
        for member in half.fixed.sets[name]:
            yield from _members(half, member)
    else:
        yield from half.by_role.get(name, ())
