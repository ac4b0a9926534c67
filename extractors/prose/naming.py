"""A phrase → what it speaks of: a code's name, a subject of the vocabulary, or a name taken as printed."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extractors.prose.codes import code_of_name, code_of_path, is_shared_name, name_of
from schemas.classifications import normalised_name
from schemas.prose import MoneySubject, phrases, subjects

CLASS_DIGITS = 3
"""A code of so many digits is a 类."""
LONG_NAME = 4
"""A shorter phrase may stand for many names with characters left out."""
_LEVEL = re.compile(r"（(?P<digits>\d{2,3})?(?P<level>[类款项])）")
_CODE_FIRST = re.compile(r"(\d{3}|\d{5}|\d{7})[-_]?([\u4e00-\u9fff][^，。；：]*?)\"?(科目)?")
_SHORT_NAME = re.compile(r"[^（）]*(?:（[^（）]*）[^（）]*)*（(?:(?:以下)?简称：?)?(?P<name>[^（）]{2,12})）")
_AFTER_PATH = re.compile(r"(20\d\d年度?|支出|收入|科目|项目|\"|预算|决算|数|为|是|共计?|合计|安排|资金|经费)*")
_WITH_CODE = re.compile(r"(.+?)（(\d{3}|\d{5}|\d{7})）(支出|收入|科目|\")*")
_DASHED = re.compile(r"\"?([^\"，。-]+-[^\"，。]+?)\"?(科目)?")
_ROLE_WORD = re.compile(r"(?<!一般公共)(?<!政府性基金)(?<!国有资本经营)(预算|决算)(数|额)?")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about; `outer` is the code under which the next items stand, where this is not a 项.

    `as_said` tells that the name is none of the vocabulary's but the paper's own, in canonical spelling, `qualified`
    that words before it narrow it, `shared` that it is the name of several codes.
    """

    name: str
    code: str | None = None
    outer: str | None = None
    as_said: bool = False
    qualified: bool = False
    shared: bool = False

    @property
    def is_item(self) -> bool:
        """Whether it is a 科目 of the classification."""
        return self.code is not None or self.shared


