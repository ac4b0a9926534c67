"""What the label of a row is by its words alone: a total, an organisation."""

import re
from functools import cache, lru_cache

from extractors.forms.meaning import meaning_of
from schemas.forms import organisations
from schemas.wording import plain

SHORTEST = 4
"""No unit has a name of fewer characters."""


@lru_cache(maxsize=8192)
def is_total(label: str) -> bool:
    """Whether a label is that of a total: 合计, 本年支出合计, 收入总计."""
    meaning = meaning_of(label)
    return (
        meaning is not None and meaning.says("total") and not meaning.says("fund", "source", "use", "balance", "item")
    )


@lru_cache(maxsize=8192)
def looks_like_organisation(name: str) -> bool:
    """Whether a name ends as those of departments and units do: 市审计局, 广州市人民政府办公厅（本级）."""
    return len(plain(name)) >= SHORTEST and _pattern().fullmatch(plain(name)) is not None


@cache
def _pattern() -> re.Pattern[str]:
    known = organisations()
    endings, levels = ("|".join(map(re.escape, words)) for words in (known.endings, known.levels))
    return re.compile(rf".*(?:{endings})(?:{levels})?(?:\([^()]*\))?")
