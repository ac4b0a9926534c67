"""The rows of a summary that are a 类 of functions, which are printed by their names alone."""

from collections.abc import Mapping, Sequence

from extractors.items.rows import Row
from schemas.classifications import codes_by_name

CLASS_DIGITS = 3


def classes_by_line(rows: Sequence[Row], year: int) -> Mapping[int, str]:
    """The code of each row of an expenditure half that the year's edition knows as a 类, by the row's line.

    A 款 and its 项 can be called as their 类 is (229 其他支出): a row within a 类 is none.
    """
    spent = {row.line: row for row in rows if row.side == "expenditure"}
    named = {line: code for line, row in spent.items() if (code := _class_named(row.name, year))}
    return {line: code for line, code in named.items() if not _is_within(spent[line], spent, named)}


def _class_named(name: str, year: int) -> str | None:
    classes = [code for code in codes_by_name("function", name, year) if len(code) == CLASS_DIGITS]
    return classes[0] if len(classes) == 1 else None


def _is_within(row: Row, rows: Mapping[int, Row], named: Mapping[int, str]) -> bool:
    """Whether a row is a part of one of the named rows, however far below."""
    seen: set[int] = set()
    above = row.parent_line
    while above is not None and above in rows and above not in seen:
        if above in named:
            return True
        seen.add(above)
        above = rows[above].parent_line
    return False
