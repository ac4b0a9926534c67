"""Families of content management systems, one small module each; the field notes tell their traces.

A portal's lists are of one family, while what they link to may lie on a department's own site of another: so every
family is asked about an address, and the portal's own about the pages of a list.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from crawlers.families.generic import Generic
from crawlers.families.jcms import Jcms
from crawlers.families.protocol import PageFamily
from crawlers.families.trs import Trs
from crawlers.families.ucap import Ucap
from crawlers.families.vsb import Vsb
from crawlers.pages.found import Onward
from crawlers.pages.page import WebPage
from schemas.portals import Family

__all__ = ["FAMILIES", "PageFamily", "day_told", "embedded_files", "family_of", "further_pages", "is_detail"]

FEWEST_TRACES: Final = 2
_ALL: Final[tuple[PageFamily, ...]] = (Trs(), Vsb(), Jcms(), Ucap(), Generic())
FAMILIES: Final[Mapping[Family, PageFamily]] = MappingProxyType({family.name: family for family in _ALL})


def family_of(page: WebPage) -> PageFamily:
    """The family that a page bears most traces of, `generic` where it bears next to none."""
    most = max(_ALL, key=lambda family: family.traces(page))
    return most if most.traces(page) >= FEWEST_TRACES else FAMILIES["generic"]


def is_detail(address: str) -> bool:
    """Tell whether an address is that of an article in any family."""
    return any(family.is_detail(address) for family in _ALL)


def day_told(address: str) -> date | None:
    """The day of publication that an address tells in any family."""
    return next((day for family in _ALL if (day := family.published_on(address))), None)


def further_pages(page: WebPage, family: Family, origin: Onward | None) -> tuple[Onward, ...]:
    """The other pages of a list: as the portal's family has them, else as the page's own traces say."""
    return FAMILIES[family].further_pages(page, origin) or family_of(page).further_pages(page, origin)


def embedded_files(page: WebPage) -> tuple[str, ...]:
    """Addresses of files that a page shows by a script, in any family."""
    return tuple(address for family in _ALL for address in family.embedded_files(page))
