"""How a title is read: a line of text → its words → what the table is, out of which budget, by what, and whose.

The words are data (`titles.yaml`); nothing here knows a whole title. A title is understood where all of it is words but
a name at its beginning: an organisation's, or a place's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from schemas.forms.title_words import Classification, Owner, Scope, Subject, title_words
from schemas.pattern_words import words_of
from schemas.records import Kind
from schemas.wording import without_ordinal

LONGEST = 90
"""A line of more characters is no title."""
LONGEST_CUT = 5
"""Less of a word than this can end a line that the next one goes on from."""
NUMERAL = "(?:[二三四五]?十(?:一(?!般)|二|三(?!公)|[四五六七八九])?|[二四五六七八九]|一(?!般)|三(?!公))"
"""一 to 五十九, but not the 一 of 一般 nor the 三 of 三公: 表五一般公共预算支出表."""
_FIGURE = r"(?:\d{1,2}?(?:-\d{1,2}?)??(?=20\d{2}\D)|\d{1,2}(?:[-.]\d{1,2}){0,2})"
"""附件3, 1-2; of 附件32024年 the 3 alone."""
_SERIES = "(?:部门|单位|预算|决算|财决|公开|附|批复|草案|套|续)"
_NUMBER_BEFORE = re.compile(
    rf"\(?(?:{_SERIES}*表(?:{_FIGURE}|{NUMERAL}|\({NUMERAL}\))|附件(?:{_FIGURE}|{NUMERAL})?"
    rf"|{_SERIES}+(?:{_FIGURE}|{NUMERAL})表|0\d表|续表(?=[\u4e00-\u9fff]))\)?[::、.\-]?"
    rf"|第(?:{NUMERAL}|\d)(?:部分|章|节)[:、]?|{_FIGURE}[:、.]?(?=[\u4e00-\u9fff(]|20\d{{2}}\D)(?!年)"
)
"""A number before a title: 公开01表, 表1-1, 附表一, 附件3, 第二部分, 01; bare digits stand before words."""
_NUMBER_AFTER = re.compile(
    rf"\(?(?:财决|预算|决算|部门|单位)*(?:公开|财决)(?:{_FIGURE}表|表{_FIGURE})\)?$"
    rf"|(?<=表)-?\(?(?:{_FIGURE}|{NUMERAL}|续表?|接上表|公开)\)?$|[::、]$"
)
_YEAR = re.compile(r"(20\d{2})(?:年度|年|(?=[^\d])|$)")
_CHINESE_YEAR = re.compile("二[〇○零0Oo]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年度?")
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_BRACKET = re.compile(r"\([^()]*\)$")
_CODE = re.compile(r"^\(?\d{3,9}\)?[-_]?(?=[\u4e00-\u9fff])")
"""The number of an organisation before its name: 341-湖州市财政局."""


class Word(NamedTuple):
    """A word of a title: its kind, what it says, and how it is printed."""

    kind: str
    says: str
    text: str


@dataclass(frozen=True, slots=True)
class Features:
    """What the words of a title say; `kind` and `year` are None where it does not say them.

    `level` is True where it names a level or a place and no organisation: 市级部门收支预算总表 can be one department's,
    or a government's table of all its departments.
    """

    scope: Scope = "all"
    subject: Subject = "none"
    classification: Classification = "none"
    owner: Owner = "none"
    kind: Kind | None = None
    year: int | None = None
    level: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A title that was understood: as printed without number and year, whose it is, what it says, what it can be.

    `forms` is empty where the words are those of a table that is no form. `whole` is False where a bracket at its end
    holds what is no word.
    """

    printed: str
    who: str
    features: Features
    forms: tuple[str, ...]
    of_government: bool = False
    whole: bool = True


@cache
def read_title(text: str) -> Reading | None:
    """A line, as `schemas.wording.plain` leaves it, as a title; None where it is none or is not understood."""
    bare, years = bare_title(text)
    if len(bare) > LONGEST or len(years) > 1:
        return None
    year = next(iter(years), None)
    if reading := _understood(bare, year, whole=True):
        return reading
    peeled = _BRACKET.sub("", bare)
    inner = bare[len(peeled) + 1 : -1]
    reading = _understood(peeled, year, whole=False) if peeled != bare else None
    if reading and not reading.who and is_organisation(inner):
        return Reading(bare, inner, reading.features, reading.forms, whole=True)
    return reading


