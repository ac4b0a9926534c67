"""The accounts of a random paper: a department's, and those of its units, which add up to them exactly."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from random import Random
from typing import NamedTuple

from samples.accounts import FISCAL_SOURCES, NOTHING, Accounts, Source, Spending, ThreePublic, total_of
from samples.at_random.choices import Chosen
from samples.figures import HUNDRED_YUAN, accounts
from samples.vocabulary import DATA, departments
from schemas.records import Kind

YEAR = 2024
KINDS: dict[str, Kind] = {"budget": "budget", "final": "final_accounts"}
UNIT_NAMES = ("本级", "综合服务中心", "信息中心", "监察支队", "档案管理所")
"""What follows a department's name in the names of its units."""
PROJECT_TYPES: dict[str, int] = {"30227": 5, "30226": 2, "31002": 2, "30299": 1}
"""Parts by which project expenditure falls on economic codes."""
OFFICES_PART = Decimal("0.7")
"""What part of a unit's costs its offices bear, as against its institutions, by the government's classification."""


class Government(NamedTuple):
    """The government's codes of a department's economic code: for offices and for institutions."""

    offices: tuple[str, str]
    institutions: tuple[str, str]


@cache
def government() -> Mapping[str, Government]:
    """政府预算支出经济分类 by the department's economic code."""
    with (DATA / "government_economics.csv").open(encoding="utf-8", newline="") as rows:
        return {
            row["code"]: Government(
                (row["offices"], row["offices_name"]), (row["institutions"], row["institutions_name"])
            )
            for row in csv.DictReader(rows)
        }


@dataclass(frozen=True, slots=True)
class Organisation:
    """A unit of the department, with its own accounts."""

    code: str
    name: str
    accounts: Accounts


@dataclass(frozen=True, slots=True)
class Books:
    """The department's accounts and its units, if the paper lists any."""

    whole: Accounts
    organisations: tuple[Organisation, ...]


class EconomicCost(NamedTuple):
    """What the general public budget pays under an economic code."""

    basic: Decimal
    project: Decimal

    @property
    def total(self) -> Decimal:
        """Basic and project expenditure."""
        return self.basic + self.project


def books(seed: int, chosen: Chosen) -> Books:
    """Make up a department's books; the same seed and choices give the same."""
    rng = Random(f"{seed} books")
    listed = chosen["units"] != "none" or chosen["three_public"].startswith("organisations")
    several = listed and chosen["units"] != "one_unit"
    department = rng.choice([each.name for each in departments().departments])
    count = rng.randint(2, 3) if several else 1
    own = [_accounts(seed * 10 + number, department, chosen, rng) for number in range(count)]
    names = [f"{department}{name}" for name in UNIT_NAMES] if several else [department]
    units = tuple(
        Organisation(f"{105001 + number}", names[number], replace(each, department=names[number]))
        for number, each in enumerate(own)
    )
    return Books(_merged(own), units if listed else ())


def _accounts(seed: int, department: str, chosen: Chosen, rng: Random) -> Accounts:
    grain = Decimal(1) if chosen["grain"] == "yuan" else HUNDRED_YUAN
    kind = KINDS[chosen["kind"]]
    made = accounts(seed, kind, YEAR, department=department, grain=grain, refund=chosen["refund"] == "one")
    spendings = _with_personnel(made)
    if kind == "budget" and chosen["carried"] == "from_last_year":
        spendings = [_brought_forward(spending, rng, grain) for spending in spendings]
    return replace(made, spendings=tuple(spendings))


