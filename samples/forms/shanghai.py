"""The nine budget forms of Shanghai's districts (2025年部门财务收支预算总表 …)."""

from decimal import Decimal

from samples.accounts import FISCAL_SOURCES, Accounts, Source, revenue_of, tallied, total_of
from samples.forms.by_code import (
    CodeHeadings,
    EconomicColumn,
    MoneyColumn,
    economic_form,
    expenditure_columns,
    function_form,
)
from samples.forms.halves import AMOUNT, closing_row, half, plain, wide_half
from samples.forms.house import HouseStyle, Imprint, printed_table
from samples.forms.lines import FISCAL_COSTS, PERSONNEL, PUBLIC_USE, ordinal, revenue_from, type_lines
from samples.forms.three_public import CARS, Heading, lines_of, named_amounts, singles, three_public_form
from samples.paper import Column, Line, PrintedTable

FUNCTION_HEADINGS = CodeHeadings("功能分类科目编码", "功能分类科目名称")
ECONOMIC_HEADINGS = CodeHeadings("部门预算经济分类科目编码", "经济分类科目名称")
ECONOMIC_TYPES = ("301", "302", "303", "310")
SUMMARY_ROWS = 13
CARS_SHORT = "公务用车购置及运行费"
OPERATING = "机关运行经费"
THREE_PUBLIC = (
    Heading(("“三公”经费预算数", "合计"), "合计"),
    Heading(("“三公”经费预算数", "因公出国(境)费"), "因公出国（境）费"),
    Heading(("“三公”经费预算数", "公务接待费"), "公务接待费"),
    Heading(("“三公”经费预算数", CARS_SHORT, "小计"), CARS),
    Heading(("“三公”经费预算数", CARS_SHORT, "购置费"), "公务用车购置费"),
    Heading(("“三公”经费预算数", CARS_SHORT, "运行费"), "公务用车运行维护费"),
    Heading(("机关运行经费预算数",), OPERATING),
)


def shanghai_forms(accounts: Accounts, style: HouseStyle) -> tuple[PrintedTable, ...]:
    """Print the nine forms in their order."""
    return (
        _summary(accounts, style),
        _revenue(accounts, style),
        _expenditure(accounts, style),
        _fiscal_summary(accounts, style),
        _of_budget(accounts, style, "general_budget_by_function", "一般公共预算", 5),
        _of_budget(accounts, style, "government_fund", "政府性基金预算", 6),
        _of_budget(accounts, style, "state_capital", "国有资本经营预算", 7),
        _basic(accounts, style),
        _three_public(accounts, style),
    )


def _title(accounts: Accounts, rest: str) -> str:
    return f"{accounts.year}年部门{rest}"


