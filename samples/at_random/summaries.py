"""The two 总表: revenue beside expenditure in one list, two or three, with the balances and totals that close them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from samples.accounts import (
    FISCAL_SOURCES,
    LEVELS,
    OTHER_SOURCES,
    Source,
    Spending,
    opening_of,
    revenue_of,
    rolled_up,
    tallied,
    total_of,
)
from samples.at_random.books import Books, by_government_type, by_type
from samples.at_random.by_function import Body
from samples.at_random.wording import Wording
from samples.forms.lines import FISCAL_COSTS, ordinal, type_lines
from samples.paper import Column, Foot, Line, Panel, Side
from samples.vocabulary import economics, types

AMOUNT = "amount"
GOVERNMENT_TYPES = {
    "501": "机关工资福利支出",
    "502": "机关商品和服务支出",
    "503": "机关资本性支出（一）",
    "505": "对事业单位经常性补助",
    "506": "对事业单位资本性补助",
    "509": "对个人和家庭的补助",
}
HEADINGS: dict[Side, str] = {
    "expenditure": "按功能分类",
    "expenditure_by_use": "按支出用途",
    "expenditure_by_economic": "按部门预算经济分类",
    "expenditure_by_government_economic": "按政府预算经济分类",
}
SIDES: dict[str, tuple[Side, ...]] = {
    "functions": ("expenditure",),
    "uses": ("expenditure_by_use",),
    "functions_and_uses": ("expenditure", "expenditure_by_use"),
    "four": ("expenditure", "expenditure_by_economic", "expenditure_by_government_economic"),
}

Amounts = Mapping[str, Decimal | None]


class Summary:
    """One of the two: the whole of the accounts, or what the three budgets pay."""

    def __init__(self, books: Books, words: Wording, sources: Sequence[Source], *, by_budget: bool) -> None:
        self.accounts, self.words, self.sources = books.whole, words, sources
        self.spendings = books.whole.paid_from(*sources)
        self.by_budget = by_budget
        self.received, self.opening = revenue_of(self.spendings), opening_of(self.spendings)

    @property
    def chosen(self) -> Mapping[str, str]:
        """The paper's choices."""
        return self.words.chosen

    @property
    def money(self) -> tuple[Column, ...]:
        """The expenditure's columns of money."""
        if not self.by_budget:
            return (Column("amount", self.words.money(self.words.heading("amount")), AMOUNT),)
        headings = [self.words.heading(key) for key in FISCAL_COSTS]
        return tuple(
            Column("amount", self.words.money(heading), key)
            for heading, key in zip(headings, FISCAL_COSTS, strict=True)
        )

    def costs(self, spendings: Iterable[Spending]) -> dict[str, Decimal | None]:
        """What `spendings` cost in each column."""
        kept = tuple(spendings)
        found: dict[str, Decimal | None] = dict(tallied(kept, FISCAL_COSTS)) if self.by_budget else {}
        return found or {AMOUNT: total_of(kept)}


def whole_summary(books: Books, words: Wording) -> Body:
    """收支总表."""
    return _body(Summary(books, words, (*FISCAL_SOURCES, *OTHER_SOURCES), by_budget=False))


def fiscal_summary(books: Books, words: Wording) -> Body:
    """财政拨款收支总表."""
    by_budget = words.chosen["fiscal_columns"] == "budgets" and words.chosen["summary"] == "functions"
    return _body(Summary(books, words, FISCAL_SOURCES, by_budget=by_budget))


def _body(summary: Summary) -> Body:
    chosen, sides = summary.chosen, SIDES[summary.chosen["summary"]]
    total_first = chosen["summary_total"] == "first"
    revenue = _revenue_panel(summary, total_first=total_first)
    spent = [_expenditure_panel(summary, side, several=len(sides) > 1, total_first=total_first) for side in sides]
    return Body((revenue, *spent), () if total_first else tuple(_feet(summary, sides)))


def _revenue_panel(summary: Summary, *, total_first: bool) -> Panel:
    words = summary.words
    columns = (
        Column("label", ("收入", words.heading("item"))),
        Column("amount", ("收入", *words.money(words.heading("amount"))), AMOUNT),
    )
    total = Line("合计", {AMOUNT: summary.received + summary.opening}, strong=True)
    lines = (*((total,) if total_first else ()), *_revenue_lines(summary))
    return Panel(columns, lines, "revenue", "function")


