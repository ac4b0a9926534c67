"""Columns that a heading gives to an earlier year: 2024年执行数 beside 2025年预算数."""

import re
from collections import Counter
from dataclasses import replace

from extractors.forms.form import Form, Group
from schemas.records import Finding
from schemas.wording import plain

_YEAR = re.compile(r"20\d{2}")
WHOLE = ("amount", "total")
"""Measures of the whole; last year's parts of it have no measure of their own."""
BESIDE = ("initial_budget", "adjusted_budget", "previous_year")
"""Measures that stand beside this year's figure rather than in its place."""


def headed_years(form: Form, col: int) -> list[int]:
    """The years in a column's headings, from the top down."""
    cells = form.grid.column(col, form.header_rows)
    return [int(year) for cell in cells for year in _YEAR.findall(plain(cell.text))]


def with_years(form: Form, year: int) -> Form:
    """The form with columns of years before `year` measured as `previous_year`; last year's parts are left out."""
    return replace(form, groups=tuple(_group(form, group, year) for group in form.groups))


def _group(form: Form, group: Group, year: int) -> Group:
    money = []
    for col, measure in group.money:
        years = headed_years(form, col)
        if not years or years[-1] >= year:
            money.append((col, measure))
        elif measure in WHOLE:
            money.append((col, "previous_year"))
    current = [pair for pair in money if pair[1] not in BESIDE]
    if money != list(group.money) and len(current) == 1 and current[0][1] == "total":
        money[money.index(current[0])] = (current[0][0], "amount")  # a list's one column of money is its amount
    return replace(group, money=tuple(money))


def told_apart(form: Form) -> tuple[Form, list[Finding]]:
    """The form without columns that its headings give one measure twice: which is meant would be a guess."""
    findings: list[Finding] = []
    groups = []
    for group in form.groups:
        counts = Counter(measure for _, measure in group.money)
        for col, measure in group.money:
            if counts[measure] > 1:
                heading = "/".join(form.columns[col - 1].path)
                findings.append(
                    Finding("heading_twice", f"{heading}: {measure}", form.table.pages[0], form.table.number)
                )
        groups.append(replace(group, money=tuple(pair for pair in group.money if counts[pair[1]] == 1)))
    return replace(form, groups=tuple(groups)), findings