def begins_title(text: str) -> bool:
    """Whether a line can be the beginning of a title that the next line goes on with: whose it is and words without 表.

    The last word may be cut: 2024年某局一般公共预算基本. A heading of a column, such as 财政拨款收入, names nobody.
    """
    bare, years = bare_title(text)
    for end in range(len(bare), max(len(bare) - LONGEST_CUT, 0), -1):
        if bare[end:] and not any(word.text.startswith(bare[end:]) for word in _vocabulary().get(bare[end], ())):
            continue
        start, words = _words(bare[:end])
        name = _name(bare[:start], words)
        owned = bool(name and name[0]) or (bool(years) and any(word.kind in ("owner", "paper") for word in words))
        if name is not None and owned and words and not _ended(words):
            return any(word.kind in _TELLING for word in words)
    return False


def names_another_table(text: str) -> bool:
    """Whether a line ends like a title and has a word that makes it a table that is no form."""
    bare, _ = bare_title(text)
    bare = _BRACKET.sub("", bare)
    return bare.endswith("表") and len(bare) <= LONGEST and any(word in bare for word in _others())


@cache
def bare_title(text: str) -> tuple[str, tuple[int, ...]]:
    """A line without number, ordinals and years, and the years it names."""
    arabic = _CHINESE_YEAR.sub(lambda m: f"20{_CHINESE_DIGITS[m[1]]}{_CHINESE_DIGITS[m[2]]}年", text)
    bare, before = arabic, None
    while before != bare:
        before = bare
        bare = without_ordinal(bare)
        bare = _NUMBER_BEFORE.sub("", bare, count=1) if _NUMBER_BEFORE.match(bare) else bare
        bare = _NUMBER_AFTER.sub("", bare) or bare
        bare = re.sub(r"^20\d{2}(?:年度|年)?(?=\D)", "", bare)
    years = tuple(dict.fromkeys(int(year) for year in _YEAR.findall(arabic)))
    return _YEAR.sub("", bare).replace("()", ""), years


@cache
def is_organisation(name: str) -> bool:
    """Whether a name ends like an organisation's: …局, …大学, …委员会(本级)."""
    known = title_words()
    bare = re.sub(f"(?:{known.organisation_ends})$", "", name)
    return re.fullmatch(known.organisation, bare) is not None


def _understood(bare: str, year: int | None, *, whole: bool) -> Reading | None:
    start, words = _words(bare)
    start, words = _with_name_ends(bare, start, words)
    name = _name(bare[:start], words)
    if not words or name is None or not _ended(words):
        return None
    who, placed = name
    features = _features(words, year, whose=bool(who), placed=placed)
    if features is None or not any(word.kind in _TELLING for word in words):
        return None
    whole = whole and not _cut(who, words)
    owned = features.owner == "department" or bool(who) or any(word.kind == "paper" for word in words)
    of_government = features.owner == "government" or (not owned and (placed or features.owner == "level"))
    return Reading(bare, who, features, _forms(words, features, owned), of_government, whole)


def _words(bare: str) -> tuple[int, tuple[Word, ...]]:
    """Where the longest end of a line that is all words begins, and these, as few as can be."""
    ends: dict[int, tuple[Word, ...]] = {len(bare): ()}
    for start in range(len(bare) - 1, -1, -1):
        fitting = ((word, ends[end]) for word in _beginning(bare, start) if (end := start + len(word.text)) in ends)
        found = [(word, *rest) for word, rest in fitting]
        if found:
            ends[start] = min(found, key=lambda words: (len(words), -len(words[0].text)))
    start = min(ends)
    return start, ends[start]


def _beginning(bare: str, start: int) -> Iterable[Word]:
    return (word for word in _vocabulary().get(bare[start], ()) if bare.startswith(word.text, start))


@cache
def _vocabulary() -> dict[str, tuple[Word, ...]]:
    """All words by their first character."""
    found: dict[str, list[Word]] = {}
    for kind, values in title_words().words.items():
        for says, patterns in values.items():
            for text in dict.fromkeys(text for pattern in patterns for text in words_of(pattern)):
                found.setdefault(text[0], []).append(Word(kind, says, text))
    return {first: tuple(words) for first, words in found.items()}


@cache
def _others() -> tuple[str, ...]:
    return tuple(word.text for words in _vocabulary().values() for word in words if word.kind == "other")


def _with_name_ends(bare: str, start: int, words: tuple[Word, ...]) -> tuple[int, tuple[Word, ...]]:
    """(本级) or 机关 after an organisation's name is part of it, where no word begins so: 机关运行经费."""
    end = start
    if start and (match := re.compile(title_words().organisation_ends).match(bare, start)):
        end = match.end()
    while words and start + len(words[0].text) <= end:
        start, words = start + len(words[0].text), words[1:]
    return start, words


