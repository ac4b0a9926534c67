"""What stands above a table: its title, number, unit, department, year."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from schemas.forms import forms, other_titles
from schemas.records import TextLine, Unit
from schemas.wording import plain, without_ordinal

_UNIT = re.compile(
    r"(?:(?:金额|货币|计量)?单位[::]?|\()(?:人民币)?(?P<unit>亿元|千元|万元|元)"
    r"(?=$|[^\u4e00-\u9fff]|部门|单位|编制|填报|公开|表|项目|收入|支出|预算|科目|金额|功能|\))"
)
_UNIT_CUT = re.compile(r"(?:金额|货币)?单位[::](?:人民币)?(?P<first>亿|千|万)$")
_DEPARTMENT = re.compile(
    r"(?:编制|填报|填表|填制|预算|决算|公开|报送|汇总)?(?:部门|单位)(?:\((?:单位|公章|盖章)\))?(?:名称)?(?:\(.{0,4}章\))?[::]"
    r"(?P<name>.*?)(?=(?:金额)?单位[::]|公开\d|财决|填报|编制日期|日期[::]|$)"
)
_NUMBER = re.compile(
    r"(?:\(?(?:财决|预算)?(?:公开|附)?(?:表|预算)?0?\d{1,2}(?:-\d+)?表\)?|附?表[一二三四五六七八九十\d]{1,3}(?:-\d+)?)"
)
_NUMBER_BESIDE = re.compile(
    r"^\(?(?:(?:财决|预算|决算)(?:公开)?|公开)(?:\d{1,2}(?:-\d+)?表|表\d{1,2}(?:-\d+)?)\)?[::]?"
    r"|\(?(?:财决|预算|决算)?公开(?:\d{1,2}(?:-\d+)?表|表\d{1,2}(?:-\d+)?)\)?$"
)
"""A form's number on the line of its title: 公开01表, 预算01表, 公开表1."""
_YEAR = re.compile(r"(20\d{2})年?度?")
_LEADING = re.compile(
    r"(?:附件|附表|表|续表|预算|决算)[一二三四五六七八九十\d]{1,3}(?:-\d+)?[::、.]?|\d{1,2}[-.]\d{1,2}|\d{1,2}(?=[\u4e00-\u9fff])"
)
_TRAILING = re.compile(r"\([^()]*\)$|(?:续表?|公开)$")
_WHO = re.compile(
    r".*(?:局|委|会|院|厅|办|室|部|学|校|所|站|队|中心|处|社|馆|场|司|署|团|库|园|镇|乡|街道|机关|联|公司|府|区委|"
    r"单位|部门|集团|基地|法|关|汇总)(?:\(.*\)|本级|本部|汇总|系统|:)?"
)
"""Whoever a title names ends like an organisation; what does not end so belongs to the title of another table."""
_GOVERNMENT = re.compile(r".*(?:省|市|区|县|州|旗|盟|全国|中央)(?:本级|级|各地)?")
"""A whole government's title: its budget is not a department's."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title that names one of `forms`, as printed and as matched; `who` is the organisation it begins with."""

    printed: str
    forms: tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True)
class Heading:
    """All that the text above a table says; None where it does not say it."""

    title: Title | None = None
    other_title: str | None = None
    of_government: bool = False
    number: str | None = None
    unit: Unit | None = None
    department: str | None = None
    year: int | None = None


def read_heading(lines: Sequence[TextLine]) -> Heading:
    """The heading in `lines`, which run from top to bottom; of two titles the one nearer the table counts."""
    texts = [plain(line.text) for line in lines]
    title, printed, at = _nearest_title(texts)
    own = texts[at:] if title else texts
    return Heading(
        title=title,
        other_title=None if title else printed,
        of_government=title is None and any(of_government(text) for text in texts),
        number=_first(_NUMBER, texts[max(at - 1, 0) :], "公开", "表"),
        unit=unit_in(own) or unit_in(texts[max(at - 2, 0) :]),
        department=department_in(own) or department_in(texts[max(at - 2, 0) :]),
        year=_year([printed or "", *texts]),
    )


