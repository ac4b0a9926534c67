"""Rows of several levels taken for one: a sum of them counts the same money twice, and accuses nobody."""

from collections.abc import Sequence

from checks.paper import Half, Row


def unsettled(half: Half) -> str:
    """Say why sums of a half say nothing."""
    return f"which rows of {half.name} are parts of which is not settled"


def levels_unsettled(half: Half, whole: Row, parts: Sequence[Row]) -> bool:
    """Whether parts that fail to give their whole give it once those that others of them divide are left out.

    Where neither codes nor indentation say which rows are parts of which, 款 and 项 may stand beside their 类 here. One
    column that shows it speaks for all: a misprint does not make a run of rows the sum of the row before it. Codes tell
    the levels: rows that all print one are not in doubt.
    """
    return any(row.code is None for row in parts) and any(
        not half.adds_up_in(column, whole, parts)
        and any(half.adds_up_in(column, whole, _outermost(half, parts, column, least)) for least in (1, 2))
        for column in half.columns
    )


def _outermost(half: Half, rows: Sequence[Row], column: str, least: int) -> Sequence[Row]:
    """Leave out, from the last row to the first, each run of `least` rows or more that is the sum of the row before."""
    following: list[Row] = []
    for row in reversed(rows):
        if row.amount(column):
            runs = (following[: -1 - count : -1] for count in range(least, len(following) + 1))
            run = next((run for run in runs if half.adds_up_in(column, row, run)), ())
            del following[len(following) - len(run) :]
            following.append(row)
    return following[::-1]
