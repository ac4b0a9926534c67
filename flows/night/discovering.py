"""`gongkai crawl --discover URL`: what a portal that has only an address offers, and how it would be defined."""

from datetime import time
from urllib.parse import urlsplit

import yaml
from rich.console import Console
from rich.text import Text

from crawlers.evaluating.discovering import unnamed_portal
from flows.console import grid, names, numbers
from flows.errors import WrongUseError
from flows.night.crawling import refuse_without_contact, visit_portal
from flows.night.settings import NightSettings
from flows.night.telling import print_listed, print_visits
from flows.night.visiting import Visited
from schemas.portals import Pace, Portal, Window


def discover(url: str, settings: NightSettings, out: Console, *, allow_private: bool = False) -> bool:
    """Look through a portal from an address without fetching a paper, and print what is there; whether papers are.

    A person looks at any hour, so that no window binds. `allow_private` is for portals on this machine, in tests.
    Raises `WrongUseError` where the address is none of the web's.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise WrongUseError(f"请给出 http 或 https 网址 / give an http or https address: {url}")
    at_any_hour = Pace(window=Window(opens=time(0), closes=time(0)))
    known = {"pace": at_any_hour, "allow_private": allow_private}
    portal = unnamed_portal(url, "generic").model_copy(update=known)
    refuse_without_contact([portal])
    visited = visit_portal(portal, settings.places, dry_run=True, seconds=settings.visit_seconds)
    print_visits([visited], out)
    _print_pages(visited, out)
    print_listed([visited], out)
    if visited.papers:
        out.print(Text(_definition(portal, visited)), soft_wrap=True)
    return bool(visited.papers)


def _print_pages(visited: Visited, out: Console) -> None:
    table = grid("性质 nature", numbers("文件 papers"), numbers("链接 onward"), names("标题 title"), names("网页 page"))
    for page in visited.looked:
        table.add_row(page.nature, str(page.papers), str(page.onward), Text(page.title), Text(page.url))
    out.print(table)


def _definition(portal: Portal, visited: Visited) -> str:
    """The YAML that a contributor begins with: the lists that led to papers are its entries."""
    lists = [page.url for page in visited.looked if page.papers or page.onward] or [portal.entries[0].address]
    data = {
        "id": "…",
        "name": "…",
        "division_code": "…",
        "family": portal.family,
        "entries": [{"address": address} for address in lists[:1]],
    }
    said = "# 可作为 schemas/portals/<id>.yaml 的开头 / to begin schemas/portals/<id>.yaml with"
    return f"{said}\n{yaml.safe_dump(data, allow_unicode=True, sort_keys=False)}"
