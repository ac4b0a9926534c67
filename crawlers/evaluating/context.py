"""What a page as a whole says of the papers on it: used where a link's own words do not say."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from crawlers.families import day_told, is_detail
from crawlers.pages.found import Hints, Onward
from crawlers.pages.page import WebPage
from crawlers.pages.titles import Said, Whose, is_publisher, organ, said
from schemas.portals import Portal
from schemas.records import Kind


@dataclass(frozen=True, slots=True)
class Context:
    """A page's paper, None where it does not say; `excluded` is the rule by which its title names none.

    `is_own_page` tells an article of its own from a page that only says somewhere when it was published.
    `site` is the organisation that the site is of, where it is of one that publishes its own papers alone.
    `department` is one that all papers of the page are of; a list of many departments has none.
    """

    kind: Kind | None
    fiscal_year: int | None
    department: str | None
    whose: Whose | None
    excluded: str | None
    published_on: date | None
    is_article: bool
    is_own_page: bool
    site: str | None
    division: str | None = None


def context_of(page: WebPage, portal: Portal, origin: Onward | None) -> Context:
    """Read a page's title, else that of the link which led to it, else its column; then what is known beforehand."""
    spoken = [said(text) for text in (page.title, origin.title if origin else "", page.column) if text]
    hints = known_before(page.url, portal, origin)
    speaker = next((one for one in spoken if one.names_paper or one.excluded), Said())
    year = next((one.fiscal_year for one in spoken if one.fiscal_year and one.names_paper), None)
    is_article = page.reads_as_article or is_detail(page.url)
    department = next((one.department for one in spoken[:2] if one.department), None)
    site = _site(page)
    return Context(
        kind=speaker.kind or hints.kind,
        fiscal_year=year or hints.fiscal_year,
        department=portal.department or department or hints.department or (site if is_article else None),
        whose=_whose(speaker, hints, portal.department or (site if is_article else None)),
        excluded=speaker.excluded,
        published_on=page.published_on or day_told(page.url) or (origin.published_on if origin else None),
        is_article=is_article,
        is_own_page=is_article and bool(page.calls_itself_article or is_detail(page.url) or year or department),
        site=site,
        division=next((one.division for one in spoken if one.division), None),
    )


def known_before(url: str, portal: Portal, origin: Onward | None) -> Hints:
    """What the way to a page tells: the origin's hints, else the defaults of the entry that the page is."""
    if origin:
        return origin.hints
    entry = next((entry for entry in portal.entries if _same(entry.address, url)), None)
    return Hints(entry.kind, None, entry.department) if entry else Hints()


def carried(onward: Onward, page: WebPage, portal: Portal, origin: Onward | None) -> Onward:
    """A further page of the list that `page` is of, with what the way to that told."""
    return replace(onward, title=origin.title if origin else "", hints=known_before(page.url, portal, origin))


def _whose(speaker: Said, hints: Hints, publisher: str | None) -> Whose | None:
    """Whose paper a page is of; on the site of one organisation 2024年预算公开 is enough."""
    if speaker.whose or speaker.excluded:
        return speaker.whose
    known = speaker.names_paper and (publisher or hints.department)
    return "department" if known or hints.kind else None


def _site(page: WebPage) -> str | None:
    """The organisation that a site is of, by its meta tag; None on a site of many organisations' papers."""
    name = page.meta.get("sitename", "")
    return organ(name) if is_publisher(name) else None


def _same(one: str, other: str) -> bool:
    first, second = urlsplit(one), urlsplit(other)
    return (first.netloc, first.path.rstrip("/"), first.query) == (second.netloc, second.path.rstrip("/"), second.query)
