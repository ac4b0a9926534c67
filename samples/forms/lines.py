"""Lines that several forms share: function codes, the 类 of a 总表, economic codes; and the sums they print."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from samples.accounts import FISCAL_SOURCES, NOTHING, Accounts, Source, Spending, Tally, rolled_up, tallied
from samples.forms.house import HouseStyle
from samples.paper import Line
from samples.vocabulary import economics, types

DIGITS = "一二三四五六七八九十"
PERSONNEL = ("301", "303")
PUBLIC_USE = ("302", "307", "310", "399")


def ordinal(number: int) -> str:
    """一、 to 九十九、."""
    tens, ones = divmod(number, 10)
    word = (DIGITS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones - 1] if ones else "")
    return f"{word}、"


def cost_to(*sources: Source) -> Tally:
    """Tally what a spending costs as far as one of `sources` pays for it."""
    return lambda spending: spending.total if spending.source in sources else NOTHING


def revenue_from(*sources: Source) -> Tally:
    """Tally the year's revenue for spendings that one of `sources` pays for."""
    return lambda spending: spending.revenue if spending.source in sources else NOTHING


FISCAL_COSTS: Mapping[str, Tally] = {
    "total": cost_to(*FISCAL_SOURCES),
    **{source: cost_to(source) for source in FISCAL_SOURCES},
}


def known(amounts: Mapping[str, Decimal]) -> dict[str, Decimal | None]:
    """Take sums that are all zero for no figures: forms leave such a row blank even where they print 0.00 elsewhere."""
    return dict(amounts) if any(amounts.values()) else dict.fromkeys(amounts)


def indent_of(code: str, style: HouseStyle) -> int:
    """Characters by which a label stands further right than its parent's."""
    return (len(code) - 3) // 2 if style.indent else 0


def function_lines(
    accounts: Accounts, spendings: Sequence[Spending], tallies: Mapping[str, Tally], style: HouseStyle
) -> tuple[Line, ...]:
    """List a line for each function code of the levels that `style` prints."""
    rows = rolled_up(spendings, tallies, style.levels, style.in_order)
    return tuple(
        Line(accounts.names[code], dict(amounts), code=code, indent=indent_of(code, style)) for code, amounts in rows
    )


def type_lines(
    spendings: Sequence[Spending], tallies: Mapping[str, Tally], *, without: Iterable[str] = (), only_used: bool = False
) -> tuple[Line, ...]:
    """List the 类 of a 总表, leaving out the codes `without`; with `only_used` those alone that have an amount."""
    sums = {code: tallied((s for s in spendings if s.code.startswith(code)), tallies) for code in types()}
    printed = [code for code in sums if code not in set(without) and (any(sums[code].values()) or not only_used)]
    return tuple(
        Line(types()[code], known(sums[code]), code=code, ordinal=ordinal(number))
        for number, code in enumerate(printed, start=1)
    )


def total_line(spendings: Iterable[Spending], tallies: Mapping[str, Tally], label: str = "合计") -> Line:
    """Add up all `spendings`; a line without figures where there are none."""
    return Line(label, known(tallied(spendings, tallies)), strong=True)


def economic_line(accounts: Accounts, code: str, added: Mapping[str, Sequence[str]], style: HouseStyle) -> Line:
    """Make the line of an economic code; `added` says which 类 each measure adds up, other cells stay blank."""
    amounts = {m: accounts.economic(code) if code.startswith(tuple(under)) else None for m, under in added.items()}
    return Line(economics()[code], amounts, code=code, indent=indent_of(code, style))


def economic_lines(
    accounts: Accounts, among: Sequence[str], added: Mapping[str, Sequence[str]], style: HouseStyle
) -> tuple[Line, ...]:
    """List a line for each economic code of the 类 `among`, in their order."""
    codes = [code for group in among for code in economics() if code.startswith(group)]
    printed = [code for code in codes if style.all_codes or accounts.economic(code)]
    return tuple(economic_line(accounts, code, added, style) for code in printed)
