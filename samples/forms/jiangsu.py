"""The twelve budget forms of Jiangsu's provincial departments (收支预算总表 … 政府采购支出预算表)."""

from decimal import Decimal

from samples.accounts import FISCAL_SOURCES, Accounts, Source, Spending, revenue_of, total_of
from samples.forms.by_code import CodeHeadings, EconomicColumn, MoneyColumn, economic_form, function_form
from samples.forms.halves import AMOUNT, closing_row, half, plain
from samples.forms.house import HouseStyle, Imprint, printed_table
from samples.forms.jiangsu_rows import purchases, sources_of_funds
from samples.forms.lines import ordinal, type_lines
from samples.forms.three_public import CARS, Heading, lines_of, named_amounts, singles, three_public_form
from samples.paper import Column, Foot, Line, Panel, PrintedTable

FUNCTION_HEADINGS = CodeHeadings("功能科目代码", "功能科目名称")
ECONOMIC_HEADINGS = CodeHeadings("科目编码", "科目名称")
BASIC_TYPES = ("301", "302", "303", "310")
OPERATING_TYPES = ("302", "310")
NOT_LISTED = ("217", "219", "222", "231", "232", "234")
"""类 that these papers leave out of their 总表."""
NOTE = "注：“科目编码”和“科目名称”为必填项。"
BUDGETS: dict[Source, str] = {
    "general_public_budget": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
}
USES = {
    "total": "合计",
    "basic": "基本支出",
    "project": "项目支出",
    "reserve": "单位预留机动经费",
    "carried_forward": "结转下年资金",
}
SUBTOTAL = "三公经费小计"
THREE_PUBLIC = (
    Heading(("合计",), "合计"),
    Heading(("“三公”经费", "小计"), SUBTOTAL),
    Heading(("“三公”经费", "因公出国（境）费"), "因公出国（境）费"),
    Heading(("“三公”经费", CARS, "小计"), CARS),
    Heading(("“三公”经费", CARS, "公务用车购置费"), "公务用车购置费"),
    Heading(("“三公”经费", CARS, "公务用车运行维护费"), "公务用车运行维护费"),
    Heading(("“三公”经费", "公务接待费"), "公务接待费"),
    Heading(("会议费",), "会议费"),
    Heading(("培训费",), "培训费"),
)


def jiangsu_forms(accounts: Accounts, style: HouseStyle) -> tuple[PrintedTable, ...]:
    """Print the twelve forms in their order."""
    fiscal = accounts.paid_from(*FISCAL_SOURCES)
    general = accounts.paid_from("general_public_budget")
    fund = accounts.paid_from("government_fund")
    return (
        _summary(accounts, style),
        _revenue(accounts, style),
        _uses(accounts, style),
        _fiscal_summary(accounts, style),
        _by_function(accounts, style, fiscal, _noted("fiscal_appropriation_by_function", "财政拨款支出预算表", 5)),
        _basic(accounts, style, _noted("fiscal_appropriation_basic_by_economic", "财政拨款基本支出预算表", 6)),
        _by_function(accounts, style, fund, _noted("government_fund", "政府性基金支出预算表", 7)),
        _by_function(accounts, style, general, _noted("general_budget_by_function", "一般公共预算支出预算表", 8)),
        _basic(accounts, style, _noted("basic_expenditure_by_economic", "一般公共预算基本支出预算表", 9)),
        _operating(accounts, style),
        _three_public(accounts, style),
        _procurement(accounts, style),
    )


def _use_lines(spendings: tuple[Spending, ...]) -> tuple[Line, ...]:
    basic = sum((s.basic + s.operating for s in spendings), Decimal(0))
    project = sum((s.project for s in spendings), Decimal(0))
    reserve = sum((s.reserve for s in spendings), Decimal(0))
    return (
        plain("基本支出", basic, ordinal="一、"),
        plain("项目支出", project, ordinal="二、"),
        plain("单位预留机动经费", reserve or None, ordinal="三、"),
    )


