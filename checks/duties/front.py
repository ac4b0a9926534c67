"""Duties that the first pages answer, a cover and a list of contents; and those that other checks answer."""

import re
from dataclasses import replace

from checks.duties.sections import everywhere, says_none, shortened
from checks.duties.seen import PaperSeen
from checks.statements.wholeness import table_subject
from schemas.duties import ByCheck, ByForm, duties
from schemas.records import DisclosureItem, Table
from schemas.wording import plain

COVER = 120
"""A cover has no more characters than this."""
FIRST_PAGES = 5
_YEAR_AND_KIND = re.compile(r"(20|二[〇○零Oo])[\d〇○零Oo一二三四五六七八九]{2}年.*(预算|决算)|(预算|决算).*20\d\d年")


def by_cover(duty: str, seen: PaperSeen) -> DisclosureItem | None:
    """Tell whether the first page is a cover that says year and kind; None where it is none."""
    first = [text for text, passage in zip(seen.plain, seen.passages, strict=True) if passage.page == 1]
    said = "".join(first)
    if not said:
        return DisclosureItem(duty, "cannot_be_told", "not_read_whole", 1)
    found = _YEAR_AND_KIND.search(said)
    if found and (len(said) <= COVER or _lists_contents(first)) and "。" not in said:
        return DisclosureItem(duty, "met", None, 1, shortened("".join(first[:3])))
    return None if seen.whole else DisclosureItem(duty, "cannot_be_told", "not_read_whole", 1)


def by_contents(duty: str, seen: PaperSeen) -> DisclosureItem | None:
    """Tell whether there is a list of contents; None where there is none."""
    for text, passage in zip(seen.plain, seen.passages, strict=True):
        if passage.page <= FIRST_PAGES and (_lists_contents([text]) or text.endswith(("目录", "目次"))):
            return DisclosureItem(duty, "met", None, passage.page, shortened(passage.text))
    if seen.body_starts:
        front = seen.front[0]
        return DisclosureItem(duty, "met", None, front.page, shortened(front.text))
    return None if seen.whole else DisclosureItem(duty, "cannot_be_told", "not_read_whole")


def by_check(duty: str, answer: ByCheck, seen: PaperSeen) -> DisclosureItem:
    """Tell a duty by checks: not met where one fails, met where one holds, else not applicable.

    An empty form of which the paper says elsewhere that it has nothing of the kind is explained.
    """
    own = [each for each in seen.checks if each.check_id in answer.checks and each.verdict != "not_applicable"]
    tables = {table_subject(table): table for table in seen.forms}
    failing = [tables.get(each.subject) for each in own if each.verdict == "fails"]
    unexplained = [table for table in failing if table is None or not _explained_elsewhere(table, seen)]
    if unexplained:
        return _at(unexplained[0], DisclosureItem(duty, "not_met", "check_fails"))
    if own:
        return _at(tables.get(own[0].subject), DisclosureItem(duty, "met"))
    return DisclosureItem(duty, "not_applicable", "no_such_case")


def _at(table: Table | None, item: DisclosureItem) -> DisclosureItem:
    """A verdict that is about one form."""
    return item if table is None else replace(item, page=table.pages[0], found=table.declared.title)


def _explained_elsewhere(table: Table, seen: PaperSeen) -> bool:
    answers = [duty.answer for duty in duties().duties if isinstance(duty.answer, ByForm)]
    things = [thing for each in answers if table.declared.form in each.any_of for thing in each.none]
    return says_none(everywhere(seen), things, or_zero=True) is not None


def _lists_contents(texts: list[str]) -> bool:
    return any(re.match(duties().words.contents, plain(text), re.I) for text in texts)