def _summary(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    def from_source(*sources: Source) -> Decimal | None:
        return revenue_of(accounts.paid_from(*sources)) or None

    revenue = (
        plain("财政拨款收入", from_source(*FISCAL_SOURCES), ordinal="一、"),
        plain("一般公共预算资金", from_source("general_public_budget"), ordinal="1. "),
        plain("政府性基金", from_source("government_fund"), ordinal="2. "),
        plain("国有资本经营预算", from_source("state_capital"), ordinal="3. "),
        plain("事业收入", from_source("undertaking"), ordinal="二、"),
        plain("事业单位经营收入", from_source("operating_income"), ordinal="三、"),
        plain("其他收入", from_source("superior_subsidy", "affiliate_remittance", "other"), ordinal="四、"),
    )
    expenditure = type_lines(accounts.spendings, {AMOUNT: lambda s: s.total}, only_used=True)
    words = ("项目", "预算数")
    totals = closing_row(
        plain("收入总计", revenue_of(accounts.spendings), strong=True),
        plain("支出总计", total_of(accounts.spendings), strong=True),
    )
    imprint = Imprint("revenue_expenditure_summary", _title(accounts, "财务收支预算总表"), 1)
    halves = (
        half("revenue", "本年收入", revenue, words, style=style),
        half("expenditure", "本年支出", expenditure, words, style=style),
    )
    return printed_table(accounts, style, imprint, halves, (totals,), least_rows=SUMMARY_ROWS)


def _revenue(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    columns = (
        MoneyColumn("total", ("收入预算", "合计"), lambda s: s.revenue),
        MoneyColumn("fiscal_appropriation", ("收入预算", "财政拨款收入"), revenue_from(*FISCAL_SOURCES)),
        MoneyColumn("undertaking", ("收入预算", "事业收入"), revenue_from("undertaking")),
        MoneyColumn("operating_income", ("收入预算", "事业单位经营收入"), revenue_from("operating_income")),
        MoneyColumn(
            "other", ("收入预算", "其他收入"), revenue_from("superior_subsidy", "affiliate_remittance", "other")
        ),
    )
    imprint = Imprint("revenue_by_function", _title(accounts, "收入预算总表"), 2)
    return function_form(accounts, style, imprint, accounts.spendings, columns, headings=FUNCTION_HEADINGS)


def _expenditure(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    above = "支出预算"
    columns = (
        MoneyColumn("total", (above, "合计"), lambda s: s.total),
        MoneyColumn("basic", (above, "基本支出"), lambda s: s.basic),
        MoneyColumn("project", (above, "项目支出"), lambda s: s.project),
        *_operating(accounts, above),
    )
    imprint = Imprint("expenditure_by_function", _title(accounts, "支出预算总表"), 3)
    return function_form(accounts, style, imprint, accounts.spendings, columns, headings=FUNCTION_HEADINGS)


def _operating(accounts: Accounts, above: str) -> tuple[MoneyColumn, ...]:
    """事业单位经营支出 is printed by those departments alone that have some."""
    if not any(spending.operating for spending in accounts.spendings):
        return ()
    return (MoneyColumn("operating", (above, "事业单位经营支出"), lambda s: s.operating),)


def _fiscal_summary(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    fiscal = accounts.paid_from(*FISCAL_SOURCES)
    names = ("一般公共预算资金", "政府性基金", "国有资本经营预算")
    revenue = [
        plain(name, revenue_of(accounts.paid_from(source)) or None, ordinal=ordinal(place))
        for place, (source, name) in enumerate(zip(FISCAL_SOURCES, names, strict=True), start=1)
    ]
    above = "财政拨款支出"
    headings = ("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    money = tuple(Column("amount", (above, h), key) for h, key in zip(headings, FISCAL_COSTS, strict=True))
    expenditure = type_lines(fiscal, FISCAL_COSTS, only_used=True)
    totals = closing_row(
        plain("收入总计", revenue_of(fiscal), strong=True), Line("支出总计", tallied(fiscal, FISCAL_COSTS), strong=True)
    )
    imprint = Imprint("fiscal_appropriation_summary", _title(accounts, "财政拨款收支预算总表"), 4)
    halves = (
        half("revenue", "财政拨款收入", revenue, ("项目", "预算数"), style=style),
        wide_half("expenditure", above, expenditure, money, style=style),
    )
    return printed_table(accounts, style, imprint, halves, (totals,), least_rows=SUMMARY_ROWS)


def _of_budget(accounts: Accounts, style: HouseStyle, form: str, budget: str, place: int) -> PrintedTable:
    source = FISCAL_SOURCES[place - 5]
    spendings = accounts.paid_from(source)
    empty = f"注：本部门{accounts.year}年无{budget}财政拨款安排的预算，故本表为空表。"
    imprint = Imprint(form, _title(accounts, f"{budget}支出功能分类预算表"), place, () if spendings else (empty,))
    return function_form(
        accounts, style, imprint, spendings, expenditure_columns(f"{budget}支出"), headings=FUNCTION_HEADINGS
    )


def _basic(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    above = "一般公共预算基本支出"
    columns = (
        EconomicColumn("total", (above, "合计"), ECONOMIC_TYPES),
        EconomicColumn("personnel", (above, "人员经费"), PERSONNEL),
        EconomicColumn("public_use", (above, "公用经费"), PUBLIC_USE),
    )
    title = _title(accounts, "一般公共预算基本支出部门预算经济分类预算表")
    imprint = Imprint("basic_expenditure_by_economic", title, 8)
    return economic_form(accounts, style, imprint, ECONOMIC_TYPES, columns, headings=ECONOMIC_HEADINGS)


def _three_public(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    amounts = {**named_amounts(accounts.three_public), OPERATING: accounts.economic(*PUBLIC_USE)}
    imprint = Imprint("three_public", _title(accounts, "“三公”经费和机关运行经费预算表"), 9)
    lines = lines_of(THREE_PUBLIC, {"budget": amounts})
    return three_public_form(accounts, style, imprint, lines, singles(THREE_PUBLIC, "budget"))
