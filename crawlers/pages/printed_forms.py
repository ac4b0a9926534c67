"""Web pages that print the forms themselves, in tables of their own: they are papers, not descriptions of papers."""

import re
from typing import Final

AMOUNTS: Final = 12
"""A page with so many amounts in cells of tables prints forms; lists of links and menus have none."""

_CELL: Final = re.compile(
    r"<t[dh]\b[^>]*>(?:<[^>]{0,200}>|\s|&nbsp;){0,40}"
    r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,6}|(?!20\d\d\D)\d{4,12})(?:\s|&nbsp;)*<",
    re.IGNORECASE,
)


def prints_forms(text: str) -> bool:
    """Whether a page's text holds tables of amounts."""
    found = _CELL.finditer(text)
    return sum(1 for _ in zip(range(AMOUNTS), found, strict=False)) == AMOUNTS
