"""Which cells of any table are amounts of money: never codes, years, ordinals, shares, counts or dates."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from extractors.tables.amounts import NotAnAmountError, Printed, printed_amount
from extractors.tables.grid import Grid
from schemas.records import Cell, Unit
from schemas.wording import plain

_NO_MONEY = re.compile(
    r"序号|编号|编码|代码|类|款|项|年度|年份|年月|日期|时间|期限|时限|电话|邮编|文号|页码|页数|行次|规格|"
    r".*(?:序号|编码|代码|编号|数量|人数|个数|台数|辆数|次数|人次|面积|单价|得分|分值|权重|比例|占比|比重|指标值|"
    r"(?<!效)率|[%‰].*|备注|说明|电话|日期|时间)(?:\(.*\))?"
)
_MONEY = re.compile(
    r"金额|预算|决算|元|资金|收入|支出|经费|拨款|合计|总计|小计|总额|执行数|完成数|限额|余额|结余|结转|补助|款$"
)
_COUNTED = re.compile(
    r".*\([万千百]?(?:个|人|人次|人天|次|台|辆|套|件|篇|册|期|天|日|月|年|家|项|份|元|%|‰)(?:/[^()]{1,3})?\)"
)
_UNIT = re.compile(
    r"(?:金额)?单位[:：]?(?:人民币)?(?P<said>[亿千万]?元)|\((?P<bracketed>[亿千万]?元)\)|(?P<alone>[亿千万]元)$"
)
_GROUPED = re.compile(r"\d,\d{3}")
MOSTLY = 0.5
GROUP = 3
"""A figure of no more digits has no thousands to group."""


@lru_cache(maxsize=16_384)
def amount_in(text: str) -> Printed | None:
    """The amount that a text prints alone, None where it is none."""
    try:
        return printed_amount(text)
    except NotAnAmountError:
        return None


@lru_cache(maxsize=4096)
def unit_said(text: str) -> Unit | None:
    """The unit of money that a heading or a label names: 单位：万元, 金额（元）."""
    said = [match["said"] or match["bracketed"] or match["alone"] for match in _UNIT.finditer(plain(text))]
    return cast("Unit | None", said[-1] if said else None)


@lru_cache(maxsize=4096)
def names_no_money(heading: str) -> bool:
    """Whether a heading or a label says that what it heads is something other than money."""
    return _NO_MONEY.fullmatch(plain(heading)) is not None


@lru_cache(maxsize=4096)
def _names_money(heading: str) -> bool:
    return _MONEY.search(plain(heading)) is not None


@lru_cache(maxsize=16_384)
def shows_money(text: str) -> bool:
    """Whether a figure is written as money is: with decimals or grouped thousands."""
    value = amount_in(text)
    return value is not None and (value.decimals > 0 or _GROUPED.search(plain(text)) is not None)


class MoneyColumns:
    """What the columns of a table hold, by their headings and by how their figures are written."""

    def __init__(self, grid: Grid, header: Sequence[int], body: Sequence[int]) -> None:
        self._grid, self._header, self._body = grid, header, body
        self._usual: dict[int, bool] = {}
        self._words: dict[int, tuple[list[str], dict[int, str]]] = {}

    def amount(self, cell: Cell, labels: Sequence[str]) -> Printed | None:
        """The amount of money that a cell of the body prints beside some labels, None where it is none."""
        value = amount_in(cell.text)
        if value is None or any(map(names_no_money, self.headings(cell))):
            return None
        last = plain(labels[-1]) if labels else ""
        if names_no_money(last) or (_COUNTED.fullmatch(last) and unit_said(last) is None):
            return None
        if shows_money(cell.text) or self._is_usual(cell.col):
            return value
        said = any(map(_names_money, [*self.headings(cell), last]))
        return value if said and not re.fullmatch(r"20\d{2}", plain(cell.text)) else None

    def headings(self, cell: Cell) -> list[str]:
        """The headings over a cell, and the last words above it in its column where these begin a part of their own."""
        if cell.col not in self._words:
            self._words[cell.col] = self._words_above(cell.col)
        path, above = self._words[cell.col]
        last = above.get(cell.row, "")
        return [*path, last] if last and last not in path else path

    def _words_above(self, col: int) -> tuple[list[str], dict[int, str]]:
        """The headings of a column, and for each row of it the last text above that is no figure."""
        above: dict[int, str] = {}
        last = ""
        for row in range(1, self._grid.rows + 1):
            above[row] = last
            cell = self._grid.at(row, col)
            if cell is not None and cell.col == col and row not in self._header and _is_words(cell.text):
                last = cell.text
        return [head.text for head in self._grid.column(col, self._header)], above

    def _is_usual(self, col: int) -> bool:
        """Whether a column's figures are written as money is where they can be, so that 30 among them is money too."""
        if col not in self._usual:
            texts = [cell.text for cell in self._grid.column(col, self._body) if amount_in(cell.text) is not None]
            shown = sum(map(shows_money, texts))
            could = shown + sum(sum(map(str.isdecimal, text)) > GROUP for text in texts if not shows_money(text))
            self._usual[col] = shown > 0 and shown >= MOSTLY * could
        return self._usual[col]


def _is_words(text: str) -> bool:
    return bool(text) and amount_in(text) is None and not any(map(str.isdecimal, text[:1]))
