"""How an amount is misread: which changes of an amount a single digit can bring about."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from checks.failures.constraints import Interval
from checks.printed import decimals
from schemas.records import YUAN_PER_UNIT, LineItem


def is_one_digit_away(item: LineItem, change: Interval) -> bool:
    """Whether another digit in one place of the printed amount changes it, in yuan, by something within `change`."""
    step = Decimal(YUAN_PER_UNIT[item.unit]).scaleb(-decimals(item.printed))
    figure = abs(int(item.amount / step))
    sign = -1 if item.amount < 0 else 1
    towards = change.scaled(sign)
    length = max(len(str(figure)), decimals(item.printed) + 1)
    return any(
        _digit_can_move(figure // 10**power % 10, step.scaleb(power), towards)
        for power in range(length)
        if step.scaleb(power + 1) > min(abs(towards.low), abs(towards.high))
    )


def _digit_can_move(digit: int, step: Decimal, change: Interval) -> bool:
    """Whether `digit`, worth `step` each, can become another one for a change of the amount within `change`."""
    fewest = max((change.low / step).to_integral_value(ROUND_CEILING), Decimal(-digit))
    most = min((change.high / step).to_integral_value(ROUND_FLOOR), Decimal(9 - digit))
    return fewest <= most and not (fewest == 0 and most == 0)
