"""What time it is, for all that is written down: UTC to the second, or the moment that SOURCE_DATE_EPOCH names.

With the variable set (reproducible-builds.org/specs/source-date-epoch) two runs write the same times, so that their
ledgers and releases can be compared byte by byte. A function that writes a time takes its clock as an argument.
"""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

from schemas.errors import WrongUseError

Clock = Callable[[], datetime]
VARIABLE = "SOURCE_DATE_EPOCH"
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China's time, which has known no summer time since 1991."""


def now() -> datetime:
    """Now in UTC, whole seconds. Raises `WrongUseError` where SOURCE_DATE_EPOCH is no number of seconds."""
    pinned = os.environ.get(VARIABLE)
    return from_epoch(pinned) if pinned else datetime.now(UTC).replace(microsecond=0)


def from_epoch(seconds: str) -> datetime:
    """The moment so many seconds after 1970 in UTC. Raises `WrongUseError`."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        why = "应为 1970 年以来的秒数 / must be seconds since 1970"
        raise WrongUseError(f"{VARIABLE} {why}: {seconds!r}") from error


def night_date(moment: datetime) -> date:
    """The date in China at a moment: the night that begins at 02:00 Shanghai time has that date to its end."""
    return moment.astimezone(CHINA).date()
