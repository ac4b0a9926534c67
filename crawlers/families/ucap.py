"""开普 ucap: columns /c16360/index.html, index_2.html …; articles /c16360/20240920/i2345.html or content_….html."""

import re
from datetime import date
from typing import Final

from crawlers.families.paging import counted_pages, linked_pages, scripted_pages
from crawlers.pages.dates import compact_date
from crawlers.pages.found import Onward
from crawlers.pages.page import WebPage
from schemas.portals import Family

_DETAIL: Final = re.compile(r"/(20\d{4}/\d{2}|20\d{6}|20\d{4})?/?(?:i\d+|content_\w+|[0-9a-f]{32})\.s?html?(?:[?#]|$)")
_COLUMN: Final = re.compile(r"/c\d+/")
_SCRIPTS: Final = re.compile(r"ucapcontent|ucap-|createPageHTML\(\s*['\"]|manuscriptId")


class Ucap:
    """开普 ucap."""

    name: Family = "ucap"

    def traces(self, page: WebPage) -> int:
        """Columns, articles, and the names in its templates."""
        known = sum(1 for address in page.own_addresses if _COLUMN.search(address) or _DETAIL.search(address))
        return known + len(_SCRIPTS.findall(page.text))

    def is_detail(self, address: str) -> bool:
        """i2345.html, content_….html and a name of 32 hex digits are articles."""
        return _DETAIL.search(address) is not None

    def published_on(self, address: str) -> date | None:
        """The day is a folder: /20240920/ or /202409/20/."""
        found = _DETAIL.search(address)
        return compact_date(found[1].replace("/", "")) if found and found[1] else None

    def further_pages(self, page: WebPage, origin: Onward | None) -> tuple[Onward, ...]:
        """index_2.html is the second page."""
        return scripted_pages(page, first_number=1) or counted_pages(page, first_number=1) or linked_pages(page)

    def embedded_files(self, page: WebPage) -> tuple[str, ...]:
        """None: its files are linked."""
        return ()
