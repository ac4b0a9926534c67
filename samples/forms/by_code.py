"""Forms whose rows are function or economic codes; the families differ in titles, headings and columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from samples.accounts import Accounts, Spending, Tally
from samples.forms.house import HouseStyle, Imprint, printed_table
from samples.forms.lines import economic_lines, function_lines, total_line
from samples.paper import Column, Foot, Line, Panel, PrintedTable

LEAST_ROWS = 4
"""Rows that a form keeps, blank, where the department has nothing to report."""


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column of sums over spendings: its measure, its heading from the top row down, and what it adds up."""

    measure: str
    heading: tuple[str, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class EconomicColumn:
    """A column of sums over economic codes: its measure, its heading and the 类 that it adds up."""

    measure: str
    heading: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeHeadings:
    """The headings over the codes and over their names."""

    code: str = "功能分类科目编码"
    name: str = "科目名称"

    def columns(self, style: HouseStyle) -> tuple[Column, Column]:
        """Head the two columns, under 项目 where the publisher prints it."""
        above = ("项目",) if style.item_heading else ()
        return Column("code", (*above, self.code)), Column("label", (*above, self.name))


def expenditure_columns(*above: str, total: str = "合计") -> tuple[MoneyColumn, ...]:
    """合计, 基本支出, 项目支出 under the spanning headings `above`."""
    return (
        MoneyColumn("total", (*above, total), lambda s: s.total),
        MoneyColumn("basic", (*above, "基本支出"), lambda s: s.basic),
        MoneyColumn("project", (*above, "项目支出"), lambda s: s.project),
    )


def function_form(
    accounts: Accounts,
    style: HouseStyle,
    imprint: Imprint,
    spendings: Sequence[Spending],
    columns: Sequence[MoneyColumn],
    *,
    headings: CodeHeadings = CodeHeadings(),
) -> PrintedTable:
    """Arrange a form with a row for each function code of `spendings` and a row 合计."""
    tallies = {column.measure: column.tally for column in columns}
    money = tuple(Column("amount", column.heading, column.measure) for column in columns)
    lines, total = function_lines(accounts, spendings, tallies, style), total_line(spendings, tallies)
    body = (total, *lines) if style.total_first else lines
    panel = Panel((*headings.columns(style), *money), body, code_system="function")
    return _with_total(accounts, style, imprint, panel, total)


def economic_form(
    accounts: Accounts,
    style: HouseStyle,
    imprint: Imprint,
    among: Sequence[str],
    columns: Sequence[EconomicColumn],
    *,
    headings: CodeHeadings,
) -> PrintedTable:
    """Arrange a form with a row for each economic code of the 类 `among` and a row 合计."""
    added = {column.measure: column.added for column in columns}
    money = tuple(Column("amount", column.heading, column.measure) for column in columns)
    lines = economic_lines(accounts, among, added, style)
    total = Line("合计", {measure: accounts.economic(*types) for measure, types in added.items()}, strong=True)
    body = (total, *lines) if style.total_first else lines
    panel = Panel((*headings.columns(style), *money), body, code_system="economic")
    return _with_total(accounts, style, imprint, panel, total)


def _with_total(accounts: Accounts, style: HouseStyle, imprint: Imprint, panel: Panel, total: Line) -> PrintedTable:
    feet = () if style.total_first else ((Foot(total),),)
    return printed_table(accounts, style, imprint, (panel,), feet, least_rows=LEAST_ROWS)
