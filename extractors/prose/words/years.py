"""Years that cannot be meant: this year's budget compared with itself, titles of another year."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.prose.clauses import Span
from extractors.prose.paragraphs import Paragraph, heading_like
from extractors.prose.statements import Seen
from schemas.prose import phrases
from schemas.records import Kind

_AS_OF = re.compile(r"截[至止](?P<year>20\d\d)年")
_TITLE = re.compile(
    r"(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、)?[^，。；：\d]{0,24}(?P<year>20\d\d)年度?"
    r"[^，。；：\d]{0,16}(?:部门|单位)(?:（单位）)?(?:综合)?(?:预算|决算)[^，。；：\d]{0,16}"
)
_OTHER_YEARS = re.compile(r"上年|执行|绩效|评价|项目|结转")


def of_other_years(paragraph: Paragraph, year: int, kind: Kind, *, accounts: bool) -> Iterator[Seen]:
    """Find each year in a paragraph that cannot be meant in the paper of `kind` for `year`."""
    text = paragraph.canonical
    if kind == "budget" and accounts:
        for match in _with_itself(year).finditer(text):
            right = f"应与{year - 1}年比较"
            yield Seen("prose_year_compared_wrong", paragraph, Span(match.start(), match.end()), right)
    for match in _AS_OF.finditer(text) if accounts else ():
        if not _may_be_date_of(int(match["year"]), year, kind):
            yield Seen("prose_year_not_the_papers", paragraph, Span(match.start(), match.end()), f"本文件为{year}年")
    title = _TITLE.fullmatch(text) if heading_like(text) and not _OTHER_YEARS.search(text) else None
    if title is not None and int(title["year"]) != year:
        yield Seen(
            "prose_year_not_the_papers", paragraph, Span(title.start("year"), title.end("year")), f"应为{year}年"
        )


def _may_be_date_of(said: int, year: int, kind: Kind) -> bool:
    """Whether a paper can tell how things stood then: final accounts at the year's end, a budget when drawn up."""
    return said == year if kind == "final_accounts" else year - 2 <= said <= year


@cache
def _with_itself(year: int) -> re.Pattern[str]:
    changed = "|".join((*phrases().up, *phrases().down, *phrases().level))
    return re.compile(rf"(?<![占同相])[比较与同]{year}年度?(?:年初|当年)?(?:部门)?预算数?(?:相比)?，?(?:{changed})")