def _summary(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    def from_source(*sources: Source) -> Decimal | None:
        return revenue_of(accounts.paid_from(*sources)) or None

    others: tuple[Source, ...] = ("superior_subsidy", "operating_income", "affiliate_remittance", "other")
    revenue = (
        plain("财政拨款", from_source(*FISCAL_SOURCES), ordinal="一、"),
        plain("一般公共预算", from_source("general_public_budget"), ordinal="1.", indent=1),
        plain("政府性基金预算", from_source("government_fund"), ordinal="2.", indent=1),
        plain("国有资本经营预算", from_source("state_capital"), ordinal="3.", indent=1),
        plain("财政专户管理资金", from_source("undertaking"), ordinal="二、"),
        plain("其他资金", from_source(*others), ordinal="三、"),
    )
    functions = type_lines(accounts.spendings, {AMOUNT: lambda s: s.total}, without=NOT_LISTED)
    received, spent = revenue_of(accounts.spendings), total_of(accounts.spendings)
    panels = (
        half("revenue", "收入", revenue, ("项目名称", "金额"), style=style),
        _under("功能分类", half("expenditure", "支出", functions, ("功能科目名称", "金额"), style=style)),
        _under(
            "支出用途",
            half("expenditure_by_use", "支出", _use_lines(accounts.spendings), ("项目名称", "金额"), style=style),
        ),
    )
    feet = (
        closing_row(plain("当年收入小计", received, strong=True), plain("当年支出小计", spent, strong=True), 2),
        closing_row(plain("上年结转资金"), plain("结转下年资金"), 2),
        closing_row(plain("收入合计", received, strong=True), plain("支出合计", spent, strong=True), 2),
    )
    return printed_table(accounts, style, Imprint("revenue_expenditure_summary", "收支预算总表", 1), panels, feet)


def _under(heading: str, panel: Panel) -> Panel:
    """Put `heading` between the top heading of a panel and the rest."""
    columns = tuple(Column(c.holds, (c.heading[0], heading, *c.heading[1:]), c.key, c.line) for c in panel.columns)
    return Panel(columns, panel.lines, panel.side, panel.code_system)


def _revenue(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    total = plain("收入总计", revenue_of(accounts.spendings), strong=True)
    columns = (
        Column("group", ("项目名称",)),
        Column("label", ("项目名称",)),
        Column("amount", ("金额",), AMOUNT),
    )
    panel = Panel(columns, (total, *sources_of_funds(accounts)))
    return printed_table(accounts, style, Imprint("revenue_by_source", "收入预算总表", 2), (panel,))


def _uses(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    basic, project, reserve = (line.amounts[AMOUNT] for line in _use_lines(accounts.spendings))
    amounts = {
        "total": total_of(accounts.spendings),
        "basic": basic,
        "project": project,
        "reserve": reserve,
        "carried_forward": None,
    }
    columns = tuple(Column("amount", (heading,), measure) for measure, heading in USES.items())
    panel = Panel(columns, (Line(amounts=amounts, name="合计"),))
    return printed_table(accounts, style, Imprint("expenditure_by_use", "支出预算总表", 3), (panel,))


def _fiscal_summary(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    fiscal = accounts.paid_from(*FISCAL_SOURCES)
    revenue = [
        plain(name, revenue_of(accounts.paid_from(source)) or None, ordinal=ordinal(place))
        for place, (source, name) in enumerate(BUDGETS.items(), start=1)
    ]
    words = ("项目名称", "金额")
    panels = (
        half("revenue", "收入", revenue, words, style=style),
        _under("支出用途", half("expenditure_by_use", "支出", _use_lines(fiscal), words, style=style)),
    )
    totals = (
        Foot(plain("收入合计", revenue_of(fiscal), strong=True), 1, "revenue"),
        Foot(plain("支出合计", total_of(fiscal), strong=True), 1, "expenditure_by_use"),
    )
    imprint = Imprint("fiscal_appropriation_summary", "财政拨款收支预算总表", 4)
    return printed_table(accounts, style, imprint, panels, (totals,))


def _noted(form: str, title: str, place: int) -> Imprint:
    return Imprint(form, title, place, (NOTE,))


def _by_function(
    accounts: Accounts, style: HouseStyle, spendings: tuple[Spending, ...], imprint: Imprint
) -> PrintedTable:
    columns = (MoneyColumn(AMOUNT, ("金额",), lambda s: s.total),)
    return function_form(accounts, style, imprint, spendings, columns, headings=FUNCTION_HEADINGS)


def _basic(accounts: Accounts, style: HouseStyle, imprint: Imprint) -> PrintedTable:
    columns = (EconomicColumn(AMOUNT, ("金额",), BASIC_TYPES),)
    return economic_form(accounts, style, imprint, BASIC_TYPES, columns, headings=ECONOMIC_HEADINGS)


def _operating(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    columns = (EconomicColumn(AMOUNT, ("机关运行经费支出",), OPERATING_TYPES),)
    imprint = Imprint("operating_expenses_by_economic", "一般公共预算机关运行经费支出预算表", 10)
    return economic_form(accounts, style, imprint, OPERATING_TYPES, columns, headings=ECONOMIC_HEADINGS)


def _three_public(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    spent = accounts.three_public
    amounts = {
        **named_amounts(spent),
        SUBTOTAL: spent.total,
        "会议费": accounts.meetings,
        "培训费": accounts.training,
        "合计": spent.total + accounts.meetings + accounts.training,
    }
    imprint = Imprint("three_public", "“三公”经费、会议费、培训费支出预算表", 11)
    lines = lines_of(THREE_PUBLIC, {"budget": amounts})
    return three_public_form(accounts, style, imprint, lines, singles(THREE_PUBLIC, "budget"))


def _procurement(accounts: Accounts, style: HouseStyle) -> PrintedTable:
    keys = {
        "kind": "采购品目大类",
        "project": "专项名称",
        "economic": "经济科目",
        "item": "采购物品名称",
        "way": "采购组织形式",
    }
    columns = (
        *(Column("words", (heading,), key) for key, heading in keys.items()),
        Column("amount", ("总计",), AMOUNT),
    )
    imprint = Imprint("government_procurement", "政府采购支出预算表", 12)
    return printed_table(accounts, style, imprint, (Panel(columns, purchases(accounts)),))