def _nearest_title(texts: Sequence[str]) -> tuple[Title | None, str | None, int]:
    other: str | None = None
    for at in range(len(texts) - 1, -1, -1):
        for printed in (texts[at], "".join(texts[at : at + 2]), "".join(texts[at : at + 3])):
            if title := title_of(printed):
                return title, printed, at
        other = other or other_title(texts[at])
        if other:
            return None, other, at
    return None, None, 0


def other_title(text: str) -> str | None:
    """A line of plain text that is the title of a known table that is no form."""
    bare = stripped_title(text)
    return bare if any(re.fullmatch(pattern, bare) for pattern in other_titles()) else None


@cache
def title_of(text: str) -> Title | None:
    """The title in one line of plain text, or None where the line is none of a form.

    The longest title wins: 财政拨款收支预算总表 ends with 收支预算总表 and is not it. What precedes it must be an
    organisation, a year or nothing: 项目支出预算表 ends with 支出预算表 and is no form.
    """
    bare = stripped_title(text)
    if not bare.endswith("表") or len(bare) > 80:
        return None
    found = _forms_of(bare)
    allowed = {form: who for form, who in found.items() if not who or _WHO.fullmatch(who)}
    if not allowed:
        return None
    shortest = min(map(len, allowed.values()))
    best = tuple(form for form, who in allowed.items() if len(who) == shortest)
    return Title(bare, best, allowed[best[0]])


@cache
def of_government(text: str) -> bool:
    """Whether a line is the title of a whole government's table, such as 自治区本级一般公共预算支出预算表."""
    bare = stripped_title(text)
    whos = _forms_of(bare).values() if bare.endswith("表") and len(bare) <= 80 else ()
    return any(who and _GOVERNMENT.fullmatch(who) for who in whos)


def _forms_of(bare: str) -> dict[str, str]:
    """The forms whose title ends a bare line, each with what stands before the title."""
    found: dict[str, str] = {}
    for form, patterns in _title_patterns():
        if match := next((m for p in patterns if (m := p.fullmatch(bare))), None):
            found[form] = match["who"]
    return found


@cache
def _title_patterns() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (form, tuple(re.compile(f"(?P<who>.*?)(?:{title})") for title in definition.titles))
        for form, definition in forms().items()
    )


def stripped_title(text: str) -> str:
    """A line without what stands beside the title: unit, number, ordinals, year, closing brackets."""
    bare = _DEPARTMENT.sub("", _UNIT.sub("", plain(text)))
    bare = without_ordinal(bare)
    bare = _NUMBER_BESIDE.sub("", bare)
    before = None
    while before != bare:
        before = bare
        bare = _TRAILING.sub("", _LEADING.sub("", bare, count=1) if _LEADING.match(bare) else bare)
        bare = re.sub(r"^(?:20\d{2}年?度?|[一二三四五六七八九十]+、)", "", bare)
    return re.sub(r"20\d{2}年?度?", "", bare)


def unit_in(texts: Iterable[str]) -> Unit | None:
    """The unit that a heading declares; 单位：万 with its 元 broken to the next line counts."""
    found: str | None = None
    for text in map(plain, texts):
        for match in _UNIT.finditer(text):
            if match[0].startswith("(") and not text.endswith(match[0] + ")"):
                continue
            found = match["unit"]
        if cut := _UNIT_CUT.search(text):
            found = f"{cut['first']}元"
    return cast("Unit | None", found)


def department_in(texts: Iterable[str]) -> str | None:
    """The organisation after 部门：, 编制单位： and the like."""
    lines = [plain(text) for text in texts]
    cut = any(_UNIT_CUT.search(line) for line in lines)
    for line in lines:
        bare = _UNIT_CUT.sub("", _UNIT.sub("", line))
        bare = bare.removesuffix("元") if cut else bare
        for match in _DEPARTMENT.finditer(bare):
            if name := match["name"].strip(":-_/ "):
                return name
    return None


def _first(pattern: re.Pattern[str], texts: Iterable[str], *begins: str) -> str | None:
    for text in texts:
        if (match := pattern.search(text)) and any(word in match[0] for word in begins):
            return match[0].strip("()")
    return None


def _year(texts: Iterable[str]) -> int | None:
    return next((int(match[1]) for text in texts if (match := _YEAR.search(text))), None)
