"""What a family of content management systems knows about its own pages."""

from datetime import date
from typing import Protocol

from crawlers.pages.found import Onward
from crawlers.pages.page import WebPage
from schemas.portals import Family

MOST_PAGES = 400
"""A list of more pages than this is not followed to its end: no portal publishes so many papers in one list."""


class PageFamily(Protocol):
    """A family: by addresses alone which page is an article, and by a list's page which further pages it has."""

    name: Family

    def traces(self, page: WebPage) -> int:
        """Count the addresses and scripts on a page that this family is known by."""
        ...

    def is_detail(self, address: str) -> bool:
        """Tell whether an address is that of an article, not of a list."""
        ...

    def published_on(self, address: str) -> date | None:
        """The day of publication that an address tells, None where it tells none."""
        ...

    def further_pages(self, page: WebPage, origin: Onward | None) -> tuple[Onward, ...]:
        """The other pages of the list that `page` is one of, in order; `origin` is the request that it came from."""
        ...

    def embedded_files(self, page: WebPage) -> tuple[str, ...]:
        """Addresses of files that the page shows by a script instead of a link."""
        ...
