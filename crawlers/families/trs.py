"""拓尔思 TRS WCM: lists index.html, index_1.html …; articles t20240920_123456.html; files P0202409…pdf, W0…xls."""

import re
from datetime import date
from typing import Final

from crawlers.families.paging import counted_pages, linked_pages, scripted_pages
from crawlers.pages.dates import compact_date
from crawlers.pages.found import Onward
from crawlers.pages.page import WebPage
from schemas.portals import Family

_DETAIL: Final = re.compile(r"/t(20\d{6})_\d+(?:_\d+)?\.s?html?(?:[?#]|$)")
_FILE: Final = re.compile(r"/[PW]0(20\d{6})\d+\.\w+$")
_SCRIPTS: Final = re.compile(r"TRS_Editor|TRS_UEDITOR|trs_paper_default|createPageHTML\(\s*\d")


class Trs:
    """TRS WCM."""

    name: Family = "trs"

    def traces(self, page: WebPage) -> int:
        """Articles, files, and the editor's class names."""
        known = sum(1 for address in page.own_addresses if _DETAIL.search(address) or _FILE.search(address))
        return known + len(_SCRIPTS.findall(page.text))

    def is_detail(self, address: str) -> bool:
        """t20240920_123456.html is an article."""
        return _DETAIL.search(address) is not None

    def published_on(self, address: str) -> date | None:
        """The day is in an article's and in a file's name."""
        found = _DETAIL.search(address) or _FILE.search(address)
        return compact_date(found[1]) if found else None

    def further_pages(self, page: WebPage, origin: Onward | None) -> tuple[Onward, ...]:
        """index_1.html is the second page."""
        return scripted_pages(page, first_number=0) or counted_pages(page, first_number=0) or linked_pages(page)

    def embedded_files(self, page: WebPage) -> tuple[str, ...]:
        """None: its files are linked."""
        return ()