def _revenue_lines(summary: Summary) -> Iterator[Line]:
    """List the sources of money, one by one or as parts of 本年收入."""
    under = summary.chosen["grouping"] == "this_year"
    if under:
        yield Line("本年收入", {AMOUNT: summary.received}, ordinal="一、")
    number = 0
    for source in summary.sources:
        amount = revenue_of(summary.accounts.paid_from(source)) or None
        if amount or summary.chosen["summary_rows"] == "every" or source in FISCAL_SOURCES:
            number += 1
            yield Line(summary.words.label(source), {AMOUNT: amount}, ordinal=_numbered(number, under), indent=under)
    if under:
        yield Line("上年结转", {AMOUNT: summary.opening or None}, ordinal="二、")


def _numbered(number: int, under: bool) -> str:
    return f"（{ordinal(number)[:-1]}）" if under else ordinal(number)


def _expenditure_panel(summary: Summary, side: Side, *, several: bool, total_first: bool) -> Panel:
    words = summary.words
    above = ("支出", HEADINGS[side]) if several else ("支出",)
    money = tuple(Column(column.holds, (*above, *column.heading), column.key) for column in summary.money)
    total = Line("合计", summary.costs(summary.spendings), strong=True)
    lines = (*((total,) if total_first else ()), *_expenditure_lines(summary, side))
    return Panel((Column("label", (*above, words.heading("item"))), *money), tuple(lines), side, "function")


def _expenditure_lines(summary: Summary, side: Side) -> Iterator[Line]:
    under = summary.chosen["grouping"] == "this_year"
    if under:
        yield Line("本年支出", summary.costs(summary.spendings), ordinal="一、")
    lines = {
        "expenditure": _functions,
        "expenditure_by_use": _uses,
        "expenditure_by_economic": _economic,
        "expenditure_by_government_economic": _government,
    }[side](summary)
    number = 0
    for line in lines:
        top = not line.indent
        number += top
        mark = _numbered(number, under) if top else ""
        yield Line(line.label, line.amounts, line.code, mark, indent=line.indent + under)
    if under:
        yield Line("结转下年", dict.fromkeys(summary.costs(())), ordinal="二、")


def _functions(summary: Summary) -> Iterator[Line]:
    """List the 类, or all levels of codes by indentation alone; the 类 have codes by the contract."""
    tallies = FISCAL_COSTS if summary.by_budget else {AMOUNT: lambda s: s.total}
    if summary.chosen["summary_levels"] == "types":
        yield from type_lines(summary.spendings, tallies, only_used=summary.chosen["summary_rows"] == "used")
        return
    for code, amounts in rolled_up(summary.spendings, tallies, LEVELS):
        name = types().get(code, summary.accounts.names[code])
        yield Line(name, dict(amounts), code=code if len(code) == 3 else None, indent=(len(code) - 3) // 2)


def _uses(summary: Summary) -> Iterator[Line]:
    """List 基本支出 with its parts, 项目支出, and 经营支出 where there is any."""
    spendings = summary.spendings

    def summed(tally: str) -> Amounts:
        return {AMOUNT: sum((getattr(spending, tally) for spending in spendings), Decimal(0))}

    yield Line("基本支出", summed("basic"))
    yield Line("人员经费", summed("personnel"), indent=1)
    yield Line("公用经费", summed("public_use"), indent=1)
    yield Line("项目支出", summed("project"))
    if any(spending.operating for spending in spendings):
        yield Line("事业单位经营支出", summed("operating"))


def _economic(summary: Summary) -> Iterator[Line]:
    for code, amount in by_type(summary.accounts, summary.spendings).items():
        yield Line(economics()[code], {AMOUNT: amount})


def _government(summary: Summary) -> Iterator[Line]:
    for code, amount in by_government_type(by_type(summary.accounts, summary.spendings)).items():
        yield Line(GOVERNMENT_TYPES[code], {AMOUNT: amount})


def _feet(summary: Summary, sides: Sequence[Side]) -> Iterator[tuple[Foot, ...]]:
    """Close the lists: with this year's sums and the balances where they don't stand above, and with the totals."""
    spent = summary.costs(summary.spendings)
    if summary.chosen["grouping"] == "none":
        yield _closing(Line("本年收入合计", {AMOUNT: summary.received}), Line("本年支出合计", spent), sides)
        opening, nothing = {AMOUNT: summary.opening or None}, dict.fromkeys(spent)
        yield _closing(Line("上年结转", opening), Line("结转下年", nothing), sides)
    whole = {AMOUNT: summary.received + summary.opening}
    yield _closing(Line("收入总计", whole, strong=True), Line("支出总计", spent, strong=True), sides)


def _closing(left: Line, right: Line, sides: Sequence[Side]) -> tuple[Foot, ...]:
    """Close each list; functions and uses, which are one expenditure in two views, together."""
    revenue = Foot(left, 1, "revenue")
    if sides == SIDES["functions_and_uses"]:
        return (revenue, Foot(right, 2, "expenditure"))
    return (revenue, *(Foot(right, 1, side) for side in sides))
