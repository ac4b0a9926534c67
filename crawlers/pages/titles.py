"""What a title, a link's text or a file's name says of a paper: kind, year, department, and whose paper it is."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from crawlers.pages.wording import wording
from schemas.records import Kind

Whose = Literal["department", "government"]

LONGEST_NAME: Final = 300
"""Longer text is prose, whose words say nothing of a paper; file systems end at 255."""

_NOTHING: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff“”‘’\"'「」《》〈〉]")
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_WIDE: Final = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_SUFFIX: Final = re.compile(r"\.(?:pdf|doc[xm]?|xls[xm]?|ods|odt|rtf|zip|rar|7z|tar|tgz|gz|wps|et|ofd)$", re.IGNORECASE)
_NUMBERING: Final = re.compile(
    r"^(?:附[件表]?(?:[一二三四五六七八九十]+|\d{1,2}(?!\d))?(?:[-.．、:：](?:\d{1,2}(?![\d年]))?)*|\d{1,3}(?:[-.．]\d{1,3})*[-.．、_](?=20\d\d|\D)|"
    r"\d{1,2}[-－]\d{1,2}(?=\D)|\d{1,2}(?=[^\d年.．、\-])|"
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|[·•●■◆☆★※*>＞\-]+|【[^】]{0,12}】)"
)
_YEAR: Final = re.compile(r"(?<!\d)(20[0-4]\d)(?:[-—至~]20\d\d)?(?!\d)年?(?:财政)?(?:年)?度?")
_CHINESE_YEAR: Final = re.compile(r"二[〇○零Ｏ0][〇○零一二三四][〇○零一二三四五六七八九]年?")
_CHINESE_DIGITS: Final = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_AROUND: Final = "、，,。.:：;；-—_|丨·~～ "
_BRACKETED: Final = re.compile(r"[（(](?:本级|机关|本部|汇总|部门|单位|含[^）)]*|系统|本)[）)]$")
_SECOND_NAME: Final = re.compile(r"(?<=[\u3400-\u9fff]{3})[（(][^（）()]{3,30}[）)]$")
_TAIL: Final = re.compile(
    r"(?:机关|本级|本部|系统|（?汇总）?|及(?:所属|下属|直属|\d+个).{0,8}单位|部门|单位|所属单位)$"
)
_FOREWORD: Final = re.compile(r"^(?:关于(?:公开|公布|发布)?|公开|公布|[（(]?公开[）)]?|转发)+")
_LOOSE_END: Final = re.compile(
    r"(?:关于|公开|公布|财政|收支|年初|汇总|及其?(?:各|所属|下属|直属|等|\d+个)+(?:事业)?(?:单位)?|及|和|与|信息|本年|当年|[省市县区州](?:本?级|直)|的)+$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of a paper, None where it does not; `excluded` is the rule by which it is none at all.

    `division` is the place whose government's paper it names (天元区2024年财政预算).
    """

    kind: Kind | None = None
    fiscal_year: int | None = None
    department: str | None = None
    whose: Whose | None = None
    excluded: str | None = None
    names_paper: bool = False
    division: str | None = None


def squeezed(text: str) -> str:
    """`text` without white space and quotation marks; digits and letters of plain width, 二〇二三年 as 2023年."""
    narrow = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _CHINESE_YEAR.sub(lambda found: found[0].translate(_CHINESE_DIGITS), _NOTHING.sub("", narrow))


def bare_name(text: str) -> str:
    """`text` as a name: no file suffix, no leading number (`46-1.`, `附件1：`); never emptied by this."""
    name = _SUFFIX.sub("", " ".join(text.split()))
    shorter = _NUMBERING.sub("", name).strip(_AROUND)
    return shorter or name


def says_nothing(text: str) -> bool:
    """Tell whether a name says nothing of what is behind it, such as 附件1, 点击下载 or one without any Chinese."""
    bare = _SUFFIX.sub("", squeezed(text[:LONGEST_NAME]))
    return not _CHINESE.search(bare) or re.match(wording().uninformative, bare, re.IGNORECASE) is not None


@lru_cache(maxsize=16_384)
def said(text: str) -> Said:
    """Read a title, a link's text or a file's name; empty text says nothing, nor does one too long for a name."""
    words = wording()
    bare = squeezed(bare_name(text)) if len(text) <= LONGEST_NAME else ""
    department = _department(bare)
    rest = bare.replace(department, "") if department else bare
    excluded = next((rule.reason for rule in words.excluded if rule.applies(rest)), None)
    kind = kind_said(bare)
    return Said(
        kind=kind,
        fiscal_year=_year(bare, kind),
        department=department,
        whose=_whose(bare, department),
        excluded=excluded,
        names_paper=re.search(words.paper, bare) is not None,
        division=_division(bare),
    )


