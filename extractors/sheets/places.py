"""The names of cells, as their programs give them."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d]\w*")


@lru_cache(maxsize=1024)
def column_letters(col: int) -> str:
    """A column's letters: 1 is A, 27 AA."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(sheet: str, row: int, col: int) -> str:
    """A cell as its program names it: 收支总表!B7, 'Sheet 1'!B7."""
    return f"{_quoted(sheet)}!{column_letters(col)}{row}"


@lru_cache(maxsize=256)
def _quoted(sheet: str) -> str:
    return sheet if _WORD.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
