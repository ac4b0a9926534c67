"""Portals are visited by a process each: one that dies or hangs costs its own portal's night and nothing else."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

from pydantic import TypeAdapter, ValidationError

from crawlers.crawl import CONTACT_VARIABLE, ContactMissingError
from crawlers.limits import Limits
from crawlers.wanted import Wanted
from flows.night.locations import Locations
from flows.night.portal_visit import DISK_FULL, VisitRequest, VisitResult
from ledger import Ledger
from ledger.errors import LedgerFullError
from reading.code_version import code_version
from schemas.errors import WrongUseError
from schemas.portals import Portal

COMMAND = (sys.executable, "-m", "flows.night.portal_visit")
SECONDS = 6 * 3600.0
"""A visit that takes longer hangs: the longest window of a portal is shorter."""
LAST_WORDS = 2000


def refuse_without_contact(portals: Sequence[Portal]) -> None:
    """Raises `WrongUseError` where a public portal is among them and nobody says whom its maintainers can write to."""
    if not os.environ.get(CONTACT_VARIABLE) and not all(portal.allow_private for portal in portals):
        raise WrongUseError(ContactMissingError.advice)


def visit_portal(
    portal: Portal,
    locations: Locations,
    dry_run: bool = False,
    seconds: float = SECONDS,
    *,
    limits: Limits | None = None,
    wanted: Wanted | None = None,
) -> VisitResult:
    """Visit one portal in a process of its own. Never raises for what happens there."""
    asked = VisitRequest(
        portal, locations.archive, locations.ledger, locations.cache.resolve(), code_version(), dry_run, limits, wanted
    )
    try:
        ran = subprocess.run(
            COMMAND,
            input=TypeAdapter(VisitRequest).dump_json(asked),
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return _cut_short(portal, locations, "time_limit", f"{seconds:g} s", dry_run)
    try:
        result = TypeAdapter(VisitResult).validate_json(ran.stdout)
    except ValidationError:
        return _cut_short(portal, locations, "crashed", _last_words(ran), dry_run)
    if result.finish_reason == DISK_FULL:
        return _cut_short(portal, locations, DISK_FULL, result.detail, dry_run)
    return result


def _cut_short(portal: Portal, locations: Locations, reason: str, detail: str, dry_run: bool) -> VisitResult:
    """The visit's night is closed with the reason; what it had recorded stands."""
    if dry_run:
        return VisitResult(portal.id, reason, detail=detail)
    with suppress(LedgerFullError), Ledger.open(locations.ledger) as ledger:  # else the next one closes the night
        night = ledger.begin_night(portal.id, code_version())
        ledger.end_night(night, requests=0, bytes_received=0, finish_reason=reason)
    return VisitResult(portal.id, reason, detail=detail)


def _last_words(ran: "subprocess.CompletedProcess[bytes]") -> str:
    said = ran.stderr.decode(errors="backslashreplace").strip()[-LAST_WORDS:]
    return said or f"it ended with status {ran.returncode}"
