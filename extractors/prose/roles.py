"""What the words before a figure make of it: a change and its direction, a budget, a final amount, a share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.prose.clauses import segments
from extractors.prose.figures import Kind
from schemas.prose import Against, Comparison, Role, phrases

_COMPARED = re.compile(
    r"(?:(?<![占同相对环])比(?!例|重|率)|与|较|同(?!期|比))(?P<base>[^，。；：]{1,24}?)"
    r"(?=相比|比较|对比|增|减|下|降|上升|上涨|提|节|压|缩|调|持平|一致|相同|无|没有|基本|保持|的\d|，|$)"
)
_YEAR = re.compile(r"20\d\d(?=年)")
_COMPARED_YEAR = re.compile(r"(?<![占同相对])[比较与](?=20\d\d年)[^，。；：]*")
_SAME_PERIOD = re.compile(r"同比")
_UNKNOWN_BASE = re.compile(r"预算|计划|决算|20\d\d年|年初")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure is by its words; `said` is the text before them, where the subject stands, if it is named at all.

    `sign` is that of the word of direction, 0 where there is none; `either` that both directions stand in print, as in
    下降（增长）; `base` is what a share is said to be of, or the budget that a final amount exceeds.
    """

    fact: str
    said: str
    sign: int = 0
    either: bool = False
    base: str = ""


def reading_of(context: str, kind: Kind, year: int) -> Reading:
    """How a figure of `kind` that stands right after canonical `context` is to be read in the paper of `year`."""
    exceeds = _exceeding().search(context) if kind == "money" else None
    if exceeds is not None:
        sign = 1 if exceeds["word"] in phrases().above else -1
        return Reading("change_yuan", context[: exceeds.start()], sign, base=exceeds["which"] or "预算")
    change = _change_pattern().search(context)
    if change is not None and kind != "count":
        sign = 1 if change["verb"] in phrases().up else -1
        fact = "change_yuan" if kind == "money" else "change_percent"
        return Reading(fact, context[: change.start()], sign, either=change["other"] is not None)
    for role, pattern in _roles(year):
        found = pattern.search(context) if role.kind == kind else None
        if found is not None:
            return Reading(role.fact, context[: found.start()], base=found.groupdict().get("base") or "")
    return Reading("total" if kind == "money" else "", context)


def against(text: str, year: int) -> Against | Literal["unknown"] | None:
    """Tell what the last comparison in canonical `text` measures against, or None where nothing is compared."""
    found: Against | Literal["unknown"] | None = None
    for base in _bases(text):
        known = next((c.against for c, said in _comparisons(year) if said.search(base)), None)
        if known is not None or _UNKNOWN_BASE.search(base):
            found = known or "unknown"
    return found


def without_comparison(phrase: str) -> str:
    """`phrase` without what it compares with: 机关运行经费比2023年度 → 机关运行经费, 与上年相比收入 → 收入."""
    bare = re.sub(r"^(?:与|同|较|比|按)[^，。；：]{1,24}?(?:相比|比较|对比|口径)", "", phrase)
    bare = re.sub(r"(?:与|同|较|比)[^，。；：与同较比]{1,24}?(?:相比|比较|对比)$", "", bare)
    bare = re.sub(r"(?<![占同相对])(?:与|同|比|较)(?=上|去年|20|年初|全年|调整|预算|同期)[^，。；：]{1,20}$", "", bare)
    return re.sub(r"(?:同比|与|比|较)$", "", bare)


def years_named(text: str) -> list[int]:
    """The years of canonical `text`, but for those that something is compared with."""
    bare = _COMPARED_YEAR.sub("", text)
    return [int(year) for segment in segments(bare) for year in _YEAR.findall(without_comparison(segment))]


def levels(text: str) -> Iterator[tuple[int, int, str]]:
    """Where canonical `text` says that something stayed level: start, end, and with what it compares."""
    for match in _level_pattern().finditer(text):
        if not match["vague"]:
            yield match.start(), match.end(), match["base"]


def compares_with_last_year(base: str, year: int) -> bool:
    """Whether the words of a comparison, such as 上年决算数 or 2023年度, mean last year."""
    return next((c.against for c, said in _comparisons(year) if said.search(base)), None) == "last_year"


def _bases(text: str) -> Iterator[str]:
    places = [(match.start(), match["base"]) for match in _COMPARED.finditer(text)]
    places += [(match.start(), match[0]) for match in _SAME_PERIOD.finditer(text)]
    return (base for _, base in sorted(places))


@cache
def _change_pattern() -> re.Pattern[str]:
    verbs = "|".join((*phrases().up, *phrases().down))
    return re.compile(
        rf"(?P<verb>{verbs})(?P<other>（(?:{verbs})）|/(?:{verbs}))?(?:了|额|数|值|率|幅度?|金额)*(?:为|是|约|达到?)?$"
    )


@cache
def _exceeding() -> re.Pattern[str]:
    """决算数大于预算数: a final amount against its budget, by how much."""
    words = "|".join((*phrases().above, *phrases().below))
    return re.compile(rf"(?:支出)?决算数?(?P<word>{words})(?P<which>年初|全年|调整后?)?的?预算数?(?:为|是)?$")


@cache
def _level_pattern() -> re.Pattern[str]:
    words, vague = "|".join(phrases().level), "|".join(phrases().vague)
    return re.compile(
        rf"(?:与|(?<![占相])比|(?<!相)同|较)(?P<base>(?:同期|[^，。；：与比同较]){{1,24}}?)(?:相比)?，?(?P<vague>{vague})?(?:保持)?(?:{words})(?!相比|比较|对比|口径)"
    )


@cache
def _comparisons(year: int) -> list[tuple[Comparison, re.Pattern[str]]]:
    return [(c, re.compile(_in_year(c.said, year))) for c in phrases().comparisons]


@cache
def _roles(year: int) -> list[tuple[Role, re.Pattern[str]]]:
    return [(role, re.compile(_in_year(role.said, year))) for role in phrases().roles]


def _in_year(pattern: str, year: int) -> str:
    return pattern.replace("{last}", str(year - 1)).replace("{this}", str(year))
