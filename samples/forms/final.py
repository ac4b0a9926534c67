"""The nine forms of 部门决算 that the Ministry of Finance prescribes (公开01表 to 09表), as publishers vary them."""

from decimal import Decimal

from samples.accounts import FISCAL_SOURCES, NOTHING, OTHER_SOURCES, Accounts, Spending
from samples.forms.by_code import MoneyColumn, expenditure_columns, function_form
from samples.forms.final_summaries import INCOMES, fiscal_appropriation_summary, revenue_expenditure_summary
from samples.forms.halves import AMOUNT, plain
from samples.forms.house import HouseStyle, Imprint, printed_table
from samples.forms.lines import PERSONNEL, PUBLIC_USE, economic_lines, revenue_from
from samples.forms.three_public import NATIONAL, blocks, lines_of, named_amounts, pairs, three_public_form
from samples.paper import Column, Foot, Panel, PrintedTable

NO_FUND = "说明：本部门{year}年度没有{budget}收入，也没有使用{budget}安排的支出，故本表无数据。"


def final_forms(accounts: Accounts, style: HouseStyle) -> tuple[PrintedTable, ...]:
    """Print the nine forms in their order."""
    return (
        revenue_expenditure_summary(accounts, style),
        revenue_by_function(accounts, style),
        expenditure_by_function(accounts, style),
        fiscal_appropriation_summary(accounts, style),
        general_budget_by_function(accounts, style),
        basic_expenditure_by_economic(accounts, style),
        government_fund(accounts, style),
        state_capital(accounts, style),
        three_public(accounts, style),
    )


def revenue_by_function(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 收入决算表."""
    columns = (
        MoneyColumn("total", ("本年收入合计",), lambda s: s.revenue),
        MoneyColumn("fiscal_appropriation", ("财政拨款收入",), revenue_from(*FISCAL_SOURCES)),
        *(MoneyColumn(source, (INCOMES[source],), revenue_from(source)) for source in OTHER_SOURCES),
    )
    imprint = Imprint("revenue_by_function", "收入决算表", 2, ("注：本表反映部门本年度取得的各项收入情况。",))
    return function_form(accounts, style, imprint, accounts.spendings, columns)


def expenditure_by_function(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 支出决算表."""

    def never(_: Spending) -> Decimal:
        return NOTHING

    columns = (
        MoneyColumn("total", ("本年支出合计",), lambda s: s.total),
        MoneyColumn("basic", ("基本支出",), lambda s: s.basic),
        MoneyColumn("project", ("项目支出",), lambda s: s.project),
        MoneyColumn("remitted_to_superior", ("上缴上级支出",), never),
        MoneyColumn("operating", ("经营支出",), lambda s: s.operating),
        MoneyColumn("subsidy_to_affiliates", ("对附属单位补助支出",), never),
    )
    imprint = Imprint("expenditure_by_function", "支出决算表", 3, ("注：本表反映部门本年度各项支出情况。",))
    return function_form(accounts, style, imprint, accounts.spendings, columns)


def general_budget_by_function(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 一般公共预算财政拨款支出决算表."""
    imprint = Imprint(
        "general_budget_by_function",
        "一般公共预算财政拨款支出决算表",
        5,
        ("注：本表反映部门本年度一般公共预算财政拨款支出情况。",),
    )
    spendings = accounts.paid_from("general_public_budget")
    return function_form(accounts, style, imprint, spendings, expenditure_columns("本年支出", total="小计"))


def basic_expenditure_by_economic(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 一般公共预算财政拨款基本支出决算表, its groups of codes side by side."""
    groups: list[tuple[str, ...]] = [PERSONNEL, PUBLIC_USE]
    title = "一般公共预算财政拨款基本支出决算表"
    if style.economic_groups == 3:
        groups = [PERSONNEL, PUBLIC_USE[:1], PUBLIC_USE[1:]]
        title = "一般公共预算财政拨款基本支出决算明细表"
    totals = (
        Foot(plain("人员经费合计", accounts.economic(*PERSONNEL), strong=True)),
        Foot(plain("公用经费合计", accounts.economic(*PUBLIC_USE), strong=True), covers=len(groups) - 1),
    )
    notes = ("注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。",)
    panels = tuple(_economic_group(accounts, style, among) for among in groups)
    imprint = Imprint("basic_expenditure_by_economic", title, 6, notes)
    return printed_table(accounts, style, imprint, panels, (totals,), column_numbers=False)


def _economic_group(accounts: Accounts, style: HouseStyle, among: tuple[str, ...]) -> Panel:
    """Arrange one of the groups of economic codes that stand side by side."""
    above = "人员经费" if among == PERSONNEL else "公用经费"
    columns = (
        Column("code", (above, "经济分类科目编码")),
        Column("label", (above, "科目名称")),
        Column("amount", (above, "决算数"), AMOUNT),
    )
    return Panel(columns, economic_lines(accounts, among, {AMOUNT: among}, style), code_system="economic")


def government_fund(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 政府性基金预算财政拨款收入支出决算表."""
    spendings = accounts.paid_from("government_fund")
    columns = (
        MoneyColumn("opening_balance", ("年初结转和结余",), lambda s: s.opening),
        MoneyColumn("revenue", ("本年收入",), lambda s: s.revenue),
        *expenditure_columns("本年支出", total="小计"),
        MoneyColumn("closing_balance", ("年末结转和结余",), lambda s: s.closing),
    )
    notes: tuple[str, ...] = ("注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。",)
    if not spendings:
        notes = (*notes, NO_FUND.format(year=accounts.year, budget="政府性基金预算"))
    imprint = Imprint("government_fund", "政府性基金预算财政拨款收入支出决算表", 7, notes)
    return function_form(accounts, style, imprint, spendings, columns)


def state_capital(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 国有资本经营预算财政拨款支出决算表."""
    spendings = accounts.paid_from("state_capital")
    notes: tuple[str, ...] = ("注：本表反映部门本年度国有资本经营预算财政拨款支出情况。",)
    if not spendings:
        notes = (*notes, NO_FUND.format(year=accounts.year, budget="国有资本经营预算"))
    imprint = Imprint("state_capital", "国有资本经营预算财政拨款支出决算表", 8, notes)
    return function_form(accounts, style, imprint, spendings, expenditure_columns("本年支出"))


def three_public(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 财政拨款“三公”经费支出决算表."""
    measures = {"budget": "预算数", "final": "决算数"}
    amounts = {"budget": named_amounts(accounts.three_public_budget), "final": named_amounts(accounts.three_public)}
    in_pairs = style.three_public == "pairs"
    columns = pairs(NATIONAL, measures, "财政拨款“三公”经费") if in_pairs else blocks(NATIONAL, measures)
    imprint = Imprint(
        "three_public",
        "财政拨款“三公”经费支出决算表",
        9,
        (
            "注：本表反映部门本年度财政拨款“三公”经费支出预决算情况。其中，预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数；决算数是包括当年财政拨款和以前年度结转资金安排的实际支出。",
        ),
    )
    lines = lines_of(NATIONAL, amounts)
    return three_public_form(accounts, style, imprint, lines, columns, column_numbers=style.column_numbers)
