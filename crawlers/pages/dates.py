"""Days as portals print them: on the page, in its meta tags, beside a link, in an address."""

import re
from datetime import date
from typing import Final

_PRINTED: Final = re.compile(r"(?<!\d)(20[0-4]\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_COMPACT: Final = re.compile(r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_STATED: Final = re.compile(
    r"(?:发布|公开|公布|成文|发文|生成|上传)?(?:时间|日期)\s*[:：]?\s*" + _PRINTED.pattern.removeprefix(r"(?<!\d)")
)
META_NAMES: Final = (
    "pubdate",
    "publishdate",
    "publish_time",
    "publishtime",
    "firstpublishedtime",
    "published",
    "pub_date",
)
"""Meta tags that carry the day of publication, in lower case; PubDate is what 政府网站发展指引 asks for."""


def printed_date(text: str) -> date | None:
    """The first day that a text prints, such as 2024-09-20, 2024年9月20日 or 2024/9/20."""
    return _first(_PRINTED, text)


def stated_date(text: str) -> date | None:
    """The first day that a text calls a date of publication (发布时间：…, 日期：…)."""
    return _first(_STATED, text)


def times_stated(text: str) -> int:
    """How often a text says when something was published."""
    return len(_STATED.findall(text))


def compact_date(text: str) -> date | None:
    """The first day written as eight digits on their own, such as 20240920 in an address."""
    return _first(_COMPACT, text)


def _first(pattern: re.Pattern[str], text: str) -> date | None:
    return next((day for found in pattern.finditer(text) if (day := _day(*found.groups()))), None)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
