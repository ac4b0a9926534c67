"""`gongkai crawl --discover URL`: what a portal that has only an address offers, and how it would be defined."""

from collections import Counter
from datetime import time
from typing import Final
from urllib.parse import urlsplit

import yaml

from crawlers.evaluating.discovering import unnamed_portal
from crawlers.limits import Limits
from flows.night.crawling import refuse_without_contact, visit_portal
from flows.night.portal_visit import VisitResult
from flows.night.settings import NightSettings
from schemas.errors import WrongUseError
from schemas.portals import Family, Pace, Portal, Window

IMPATIENT: Final = Limits(timeout_seconds=6.0, retries=0, wait_at_most_seconds=8.0)
"""A person waits: a host that is dead says so within ten seconds."""


def look_through(url: str, settings: NightSettings, *, allow_private: bool = False) -> tuple[Portal, VisitResult]:
    """Look through a portal from an address without fetching a paper: the portal that it is taken for, and its visit.

    A person looks at any hour, so that no window binds. `allow_private` is for portals on this machine, in tests.
    Raises `WrongUseError` where the address is none of the web's.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise WrongUseError(f"请给出 http 或 https 网址 / give an http or https address: {url}")
    at_any_hour = Pace(window=Window(opens=time(0), closes=time(0)))
    known = {"pace": at_any_hour, "allow_private": allow_private}
    portal = unnamed_portal(url, "generic").model_copy(update=known)
    refuse_without_contact([portal])
    return portal, visit_portal(
        portal, settings.locations, dry_run=True, seconds=settings.visit_seconds, limits=IMPATIENT
    )


def _family(visited: VisitResult) -> Family:
    """The family that most pages are of which offer something; `generic` where they bear no traces of another."""
    families = Counter(page.family for page in visited.looked if page.papers or page.onward)
    told = [family for family, _ in families.most_common() if family != "generic"]
    return told[0] if told else "generic"


def definition(portal: Portal, visited: VisitResult) -> str:
    """The YAML that a contributor begins with: the lists that led to papers are its entries."""
    lists = [page.url for page in visited.looked if page.papers or page.onward] or [portal.entries[0].address]
    data = {
        "id": "…",
        "name": "…",
        "division_code": "…",
        "family": _family(visited),
        "entries": [{"address": address} for address in lists[:1]],
    }
    said = "# 可作为 schemas/portals/<id>.yaml 的开头 / to begin schemas/portals/<id>.yaml with"
    return f"{said}\n{yaml.safe_dump(data, allow_unicode=True, sort_keys=False)}"