class Counted(NamedTuple):
    """What is counted, whether it gives its name to the parts counted after it, and the name of what it costs."""

    subject: Subject
    heads: bool
    costs: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What names are looked up in: the code system of the section, the fiscal year, and the paper's own departments.

    `of_whole_paper` tells that the section speaks of the paper's whole revenue or expenditure: 收入 alone is that.
    """

    system: str
    year: int
    departments: tuple[str, ...] = ()
    of_whole_paper: bool = True

    def money_subject(self, phrase: str, outer: str | None = None, *, revenue: bool = False) -> Subject | None:
        """Find what a sum after canonical `phrase` is of; None where neither codes nor vocabulary hold it.

        `revenue` tells that the words before speak of revenue: 一般公共预算拨款 is that then.
        """
        said = _by_short_name(phrase)
        return self.item(said, outer) or self._qualified(said, revenue) or self._plain(said, revenue)

    def item(self, phrase: str, outer: str | None = None) -> Subject | None:
        """类, 款 and 项 named as 公共安全支出（类）法院（款）, “公共安全支出-法院”科目 or 法院（20405)."""
        return (
            self._by_levels(phrase, outer)
            or self._by_dashes(phrase)
            or self._by_code(phrase)
            or self._by_code_first(phrase)
        )

    def vocabulary_subject(self, phrase: str) -> Subject | None:
        """Find the subject of the vocabulary that `phrase` is as it stands, but for words that join it to others."""
        bare = re.sub(r"^(?:其中|包括|以及|和)[，：]?", "", phrase)
        name = _vocabulary_name(bare, False)
        return Subject(name) if name else None

    def headed_subject(self, title: str) -> Subject | None:
        """Find the cost or the 科目 that a heading names: 因公出国（境）经费, 公务用车购置费支出情况说明."""
        bare = re.sub(r"(?:支出|预算|决算|安排)*(?:情况)?(?:说明)?$", "", title)
        subject = self.item(bare) or self._plain(bare)
        return subject if subject is not None and (subject.code or subject.name.endswith("费")) else None

    def says_one_of(self, phrase: str, words: Collection[str]) -> bool:
        """Whether `phrase` is, but for department, year and the like, one of `words`."""
        return any(shorter in words for shorter in _peeled(phrase, self._prefixes()))

    def variants(self, phrase: str) -> Iterator[str]:
        """`phrase` with more and more of what does not belong to a name taken from its left, then from its right."""
        for shorter in _peeled(phrase, self._prefixes()):
            yield from _peeled(shorter, phrases().suffixes)

    def free_name(self, phrase: str) -> str | None:
        """Find a name that the vocabulary does not hold, where nothing in `phrase` makes it more than a name."""
        found = None
        for shorter in _peeled(phrase, self._prefixes()):
            text = re.sub(r"(为|是|共计?|合计|约)+$", "", shorter)
            if re.fullmatch(phrases().free_name, text) and not re.search(phrases().not_in_free_name, text):
                found = text
        return found

    def listed_name(self, phrase: str) -> str | None:
        """Find the name that an item of a list is: the words before its sum, whatever they end with."""
        text = list(_peeled(phrase, self._prefixes()))[-1]
        fits = re.fullmatch(phrases().listed_name, text) and not re.search(phrases().not_in_listed_name, text)
        return text if fits else None

    def counted_subject(self, phrase: str, unit: str, after: str) -> Counted | None:
        """Find what is counted in `unit` between canonical `phrase` and `after`."""
        fitting = [subject for subject in subjects().counts if unit in subject.units]
        for text in self.variants(phrase):
            for row in fitting:
                if row.wording and re.fullmatch(row.wording, text):
                    return Counted(Subject(row.name or text, as_said=not row.name), row.heads, row.costs)
        found = next((row for row in fitting if row.after and re.match(row.after, after)), None)
        return Counted(Subject(found.name), found.heads, found.costs) if found else None

    def _prefixes(self) -> tuple[str, ...]:
        return (*("^" + re.escape(name) for name in self.departments), *phrases().prefixes)

    def _qualified(self, phrase: str, revenue: bool) -> Subject | None:
        for shorter in _peeled(phrase, self._prefixes()):
            for row in subjects().qualifiers:
                match = re.match(row.said, shorter)
                subject = self._plain(shorter[match.end() :], revenue) if match else None
                if subject is not None and re.fullmatch(row.of, subject.name):
                    return Subject(f"{subject.name}/{row.name}", qualified=True)
        return None

    def _plain(self, phrase: str, revenue: bool = False) -> Subject | None:
        for text in self.variants(phrase):
            bare = _ROLE_WORD.sub("", text)
            code = self._code_of_name(bare) if bare else None
            if code is not None and (self.system == "economic" or _vocabulary_name(bare, revenue) is None):
                return Subject(self._full_name(bare, code), code)
            name = _vocabulary_name(text, revenue) or _vocabulary_name(bare, revenue)
            if name is not None:
                return Subject(name)
        return self._of_economy(phrase) or self._shared(phrase)

    def _code_of_name(self, name: str) -> str | None:
        """The code of a name; none where a 款 or 项 shares it with a 类 of the economic classification: 资本性支出."""
        code = code_of_name(self.system, name, self.year)
        inner = code is not None and self.system == "function" and len(code) > CLASS_DIGITS
        return None if inner and len(code_of_name("economic", name, self.year) or "") == CLASS_DIGITS else code

    def _of_economy(self, phrase: str) -> Subject | None:
        """A 类 of the economic classification (工资福利支出) in a section on functions."""
        peeled = _peeled(list(_peeled(phrase, self._prefixes()))[-1], phrases().suffixes)
        for text in peeled if self.system == "function" else ():
            said = _ROLE_WORD.sub("", text)
            bare = said.removesuffix("支出")
            code = code_of_path("economic", (bare,), None, self.year) if len(bare) >= LONG_NAME else None
            if code is not None and len(code) == CLASS_DIGITS:
                return Subject(said, code)
        return None

    def _shared(self, phrase: str) -> Subject | None:
        for text in self.variants(phrase):
            if is_shared_name(self.system, text, self.year):
                return Subject(text, shared=True)
        return None

    def _by_levels(self, phrase: str, outer: str | None) -> Subject | None:
        marks = list(_LEVEL.finditer(phrase))
        if not marks or not _AFTER_PATH.fullmatch(phrase, marks[-1].end()):
            return None
        starts = [0, *(mark.end() for mark in marks)]
        names = [phrase[start : mark.start()] for start, mark in zip(starts, marks, strict=False)]
        names[0] = list(_peeled(names[0], self._prefixes()))[-1]
        if not all(names):
            return None
        path = tuple(names)
        code = code_of_path(self.system, path, outer, self.year, from_top=marks[0]["level"] == "类")
        if all(mark["digits"] for mark in marks):
            code = self._printed_code("".join(mark["digits"] for mark in marks), path[-1], code)
        opens = code if code and marks[-1]["level"] != "项" else None
        return Subject(self._full_name(path[-1], code), code, opens)

    def _printed_code(self, printed: str, name: str, by_names: str | None) -> str | None:
        """Take the code printed digit by digit where the innermost name is its own, or the names lead to it."""
        own = name_of(self.system, printed, self.year)
        return (
            printed if printed == by_names or own in (normalised_name(name), normalised_name(name) + "支出") else None
        )

    def _by_code_first(self, phrase: str) -> Subject | None:
        """Read 2080201-行政运行, where the name is that of the code."""
        for shorter in _peeled(phrase, phrases().prefixes):
            if found := _CODE_FIRST.fullmatch(shorter):
                own = name_of(self.system, found[1], self.year)
                agrees = own is not None and normalised_name(found[2]) in (own, own.removesuffix("支出"), own + "支出")
                return Subject(self._full_name(found[2], found[1]), found[1]) if agrees else Subject(found[2])
        return None

    def _by_dashes(self, phrase: str) -> Subject | None:
        found = _DASHED.fullmatch(phrase)
        path = tuple(found[1].split("-")) if found else ()
        code = code_of_path(self.system, path, None, self.year) if len(path) in (2, 3) else None
        return Subject(path[-1], code) if code else None

    def _by_code(self, phrase: str) -> Subject | None:
        found = _WITH_CODE.fullmatch(phrase)
        if found is None:
            return None
        name = list(_peeled(found[1], phrases().prefixes))[-1]
        system = "economic" if found[2].startswith("3") else self.system
        agreed = code_of_path(system, (name,), found[2][:-2] or None, self.year, from_top=len(found[2]) == 3)
        return Subject(name, found[2] if agreed == found[2] else None)

    def _full_name(self, said: str, code: str | None) -> str:
        """`said`, with the 支出 that a paper leaves out of 公共安全（类）支出."""
        standard = name_of(self.system, code, self.year) if code else None
        return said + "支出" if standard == normalised_name(said) + "支出" else said


@cache
def _vocabulary_name(phrase: str, revenue: bool) -> str | None:
    found = next((subject for subject in _plain_subjects() if re.fullmatch(subject.wording, phrase)), None)
    if found is None:
        return None
    return found.as_revenue if revenue and found.bare and re.fullmatch(found.bare, phrase) else found.name


@cache
def _plain_subjects() -> tuple[MoneySubject, ...]:
    return tuple(subject for subject in subjects().money if not subject.spans)


def spanning_subject(text: str) -> Subject | None:
    """Find a subject whose wording runs over commas to the end of canonical `text`."""
    wordings = ((s.name, s.wording) for s in subjects().money if s.spans)
    return next((Subject(name) for name, said in wordings if re.search(f"(?:{said})$", text)), None)


def _by_short_name(phrase: str) -> str:
    """出国费、购车费和接待费（简称"三公"经费）合计 as what it is called for short: "三公"经费合计."""
    match = _SHORT_NAME.match(phrase)
    return match["name"] + phrase[match.end() :] if match and _vocabulary_name(match["name"], False) else phrase


def _peeled(text: str, patterns: Sequence[str]) -> Iterator[str]:
    """`text`, then what is left as one pattern after another takes its match away, until none fits."""
    yield text
    while True:
        match = next((m for pattern in patterns if (m := re.search(pattern, text)) and m[0]), None)
        if match is None:
            return
        text = text[: match.start()] + text[match.end() :]
        yield text