def kind_said(text: str) -> Kind | None:
    """The kind that a text names, None where it names none or both; 部门决算 speaks before a form's 预算."""
    words = wording()
    if re.search(words.both_kinds, text):
        return None
    own = {phrase[-2:] for phrase in re.findall(words.department_paper, text)}
    if len(own) == 1:
        return "final_accounts" if own == {"决算"} else "budget"
    if own:
        return None
    if re.search(words.final_accounts, text):
        return "final_accounts"
    return "budget" if re.search(words.budget, text) else None


def _year(text: str, kind: Kind | None) -> int | None:
    """The only year there is, else the one nearest before the last word for the paper."""
    years = [(found.start(), int(found[1])) for found in _YEAR.finditer(text)]
    if len({year for _, year in years}) < 2:
        return years[0][1] if years else None
    words = wording()
    word = {"final_accounts": words.final_accounts, "budget": words.budget, None: words.paper}[kind]
    papers = [found.start() for found in re.finditer(word, text)]
    before = [year for at, year in years if papers and at <= papers[-1]]
    return before[-1] if before else None


def _whose(text: str, department: str | None) -> Whose | None:
    words = wording()
    if not re.search(words.paper, text):
        return None
    if _any(words.government_strong, text) and not _own_paper(text, department):
        return "government"
    if re.search(words.department_paper, text):
        lumped = department is None and re.search(r"汇总", text)
        return "government" if lumped else "department"
    if department and re.search(words.township, department):
        return "government" if "财政" in text else None
    if department:
        return "department"
    return "government" if _any(words.government_weak, text) else None


def _own_paper(text: str, department: str | None) -> bool:
    """Whether a department's own paper is named, so that words of the government's are of its forms only."""
    words = wording()
    act = re.search(words.acts_of_government, text)
    return department is not None and not act and re.search(words.department_paper, text) is not None


def _division(text: str) -> str | None:
    """The place that a paper of a government as a whole is of, as it is printed before the year or the word for it."""
    found = re.search(wording().division, _FOREWORD.sub("", text))
    return found["name"] if found else None


def _any(patterns: tuple[str, ...], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)


def _department(text: str) -> str | None:
    """The organisation named before the words for the paper, else after them: 部门决算（市教育局）."""
    found = re.search(wording().paper, text)
    head, tail = (text[: found.start()], text[found.end() :]) if found else (text, "")
    by, said_of, _whom = head.partition("关于")
    if said_of and (name := organ(by)):  # 审计局关于检察院预算执行的审计结果: the office that speaks, not all of it
        return name
    return (
        organ(head)
        or (found and _by_field(head, found[0]))
        or next((name for part in re.split(r"[-—_:：（）()【】\[\]]", tail) if (name := organ(part))), None)
    )


def _by_field(head: str, paper: str) -> str | None:
    """A department called by its field of work (民政部门) before the word for the paper, which may hold the 部门."""
    named = _bare_organ(head + paper[:2] if paper.startswith("部门") and not head.endswith("部门") else head)
    found = re.fullmatch(r"[\u3400-\u9fff]{2,20}部门", named)
    return named if found and not re.match(wording().no_departments, named.removesuffix("部门")) else None


def is_publisher(site: str) -> bool:
    """Tell whether a site's name is that of an organisation which publishes its own papers alone; 财政's has all."""
    return "财政" not in site and organ(site) is not None


def _bare_organ(text: str) -> str:
    """`text` without years, numbers, forewords and loose ends."""
    name = _YEAR.sub("", squeezed(text)) if len(text) <= LONGEST_NAME else ""
    return _LOOSE_END.sub("", _FOREWORD.sub("", _NUMBERING.sub("", name).strip(_AROUND))).strip(_AROUND)


def organ(text: str) -> str | None:
    """`text` as an organisation's name, without years and forewords, or None where it is none."""
    name = _bare_organ(text)
    core = name
    while (shorter := _TAIL.sub("", _BRACKETED.sub("", _SECOND_NAME.sub("", core)))) != core:
        core = shorter
    words = wording()
    known = len(core) > 2 or core in {"人大", "政协"}
    if not known or len(name) > 48 or re.search(words.no_organs, core) or re.search(r"[，。；！？=&%]", core):
        return None
    return name if core.endswith(words.organs) or re.search(words.township, core) else None
