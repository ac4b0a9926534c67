"""The nine budget forms that central departments and most provinces print (部门收支总表 … 国有资本经营预算支出表)."""

from dataclasses import replace
from decimal import Decimal

from samples.accounts import FISCAL_SOURCES, OTHER_SOURCES, Accounts, Source, revenue_of, tallied, total_of
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
from samples.forms.three_public import CARS, Heading, blocks, lines_of, named_amounts, three_public_form
from samples.paper import Column, Line, PrintedTable

FUNCTION_HEADINGS = CodeHeadings("科目编码", "科目名称")
ECONOMIC_HEADINGS = CodeHeadings("经济分类科目编码", "经济分类科目名称")
INCOMES: dict[Source, str] = {
    "general_public_budget": "一般公共预算拨款收入",
    "government_fund": "政府性基金预算拨款收入",
    "state_capital": "国有资本经营预算拨款收入",
    "undertaking": "事业收入",
    "operating_income": "事业单位经营收入",
    "superior_subsidy": "上级补助收入",
    "affiliate_remittance": "附属单位上缴收入",
    "other": "其他收入",
}
BUDGETS: dict[Source, str] = {
    "general_public_budget": "一般公共预算拨款",
    "government_fund": "政府性基金预算拨款",
    "state_capital": "国有资本经营预算拨款",
}
THREE_PUBLIC = (
    Heading(("“三公”经费合计",), "合计"),
    Heading(("因公出国（境）费",), "因公出国（境）费"),
    Heading((CARS, "小计"), CARS),
    Heading((CARS, "公务用车购置费"), "公务用车购置费"),
    Heading((CARS, "公务用车运行维护费"), "公务用车运行维护费"),
    Heading(("公务接待费",), "公务接待费"),
)


def national_forms(accounts: Accounts, style: HouseStyle) -> tuple[PrintedTable, ...]:
    """Print the nine forms in their order."""
    return (
        _summary(accounts, style),
        _revenue(accounts, style),
        _expenditure(accounts, style),
        _fiscal_summary(accounts, style),
        _of_budget(
            accounts, style, "general_public_budget", Imprint("general_budget_by_function", "一般公共预算支出表", 5)
        ),
        _basic(accounts, style),
        _three_public(accounts, style),
        _of_budget(accounts, style, "government_fund", Imprint("government_fund", "政府性基金预算支出表", 8)),
        _of_budget(accounts, style, "state_capital", Imprint("state_capital", "国有资本经营预算支出表", 9)),
    )


def _summary(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    revenue = [
        plain(name, revenue_of(accounts.paid_from(source)) or None, ordinal=ordinal(place))
        for place, (source, name) in enumerate(INCOMES.items(), start=1)
    ]
    expenditure = type_lines(accounts.spendings, {AMOUNT: lambda s: s.total}, only_used=True)
    received, spent = revenue_of(accounts.spendings), total_of(accounts.spendings)
    words = ("项目", "预算数")
    halves = (
        half("revenue", "收入", revenue, words, style=style),
        half("expenditure", "支出", expenditure, words, style=style),
    )
    feet = (
        closing_row(plain("本年收入合计", received, strong=True), plain("本年支出合计", spent, strong=True)),
        closing_row(plain("使用非财政拨款结余"), plain("结转下年")),
        closing_row(plain("上年结转"), None),
        closing_row(plain("收入总计", received, strong=True), plain("支出总计", spent, strong=True)),
    )
    imprint = Imprint("revenue_expenditure_summary", "部门收支总表", 1)
    return printed_table(accounts, style, imprint, halves, feet)


def _revenue(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    columns = (
        MoneyColumn("total", ("合计",), lambda s: s.revenue),
        MoneyColumn("fiscal_appropriation", ("财政拨款收入",), revenue_from(*FISCAL_SOURCES)),
        *(MoneyColumn(source, (INCOMES[source],), revenue_from(source)) for source in OTHER_SOURCES),
    )
    imprint = Imprint("revenue_by_function", "部门收入总表", 2)
    return function_form(accounts, style, imprint, accounts.spendings, columns, headings=FUNCTION_HEADINGS)


def _expenditure(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    columns = (
        MoneyColumn("total", ("合计",), lambda s: s.total),
        MoneyColumn("basic", ("基本支出",), lambda s: s.basic),
        MoneyColumn("project", ("项目支出",), lambda s: s.project),
        MoneyColumn("remitted_to_superior", ("上缴上级支出",), lambda _: Decimal(0)),
        MoneyColumn("operating", ("事业单位经营支出",), lambda s: s.operating),
        MoneyColumn("subsidy_to_affiliates", ("对附属单位补助支出",), lambda _: Decimal(0)),
    )
    imprint = Imprint("expenditure_by_function", "部门支出总表", 3)
    return function_form(accounts, style, imprint, accounts.spendings, columns, headings=FUNCTION_HEADINGS)


def _fiscal_summary(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    fiscal = accounts.paid_from(*FISCAL_SOURCES)
    received, spent = revenue_of(fiscal), tallied(fiscal, FISCAL_COSTS)
    revenue = (
        plain("本年收入", received, ordinal="一、"),
        *(
            plain(name, revenue_of(accounts.paid_from(source)) or None, ordinal=f"（{ordinal(place)[:-1]}）")
            for place, (source, name) in enumerate(BUDGETS.items(), start=1)
        ),
        plain("上年结转", ordinal="二、"),
    )
    headings = ("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    money = tuple(Column("amount", ("支出", h), key) for h, key in zip(headings, FISCAL_COSTS, strict=True))
    halves = (
        half("revenue", "收入", revenue, ("项目", "预算数"), style=style),
        wide_half("expenditure", "支出", type_lines(fiscal, FISCAL_COSTS, only_used=True), money, style=style),
    )
    totals = closing_row(plain("收入总计", received, strong=True), Line("支出总计", spent, strong=True))
    imprint = Imprint("fiscal_appropriation_summary", "财政拨款收支总表", 4)
    return printed_table(accounts, style, imprint, halves, (totals,))


def _of_budget(accounts: Accounts, style: HouseStyle, source: Source, imprint: Imprint) -> PrintedTable:
    spendings = accounts.paid_from(source)
    budget = imprint.title.removesuffix("支出表")
    if not spendings:
        imprint = replace(imprint, notes=(f"注：本部门{accounts.year}年没有使用{budget}拨款安排的支出。",))
    return function_form(
        accounts, style, imprint, spendings, expenditure_columns(f"本年{budget}支出"), headings=FUNCTION_HEADINGS
    )


def _basic(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    above, types = "本年一般公共预算基本支出", (*PERSONNEL, *PUBLIC_USE)
    columns = (
        EconomicColumn("total", (above, "合计"), types),
        EconomicColumn("personnel", (above, "人员经费"), PERSONNEL),
        EconomicColumn("public_use", (above, "公用经费"), PUBLIC_USE),
    )
    imprint = Imprint("basic_expenditure_by_economic", "一般公共预算基本支出表", 6)
    return economic_form(accounts, style, imprint, types, columns, headings=ECONOMIC_HEADINGS)


def _three_public(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    measures = {"previous_year": f"{accounts.year - 1}年预算数", "budget": f"{accounts.year}年预算数"}
    amounts = {
        "previous_year": named_amounts(accounts.three_public_before),
        "budget": named_amounts(accounts.three_public),
    }
    imprint = Imprint("three_public", "一般公共预算“三公”经费支出表", 7)
    lines = lines_of(THREE_PUBLIC, amounts)
    return three_public_form(accounts, style, imprint, lines, blocks(THREE_PUBLIC, measures))
