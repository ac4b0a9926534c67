"""Labels of rows: whitespace and leading ordinals removed, the rest as printed."""

import re

from schemas.wording import without_ordinal


def cleaned(label: str) -> str:
    """A row's name: 一、 1. （一） 其中： and whitespace removed, nothing else changed."""
    return without_ordinal(re.sub(r"\s", "", label)).rstrip("：:")


def grouped(parts: list[str]) -> str:
    """The name of a row beside a spanning group label: 一般公共预算资金/小计."""
    return "/".join(dict.fromkeys(cleaned(part) for part in parts if part))
