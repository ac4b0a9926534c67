"""A heading or a label → what its words say, each one feature: 本年一般公共预算基本支出 is a year, a budget, a use.

The words are data (`schemas/forms/headings.yaml`). A text is understood only where it is nothing but known words, so
that a word which changes the meaning can never be passed over.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from schemas.forms import headings
from schemas.records import Unit
from schemas.wording import plain, without_ordinal

_BRACKETED_UNIT = re.compile(r"[(](?:单位:)?(?:人民币)?(亿元|千元|万元|元)[)]")
_YEAR = re.compile(r"(20\d{2})年?度?")
_BRACKETS = re.compile(r"\([^()]*\)")
_SAID_APART = re.compile(r"\((?:不?[包]?含|含|包括|不包括|另|详|见|公式|[\d+=\-*/]+)[^()]*\)")
"""What a bracket adds for the reader and not for the meaning: 事业收入（不含教育收费）."""
_PART = re.compile(r"其中[:：]?")
LONGEST = 60
"""No heading has more characters."""
FILLER_COST, WORD_COST = 3, 4
"""Of several ways to cut a text into words that with the fewest is taken, fillers counting a little less."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The features of a text by kind, each kind's values in the order they are said; `years` are years in figures.

    `part` is whether it says 其中: what it names is a part of what stands before it. `unit` is a unit of money in
    brackets.
    """

    features: Mapping[str, tuple[str, ...]]
    years: tuple[int, ...] = ()
    part: bool = False
    unit: Unit | None = None

    def all(self, kind: str) -> tuple[str, ...]:
        """Every value of a kind."""
        return self.features.get(kind, ())

    def one(self, kind: str) -> str | None:
        """The first value of a kind, None without any."""
        return next(iter(self.all(kind)), None)

    def says(self, *kinds: str) -> bool:
        """Whether it has a feature of one of these kinds."""
        return any(kind in self.features for kind in kinds)

    @property
    def is_aside(self) -> bool:
        """Whether what it heads or labels is no amount of the form's own: a difference, money told beside, a count."""
        return self.says("change", "aside") or "quantity" in self.all("noun")


@lru_cache(maxsize=16_384)
def meaning_of(text: str) -> Meaning | None:
    """What a heading or label says; None where a word of it is not known, and for a text without any word."""
    bare = plain(text)
    unit = match[1] if (match := _BRACKETED_UNIT.search(bare)) else None
    bare = _BRACKETED_UNIT.sub("", bare)
    part = _PART.match(without_heading_ordinal(bare)) is not None
    bare = _PART.sub("", without_ordinal(bare)).strip(":,;、.")
    years = tuple(int(year) for year in _YEAR.findall(bare))
    bare = _YEAR.sub("", _SAID_APART.sub("", bare))
    words = _words(bare)
    if words is None and "(" in bare:
        words = _words(_BRACKETS.sub("", bare))
    if words is None or not (words or years or part):
        return None
    return Meaning(_by_kind(words), years, part, unit)  # type: ignore[arg-type]


def without_heading_ordinal(text: str) -> str:
    """A text without an ordinal that stands before its 其中."""
    return re.sub(r"^(?:[一二三四五六七八九十]+[、.]|\(?[一二三四五六七八九十\d]+\)|\d+[.、])(?=其中)", "", text)


def _by_kind(words: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, value in words:
        if kind != "filler" and value not in found.get(kind, ()):
            found[kind] = (*found.get(kind, ()), value)
    return found


def fund_of(meaning: Meaning) -> str | None:
    """The budget that a text names: 财政拨款 says less than 一般公共预算 beside it; None for two that say as much."""
    funds = meaning.all("fund")
    specific = [fund for fund in funds if fund != "fiscal_appropriation"]
    if len(specific) > 1:
        return None
    return next(iter(specific or funds), None)


Word = tuple[str, str]


class _Cut(NamedTuple):
    """A way to cut a text into words: what it costs, how long each word is (negative), and the words."""

    cost: int
    shortness: tuple[int, ...]
    words: tuple[Word, ...]


def _words(text: str) -> list[Word] | None:
    """A text cut into known words, as few as can be, the longer ones first; None where that cannot be done."""
    if len(text) > LONGEST:
        return None
    best: list[_Cut | None] = [_Cut(0, (), ()), *([None] * len(text))]
    for start in range(len(text)):
        if (here := best[start]) is None:
            continue
        for length in range(1, min(_longest_word(), len(text) - start) + 1):
            for word in _vocabulary().get(text[start : start + length], ()):
                cost = here.cost + (FILLER_COST if word[0] == "filler" else WORD_COST)
                cut = _Cut(cost, (*here.shortness, -length), (*here.words, word))
                there = best[start + length]
                if there is None or cut[:2] < there[:2]:
                    best[start + length] = cut
    return list(best[-1].words) if best[-1] else None


@cache
def _vocabulary() -> Mapping[str, tuple[Word, ...]]:
    """Every printed word with what it may mean."""
    known: dict[str, tuple[Word, ...]] = {}
    for kind, words in headings().kinds().items():
        for value, printed in words.items():
            for text in map(plain, printed):
                known[text] = (*known.get(text, ()), (kind, value))
    return known


@cache
def _longest_word() -> int:
    return max(map(len, _vocabulary()))


ALONE = (("source", "fund"), ("use",), ("balance",), ("item",), ("total",))
"""Kinds of which one heading names no two words, together: 事业收入经营收入 is two headings."""
BEFORE_TOTAL = ("fund", "source", "use", "balance", "item", "noun", "system", "side")
"""合计 ends a heading: 合计基本支出 is two."""


@lru_cache(maxsize=16_384)
def is_one_heading(text: str) -> bool:
    """Whether a text is a heading, and not two that were printed close together."""
    meaning = meaning_of(text)
    if meaning is None or not meaning.features:
        return False
    values = {kind: len(meaning.all(kind)) for kind in meaning.features}
    budgets = [fund for fund in meaning.all("fund") if fund != "fiscal_appropriation"]
    values["fund"] = len(budgets) or len(meaning.all("fund"))
    crowded = any(sum(values.get(kind, 0) for kind in kinds) > 1 for kinds in ALONE)
    both = len(meaning.all("side")) > 1 or (meaning.says("noun") and meaning.says("total"))
    order = list(meaning.features)
    after = order[order.index("total") + 1 :] if "total" in order else []
    return not (crowded or both or any(kind in BEFORE_TOTAL for kind in after))


def joined_meanings(texts: Sequence[str]) -> list[Meaning | None]:
    """The meanings of headings one below the other, a word that is broken over two or three of them put together.

    A part of a broken word has the meaning of the whole at its last place and is left out at the others.
    """
    found: list[Meaning | None] = []
    at = 0
    while at < len(texts):
        own = meaning_of(texts[at])
        for length in (2, 3) if own is None else ():
            if at + length <= len(texts) and (whole := meaning_of("".join(texts[at : at + length]))):
                own, at = whole, at + length - 1
                break
        found.append(own)
        at += 1
    return found
