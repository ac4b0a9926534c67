"""The money columns of forms by function: how revenue falls on sources and expenditure on uses, in every nesting."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samples.accounts import FISCAL_SOURCES, NOTHING, Source, Spending, Tally
from samples.at_random.wording import Wording
from samples.forms.lines import revenue_from
from samples.paper import Column

BUDGETS: tuple[Source, ...] = FISCAL_SOURCES
EARNED: tuple[Source, ...] = ("operating_income", "superior_subsidy", "affiliate_remittance", "other")
EDUCATION_PART = Decimal("0.4")
"""What part of 事业收入 is 教育收费."""


@dataclass(frozen=True, slots=True)
class Money:
    """A column of sums over spendings: its measure, its heading from the top row down, and what it adds up.

    `fund` is the budget where several columns divide one measure by budget.
    """

    measure: str
    heading: tuple[str, ...]
    tally: Tally
    fund: str = ""

    @property
    def key(self) -> str:
        """What tells the column from the others of its form."""
        return f"{self.measure}/{self.fund}" if self.fund else self.measure


def columns_of(money: Sequence[Money], words: Wording) -> tuple[Column, ...]:
    """Head a column for each; the last heading may say the unit."""
    return tuple(
        Column("amount", words.money(*each.heading), each.key, measure=each.measure, fund=each.fund) for each in money
    )


def tallies_of(money: Sequence[Money]) -> dict[str, Tally]:
    """What each column adds up, by its key."""
    return {each.key: each.tally for each in money}


def use_money(words: Wording, *above: str, spendings: Sequence[Spending], whole: bool = False) -> tuple[Money, ...]:
    """合计, 基本支出, 项目支出 and their parts as the paper nests them; `whole` adds 经营支出 where there is any."""
    option = words.chosen["uses"]
    total = Money("total", (*above, words.heading("total")), lambda s: s.total)
    basic, project = words.heading("basic"), words.heading("project")
    for_basic = Money("basic", (*above, basic), lambda s: s.basic)
    for_project = Money("project", (*above, project), lambda s: s.project)
    others = _other_uses(words, above, spendings, every=option == "all") if whole else ()
    nested: dict[str, tuple[Money, ...]] = {
        "nested": (
            total,
            Money("basic", (*above, basic, "小计"), lambda s: s.basic),
            *_staff(words, *above, basic),
            for_project,
        ),
        "ungrouped": (total, *_staff(words, *above, basic), for_project),
        "staff": (total, *_staff(words, *above), for_project),
        "of_which": (
            total,
            Money("basic", (*above, "其中：", basic), lambda s: s.basic),
            Money("project", (*above, "其中：", project), lambda s: s.project),
        ),
        "basic_of_which": (total, Money("basic", (*above, f"其中：{basic}"), lambda s: s.basic), for_project),
        "total_last": (for_basic, for_project),
    }
    chosen = (*nested.get(option, (total, for_basic, for_project)), *others)
    return (*chosen, total) if option == "total_last" else chosen


def _staff(words: Wording, *above: str) -> tuple[Money, Money]:
    return (
        Money("personnel", (*above, words.heading("personnel")), lambda s: s.personnel),
        Money("public_use", (*above, words.heading("public_use")), lambda s: s.public_use),
    )


def _other_uses(
    words: Wording, above: tuple[str, ...], spendings: Sequence[Spending], *, every: bool
) -> tuple[Money, ...]:
    def never(_: Spending) -> Decimal:
        return NOTHING

    operating = Money("operating", (*above, words.heading("operating")), lambda s: s.operating)
    if every:
        return (
            Money("remitted_to_superior", (*above, words.heading("remitted_to_superior")), never),
            operating,
            Money("subsidy_to_affiliates", (*above, words.heading("subsidy_to_affiliates")), never),
        )
    return (operating,) if any(spending.operating for spending in spendings) else ()


def source_money(words: Wording, *, carried: bool) -> tuple[Money, ...]:
    """合计 and the sources of money as the paper nests them; what was carried over stands last where there is any."""
    option = words.chosen["sources"]
    total = Money("total", (words.heading("total"),), lambda s: s.revenue + s.opening)
    if option == "grouped":
        return (total, *_grouped(words))
    fiscal = words.heading("fiscal_appropriation")
    whole_fiscal = revenue_from(*FISCAL_SOURCES)
    head: tuple[Money, ...] = (Money("fiscal_appropriation", (fiscal,), whole_fiscal),)
    if option == "budgets":
        head = _budgets(words)
    elif option == "fiscal_of_which":
        head = (Money("fiscal_appropriation", (fiscal, "小计"), whole_fiscal), *_budgets(words, fiscal))
    opening = (Money("opening_balance", (words.heading("opening_balance"),), lambda s: s.opening),) if carried else ()
    return (total, *head, *_undertaking(words, option), *_earned(words), *opening)


def _grouped(words: Wording) -> tuple[Money, ...]:
    """本年收入 over its sources, then 上年结转 over the budgets it came from."""
    year, before = "本年收入", words.heading("opening_balance")
    return (
        Money("revenue", (year, "小计"), lambda s: s.revenue),
        *_budgets(words, year),
        *_undertaking(words, "plain", year),
        *_earned(words, year),
        Money("opening_balance", (before, "小计"), lambda s: s.opening),
        *(
            Money("opening_balance", (before, words.heading(budget)), _opening_from(budget), fund=budget)
            for budget in BUDGETS
        ),
    )


def _opening_from(source: Source) -> Tally:
    return lambda spending: spending.opening if spending.source == source else NOTHING


def _budgets(words: Wording, *above: str) -> tuple[Money, ...]:
    return tuple(Money(budget, (*above, words.heading(budget)), revenue_from(budget)) for budget in BUDGETS)


def _earned(words: Wording, *above: str) -> tuple[Money, ...]:
    return tuple(Money(source, (*above, words.heading(source)), revenue_from(source)) for source in EARNED)


def _education(spending: Spending) -> Decimal:
    if spending.source != "undertaking":
        return NOTHING
    return spending.revenue * EDUCATION_PART


def _undertaking(words: Wording, option: str, *above: str) -> tuple[Money, ...]:
    """事业收入, alone, over its 教育收费, or beside it."""
    whole, name = revenue_from("undertaking"), words.heading("undertaking")
    if option == "education":
        return (
            Money("undertaking", (*above, name, "小计"), whole),
            Money("education_fees", (*above, name, f"其中：{words.heading('education_fees')}"), _education),
        )
    if option == "education_beside":
        return (
            Money("education_fees", (*above, words.heading("education_fees")), _education),
            Money("undertaking", (*above, f"{name}（不含教育收费）"), lambda s: whole(s) - _education(s)),
        )
    if option == "budgets":
        return (Money("special_account", (*above, words.heading("special_account")), whole),)
    return (Money("undertaking", (*above, name), whole),)
