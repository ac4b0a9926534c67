"""What the checks of figures share: the statement a figure is checked against, and how what is right is written."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from extractors.prose.statements import Seen, Statement
from schemas.records import StatedFact

AMOUNTS: tuple[StatedFact, ...] = ("total", "final")
LAST_YEAR = ("/上年", "/上年执行数")
"""What the names of last year's amounts end with."""


def last_of(before: Sequence[Statement], like: Statement, facts: Sequence[StatedFact]) -> Statement | None:
    """Find the last of `facts` of the same subject as `like`."""
    plain = (s for s in reversed(before) if s.fact in facts and s.subject.name == like.subject.name)
    return next((s for s in plain if s.aside == like.aside and s.suffix in ("", like.suffix)), None)


def amounts_beside(before: Sequence[Statement], like: Statement) -> Iterator[Statement]:
    """Give this year's amounts of the same subject in the paragraph of `like`."""
    own = (s for s in before if s.paragraph is like.paragraph and s.subject == like.subject)
    return (s for s in own if s.fact in AMOUNTS and not s.suffix and s.aside == like.aside)


def per_cent(like: Statement, part: Statement, whole: Statement, *, less: int = 0) -> str:
    """Write what `part` is of `whole` in per cent, `less` so many, with the decimals of `like`; '' of a whole of 0."""
    return rounded(100 * part.value / whole.value - less, like) + "%" if whole.value else ""


def rounded(value: Decimal, like: Statement, scale: Decimal = Decimal(1)) -> str:
    """Write a value in units of `scale` with as many decimals as `like` is printed with."""
    step = (2 * like.half_step / scale).normalize()
    return f"{(value / scale).quantize(step, ROUND_HALF_UP):f}"


def in_print(value: Decimal, like: Statement) -> str:
    """Write an amount in yuan in the unit that `like` is printed in."""
    printed = like.paragraph.canonical[like.place.start : like.place.end]
    unit, scale = next(((unit, scale) for unit, scale in _UNITS if printed.endswith(unit)), ("元", Decimal(1)))
    return rounded(value, like, scale) + unit


def found(code: str, statement: Statement, right: str = "") -> Seen:
    """Tell of a figure that is wrong."""
    return Seen(code, statement.paragraph, statement.place, right)


_UNITS = (("亿元", Decimal(100_000_000)), ("万元", Decimal(10_000)), ("千元", Decimal(1_000)))
