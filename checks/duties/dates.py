"""The duty to publish in time: the day of publication against the day of the approval that the paper prints."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from checks.duties.sections import sentence_at, shortened
from schemas.duties import ByDate, duties
from schemas.records import DisclosureItem, Passage, Reading
from schemas.wording import plain

_DAY = r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
_APPROVED = re.compile(
    rf"(?:于|自|在)?{_DAY}[^。;]{{0,24}}批复[^。;]{{0,20}}(?:部门|单位)?(?:预算|决算)|"
    rf"(?:财政(?:局|厅|部)|人民代表大会)[^。;]{{0,20}}(?:于|在){_DAY.replace('<', '<n')}[^。;,，]{{0,12}}批复"
)
"""The day on which this budget or these accounts were approved, said in one clause. Other 批复 are of projects."""


def approved(duty: str, passages: Iterable[Passage]) -> DisclosureItem:
    """The day of the approval, where the paper prints it; nothing is guessed where it prints none."""
    for passage in passages:
        text = plain(passage.text)
        if match := _APPROVED.search(text):
            day = _day(match.groupdict())
            if day is not None:
                said = shortened(sentence_at(text, match.start(), match.end()))
                return DisclosureItem(
                    duty, "cannot_be_told", "date_of_publication_unknown", passage.page, said, stated_on=day
                )
    return DisclosureItem(duty, "cannot_be_told", "date_of_approval_not_printed")


def judged_by_day(reading: Reading) -> Reading:
    """The reading with its verdicts on time, now that its day of publication may be known."""
    day = reading.document.published_on
    answers = {duty.id: duty.answer for duty in duties().duties if isinstance(duty.answer, ByDate)}
    items = tuple(
        _judged(item, day, answer.days) if (answer := answers.get(item.duty)) and item.stated_on else item
        for item in reading.disclosure
    )
    return replace(reading, disclosure=items)


def _judged(item: DisclosureItem, published: date | None, days: int) -> DisclosureItem:
    if published is None or item.stated_on is None:
        return replace(item, verdict="cannot_be_told", reason="date_of_publication_unknown")
    if published < item.stated_on:
        return replace(item, verdict="cannot_be_told", reason="date_of_publication_unknown")
    late = published > item.stated_on + timedelta(days=days)
    return replace(item, verdict="not_met" if late else "met", reason="late" if late else None)


def _day(groups: dict[str, str | None]) -> date | None:
    year, month, day = (groups.get(name) or groups.get(f"n{name}") for name in ("year", "month", "day"))
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None
