"""The two 总表: a revenue half and an expenditure half side by side, closed by rows that line up across both."""

from collections.abc import Iterable
from decimal import Decimal

from samples.forms.house import HouseStyle
from samples.paper import Column, Foot, Line, Panel, Side

AMOUNT = "amount"


def half(side: Side, above: str, lines: Iterable[Line], words: tuple[str, str], *, style: HouseStyle) -> Panel:
    """Arrange a half with one money column; `words` are the headings of its labels and of its amounts."""
    money = (Column("amount", (above, words[1]), AMOUNT),)
    return wide_half(side, above, lines, money, style=style, label_word=words[0])


def wide_half(
    side: Side,
    above: str,
    lines: Iterable[Line],
    money: tuple[Column, ...],
    *,
    style: HouseStyle,
    label_word: str = "项目",
) -> Panel:
    """Arrange a half with several money columns."""
    numbers = (Column("ordinal", (above, "行次")),) if style.line_numbers else ()
    return Panel((Column("label", (above, label_word)), *numbers, *money), tuple(lines), side, "function")


def closing_row(left: Line | None, right: Line | None, covers: int = 1) -> tuple[Foot, ...]:
    """Close both halves: with a revenue line, and with an expenditure line over the other `covers` panels."""
    return (Foot(left, 1, "revenue"), Foot(right, covers, "expenditure"))


def plain(
    label: str, amount: Decimal | None = None, *, ordinal: str = "", indent: int = 0, strong: bool = False
) -> Line:
    """Make a line with the one measure `amount`."""
    return Line(label, {AMOUNT: amount}, ordinal=ordinal, indent=indent, strong=strong)
