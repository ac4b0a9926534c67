"""The closed vocabularies of these papers: what headings, titles, fixed rows and codes are called, and what is nearest.

They put right what a reader of pictures misread of a label. An amount is no word and has no vocabulary.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from schemas.classifications import entries
from schemas.forms import usual_headings
from schemas.forms.titles import read_title
from schemas.identities import catalogue
from schemas.pattern_words import words_of
from schemas.wording import plain

THIN = frozenset("一丨")
"""Strokes that a worn picture loses: like signs, which dust adds, they are left out of the comparison and counted as
distance."""
ALIKE = (
    "目日曰自H", "项顶", "末未木本术", "合台舍", "计汁什让", "出山岀", "工土士干千T", "入人八", "己已巳", "拨拔",
    "缴激", "元无", "万方", "科料", "员贝", "数教敦", "决決", "大太犬", "贴贻", "购构", "支攴", "小少", "基墓",
    "収收牧", "全金", "额颔",
)  # fmt: skip
"""Characters that print alike when a thin stroke is worn off or the shape is all that is left."""
LETTERS_PER_MISTAKE = 4
"""So many characters, thin ones left out, bear one that is misread; fewer bear one that is taken for its like."""
FAINT = frozenset("一二三十口工丨")
"""Characters that a worn picture loses whole, so that the reader is sure of what is left."""
LONG = 5
"""A text of so many characters is known although some of them are lost, or one of them is read as two."""

USUAL_TITLES: tuple[tuple[str, ...], ...] = (
    ("", "财政拨款", "一般公共预算", "一般公共预算财政拨款", "政府性基金预算", "政府性基金预算财政拨款",
     "国有资本经营预算", "国有资本经营预算财政拨款"),
    ("收支", "收入支出", "收入", "支出", "基本支出", "项目支出", "三公经费", "三公经费支出", "机关运行经费",
     "政府采购"),
    ("", "功能分类"),
    ("", "预算", "决算"),
    ("", "总", "情况", "总体情况", "明细"),
    ("表",),
)  # fmt: skip
"""The commonest words of titles, in their order: a misread title is held against their compositions."""


class Near(NamedTuple):
    """The one word of a vocabulary that a text stands for, and how many characters differ."""

    word: str
    distance: int


class ClosedWords:
    """Words to be held against what was read, all without white space."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known: dict[str, str] = {}
        self._by_length: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for word in words:
            if plain(word) not in self._known:
                self._known[plain(word)] = word
                self._by_length[len(_worn(word))].append((_worn(word), word))

    def __contains__(self, text: str) -> bool:
        return plain(text) in self._known

    def nearest(self, text: str, *, sure: bool = False) -> Near | None:
        """The word nearest to a text that is none of them; None where none is near, or several are equally so.

        Of a text that the reader is `sure` of, only faint characters may be lost.
        """
        worn = _worn(text)
        found = [
            Near(word, mistakes + abs(len(plain(text)) - len(plain(word))))
            for other, word in self._by_length[len(worn)]
            if (mistakes := _mistakes(worn, other)) is not None
        ]
        return _one_nearest(found or self._edited(plain(text), sure))

    def _edited(self, text: str, sure: bool) -> list[Near]:
        """The words that a long text becomes by few characters changed, put in or left out."""
        if len(text) < LONG:
            return []
        most = len(text) // LETTERS_PER_MISTAKE
        found = process.extract(text, self._known.keys(), scorer=Levenshtein.distance, score_cutoff=most, limit=2)
        return [
            Near(self._known[word], int(distance)) for word, distance, _ in found if not sure or _only_faint(text, word)
        ]


def _only_faint(text: str, word: str) -> bool:
    """Whether a word is a text with nothing but faint characters put in."""
    edits = Levenshtein.editops(text, word)
    return all(edit.tag == "insert" and word[edit.dest_pos] in FAINT for edit in edits)


def _one_nearest(found: Sequence[Near]) -> Near | None:
    least = min((near.distance for near in found), default=0)
    nearest = [near for near in found if near.distance == least]
    return nearest[0] if len(nearest) == 1 else None


def _mistakes(worn: str, other: str) -> int | None:
    """In how many characters two texts of one length differ; None where they are too many to mean the same word."""
    pairs = [pair for pair in zip(worn, other, strict=True) if pair[0] != pair[1]]
    if len(pairs) <= max(1, len(worn) // LETTERS_PER_MISTAKE):
        alike = all(any(a in group and b in group for group in ALIKE) for a, b in pairs)
        return len(pairs) if alike or len(worn) >= LETTERS_PER_MISTAKE else None
    return None


def _worn(text: str) -> str:
    return "".join(letter for letter in plain(text) if letter.isalnum() and letter not in THIN)


@cache
def row_and_column_words() -> ClosedWords:
    """What a cell of a form may say: headings of columns, labels that a form fixes, names of codes in any edition."""
    return ClosedWords((*_headings(), *_fixed_rows(), *_names()))


@cache
def title_words() -> ClosedWords:
    """The usual titles of forms, without year and department."""
    composed = ("".join(words) for words in product(*USUAL_TITLES))
    return ClosedWords(title for title in composed if (reading := read_title(title)) and reading.forms)


def _of_patterns(patterns: Iterable[str]) -> Iterator[str]:
    return (word for pattern in patterns for word in words_of(pattern))


def _headings() -> Iterator[str]:
    """The words of a header's cells: what a heading says in several rows has `/` between them."""
    return (part for word in _of_patterns(usual_headings()) for part in word.split("/") if part)


def _fixed_rows() -> Iterator[str]:
    halves = catalogue().rows.values()
    names = (name for half in halves for row in half.rows.values() for name in row.names)
    return (part for name in names for part in name.split("/") if "*" not in part and "{" not in part)


def _names() -> Iterator[str]:
    return (entry.name for entry in entries("function", "economic"))
