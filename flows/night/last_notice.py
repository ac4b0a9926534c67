"""What would be told of the last night, by what the ledger and the releases say of it."""

from flows.night import steps
from flows.night.notices import Notice, Tonight, notice_of, notice_settings
from flows.night.settings import NightSettings
from flows.night.telling import silent_portals
from flows.prefect_settings import lasting_page
from ledger import Ledger
from publish.store.catalogue import releases_of


def last_notice(settings: NightSettings) -> Notice | None:
    """The message, None where there is nothing to tell; why a night failed is known to itself alone."""
    told = notice_settings(settings.locations.root)
    with Ledger.open(settings.locations.ledger) as ledger:
        day = ledger.last_night()
        if day is None:
            return None
        portals = {night.portal for night in ledger.nights(day)} & settings.locations.portals().keys()
        silent = silent_portals(settings, ledger)
    breaches = steps.report(settings, (), portals=sorted(portals)).breaches
    version = f"{day.year}.{day.month}.{day.day}"
    releases = [each.version for each in releases_of(str(settings.locations.releases))]
    named = [each for each in releases if each == version or each.startswith(f"{version}.")]
    found = Tonight(day, None, breaches, silent, named[0] if named else None)
    return notice_of(found, told.page or lasting_page())
