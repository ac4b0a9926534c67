"""情况说明: the prose that repeats the forms' figures, worded as departments word it."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from samples.accounts import (
    FISCAL_SOURCES,
    Accounts,
    Spending,
    closing_of,
    opening_of,
    revenue_of,
    rolled_up,
    total_of,
)
from samples.forms.lines import PERSONNEL, PUBLIC_USE
from samples.paper import Prose

HUNDREDTH = Decimal("0.01")


def wan(amount: Decimal) -> str:
    """Yuan as 万元 with two decimals."""
    return f"{(amount / 10_000).quantize(HUNDREDTH, ROUND_HALF_UP)}万元"


def percent(part: Decimal, whole: Decimal) -> str:
    """Express the share of `part` in `whole` in per cent, with two decimals."""
    return f"{(part * 100 / whole).quantize(HUNDREDTH, ROUND_HALF_UP)}%"


def explanation(accounts: Accounts) -> Prose:
    """Explain the accounts of a year, or the budget for it."""
    word = "决算" if accounts.kind == "final_accounts" else "预算"
    return Prose(f"{accounts.year}年度部门{word}情况说明", tuple(_paragraphs(accounts, word)))


def _paragraphs(accounts: Accounts, word: str) -> Iterator[str]:
    everything, general = accounts.spendings, accounts.paid_from("general_public_budget")
    spent, received = total_of(everything), revenue_of(everything)
    yield f"# 一、收入支出{word}总体情况说明"
    yield f"{accounts.year}年度收、支总计{wan(spent + closing_of(everything))}。"
    yield f"# 二、收入{word}情况说明"
    fiscal = revenue_of(accounts.paid_from(*FISCAL_SOURCES))
    yield (
        f"{accounts.year}年度收入合计{wan(received)}，其中：财政拨款收入{wan(fiscal)}，占{percent(fiscal, received)}；"
        f"其他各项收入{wan(received - fiscal)}，占{percent(received - fiscal, received)}。"
        f"年初结转和结余{wan(opening_of(everything))}。"
    )
    yield f"# 三、支出{word}情况说明"
    basic = sum((s.basic for s in everything), Decimal(0))
    project = sum((s.project for s in everything), Decimal(0))
    yield (
        f"{accounts.year}年度支出合计{wan(spent)}，其中：基本支出{wan(basic)}，占{percent(basic, spent)}；"
        f"项目支出{wan(project)}，占{percent(project, spent)}。"
    )
    yield f"# 四、一般公共预算财政拨款支出{word}情况说明"
    yield from _by_item(accounts, general, word)
    yield f"# 五、一般公共预算财政拨款基本支出{word}情况说明"
    personnel, public_use = accounts.economic(*PERSONNEL), accounts.economic(*PUBLIC_USE)
    yield (
        f"{accounts.year}年度财政拨款基本支出{wan(personnel + public_use)}，其中：人员经费{wan(personnel)}，"
        f"占基本支出的{percent(personnel, personnel + public_use)}；公用经费{wan(public_use)}，"
        f"占基本支出的{percent(public_use, personnel + public_use)}。"
    )
    yield f"# 六、财政拨款“三公”经费支出{word}情况说明"
    cost = accounts.three_public
    yield (
        f"“三公”经费支出{word}为{wan(cost.total)}，其中：因公出国（境）费{wan(cost.abroad)}；"
        f"公务用车购置及运行维护费{wan(cost.cars)}；公务接待费{wan(cost.reception)}。"
    )


def _by_item(accounts: Accounts, spendings: tuple[Spending, ...], word: str) -> Iterator[str]:
    """Say what each 项 costs, named by its 类, 款 and 项."""
    yield f"{accounts.year}年度一般公共预算财政拨款支出{wan(total_of(spendings))}，主要用于以下方面："
    for place, (code, sums) in enumerate(rolled_up(spendings, {"total": lambda s: s.total}, levels=(7,)), start=1):
        names = (accounts.names[code[:3]], accounts.names[code[:5]], accounts.names[code])
        named = "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True))
        yield f"（{place}）{named}。支出{word}为{wan(sums['total'])}。"
