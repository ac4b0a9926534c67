"""The names of cells, as their programs give them."""

import re

_WORD = re.compile(r"[^\W\d]\w*")


def column_letters(col: int) -> str:
    """A column's letters: 1 is A, 27 AA."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(sheet: str, row: int, col: int) -> str:
    """A cell as its program names it: 收支总表!B7, 'Sheet 1'!B7."""
    name = sheet if _WORD.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{column_letters(col)}{row}"
