"""When a host may be asked: the hours of the portal's window, and which night a moment belongs to."""

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo

from schemas.portals import Window

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


def is_open(window: Window, now: datetime) -> bool:
    """Whether a portal may be visited at `now`, an aware time."""
    return window.contains(now.astimezone(SHANGHAI).time())


def night_of(now: datetime) -> date:
    """The night that `now` belongs to, by the evening it begins in: from noon to noon in Shanghai."""
    return (now.astimezone(SHANGHAI) - timedelta(hours=12)).date()


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After asks to wait, be it seconds or a date (RFC 9110, 10.2.3); None if neither."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
