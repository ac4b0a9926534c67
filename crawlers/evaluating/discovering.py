"""What a portal of which only an address is known turns out to be: its family, its lists and its first papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from crawlers.evaluating.evaluate import evaluate
from crawlers.families import FAMILIES, family_of
from crawlers.pages.decoding import decoded
from crawlers.pages.found import Found
from crawlers.pages.page import WebPage
from schemas.portals import Entry, Family, Portal

NOWHERE: Final = "100000"
"""The code of the country as a whole (GB/T 2260), for a portal whose division nobody has said yet."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """`traces` counts what each family is known by; `found` is the page's evaluation under the likeliest family."""

    family: Family
    traces: Mapping[Family, int]
    found: Found


def discover(url: str, body: bytes, headers: Mapping[str, str]) -> Discovered:
    """Tell which family a page is of and what it offers; never raises on what a server sent."""
    page = WebPage(url, decoded(body, headers))
    family = family_of(page).name
    traces = {name: known.traces(page) for name, known in FAMILIES.items()}
    return Discovered(family, traces, evaluate(url, body, headers, unnamed_portal(url, family)))


def unnamed_portal(url: str, family: Family) -> Portal:
    """A portal that is known by its address alone."""
    host = urlsplit(url).hostname or url
    return Portal(id="discovered", name=host, division_code=NOWHERE, family=family, entries=(Entry(address=url),))