def _with_personnel(made: Accounts) -> list[Spending]:
    """Tell what people cost by function, so that it adds up to what they cost by economic code."""
    staff = departments().everyone
    general = made.paid_from("general_public_budget")
    running = {spending.code: spending.basic for spending in general if spending.basic and spending.code not in staff}
    for_staff = sum((spending.basic for spending in general if spending.code in staff), NOTHING)
    shares = _in_proportion(made.economic("301", "303") - for_staff, running)
    return [
        replace(spending, personnel=shares.get(spending.code, spending.basic))
        if spending.source == "general_public_budget"
        else replace(spending, personnel=spending.basic // 2)
        for spending in made.spendings
    ]


def _in_proportion(amount: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Divide `amount` by `weights` into whole hundreds; the first takes what is left over."""
    return shared_out(amount, {key: int(weight) for key, weight in weights.items()})


def _brought_forward(spending: Spending, rng: Random, grain: Decimal) -> Spending:
    """Every third fiscal project is paid in part from what was left of last year."""
    if spending.project <= 0 or spending.source not in FISCAL_SOURCES or rng.random() > 1 / 3:
        return spending
    return replace(spending, opening=spending.project // 4 // grain * grain)


def _merged(own: Sequence[Accounts]) -> Accounts:
    """Add up the units' accounts to the department's."""
    found: dict[tuple[str, Source], Spending] = {}
    for spending in (spending for each in own for spending in each.spendings):
        key = spending.code, spending.source
        found[key] = _added(found[key], spending) if key in found else spending
    economic: dict[str, Decimal] = defaultdict(Decimal)
    for each in own:
        for code, amount in each.basic_by_economic.items():
            economic[code] += amount
    return replace(
        own[0],
        spendings=tuple(found[key] for key in sorted(found)),
        basic_by_economic=dict(sorted(economic.items())),
        three_public=_three_public(each.three_public for each in own),
        three_public_budget=_three_public(each.three_public_budget for each in own),
        three_public_before=_three_public(each.three_public_before for each in own),
    )


def _added(one: Spending, other: Spending) -> Spending:
    return replace(
        one,
        basic=one.basic + other.basic,
        project=one.project + other.project,
        operating=one.operating + other.operating,
        reserve=one.reserve + other.reserve,
        opening=one.opening + other.opening,
        closing=one.closing + other.closing,
        personnel=one.personnel + other.personnel,
    )


def _three_public(parts: Iterable[ThreePublic]) -> ThreePublic:
    kept = tuple(parts)
    return ThreePublic(
        sum((each.abroad for each in kept), NOTHING),
        sum((each.car_purchase for each in kept), NOTHING),
        sum((each.car_running for each in kept), NOTHING),
        sum((each.reception for each in kept), NOTHING),
    )


def economic_costs(accounts: Accounts, *, with_projects: bool) -> dict[str, EconomicCost]:
    """Divide what the general public budget pays over 5-digit economic codes; the sums agree exactly."""
    general = accounts.paid_from("general_public_budget")
    costs = {code: EconomicCost(amount, NOTHING) for code, amount in accounts.basic_by_economic.items()}
    if with_projects:
        project = sum((spending.project for spending in general), NOTHING)
        for code, amount in shared_out(project, PROJECT_TYPES).items():
            basic = costs[code].basic if code in costs else NOTHING
            costs[code] = EconomicCost(basic, amount)
    return {code: cost for code, cost in sorted(costs.items()) if cost.total}


def shared_out(amount: Decimal, parts: Mapping[str, int]) -> dict[str, Decimal]:
    """Divide `amount` by `parts` into whole hundreds of yuan; the first takes what is left over."""
    whole = sum(parts.values())
    shares = {key: amount * part // whole // HUNDRED_YUAN * HUNDRED_YUAN for key, part in parts.items()}
    first = next(iter(shares))
    shares[first] += amount - sum(shares.values(), NOTHING)
    return shares


def by_government(code: str, cost: EconomicCost) -> list[tuple[str, str, EconomicCost]]:
    """(government code, its name, cost) of what offices and institutions bear under an economic code."""
    codes = government()[code]
    if codes.offices == codes.institutions:
        return [(*codes.offices, cost)]
    offices = EconomicCost(*(part * OFFICES_PART // HUNDRED_YUAN * HUNDRED_YUAN for part in cost))
    rest = EconomicCost(cost.basic - offices.basic, cost.project - offices.project)
    both = [(*codes.offices, offices), (*codes.institutions, rest)]
    return [each for each in both if each[2].total]


def by_type(accounts: Accounts, spendings: Sequence[Spending]) -> dict[str, Decimal]:
    """Divide what `spendings` cost over the 类 of 部门预算支出经济分类; what no form shows is made up."""
    general = [spending for spending in spendings if spending.source == "general_public_budget"]
    types: dict[str, Decimal] = defaultdict(Decimal)
    if general:
        for code, cost in economic_costs(accounts, with_projects=True).items():
            types[code[:3]] += cost.total
    rest = total_of(spendings) - sum(types.values(), NOTHING)
    for code, amount in shared_out(rest, {"302": 7, "301": 2, "310": 1}).items():
        types[code] += amount
    return dict(sorted(types.items()))


def by_government_type(types: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Divide the 类 of the department's economic classification over those of the government's."""
    parts = {
        "301": {"501": 7, "505": 3},
        "302": {"502": 8, "505": 2},
        "303": {"509": 1},
        "310": {"503": 9, "506": 1},
    }
    found: dict[str, Decimal] = defaultdict(Decimal)
    for code, amount in types.items():
        for other, share in shared_out(amount, parts[code]).items():
            found[other] += share
    return dict(sorted(found.items()))
