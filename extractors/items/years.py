"""Columns that a heading gives to an earlier year: 2024年执行数 beside 2025年预算数."""

from collections import Counter
from dataclasses import replace

from extractors.forms.form import Form, Group, Money
from extractors.forms.grouping import BESIDE
from schemas.records import Finding

WHOLE = ("amount", "total")
"""Measures of the whole; last year's parts of it have no measure of their own."""


def with_years(form: Form, year: int) -> Form:
    """The form with columns of years before `year` measured as `previous_year`; last year's parts are left out."""
    return replace(form, groups=tuple(_group(form, group, year) for group in form.groups))


def _group(form: Form, group: Group, year: int) -> Group:
    money = []
    for each in group.money:
        column = form.columns[each.col - 1]
        if not column.years or column.years[-1] >= year:
            money.append(each)
        elif each.measure in WHOLE:
            executed = any(m.one("stage") in ("executed", "final") for m in column.meanings if m)
            money.append(Money(each.col, "previous_year_executed" if executed else "previous_year"))
    return replace(group, money=_alone(_compared(money), len(group.money)))


def _compared(money: list[Money]) -> list[Money]:
    """Last year's one figure is what this year's is compared with, whether it was budgeted or executed."""
    earlier = [each for each in money if each.measure in ("previous_year", "previous_year_executed")]
    if len(earlier) != 1:
        return money
    return [Money(each.col, "previous_year") if each is earlier[0] else each for each in money]


def _alone(money: list[Money], printed: int) -> tuple[Money, ...]:
    """A list's one column of this year's money is its amount."""
    current = [each for each in money if each.measure not in BESIDE]
    if (len(money) != printed or len(current) < len(money)) and len(current) == 1 and current[0].measure == "total":
        money[money.index(current[0])] = Money(current[0].col, "amount")
    return tuple(money)


def told_apart(form: Form) -> tuple[Form, list[Finding]]:
    """The form without columns that its headings give one measure twice: which is meant would be a guess."""
    findings: list[Finding] = []
    groups = []
    for group in form.groups:
        counts = Counter((money.measure, money.fund) for money in group.money)
        for money in group.money:
            if counts[money.measure, money.fund] > 1:
                heading = "/".join(form.columns[money.col - 1].path)
                detail = f"{heading}: {money.measure}"
                findings.append(form.finding("heading_twice", detail))
        once = tuple(money for money in group.money if counts[money.measure, money.fund] == 1)
        groups.append(replace(group, money=once))
    return replace(form, groups=tuple(groups)), findings
