"""What the cover of a paper says: whose, which year, budget or final accounts; and when it was printed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from schemas.forms.titles import is_organisation
from schemas.records import Kind, TextLine
from schemas.wording import plain

COVER_PAGES = 2
"""Cover and contents: where a paper says what it is."""
FEWEST_LINES = 10
"""A page within a paper with no more lines than this can be the cover of a part of it."""
_CHINESE_YEAR = re.compile(r"二[〇○零OoΟО0]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年")
_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_CONTENTS = re.compile(r"^(?:目录|目次|第[一1](?:部分|章)|一、|\(?1[、.)])")
"""Where a cover ends."""
_DATE = re.compile(r"^\D{0,12}(20\d{2})(?:年|[./-])(\d{1,2})(?:月|[./-])?(?:\d{1,2}日?)?(?:编制|印制|公开)?$")
_LONE_YEAR = re.compile(r"^[^\d\u4e00-\u9fff]*(20\d{2})(?:年度?)?[^\d\u4e00-\u9fff]*$")
"""A year beside which nothing stands that can be read: alone, or among characters of a font without a Unicode map."""
_KIND = r"(?:部门|单位|预算单位)?(?:综合|收支|财务)?(?<!公共|基金|经营)(?P<kind>预算|决算)"
_STATED = re.compile(
    rf"^(?:附件\d*[::]?)?(?P<before>20\d{{2}})?(?:年度?)?(?P<who>[\u4e00-\u9fff()·\-]{{3,40}}?)?(?P<after>20\d{{2}})?(?:年度?)?{_KIND}"
)
_ANYWHERE = re.compile(
    r"(?P<before>20\d{2})(?:年度?)?(?P<who>.{0,40}?)(?<!公共|基金|经营)(?:部门|单位)?(?P<kind>预算|决算)"
)
_PROFILE = re.compile(
    r"^(?:第一部分|[一二]、|\(一\)|1\.)?(?P<name>[\u4e00-\u9fff()·]{4,40}?)(?:单位|部门)?的?(?:基本)?(?:概况|(?:主要|机构|工作)?(?:职责|职能)(?:是|为|包括|如下)?)"
    r"[::]?$"
)
_LEVELS = re.compile(r"(?:部门|预算单位|单位|年度?)+$")
_NO_NAME = re.compile(r"目录|部门|单位|本部门|本单位|第.部分|公开|编制|年度|附件|情况说明|预算|决算|概况|主要|机构")


@dataclass(frozen=True, slots=True)
class Said:
    """What one place says of a paper; None where it does not."""

    kind: Kind | None = None
    year: int | None = None
    department: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first pages say, the year and month of printing, and any year that stands alone on the cover."""

    said: Said
    printed: tuple[int, int] | None = None
    lone_year: int | None = None


def arabic(text: str) -> str:
    """Plain text with 二〇二四年 as 2024年."""
    return _CHINESE_YEAR.sub(lambda m: f"20{_DIGITS[m[1]]}{_DIGITS[m[2]]}年", plain(text))


def read_cover(lines: Sequence[TextLine]) -> Cover:
    """What the lines of the first pages say; those of later pages are left out."""
    texts = [arabic(line.text) for line in lines if line.page <= COVER_PAGES]
    first = [arabic(line.text) for line in lines if line.page == 1]
    dated = next((match for text in texts if (match := _DATE.match(text))), None)
    said = stated(texts)
    if said.department is None:
        said = Said(said.kind, said.year, _by_profile(lines))
    lone = [int(match[1]) for text in first if (match := _LONE_YEAR.match(text))]
    return Cover(said, (int(dated[1]), int(dated[2])) if dated else None, lone[0] if len(set(lone)) == 1 else None)


def stated(texts: Sequence[str]) -> Said:
    """What the lines of a cover say together, as far as a list of contents; a date of printing is no year."""
    undated = [text for text in texts if not _DATE.match(text)]
    own = list(_before_contents(undated))
    match = _STATED.match("".join(own)) or next(filter(None, map(_STATED.match, own)), None)
    found = match or _ANYWHERE.search("".join(undated))
    if found is None:
        return Said()
    groups = found.groupdict()
    year = groups["before"] or groups.get("after")
    return Said(_kind_of(found["kind"]), int(year) if year else _year_in(undated), _organisation(match))


def parts(lines: Iterable[TextLine]) -> Iterator[Said]:
    """What each page within a paper says that looks like a cover: few lines, one of which names year and kind."""
    for page, own in groupby(lines, key=lambda line: line.page):
        texts = [arabic(line.text) for line in own]
        if len(texts) > FEWEST_LINES:
            continue
        said = stated(texts)
        if said.kind and said.year and any(_STATED.match(text) for text in texts):
            yield Said(said.kind, said.year, said.department, page)


def _before_contents(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        if _CONTENTS.match(text):
            return
        yield text


def _kind_of(word: str) -> Kind:
    return "final_accounts" if word == "决算" else "budget"


def _year_in(texts: Sequence[str]) -> int | None:
    """The year that stands before 预算 or 决算 anywhere on the first pages."""
    match = _ANYWHERE.search("".join(texts))
    return int(match["before"]) if match else None


def _organisation(match: re.Match[str] | None) -> str | None:
    name = _LEVELS.sub("", (match["who"] if match else None) or "")
    return name if name and is_organisation(name) and not _NO_NAME.match(name) else None


def _by_profile(lines: Sequence[TextLine]) -> str | None:
    """The organisation whose duties or profile the first pages tell."""
    for line in lines:
        match = _PROFILE.match(arabic(line.text)) if line.page <= COVER_PAGES + 2 else None
        if match and is_organisation(match["name"]) and not _NO_NAME.match(match["name"]):
            return match["name"]
    return None
