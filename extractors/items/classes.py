"""The rows of a summary that are a 类 of functions, which are printed by their names alone."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractors.items.rows import Row
from schemas.classifications import codes_by_name

CLASS_DIGITS = 3


def classes_by_line(rows: Sequence[Row], year: int) -> Mapping[int, str]:
    """The code of each row of an expenditure half that the year's edition knows as a 类, by the row's line.

    A 款 and its 项 can be called as their 类 is (229 其他支出): a row within a 类 is none, nor is one that comes after
    the 类 of its name with no other between, where the levels were not read.
    """
    spent = {row.line: row for row in rows if row.side == "expenditure"}
    named = {line: code for line, row in spent.items() if (code := _class_named(row.name, year))}
    outermost = {line: code for line, code in named.items() if not _is_within(spent[line], spent, named)}
    before = {line: above for above, line in pairwise(sorted(outermost))}
    return {
        line: code
        for line, code in outermost.items()
        if line not in before or not _follow_as_one(spent[before[line]], spent[line], outermost)
    }


def _follow_as_one(above: Row, row: Row, named: Mapping[int, str]) -> bool:
    """Whether two rows are of one name and for one organisation."""
    return named[above.line] == named[row.line] and above.organisation == row.organisation


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