def _name(name: str, words: Sequence[Word] = ()) -> tuple[str, bool] | None:
    """The organisation that a title begins with and whether it begins with a place; None where it is neither.

    湖州市级: the first letter of a level ends the place's name.
    """
    bare = _CODE.sub("", name)
    if not bare:
        return "", False
    if is_organisation(bare):
        return bare, False
    level = words[0].text[0] if words and words[0].says == "level" else ""
    place = title_words().place
    placed = any(re.fullmatch(place, text) for text in (bare, bare + level))
    return ("", True) if placed else None


def _ended(words: Sequence[Word]) -> bool:
    """Whether words end with 表, what follows it in brackets left out."""
    kinds = [word.kind for word in words]
    if "head" not in kinds:
        return False
    after = words[len(kinds) - kinds[::-1].index("head") :]
    return not after or ((after[0].text in "(-" and after[-1].text in ")") or after[0].text == "-")


_TELLING = frozenset({"scope", "subject", "classification", "beside", "other"})


def _cut(who: str, words: Sequence[Word]) -> bool:
    """Whether a title seems to have lost its beginning: 预算财政拨款基本支出决算表."""
    return not who and words[0].kind == "kind" and words[1].kind == "scope"


def _features(words: Sequence[Word], year: int | None, *, whose: bool, placed: bool) -> Features | None:
    """What words say together; None where they contradict one another."""
    said = {kind: [word.says for word in words if word.kind == kind] for kind in title_words().words}
    subject = _subject(said["subject"], classified=bool(said["classification"]))
    if subject is None or (said["beside"] and subject not in ("three_public", "operating")):
        return Features(year=year) if said["beside"] or said["other"] else None
    owners = set(said["owner"])
    order: tuple[Owner, ...] = ("government", "department", "level")
    return Features(
        scope=_scope(set(said["scope"])),
        subject=subject,
        classification=_classification(set(said["classification"])),
        owner="department" if whose and "government" not in owners else next((o for o in order if o in owners), "none"),
        kind=_kind({*said["kind"], *said["paper"]}),
        year=year,
        level=not whose and (placed or "level" in owners),
    )


_TOGETHER: dict[frozenset[str], Subject] = {
    frozenset({"revenue", "expenditure"}): "summary",
    frozenset({"three_public", "expenditure"}): "three_public",
    frozenset({"three_public", "operating"}): "three_public",
    frozenset({"three_public", "operating", "expenditure"}): "three_public",
    frozenset({"operating", "expenditure"}): "operating",
    frozenset({"procurement", "expenditure"}): "procurement",
}


def _subject(said: Sequence[str], *, classified: bool) -> Subject | None:
    """The one subject of a title; None where it names several that are none together, or one twice."""
    if not said:
        return "expenditure" if classified else "none"
    if len(set(said)) != len(said):
        return None
    return cast("Subject", said[0]) if len(said) == 1 else _TOGETHER.get(frozenset(said))


def _scope(said: set[str]) -> Scope:
    """The budget that a title names; several beside one another are 财政拨款 as a whole."""
    narrow = said - {"fiscal_appropriation"}
    if len(narrow) == 1:
        return cast("Scope", narrow.pop())
    return "fiscal_appropriation" if said else "all"


def _classification(said: set[str]) -> Classification:
    """By what; the department's own economic classification counts beside the government's, two that differ do not."""
    if said == {"economic", "government_economic"}:
        return "economic"
    return cast("Classification", said.pop()) if len(said) == 1 else "none"


def _kind(said: set[str]) -> Kind | None:
    return cast("Kind", said.pop()) if len(said) == 1 and "both" not in said else None


def _forms(words: Sequence[Word], features: Features, owned: bool) -> tuple[str, ...]:
    if any(word.kind == "other" or word.says == "part" for word in words):
        return ()
    if features.scope == "all" and not owned and not _definite(words):
        return ()
    asked = (features.subject, features.scope, features.classification)
    return tuple(dict.fromkeys(form for entry in title_words().forms if entry.fits(*asked) for form in entry.forms))


def _definite(words: Iterable[Word]) -> bool:
    """Whether a title says more than 收支表 or 支出情况表, which can be anything's."""
    telling: frozenset[str] = frozenset({"kind", "paper", "classification"})
    narrow: frozenset[str] = frozenset({"basic", "project", "three_public", "operating", "procurement"})
    return any(word.kind in telling or word.says == "total" or word.says in narrow for word in words)
