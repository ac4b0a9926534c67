"""The characters of a text layer as text that can be written and compared.

A text layer can hold what no file can be written with (lone halves of UTF-16 pairs), what nobody sees (control and
direction characters, made by a broken map from glyphs to Unicode) and places in the private area. What has ink and no
meaning becomes `UNREAD`, so that it is seen to be missing; what has no ink is left out.
"""

import unicodedata
from itertools import pairwise

UNREAD = "\ufffd"
"""Stands for a printed character that the text layer does not tell."""
BULLETS = frozenset("\uf06c\uf06e\uf0b2\uf0b7\uf0d8\uf0fc")
"""Wingdings bullets, which office programs leave in the private area."""
HYPHENS = frozenset("\xad")
"""Printed as a hyphen where it is printed at all."""
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")
"""Blanks of no width that word processors leave between letters."""
LINE_ENDS = frozenset("\t\n\r")
_BLANK = frozenset({"Zs", "Zl", "Zp"})
_MEANINGLESS = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
"""Unicode's categories of what is no letter: control, format, unassigned, private use, surrogate."""


def letter(text: str, *, inked: bool = True) -> str:
    """One character of a text layer as it may be written; '' where there is nothing to see.

    `inked` says whether it takes room on the page. Blanks of any kind become a space.
    """
    if text.isprintable() or text in BULLETS:
        return text
    if text in LINE_ENDS or unicodedata.category(text) in _BLANK:
        return " "
    if text in HYPHENS:
        return "-"
    if not inked or text in INVISIBLE:
        return ""
    return UNREAD if unicodedata.category(text) in _MEANINGLESS else text


def paired(units: list[str]) -> list[str]:
    """Characters given as UTF-16 code units put together, as many as before: '' where a pair's second half stood."""
    whole = list(units)
    for at, (high, low) in enumerate(pairwise(units)):
        if "\ud800" <= high <= "\udbff" and "\udc00" <= low <= "\udfff":
            whole[at] = (high + low).encode("utf-16-le", errors="surrogatepass").decode("utf-16-le")
            whole[at + 1] = ""
    return whole
