"""From the links of a page to other pages: which probably offer papers, and which are lists of such pages."""

import re
from collections.abc import Iterable
from urllib.parse import urldefrag, urlsplit

from crawlers.evaluating.context import Context
from crawlers.evaluating.link_context import organ_beside, with_context
from crawlers.families import day_told, is_detail
from crawlers.pages.attachments import file_address
from crawlers.pages.found import Hints, Onward
from crawlers.pages.links import Link
from crawlers.pages.page import WebPage
from crawlers.pages.titles import Said, said, squeezed
from crawlers.pages.wording import wording
from schemas.portals import Portal


def onward(page: WebPage, context: Context, portal: Portal) -> tuple[tuple[Onward, ...], tuple[Onward, ...]]:
    """The pages that probably offer papers, and the lists, each address once and none of them this page."""
    links = [link for link in page.links if link.zone != "related" and not file_address(link.address, link.text)]
    details = _once((_detail(link, context, portal) for link in links), page.url)
    taken = {found.address for found in details}
    lists = _once((_list(link, context) for link in links), page.url)
    return details, tuple(found for found in lists if found.address not in taken)


def _detail(link: Link, context: Context, portal: Portal) -> Onward | None:
    """The page of one department's paper: a title that says so, or a department's name in a list of papers."""
    if link.zone != "content" or _is_root(link.address):
        return None
    told = with_context(said(link.name), link, context)
    by_portal = told.names_paper and (portal.department or (context.site and _is_articles(link)))
    in_list = told.department and _lists_departments(context, portal)
    whose = told.whose or ("department" if by_portal or in_list else None)
    if told.excluded or whose not in portal.levels:
        return None
    publisher = portal.department or context.site
    named = told.department or publisher or (_is_articles(link) and told.whose)
    if not named or (_is_list(link) and not organ_beside(link)):
        return None
    return _onward(link, told, context, told.department or publisher)


def _lists_departments(context: Context, portal: Portal) -> bool:
    """Whether an organisation's name is the name of its paper here; the page of one department's paper is no list."""
    is_own_page = context.is_article and context.department is not None
    return "department" in portal.levels and context.whose == "department" and not (context.excluded or is_own_page)


def _is_root(address: str) -> bool:
    """Whether an address is that of a site as a whole, which is no paper's page."""
    parts = urlsplit(address)
    return not parts.query and re.fullmatch(r"/?(?:index|default|main)?(?:\.\w+)?", parts.path) is not None


def _is_articles(link: Link) -> bool:
    """Whether a link leads to an article: its address is one's, or it has a day of publication beside it."""
    return is_detail(link.address) or link.day is not None


def _is_list(link: Link) -> bool:
    """Whether a link says a year and no more, or 更多, and its address is not an article's."""
    words = wording()
    text = squeezed(link.name)
    short = re.match(words.year_only, text) or re.match(words.more, text, re.IGNORECASE)
    return short is not None and not _is_articles(link)


def _list(link: Link, context: Context) -> Onward | None:
    """A list by its own words (部门决算公开), by those beside a 更多, or a year's list under a list of papers."""
    words = wording()
    text = squeezed(link.name)
    if re.match(words.more, text, re.IGNORECASE):
        text = squeezed(link.row or link.headings[-1])
    own = said(text)
    under = context.whose == "department" and link.zone == "content" and re.match(words.year_only, text)
    named = re.search(words.lists, text) and not re.search(words.lists_skip, text)
    if (
        own.excluded
        or own.whose == "government"
        or not (named or under)
        or (context.is_article and link.zone != "content")
    ):
        return None
    return _onward(link, own, context if under else None, own.department)


def _onward(link: Link, own: Said, context: Context | None, department: str | None) -> Onward:
    """A link with what it and the page tell. A bare year over final accounts may be that of publication: not taken."""
    kind = own.kind or (context.kind if context else None)
    told = own.names_paper or kind == "budget" or "年度" in link.name
    year = own.fiscal_year if told else None
    hints = Hints(
        kind=kind,
        fiscal_year=year or (context.fiscal_year if context and not own.fiscal_year else None),
        department=department or (context.department if context else None),
    )
    return Onward(urldefrag(link.address).url, link.name, link.day or day_told(link.address), hints)


def _once(found: Iterable[Onward | None], own: str) -> tuple[Onward, ...]:
    first: dict[str, Onward] = {}
    for one in found:
        if one and one.address != urldefrag(own).url:
            first.setdefault(one.address, one)
    return tuple(first.values())
