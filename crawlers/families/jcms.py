"""大汉 JCMS (hanweb): columns /col/col1234/index.html, filled by a script; articles /art/2024/9/20/art_1_2.html.

A column's page embeds its first records and a script that asks for the others: a POST of the column's numbers to
`/module/web/jpage/dataproxy.jsp?startrecord=…&endrecord=…&perpage=…`. The answer is a `<datastore>` of records.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawlers.families.paging import linked_pages
from crawlers.families.protocol import MOST_PAGES
from crawlers.pages.dates import printed_date
from crawlers.pages.found import Onward
from crawlers.pages.page import WebPage
from schemas.portals import Family

PAGES_A_REQUEST: Final = 3
"""The script asks for three pages at a time, and so do we."""

_DETAIL: Final = re.compile(r"/art/(20\d\d/\d{1,2}/\d{1,2})/art_[\w-]+\.html")
_COLUMN: Final = re.compile(r"/col/col\d+/")
_SCRIPTS: Final = re.compile(r"dataproxy\.jsp|jpage|jpaas|hanweb|cms_files/|<datastore", re.IGNORECASE)
_PROXY: Final = re.compile(r"['\"]([^'\"]*dataproxy\.jsp[^'\"]*)['\"]")
_TOTAL: Final = re.compile(
    r"totalRecord['\"]?\s*[:=]\s*['\"]?(\d+)|<totalrecord>\s*(?:<!\[CDATA\[)?(\d+)", re.IGNORECASE
)
_PER_PAGE: Final = re.compile(r"perPage['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_FIELDS: Final = (
    "col",
    "appid",
    "webid",
    "path",
    "columnid",
    "sourceContentType",
    "unitid",
    "webname",
    "permissiontype",
)


class Jcms:
    """大汉 JCMS."""

    name: Family = "jcms"

    def traces(self, page: WebPage) -> int:
        """Columns, articles, and the list's script."""
        known = sum(1 for address in page.own_addresses if _COLUMN.search(address) or _DETAIL.search(address))
        return known + len(_SCRIPTS.findall(page.text))

    def is_detail(self, address: str) -> bool:
        """/art/2024/9/20/art_1234_567.html is an article."""
        return _DETAIL.search(address) is not None

    def published_on(self, address: str) -> date | None:
        """The day is in an article's address."""
        found = _DETAIL.search(address)
        return printed_date(found[1]) if found else None

    def further_pages(self, page: WebPage, origin: Onward | None) -> tuple[Onward, ...]:
        """The data requests for all records; those after the first answer's where only that says how many there are."""
        if "dataproxy.jsp" in page.url:
            return _after_first(page, origin)
        proxy = _PROXY.search(page.text)
        if not proxy:
            return linked_pages(page)
        per_page = _number(_PER_PAGE, page.text) or 15
        total = _number(_TOTAL, page.text) or per_page * PAGES_A_REQUEST
        request = Onward(urljoin(page.base, proxy[1].replace("&amp;", "&")), form=_form(page.text, proxy[1]))
        return _requests(request, total, per_page, start=1)

    def embedded_files(self, page: WebPage) -> tuple[str, ...]:
        """None: its files are linked."""
        return ()


def _after_first(page: WebPage, origin: Onward | None) -> tuple[Onward, ...]:
    query = dict(parse_qsl(urlsplit(page.url).query))
    total = _number(_TOTAL, page.text)
    if query.get("startrecord") != "1" or not total or not query.get("endrecord", "").isdigit():
        return ()
    per_page = int(query["perpage"]) if query.get("perpage", "").isdigit() else 15
    request = origin or Onward(page.url)
    return _requests(replace(request, address=page.url), total, per_page, start=int(query["endrecord"]) + 1)


def _requests(request: Onward, total: int, per_page: int, start: int) -> tuple[Onward, ...]:
    size = per_page * PAGES_A_REQUEST
    starts = range(start, min(total, MOST_PAGES * per_page) + 1, size)
    spans = [{"startrecord": at, "endrecord": min(at + size - 1, total), "perpage": per_page} for at in starts]
    return tuple(replace(request, address=_with_span(request, span)) for span in spans)


def _with_span(request: Onward, span: dict[str, int]) -> str:
    """The address for a span of records; what the form says is not said again in the query."""
    parts = urlsplit(request.address)
    said = {*span, "page", *(name for name, _ in request.form)}
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in said]
    return parts._replace(query=urlencode([*span.items(), *kept])).geturl()


def _form(text: str, proxy: str) -> tuple[tuple[str, str], ...]:
    """The column's numbers: from the script's `data:{…}`, else from the query of its address."""
    found = {name: value[1] or value[2] for name in _FIELDS if (value := re.search(_field(name), text))}
    query = dict(parse_qsl(urlsplit(proxy.replace("&amp;", "&")).query, keep_blank_values=True))
    merged: dict[str, str] = {**query, **found}
    return tuple((name, merged[name]) for name in _FIELDS if name in merged) if "columnid" in merged else ()


def _field(name: str) -> str:
    return rf"['\"]?\b{name}['\"]?\s*:\s*(?:['\"]([^'\"]*)['\"]|(\d+))"


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return int(next(filter(None, found.groups()))) if found else None
