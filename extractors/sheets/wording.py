"""The text of a cell as the dataset has it: as a reader of pages would give it."""

import re
from functools import lru_cache

from extractors.tables.lines import is_figure

_BROKEN = re.compile(r"\s*[\r\n\v\f]+\s*")
_BLANK = re.compile(r"\s+")
_UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]"
)


def printed(text: str) -> str:
    """A text without what is not printed; lone surrogates, which cannot be written, are among that."""
    return _UNPRINTED.sub("", text)


def one_line(text: str) -> str:
    """A text in one line: a blank stays between letters or digits of the Latin kind, where it means something."""
    text = printed(text).strip()

    def blank(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1], text[match.end()]
        return " " if before.isascii() and after.isascii() else ""

    return _BLANK.sub(blank, text)


@lru_cache(maxsize=4096)
def cell_text(text: str) -> str:
    """The lines of a cell joined without a break, but for figures that are not known to be one."""
    lines = [line for part in _BROKEN.split(printed(text)) if (line := one_line(part))]
    figures = len(lines) > 1 and all(map(is_figure, lines)) and any("." in t or "," in t for t in lines)
    return (" " if figures else "").join(lines)
