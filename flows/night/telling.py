"""Telling people of a night, once: by Apprise, and by a heartbeat that somebody outside watches."""

import logging
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from flows.night.notices import (
    FILE,
    URLS,
    Notice,
    NoticeSettings,
    Silent,
    Tonight,
    digest_of,
    notice_of,
    notice_settings,
)
from flows.night.settings import NightSettings
from flows.night.steps_report import NightReport
from flows.prefect_settings import lasting_page
from ledger import Ledger
from ledger.clock import night_date
from ledger.notices import keep_told, was_told
from ledger.queries.newest_nights import last_seen
from schemas.errors import WrongUseError

LOG = logging.getLogger(__name__)
SECONDS = 20.0
AGAIN_DAYS = 7
"""A portal that stays silent is told of again after so many days."""


@contextmanager
def telling_of_failure(settings: NightSettings) -> Iterator[None]:
    """Tell of a night that fails within, and let it fail."""
    try:
        yield
    except Exception as error:
        tell(settings, error=f"{type(error).__name__}: {error}".splitlines()[0][:300])
        raise


def tell(settings: NightSettings, report: NightReport | None = None, error: str | None = None) -> Notice | None:
    """Tell of a night that has ended. Never raises: a message that cannot be sent is a warning in the log."""
    try:
        told = notice_settings(settings.locations.root)
        with Ledger.open(settings.locations.ledger) as ledger:
            notice = notice_of(tonight(settings, ledger, report, error), told.page or lasting_page())
            if notice:
                _send_once(notice, told, ledger)
        if told.heartbeat:
            _beat(str(told.heartbeat) + ("/fail" if error or (report and not report.sound) else ""))
    except Exception as failed:  # the night itself stands, whatever becomes of what is told of it
        LOG.warning("通知未能发出 / the notice could not be sent: %s", failed)
        return None
    return notice


def tonight(settings: NightSettings, ledger: Ledger, report: NightReport | None, error: str | None) -> Tonight:
    """What there is to tell: from a night's report, or of one that failed."""
    day = night_date(ledger.now())
    published = report.published if report else None
    return Tonight(
        night=day,
        error=error,
        breaches=report.breaches if report else None,
        silent=silent_portals(settings, ledger),
        release=published.release.version if published and published.release.is_new else None,
        held_back=len(published.refused) if published else 0,
    )


def send(settings: NightSettings, notice: Notice) -> bool:
    """Send a message, however often it was sent; whether it went. Raises `WrongUseError` where nobody is to be told."""
    told = notice_settings(settings.locations.root)
    if not told.urls:
        raise WrongUseError(f"没有通知的地址 / nobody to tell: {FILE}, {URLS}")
    return _notified(notice, told)


def refuse_unusable(settings: NightSettings) -> None:
    """Raises `WrongUseError` where an address of notices is none, before a night is begun."""
    _apprise(notice_settings(settings.locations.root))


def silent_portals(settings: NightSettings, ledger: Ledger) -> list[Silent]:
    """The portals on which no paper was seen for longer than their bound allows: on the first day, then once a week."""
    seen, today = last_seen(ledger.engine), night_date(ledger.now())
    portals = settings.locations.portals()
    days = {name: (today - day).days for name, day in seen.items() if name in portals}
    over = {name: count - portals[name].bounds.silent_days_at_most for name, count in days.items()}
    return [Silent(name, days[name]) for name, late in sorted(over.items()) if late % AGAIN_DAYS == 1 and late > 0]


def _send_once(notice: Notice, told: NoticeSettings, ledger: Ledger) -> None:
    """Send what nobody was told yet of this night, in one message."""
    day = night_date(ledger.now())
    fresh = notice.without(lambda digest: was_told(ledger.engine, day, digest))
    if not told.urls or fresh is None:
        return
    if not _notified(fresh, told):
        raise OSError("Apprise")
    for line in fresh.lines:
        keep_told(ledger.engine, day, digest_of(line))


def _notified(notice: Notice, told: NoticeSettings) -> bool:
    import apprise  # noqa: PLC0415  it takes a while to load

    kind = apprise.NotifyType.WARNING if notice.is_bad else apprise.NotifyType.SUCCESS
    return bool(_apprise(told).notify(title=notice.title, body=notice.body, notify_type=kind))


def _apprise(told: NoticeSettings) -> "apprise.Apprise":  # type: ignore[name-defined]  # noqa: F821
    import apprise  # noqa: PLC0415

    services = apprise.Apprise()
    for url in told.urls:
        if not services.add(url):
            scheme = url.partition("://")[0]
            raise WrongUseError(f"Apprise 不认识这个通知地址 / no address that Apprise knows: {scheme}://…")
    return services


def _beat(url: str) -> None:
    try:
        urllib.request.urlopen(url, timeout=SECONDS).close()
    except (urllib.error.URLError, OSError) as error:
        LOG.warning("心跳未能送达 / the heartbeat did not arrive: %s", error)
