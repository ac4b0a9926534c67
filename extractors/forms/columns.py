"""A column's heading → what the column holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.forms.header import TOTALS, column_path
from extractors.tables.grid import Grid
from schemas.forms import FormDefinition, headings

Path = tuple[str, ...]
CODE_ROLES = ("code", "class_code", "group_code", "item_code")
LABEL_ROLES = ("label", "unit_label")
LEADING_ROLES = (*CODE_ROLES, *LABEL_ROLES)
GENERAL = (None, "amount", "total")
"""What 金额 and 合计 mean says little: a heading printed over two lines without a rule, as 财政拨款 | 收入, says more
when its lines are put together."""


@dataclass(frozen=True, slots=True)
class Column:
    """Column `index` (from 1): its heading's path, and the role or the measure that the heading gives it."""

    index: int
    path: Path
    role: str | None = None
    measure: str | None = None


def tails(path: Path) -> Iterator[str]:
    """The tails of a path from the longest to the last component alone, joined by "/"."""
    return ("/".join(path[start:]) for start in range(len(path)))


def columns_of(grid: Grid, header: Sequence[int], form: FormDefinition) -> tuple[Column, ...]:
    """Every column of a table as the form reads its heading; unknown headings have neither role nor measure."""
    paths = [column_path(grid, header, col) for col in range(1, grid.cols + 1)]
    return tuple(_column(index, path, form.measures) for index, path in enumerate(paths, start=1))


def _column(index: int, path: Path, measures: tuple[str, ...]) -> Column:
    role, measure = _meaning(path, measures)
    return Column(index, path, role, measure)


@lru_cache(maxsize=4096)
def _meaning(path: Path, measures: tuple[str, ...]) -> tuple[str | None, str | None]:
    if len(path) > 1 and TOTALS.fullmatch(path[-1]) and (above := _meaning(path[:-1], measures))[0] in LEADING_ROLES:
        return above  # 合计 of the first row stands on the line of the last headings
    apart = _first_meaning(tails(path), measures)
    if apart[0] or apart[1] not in GENERAL:
        return apart
    together = _first_meaning(("".join(path[start:]) for start in range(len(path) - 1)), measures)
    return together if together[0] or together[1] not in GENERAL else apart


def _first_meaning(tails: Iterable[str], measures: tuple[str, ...]) -> tuple[str | None, str | None]:
    for tail in tails:
        for role, pattern in _roles():
            if pattern.fullmatch(tail):
                return role, None
        for measure, pattern in _measures():
            if measure in measures and pattern.fullmatch(tail):
                return None, measure
    return None, None


def measure_of(path: Path, measures: tuple[str, ...]) -> str | None:
    """The measure among `measures` that a heading names, or None."""
    return _meaning(path, measures)[1]


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((role, _any_of(patterns)) for role, patterns in headings().roles.items())


@cache
def _measures() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((measure, _any_of(patterns)) for measure, patterns in headings().measures.items())


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
