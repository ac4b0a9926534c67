"""A department's accounts for one year: who pays for which item, from which every printed form is derived.

Amounts are exact yuan. Because each form is a sum over the same spendings, the identities between forms hold exactly:
for every spending, opening + revenue = expenditure + closing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from schemas.records import Kind

FiscalSource = Literal["general_public_budget", "government_fund", "state_capital"]
OtherSource = Literal["superior_subsidy", "undertaking", "operating_income", "affiliate_remittance", "other"]
Source = FiscalSource | OtherSource

FISCAL_SOURCES: tuple[FiscalSource, ...] = get_args(FiscalSource)
OTHER_SOURCES: tuple[OtherSource, ...] = get_args(OtherSource)

NOTHING = Decimal(0)
LEVELS = (3, 5, 7)
"""Lengths of a 类, a 款 and a 项 of 支出功能分类."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What one 项 costs as far as one source pays for it. `reserve` is 单位预留机动经费, `operating` 经营支出.

    `personnel` is the part of `basic` that pays people, for forms that print it by function.
    """

    code: str
    source: Source
    basic: Decimal = NOTHING
    project: Decimal = NOTHING
    operating: Decimal = NOTHING
    reserve: Decimal = NOTHING
    opening: Decimal = NOTHING
    closing: Decimal = NOTHING
    personnel: Decimal = NOTHING

    @property
    def public_use(self) -> Decimal:
        """What is left of the basic expenditure for 公用经费."""
        return self.basic - self.personnel

    @property
    def total(self) -> Decimal:
        """Basic, project, operating expenditure and reserve."""
        return self.basic + self.project + self.operating + self.reserve

    @property
    def revenue(self) -> Decimal:
        """What the year brought for it: what it cost, plus what is left, less what was there."""
        return self.total + self.closing - self.opening


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """“三公”经费: 因公出国（境）费, 公务用车购置费, 公务用车运行维护费, 公务接待费."""

    abroad: Decimal = NOTHING
    car_purchase: Decimal = NOTHING
    car_running: Decimal = NOTHING
    reception: Decimal = NOTHING

    @property
    def cars(self) -> Decimal:
        """公务用车购置及运行维护费."""
        return self.car_purchase + self.car_running

    @property
    def total(self) -> Decimal:
        """“三公”经费合计."""
        return self.abroad + self.cars + self.reception


@dataclass(frozen=True, slots=True)
class Accounts:
    """All that a department's forms are derived from.

    `basic_by_economic` divides the basic expenditure of the general public budget over 5-digit economic codes;
    `three_public` is this year's final amount or budget, `three_public_budget` the budget it is compared with
    (final accounts) and `three_public_before` last year's. `names` gives the function codes' names.
    """

    department: str
    year: int
    kind: Kind
    spendings: tuple[Spending, ...]
    basic_by_economic: Mapping[str, Decimal]
    names: Mapping[str, str]
    three_public: ThreePublic = ThreePublic()
    three_public_budget: ThreePublic = ThreePublic()
    three_public_before: ThreePublic = ThreePublic()
    meetings: Decimal = NOTHING
    training: Decimal = NOTHING

    def paid_from(self, *sources: Source) -> tuple[Spending, ...]:
        """Select the spendings that one of `sources` pays for."""
        return tuple(spending for spending in self.spendings if spending.source in sources)

    def economic(self, *types: str) -> Decimal:
        """Add up the basic expenditure under the economic codes that start with one of `types`."""
        return sum((a for code, a in self.basic_by_economic.items() if code.startswith(types)), NOTHING)


Tally = Callable[[Spending], Decimal]


def total_of(spendings: Iterable[Spending]) -> Decimal:
    """Add up what `spendings` cost."""
    return sum((spending.total for spending in spendings), NOTHING)


def revenue_of(spendings: Iterable[Spending]) -> Decimal:
    """Add up the year's revenue for `spendings`."""
    return sum((spending.revenue for spending in spendings), NOTHING)


def opening_of(spendings: Iterable[Spending]) -> Decimal:
    """Add up what `spendings` brought from last year."""
    return sum((spending.opening for spending in spendings), NOTHING)


def closing_of(spendings: Iterable[Spending]) -> Decimal:
    """Add up what `spendings` leave for next year."""
    return sum((spending.closing for spending in spendings), NOTHING)


def tallied(spendings: Iterable[Spending], tallies: Mapping[str, Tally]) -> dict[str, Decimal]:
    """Add up each tally over `spendings`, by its measure."""
    kept = tuple(spendings)
    return {measure: sum(map(tally, kept), NOTHING) for measure, tally in tallies.items()}


def rolled_up(
    spendings: Sequence[Spending], tallies: Mapping[str, Tally], levels: Sequence[int] = LEVELS, in_order: bool = True
) -> list[tuple[str, dict[str, Decimal]]]:
    """(code, sums by measure) of each 类, 款 and 项 that `levels` asks for.

    Codes stand in code order, a parent before its children; with `in_order` false in the order of the spendings.
    """
    codes = dict.fromkeys(spending.code[:level] for spending in spendings for level in levels)
    return [
        (code, tallied((s for s in spendings if s.code.startswith(code)), tallies))
        for code in (sorted(codes) if in_order else codes)
    ]
