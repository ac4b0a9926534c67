"""Any other portal: what its links say is all that is known."""

import re
from datetime import date
from typing import Final
from urllib.parse import urljoin

from crawlers.families.paging import linked_pages, scripted_pages
from crawlers.pages.attachments import scripted_addresses
from crawlers.pages.dates import compact_date, printed_date
from crawlers.pages.found import Onward
from crawlers.pages.page import WebPage
from schemas.portals import Family

_DETAIL: Final = re.compile(
    r"/(?:content|article|detail|info|post|art|t)[/_-]?\w*\d{3,}\w*(?:\.\w+)?$|/20\d\d[-/]?\d\d[-/]?\d\d/\w+\.s?html?$|/content/post_\d+"
)
_DAY: Final = re.compile(r"/(20\d\d)[-/]?(\d\d)[-/]?(\d\d)/")


class Generic:
    """The family of those that have none."""

    name: Family = "generic"

    def traces(self, page: WebPage) -> int:
        """None: it is what is left."""
        return 0

    def is_detail(self, address: str) -> bool:
        """Addresses that commonly are an article's: post_123.html, /2024-09/20/….html."""
        return _DETAIL.search(address.partition("?")[0]) is not None

    def published_on(self, address: str) -> date | None:
        """Folders that spell a day."""
        found = _DAY.search(address)
        return printed_date("-".join(found.groups())) if found else compact_date(address)

    def further_pages(self, page: WebPage, origin: Onward | None) -> tuple[Onward, ...]:
        """What a script writes, else what links say."""
        return scripted_pages(page, first_number=0) or linked_pages(page)

    def embedded_files(self, page: WebPage) -> tuple[str, ...]:
        """Files that a script in the body names, commonly for a frame that it fills."""
        scripts = page.selector.xpath("//body//script[not(@src)]/text()").getall()
        return tuple(urljoin(page.base, address) for text in scripts for address in scripted_addresses(text))
