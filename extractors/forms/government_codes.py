"""Codes of 政府预算支出经济分类 beside the department's own: 301 | 01 | 基本工资 | 501 | 01 | 工资奖金津补贴.

The headings of both often say 科目编码 alone; what the names beside them are headed, or the codes themselves, tell them
apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.forms.columns import CODE_ROLES, Column
from extractors.tables.grid import Grid
from schemas.wording import plain

GOVERNMENT_DIGIT = "5"
"""Codes of 政府预算支出经济分类 begin with 5 (政府收支分类科目, editions since 2018)."""


def with_government_codes(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Column, ...]:
    """The columns, the government's codes and their names told apart from the department's."""
    found = list(columns)
    for run in _code_runs(columns):
        after = found[run[-1] + 1] if run[-1] + 1 < len(found) else None
        if after is not None and after.role == "government_label":
            of_government = True
        else:
            of_government = _begin_with_five(found[run[0]], grid, body)
        if not of_government:
            continue
        for at in run:
            found[at] = replace(found[at], role="government_code")
        if after is not None and after.role == "label":
            found[run[-1] + 1] = replace(after, role="government_label")
    return tuple(found)


def _code_runs(columns: Sequence[Column]) -> Iterator[list[int]]:
    """Runs of neighbouring columns of codes, as places in `columns`."""
    run: list[int] = []
    for at, column in enumerate(columns):
        if column.role in CODE_ROLES:
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _begin_with_five(column: Column, grid: Grid, body: Sequence[int]) -> bool:
    codes = [text for cell in grid.column(column.index, body) if (text := plain(cell.text)).isdecimal()]
    return (
        bool(codes)
        and all(code.startswith(GOVERNMENT_DIGIT) for code in codes if len(code) > 2)
        and any(len(code) > 2 for code in codes)
    )
