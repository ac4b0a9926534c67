"""A page's bytes → what it offers. Pure: nothing is fetched, no clock is read."""

from collections.abc import Mapping

from crawlers.evaluating.context import Context, carried, context_of
from crawlers.evaluating.following import onward
from crawlers.evaluating.papers import department_papers, file_as_paper, files_of, page_as_paper
from crawlers.families import family_of, further_pages, is_detail
from crawlers.files.media_types import CONTAINERS, PAPERS, sniff
from crawlers.pages.decoding import decoded
from crawlers.pages.found import Found, Onward, PageKind
from crawlers.pages.page import WebPage
from crawlers.pages.page_kinds import cut_short, unexpected_kind_of
from schemas.portals import Portal

LEAST_SHOWN = 40
"""A page that shows fewer characters than this and offers nothing is empty: commonly one that a script should fill."""


def evaluate(url: str, body: bytes, headers: Mapping[str, str], portal: Portal, origin: Onward | None = None) -> Found:
    """Tell what a page that was fetched from `url` (after redirects) offers.

    `headers` are the server's, lower-case names; `origin` is the `Onward` that led here, None for an entry of the
    portal's YAML (its defaults are looked up by address). A body of any kind is taken: HTML, or the XML or JSON of a
    list's data request. Never raises on what a server sent.
    """
    if sniff(body) in PAPERS | CONTAINERS:
        return _file(url, portal, origin)
    page = WebPage(url, decoded(body, headers))
    cut = cut_short(page.text)
    if cut:
        return Found(page_kind="truncated", title=page.title, detail=cut)
    context = context_of(page, portal, origin)
    papers, passed_over = department_papers(files_of(page, context), page, context, portal)
    if all(paper.role == "annex" for paper in papers) and (own := page_as_paper(page, context, portal)):
        papers = (own, *papers)
    details, lists = onward(page, context, portal)
    pretended = None if papers or details else unexpected_kind_of(page)
    if pretended:
        return Found(page_kind=pretended[0], title=page.title, detail=pretended[1])
    pages = _further(page, portal, origin)
    return Found(
        page_kind=_page_kind(page, context, bool(papers or passed_over or details or lists or pages)),
        title=page.title,
        papers=papers,
        details=details,
        lists=(*pages, *_without(lists, pages)),
        passed_over=passed_over,
        family=family_of(page).name,
    )


def _file(url: str, portal: Portal, origin: Onward | None) -> Found:
    """What an address offers that was taken for a page's and gives a file: that file, by what was said on the way."""
    page = WebPage(url, "")
    paper = file_as_paper(page, context_of(page, portal, origin), portal, origin.title if origin else "")
    return Found("detail", paper.title, papers=(paper,)) if paper else Found("empty")


def _further(page: WebPage, portal: Portal, origin: Onward | None) -> tuple[Onward, ...]:
    """The other pages of a list; articles have none."""
    if page.calls_itself_article or is_detail(page.url):
        return ()
    return tuple(carried(found, page, portal, origin) for found in further_pages(page, portal.family, origin))


def _without(lists: tuple[Onward, ...], pages: tuple[Onward, ...]) -> tuple[Onward, ...]:
    known = {found.address for found in pages if not found.form}
    return tuple(found for found in lists if found.address not in known)


def _page_kind(page: WebPage, context: Context, offers: bool) -> PageKind:
    if not offers and len(page.visible) < LEAST_SHOWN:
        return "empty"
    return "detail" if context.is_article else "list"
