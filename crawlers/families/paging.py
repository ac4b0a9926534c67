"""Pagination that more than one family has: numbered addresses, a script that writes them, a link to the next page."""

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from crawlers.families.protocol import MOST_PAGES
from crawlers.pages.found import Onward
from crawlers.pages.page import WebPage
from crawlers.pages.titles import squeezed
from crawlers.pages.wording import wording

_SCRIPT: Final = re.compile(
    r"createPage(?:HTML)?\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?(?P<count>\d+)\s*,\s*(?P<current>\d+)\s*,"
    r"\s*['\"](?P<name>[^'\"]+)['\"]\s*,\s*['\"](?P<suffix>\w+)['\"]",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"\b(?:countPage|pageCount|totalPages?|m_nPageCount)\s*[=:]\s*['\"]?(\d+)", re.IGNORECASE)
_LAST_NAME: Final = re.compile(r"^(?P<stem>.*?)(?:_(?P<number>\d+))?\.(?P<suffix>s?html?)$", re.IGNORECASE)
_COUNTER: Final = re.compile(r"[_-](?=\.s?html?$)|[?&](?:page|pageno|pagenum|pageindex|curpage|p)=$", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+")


def scripted_pages(page: WebPage, *, first_number: int) -> tuple[Onward, ...]:
    """Pages that `createPageHTML(count, current, "index", "html")` writes links to.

    `index_N` counts from the current number that the list's first page gives: 0 in TRS WCM (index_1 is the second
    page), 1 in 开普 (index_2 is). On a later page, which does not tell, it is `first_number`.
    """
    script = _SCRIPT.search(page.text)
    if not script:
        return ()
    own = _LAST_NAME.match(urlsplit(page.url).path.rsplit("/", 1)[-1])
    on_first = own is None or own["number"] is None
    start = int(script["current"]) if on_first and int(script["current"]) < 2 else first_number
    numbers = range(start + 1, start + min(int(script["count"]), MOST_PAGES))
    return _others(page, [f"{script['name']}_{number}.{script['suffix']}" for number in numbers])


def counted_pages(page: WebPage, *, first_number: int) -> tuple[Onward, ...]:
    """Pages of a list whose script only states how many there are (`countPage = 5`)."""
    counted = _COUNT.search(page.text)
    name = urlsplit(page.url).path.rsplit("/", 1)[-1] or "index.html"
    own = _LAST_NAME.match(name)
    if not counted or not own:
        return ()
    numbers = range(first_number + 1, first_number + min(int(counted[1]), MOST_PAGES))
    return _others(page, [f"{own['stem']}_{number}.{own['suffix']}" for number in numbers])


def linked_pages(page: WebPage) -> tuple[Onward, ...]:
    """Pages that links lead to: 下一页 and the like, and numbers whose addresses differ in digits alone."""
    next_page, shape = wording().next_page, _shape(page.url)
    texts = [(link.address, squeezed(link.text)) for link in page.links]
    by_word = [address for address, text in texts if re.match(next_page, text, re.IGNORECASE)]
    numbered = [address for address, text in texts if re.fullmatch("[0-9]{1,3}", text)]
    return _others(page, [*(address for address in numbered if _shape(address) == shape), *by_word])


def _shape(address: str) -> str:
    """An address without its numbers; the first page often has none (index.html, index_2.html; list, list?page=2)."""
    return _COUNTER.sub("", _DIGITS.sub("", address.partition("#")[0]))


def _others(page: WebPage, addresses: list[str]) -> tuple[Onward, ...]:
    full = dict.fromkeys(urljoin(page.base, address) for address in addresses)
    return tuple(Onward(address) for address in full if address != page.url)
