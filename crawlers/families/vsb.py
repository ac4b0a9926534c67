"""博达 VSB: lists list.htm, list/12.htm counting down to list/1.htm; articles info/1014/1222.htm."""

import re
from datetime import date
from typing import Final
from urllib.parse import urljoin, urlsplit

from crawlers.families.paging import linked_pages
from crawlers.families.protocol import MOST_PAGES
from crawlers.pages.found import Onward
from crawlers.pages.page import WebPage
from schemas.portals import Family

_DETAIL: Final = re.compile(r"/info/\d+/\d+\.html?(?:[?#]|$)|[?&]wbnewsid=\d+|/content\.jsp\?.*urltype=news")
_SCRIPTS: Final = re.compile(
    r"Visual SiteBuilder|vsb_content|_sitegray|content\.vsb\.css|wbnews|/_content/download\.jsp"
)
_SHOWN: Final = re.compile(r"showVsbpdfIframe\(\s*['\"]([^'\"]+)['\"]")
_LATER: Final = re.compile(r"^(?P<stem>.*)/(?P<number>\d+)\.htm$")


class Vsb:
    """博达 VSB."""

    name: Family = "vsb"

    def traces(self, page: WebPage) -> int:
        """Articles, and the names that its templates leave in the source."""
        return sum(1 for address in page.own_addresses if _DETAIL.search(address)) + len(_SCRIPTS.findall(page.text))

    def is_detail(self, address: str) -> bool:
        """info/1014/1222.htm is an article."""
        return _DETAIL.search(address) is not None

    def published_on(self, address: str) -> date | None:
        """Its addresses tell no day."""
        return None

    def further_pages(self, page: WebPage, origin: Onward | None) -> tuple[Onward, ...]:
        """list/12.htm is the second of 13 pages, list/1.htm the last; new pages take the higher numbers."""
        own = _LATER.match(urlsplit(page.url).path)
        stem = own["stem"] if own else urlsplit(page.url).path.removesuffix(".htm")
        numbers = [int(found["number"]) for link in page.links if (found := _of_list(link.address, stem))]
        if not numbers:
            return linked_pages(page)
        highest = min(max(numbers), MOST_PAGES)
        addresses = (urljoin(page.url, f"{stem}/{number}.htm") for number in range(highest, 0, -1))
        return tuple(Onward(address) for address in addresses if address != page.url)

    def embedded_files(self, page: WebPage) -> tuple[str, ...]:
        """PDFs that `showVsbpdfIframe` shows in the page."""
        return tuple(urljoin(page.base, address) for address in _SHOWN.findall(page.text))


def _of_list(address: str, stem: str) -> re.Match[str] | None:
    found = _LATER.match(urlsplit(address).path)
    return found if found and found["stem"] == stem else None
