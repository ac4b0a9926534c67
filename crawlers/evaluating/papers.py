"""From the files that a page links to: which are departments' papers, and by which rule the others are none."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawlers.evaluating.context import Context
from crawlers.evaluating.link_context import with_context
from crawlers.families import day_told, embedded_files
from crawlers.pages.attachments import file_address, named_by_address
from crawlers.pages.found import PassedOver
from crawlers.pages.links import Link
from crawlers.pages.page import WebPage
from crawlers.pages.printed_forms import prints_forms
from crawlers.pages.titles import Said, Whose, bare_name, said, says_nothing
from schemas.captures import ListedPaper
from schemas.portals import Portal


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link to a file, with the name that says most of it ('' where none says anything) and what that name says."""

    url: str
    link: Link
    name: str
    said: Said


def files_of(page: WebPage, context: Context) -> tuple[FileLink, ...]:
    """The files that a page links to or shows, each address once, by the link that says most."""
    linked = ((file_address(link.address, f"{link.text} {link.tip}"), link) for link in page.links)
    shown = ((address, Link(address, "", "", "", ("", ""), None, "content")) for address in embedded_files(page))
    files = (_file(address, link, context) for address, link in [*linked, *shown] if address)
    best: dict[str, FileLink] = {}
    for file in files:
        if file.url not in best or (file.name and not best[file.url].name):
            best[file.url] = file
    return tuple(best.values())


def _file(address: str, link: Link, context: Context) -> FileLink:
    names = [name for name in (link.name, named_by_address(address)) if name and not says_nothing(name)]
    spoken = [said(name) for name in names]
    own = next((one for one in spoken if one.names_paper or one.excluded), spoken[0] if spoken else Said())
    return FileLink(address, link, names[0] if names else "", with_context(own, link, context))


def department_papers(
    files: Iterable[FileLink], page: WebPage, context: Context, portal: Portal
) -> tuple[tuple[ListedPaper, ...], tuple[PassedOver, ...]]:
    """Part the files of a page into papers and the rest, both in the order of the page."""
    judged = [(_paper(file, page, context, portal), _reason(file, page, context, portal)) for file in files]
    papers = tuple(paper for paper, reason in judged if reason is None)
    return papers, tuple(PassedOver(paper, reason) for paper, reason in judged if reason is not None)


def page_as_paper(page: WebPage, context: Context, portal: Portal) -> ListedPaper | None:
    """An article that prints a paper's forms itself, as the paper that it is; None for any other page."""
    department = portal.department or context.department
    named = department or context.whose == "government"
    if not (_is_papers_page(context, portal) and named and context.kind and prints_forms(page.text)):
        return None
    return ListedPaper(
        url=page.url,
        page_url=page.url,
        title=page.title,
        link_text="",
        kind=context.kind,
        fiscal_year=context.fiscal_year,
        department=department if context.whose != "government" else None,
        published_on=context.published_on,
        division=context.division if context.whose == "government" else None,
    )


def file_as_paper(page: WebPage, context: Context, portal: Portal, title: str) -> ListedPaper | None:
    """What a page's address gave that is a file, as the paper that the link to it named; None where that named none."""
    if context.whose not in portal.levels or context.excluded:
        return None
    told = said(title)
    return ListedPaper(
        url=page.url,
        page_url=page.url,
        title=bare_name(title) or named_by_address(page.url),
        link_text=title,
        kind=context.kind,
        fiscal_year=told.fiscal_year or context.fiscal_year,
        department=None if context.whose == "government" else context.department,
        published_on=context.published_on,
        division=context.division if context.whose == "government" else None,
    )


def _reason(file: FileLink, page: WebPage, context: Context, portal: Portal) -> str | None:
    """The rule by which a file is not taken, None for a paper or an annex.

    On a paper's own page every file of its text belongs to the paper, whatever it calls itself; elsewhere its own words
    count before those of the page.
    """
    own = file.said
    if file.link.zone == "related":
        return "related"
    if portal.attachment_hosts is not None and urlsplit(file.url).hostname not in _hosts(page, portal):
        return "other_host"
    if file.link.zone == "content" and _is_papers_page(context, portal):
        return None
    if own.excluded:
        return own.excluded
    whose = _whose_by_name(file, context, portal)
    if whose is None:
        return _reason_by_page(file, context, portal)
    return None if whose in portal.levels else f"{whose}_level"


def _is_papers_page(context: Context, portal: Portal) -> bool:
    """Whether a page is an article under the title of a paper that is wanted."""
    return context.is_own_page and context.whose in portal.levels and not context.excluded


def _hosts(page: WebPage, portal: Portal) -> set[str | None]:
    entries = (urlsplit(entry.address).hostname for entry in portal.entries)
    return {urlsplit(page.url).hostname, *entries, *(portal.attachment_hosts or ())}


def _whose_by_name(file: FileLink, context: Context, portal: Portal) -> Whose | None:
    """Whose paper a file's own name says it is; on the portal of one department 2023年决算 is enough."""
    by_portal = file.said.names_paper and portal.department and context.whose != "government"
    return file.said.whose or ("department" if by_portal else None)


def _whose_by_page(file: FileLink, context: Context, portal: Portal) -> Whose | None:
    """Whose a file is on a department's own page: 转移支付 and the like are words of its forms there."""
    return "department" if context.whose == "department" and _is_papers_page(context, portal) else None


def _reason_by_page(file: FileLink, context: Context, portal: Portal) -> str | None:
    """The rule for a file whose own name does not say whose paper it is."""
    if file.link.zone != "content":
        return "navigation"
    if context.excluded:
        return context.excluded
    if context.whose is None:
        return "names_no_paper"
    if context.whose not in portal.levels:
        return f"{context.whose}_level"
    told = context.whose == "government" or context.is_article or context.department or file.said.department
    return None if told else "names_no_department"


def _paper(file: FileLink, page: WebPage, context: Context, portal: Portal) -> ListedPaper:
    own = file.said
    whose = _whose_by_page(file, context, portal) or _whose_by_name(file, context, portal) or context.whose
    department = portal.department or own.department or context.department
    division = own.division or own.department or context.division
    return ListedPaper(
        url=file.url,
        page_url=page.url,
        title=_title(file, page, context),
        link_text=file.link.text,
        kind=own.kind or context.kind,
        fiscal_year=own.fiscal_year or context.fiscal_year,
        department=None if whose == "government" else department,
        published_on=context.published_on if context.is_article else file.link.day or day_told(file.url),
        role="annex" if own.excluded else "paper",
        division=division if whose == "government" else None,
    )


def _title(file: FileLink, page: WebPage, context: Context) -> str:
    """The file's own name where it says something of a paper, else the article's title; on a list, the row's words."""
    tells = file.said.names_paper or file.said.excluded or said(file.name).fiscal_year
    if file.name and (tells or not context.is_article):
        return bare_name(file.name)
    in_list = "" if context.is_article or says_nothing(file.link.row) else bare_name(file.link.row)
    return in_list or page.title or bare_name(file.link.text)
