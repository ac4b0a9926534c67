"""Coherent accounts of an invented department, made up from a seed; the same seed gives the same figures anywhere.

Every amount is a whole number of `grain` yuan. With the default grain of 100 yuan nothing is lost when a form
prints 万元 with two decimals, so all identities hold exactly in print too; a smaller grain gives the tail errors
that real papers have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from samples.accounts import NOTHING, Accounts, Source, Spending, ThreePublic
from samples.vocabulary import Department, departments, functions
from schemas.records import Kind

HUNDRED_YUAN = Decimal(100)
TEN_THOUSAND_YUAN = Decimal(10_000)

WHOLE_HUNDREDS = ("30212", "30217", "30231")
"""“三公” is printed in 万元 even where the other forms are in 元."""


def accounts(
    seed: int,
    kind: Kind,
    year: int = 2024,
    *,
    department: str | None = None,
    grain: Decimal = HUNDRED_YUAN,
    reserve: bool = False,
    refund: bool = False,
) -> Accounts:
    """Make up the accounts of an invented department (`department`, or one that `seed` picks).

    `reserve` puts a part of the running costs into 单位预留机动经费 (Jiangsu's budgets); `refund` makes one project
    negative.

    Raises:
        KeyError: no invented department has that name.
    """
    rng = Random(seed)
    known = {each.name: each for each in departments().departments}
    chosen = known[department] if department else rng.choice(list(known.values()))
    spendings = [*_running(rng, chosen, grain), *_everyone(rng, chosen, grain), *_projects(rng, chosen, grain)]
    if reserve:
        spendings = [_with_reserve(rng, spending, grain) for spending in spendings]
    if kind == "final_accounts":
        spendings = [_carried_over(rng, spending, grain) for spending in spendings]
    if refund:
        spendings = _with_refund(spendings, grain)
    economic = _economic(rng, spendings, grain)
    return Accounts(
        department=chosen.name,
        year=year,
        kind=kind,
        spendings=tuple(sorted(spendings, key=lambda spending: (spending.code, spending.source))),
        basic_by_economic=economic,
        names=functions(),
        **_three_public(rng, kind, economic),
        meetings=economic["30215"] + _amount(rng, 0, 60_000, HUNDRED_YUAN),
        training=economic["30216"] + _amount(rng, 0, 90_000, HUNDRED_YUAN),
    )


def _amount(rng: Random, low: int, high: int, grain: Decimal) -> Decimal:
    return Decimal(rng.randint(int(low / grain), int(high / grain))) * grain


def _running(rng: Random, department: Department, grain: Decimal) -> Iterable[Spending]:
    heads = department.staff // len(department.running)
    low, high = (heads * per_head for per_head in departments().running_per_head)
    for code in department.running:
        yield Spending(code, "general_public_budget", basic=_amount(rng, low, high, grain))
        source = department.other_income.get(code)
        if source == "operating_income":
            yield Spending(code, source, operating=_amount(rng, low // 20, high // 10, grain))
        elif source:
            yield Spending(code, source, basic=_amount(rng, low // 20, high // 10, grain))


def _everyone(rng: Random, department: Department, grain: Decimal) -> Iterable[Spending]:
    for code, cost in departments().everyone.items():
        low, high = (department.staff * per_head for per_head in cost.per_head)
        yield Spending(code, "general_public_budget", basic=_amount(rng, low, high, grain))


def _projects(rng: Random, department: Department, grain: Decimal) -> Iterable[Spending]:
    paid: Sequence[tuple[Source, Sequence[str]]] = [
        ("general_public_budget", department.projects),
        ("government_fund", department.government_fund),
        ("state_capital", department.state_capital),
    ]
    for source, codes in paid:
        for code in codes:
            yield Spending(code, source, project=_amount(rng, 20_000, 9_000_000, grain))
    for code, source in department.other_income.items():
        if code in department.projects:
            yield Spending(code, source, project=_amount(rng, 10_000, 900_000, grain))


def _with_reserve(rng: Random, spending: Spending, grain: Decimal) -> Spending:
    """Keep up to a twentieth of the running costs (行政运行, 事业运行 and the like) as 单位预留机动经费."""
    if spending.code in departments().everyone or not spending.basic:
        return spending
    kept = _amount(rng, int(spending.basic / 40), int(spending.basic / 20), grain)
    return replace(spending, basic=spending.basic - kept, reserve=kept)


def _carried_over(rng: Random, spending: Spending, grain: Decimal) -> Spending:
    """Every third project brings money from last year or leaves some for the next."""
    if not spending.project or rng.random() > 1 / 3:
        return spending
    share = int(spending.project / 5)
    return replace(
        spending,
        opening=_amount(rng, 0, share, grain),
        closing=_amount(rng, 0, share, grain) if rng.random() < 0.5 else NOTHING,
    )


def _with_refund(spendings: Sequence[Spending], grain: Decimal) -> list[Spending]:
    """Turn the last project of the general public budget into a refund: its expenditure is negative."""
    of_general = [s for s in spendings if s.project and s.source == "general_public_budget"]
    refunded = of_general[-1]
    refund = replace(refunded, project=-(refunded.project / 50 // grain + 1) * grain, opening=NOTHING, closing=NOTHING)
    return [refund if spending is refunded else spending for spending in spendings]


def _economic(rng: Random, spendings: Sequence[Spending], grain: Decimal) -> dict[str, Decimal]:
    """Divide the basic expenditure of the general public budget over economic codes; the sums agree exactly."""
    staff = departments().everyone
    basic = [s for s in spendings if s.basic and s.source == "general_public_budget"]
    rest = sum((s.basic for s in basic if s.code not in staff), NOTHING)
    parts = {code: part * rng.randint(70, 130) for code, part in departments().economic_parts.items()}
    steps = {code: HUNDRED_YUAN if code in WHOLE_HUNDREDS else grain for code in parts}
    amounts = {code: rest * part // sum(parts.values()) // steps[code] * steps[code] for code, part in parts.items()}
    amounts["30101"] += rest - sum(amounts.values(), NOTHING)
    for spending in basic:
        if spending.code in staff:
            code = staff[spending.code].economic
            amounts[code] = amounts.get(code, NOTHING) + spending.basic
    return dict(sorted(amounts.items()))


def _three_public(rng: Random, kind: Kind, economic: dict[str, Decimal]) -> dict[str, ThreePublic]:
    """Give this year's “三公”, the budget that final accounts compare it with, and last year's."""
    bought = rng.choice((NOTHING, Decimal(180_000)))
    now = ThreePublic(economic["30212"], bought, economic["30231"], economic["30217"])
    budget = ThreePublic(*(_rounded_up(rng, part) for part in (now.abroad, bought, now.car_running, now.reception)))
    before = ThreePublic(now.abroad, NOTHING, _rounded_up(rng, now.car_running), _rounded_up(rng, now.reception))
    if kind == "budget":
        return {"three_public": now, "three_public_before": before}
    return {"three_public": now, "three_public_budget": budget, "three_public_before": before}


def _rounded_up(rng: Random, amount: Decimal) -> Decimal:
    """Round up to the next 万元 or a few more: what a budget asks for where the accounts spent `amount`."""
    if not amount:
        return NOTHING
    return (amount // TEN_THOUSAND_YUAN + rng.randint(1, 3)) * TEN_THOUSAND_YUAN
