"""Codes of 政府收支分类科目, however a form splits them over columns and rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.forms.codes_printed import LEADING, TRAILING
from schemas.wording import plain

LENGTHS = {"function": (3, 5, 7), "economic": (3, 5, 7)}
"""类, 款 and 项 have two further digits each; economic codes end at 款 (政府收支分类科目, editions since 2007), and
places divide them on (3010201)."""
CLASS, LEVEL = 3, 2
"""How many digits a 类 has, and each level below it."""
_FILLERS = frozenset({"类", "款", "项", "栏次", "科目编码", "合计", "小计", "总计"})


@dataclass(frozen=True, slots=True)
class Code:
    """A row's code; `odd` keeps digits that are no code of the system, such as an organisation's own number."""

    code: str | None
    odd: str | None = None


class CodeReader:
    """Reads the codes of one list of rows from top to bottom.

    The parts of a row are the texts of its code columns from left to right: a whole code in one of them (2012902),
    its levels (201 | 13 | 01), any split (2012 | 902), codes that repeat their beginning (201 | 20113 | 2011301), or
    the last level alone, the upper ones standing in a row above (blank | blank | 01).
    """

    def __init__(self, system: str | None) -> None:
        self._lengths = LENGTHS[system or "function"]
        self._above: list[str] = []

    def read(self, parts: Sequence[str]) -> Code:
        """The code of the next row; no code where no part has digits."""
        digits = [self._digits(part) for part in parts]
        if not any(digits):
            return Code(None)
        joined = self._joined(digits)
        if len(joined) not in self._lengths:
            return Code(None, joined)
        self._above = self._levels(joined)
        return Code(joined)

    @staticmethod
    def _digits(part: str) -> str:
        text = plain(part)
        return text if text.isdecimal() and text not in _FILLERS else ""

    def _joined(self, digits: Sequence[str]) -> str:
        joined = self._inherited(digits)
        for part in self._levelled(digits):
            repeats = len(joined) in self._lengths and len(part) > len(joined) and part.startswith(joined)
            joined = part if repeats else joined + part
        return joined

    @staticmethod
    def _levelled(digits: Sequence[str]) -> list[str]:
        """The parts with the zero that a spreadsheet drops from a level put back: 201 | 3 | 1 is 201 | 03 | 01.

        No level is 00: where a part is 0 the parts are digits of one level.
        """
        first = next((at for at, part in enumerate(digits) if part), 0)
        levels = len(digits) > 1 and (len(digits[first]) == CLASS or first > 0)
        single = levels and all(len(part) <= LEVEL and part != "0" for part in digits[first + 1 :])
        return [part.zfill(LEVEL) if single and len(part) == 1 else part for part in digits]

    def _inherited(self, digits: Sequence[str]) -> str:
        """The upper levels of a row that prints its last ones alone."""
        blanks = next(i for i, part in enumerate(digits) if part)
        short = len(digits[blanks]) <= LEVEL
        return "".join(self._above[:blanks]) if blanks and short and len(self._above) >= blanks else ""

    @staticmethod
    def _levels(code: str) -> list[str]:
        return [code[:3], *(code[i : i + 2] for i in range(3, len(code), 2))]


def code_beside_name(text: str, system: str | None) -> tuple[str | None, str]:
    """A label joined to its code (2010101行政运行, [201]一般公共服务, 行政运行（2010101）): the code and the rest."""
    bare = re.sub(r"\s", "", text)
    match = LEADING.fullmatch(bare) or TRAILING.fullmatch(bare)
    if match is None or len(match["code"]) not in LENGTHS[system or "function"]:
        return None, text
    return match["code"], match["name"]
