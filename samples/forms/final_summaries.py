"""The two 总表 of 部门决算: revenue and expenditure in halves, with the balances that carry over from year to year."""

from decimal import Decimal

from samples.accounts import (
    FISCAL_SOURCES,
    NOTHING,
    Accounts,
    Source,
    closing_of,
    opening_of,
    revenue_of,
    tallied,
    total_of,
)
from samples.forms.halves import AMOUNT, closing_row, half, plain, wide_half
from samples.forms.house import HouseStyle, Imprint, printed_table
from samples.forms.lines import FISCAL_COSTS, ordinal, type_lines
from samples.paper import Column, Line, PrintedTable

BUDGETS: dict[Source, str] = {
    "general_public_budget": "一般公共预算财政拨款",
    "government_fund": "政府性基金预算财政拨款",
    "state_capital": "国有资本经营预算财政拨款",
}
INCOMES: dict[Source, str] = {
    "superior_subsidy": "上级补助收入",
    "undertaking": "事业收入",
    "operating_income": "经营收入",
    "affiliate_remittance": "附属单位上缴收入",
    "other": "其他收入",
}


def _amount_word(style: HouseStyle) -> str:
    return "金额" if style.line_numbers else "决算数"


def _or_none(amount: Decimal) -> Decimal | None:
    return amount or None


def revenue_expenditure_summary(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 收入支出决算总表."""
    everything = accounts.spendings
    names = {**{source: f"{name}收入" for source, name in BUDGETS.items()}, **INCOMES}
    revenue = [
        plain(name, _or_none(revenue_of(accounts.paid_from(source))), ordinal=ordinal(place))
        for place, (source, name) in enumerate(names.items(), start=1)
    ]
    expenditure = type_lines(everything, {AMOUNT: lambda s: s.total})
    opening, closing = opening_of(everything), closing_of(everything)
    words = ("项目", _amount_word(style))
    return printed_table(
        accounts,
        style,
        Imprint(
            "revenue_expenditure_summary",
            "收入支出决算总表",
            1,
            ("注：本表反映部门本年度的总收支和年末结转结余情况。",),
        ),
        (
            half("revenue", "收入", revenue, words, style=style),
            half("expenditure", "支出", expenditure, words, style=style),
        ),
        (
            closing_row(
                plain("本年收入合计", revenue_of(everything), strong=True),
                plain("本年支出合计", total_of(everything), strong=True),
            ),
            closing_row(plain("使用非财政拨款结余（含专用结余）"), plain("结余分配")),
            closing_row(plain("年初结转和结余", _or_none(opening)), plain("年末结转和结余", _or_none(closing))),
            closing_row(None, None),
            closing_row(
                plain("总计", revenue_of(everything) + opening, strong=True),
                plain("总计", total_of(everything) + closing, strong=True),
            ),
        ),
    )


def fiscal_appropriation_summary(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    """Print 财政拨款收入支出决算总表."""
    fiscal = accounts.paid_from(*FISCAL_SOURCES)
    revenue = [
        plain(name, _or_none(revenue_of(accounts.paid_from(source))), ordinal=ordinal(place))
        for place, (source, name) in enumerate(BUDGETS.items(), start=1)
    ]
    money = (
        Column("amount", ("支出", "合计"), "total"),
        *(Column("amount", ("支出", name), source) for source, name in BUDGETS.items()),
    )
    opening, closing = _opening_by_budget(accounts), _closing_by_budget(accounts)
    spent = tallied(fiscal, FISCAL_COSTS)
    imprint = Imprint(
        "fiscal_appropriation_summary",
        "财政拨款收入支出决算总表",
        4,
        (
            "注：本表反映部门本年度一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款的总收支和年末结转结余情况。",
        ),
    )
    return printed_table(
        accounts,
        style,
        imprint,
        (
            half("revenue", "收入", revenue, ("项目", _amount_word(style)), style=style),
            wide_half("expenditure", "支出", type_lines(fiscal, FISCAL_COSTS), money, style=style),
        ),
        (
            closing_row(
                plain("本年收入合计", revenue_of(fiscal), strong=True), Line("本年支出合计", spent, strong=True)
            ),
            closing_row(
                plain("年初财政拨款结转和结余", _or_none(opening_of(fiscal))),
                Line("年末财政拨款结转和结余", {key: _or_none(amount) for key, amount in closing.items()}),
            ),
            *(closing_row(plain(name, _or_none(opening[source]), indent=1), None) for source, name in BUDGETS.items()),
            closing_row(
                plain("总计", revenue_of(fiscal) + opening_of(fiscal), strong=True),
                Line("总计", {key: spent[key] + closing[key] for key in spent}, strong=True),
            ),
        ),
    )


def _opening_by_budget(accounts: Accounts) -> dict[str, Decimal]:
    return {source: opening_of(accounts.paid_from(source)) for source in FISCAL_SOURCES}


def _closing_by_budget(accounts: Accounts) -> dict[str, Decimal]:
    by_budget: dict[str, Decimal] = {source: closing_of(accounts.paid_from(source)) for source in FISCAL_SOURCES}
    return {"total": sum(by_budget.values(), NOTHING), **by_budget}
