"""What time is written down."""

from datetime import UTC, date, datetime

import pytest

from ledger import clock
from schemas.errors import WrongUseError


def test_now_is_in_utc_to_the_second(monkeypatch):
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    before = datetime.now(UTC).replace(microsecond=0)
    moment = clock.now()
    assert before <= moment <= datetime.now(UTC)
    assert (moment.tzinfo, moment.microsecond) == (UTC, 0)


def test_a_pinned_moment_stands_still(monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, "1789927200")
    assert clock.now() == clock.now() == datetime(2026, 9, 20, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize("pinned", ["yesterday", "1e9", "99999999999999999"])
def test_what_is_no_number_of_seconds_is_wrong_use(monkeypatch, pinned):
    monkeypatch.setenv(clock.VARIABLE, pinned)
    with pytest.raises(WrongUseError, match=clock.VARIABLE):
        clock.now()


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (datetime(2026, 9, 20, 15, 59, 59, tzinfo=UTC), date(2026, 9, 20)),
        (datetime(2026, 9, 20, 16, 0, tzinfo=UTC), date(2026, 9, 21)),
        (datetime(2026, 9, 20, 18, 0, tzinfo=UTC), date(2026, 9, 21)),
        (datetime(2026, 9, 21, 15, 0, tzinfo=UTC), date(2026, 9, 21)),
    ],
)
def test_a_night_has_its_date_in_china(moment, night):
    assert clock.night_date(moment) == night
