"""What the label of a row or the heading of a column says of its place: its ordinal, 其中, and words of totals."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from schemas.wording import plain

DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERAL = r"[一二三四五六七八九十百]+"
_ORDINALS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<n>{_NUMERAL})[、.:]",
        rf"\((?P<n>{_NUMERAL})\)",
        r"(?P<n>\d{1,2})[、.](?!\d)",
        r"\(?(?P<n>\d{1,2})\)",
    )
)
"""一、 stands above （一）, that above 1. and that above （1）; a circled number is below them all (GB/T 9704)."""
_CIRCLED = re.compile(r"[①-⑳]")
_WITHIN = re.compile(r"其中[:：、,，]?")
_TOTAL = re.compile(r".*(?:合|总|小|共|累)计(?:数|额)?|.*总额|合计\(.*\)")
_WEAK_TOTAL = re.compile(r"(?:本年|当年|本期|本年度)(?:收入|支出)|总(?:收入|支出)|(?:收入|支出)总(?:数|和)")


class Ordinal(NamedTuple):
    """The number that a label begins with: `rank` 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①."""

    rank: int
    number: int


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row as the tree of rows sees it.

    `text` is the label as printed, its ordinal kept; `code` the whole code of the row (2010301), None where it has
    none; `indent` how far the text begins from its cell's border, in points; `column` which column it stands in, where
    a list has several for its levels (采购类别 | 单位 | 项目). Rows of one `group` (an organisation, a budget) have
    their codes to themselves; None is the whole table's. `amounts` gives the printed value of each column that prints
    one, in the table's unit and with its printed decimals (`Decimal("12.30")`); a blank cell is left out.
    """

    text: str
    code: str | None = None
    indent: float = 0.0
    group: str | None = None
    amounts: Mapping[int, Decimal] = field(default_factory=dict)
    column: int = 0


@dataclass(frozen=True, slots=True)
class Clue:
    """What a label says: its ordinal, whether it is 其中, whether it is a total by its words or may be one."""

    ordinal: Ordinal | None
    within: bool
    total: bool
    weak: bool
    code: str | None = None
    indent: float = 0.0
    group: str | None = None
    column: int = 0


def clue_of(row: RowLabel) -> Clue:
    """Read a row's label; a total with an ordinal or a code of its own stands where these put it."""
    ordinal, within, total, weak = _said(row.text)
    numbered = ordinal is not None or bool(row.code)
    return Clue(
        ordinal=ordinal,
        within=within,
        total=total and not numbered,
        weak=weak and not numbered,
        code=row.code,
        indent=row.indent,
        group=row.group,
        column=row.column,
    )


@lru_cache(maxsize=8192)
def _said(text: str) -> tuple[Ordinal | None, bool, bool, bool]:
    within = is_within(text)
    bare = _WITHIN.sub("", plain(text), count=1) if within else plain(text)
    ordinal = ordinal_of(bare if within else text)
    name = bare.strip(":,;。")
    total = not within and _TOTAL.fullmatch(name) is not None
    return ordinal, within, total, not within and _WEAK_TOTAL.fullmatch(name) is not None


@lru_cache(maxsize=8192)
def ordinal_of(text: str) -> Ordinal | None:
    """The ordinal that a label begins with, or None."""
    begins = text.strip()[:1]
    if _CIRCLED.match(begins):
        return Ordinal(5, int(unicodedata.numeric(begins)))
    bare = plain(text)
    for rank, pattern in enumerate(_ORDINALS, start=1):
        if match := pattern.match(bare):
            return Ordinal(rank, _number(match["n"]))
    return None


def _number(text: str) -> int:
    """一 … 九十九, or Arabic digits."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)


def is_within(text: str) -> bool:
    """Whether a label or heading says 其中: some of what stands before it, not all."""
    return plain(text).startswith("其中")


@lru_cache(maxsize=8192)
def is_total(text: str) -> bool:
    """Whether a heading names a total: 合计, 本年支出小计, 资金总额."""
    return _said(text)[2]
