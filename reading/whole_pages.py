"""Pages of pictures whose rules give no form, read whole: nearly all amounts are seen there, only the cells are not.

Rules that wear, fade or bend make wrong cells or none. Without them columns can be told by the alignment of words, as
in tables that have no rules. It is tried on pages that print amounts and gave none, and taken where it gives a form.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace

from extractors.forms.paper import Outside
from extractors.tables.lines import is_figure
from extractors.tables.unruled.line_kinds import telling
from reading.contents import Contents
from reading.recognising import Recognised, recognised_in
from schemas.records import Finding, LineItem, Page

FEWEST_AMOUNTS = 4
"""A page with fewer figures that can be amounts has no form to lose."""
MOST_PAGES = 20
"""No more pages of a paper are tried: an annex of pictures is no form, however it is read."""
LOST = frozenset({"title_without_its_columns", "unrecognised_table", "continuation_unread"})
"""Findings of a page that would have given a form."""
CLAIMED = frozenset({"proven", "repaired", "source_inconsistent"})

Laid = Callable[[Sequence[Page]], Contents]
"""Lays pages out."""


def with_whole_pages(contents: Contents, name: str, laid: Laid, read: Callable[[int], Page]) -> Contents:
    """The contents, with pages of pictures as they are without their rules where that gives amounts of a form.

    `name` is the file's, `read` reads a page's picture whole, by its number.
    """
    if not any(map(_prints_amounts, _pictured(contents))):
        return contents
    found = recognised_in(contents, "", Outside((name,)))
    given = _amounts(found)
    asked = [page for page in _pictured(contents) if _prints_amounts(page) and page.number not in given]
    lost = _lost(contents, found)
    for page in asked[:MOST_PAGES]:
        for other in _others(page, read, again=page.number in lost):
            pages = [other if each.number == page.number else each for each in contents.pages]
            tried = _told(laid(pages), contents, page.number)
            amounts = _amounts(recognised_in(tried, "", Outside((name,))))
            if page.number in amounts and amounts.total() > given.total():
                contents, given = tried, amounts
                break
    return contents


def unproven_on(pages: Set[int], items: Sequence[LineItem]) -> tuple[LineItem, ...]:
    """The checked amounts, none on these pages proven or held against anybody: their columns were inferred."""
    return tuple(
        replace(item, status="unproven", status_reason="columns_inferred")
        if item.page in pages and item.status in CLAIMED
        else item
        for item in items
    )


def _others(page: Page, read: Callable[[int], Page], *, again: bool) -> Iterator[Page]:
    """The page's words without its rules and, where a form was lost on it, the words of the whole page."""
    yield replace(page, rules=())
    if again:
        yield read(page.number)


def _lost(contents: Contents, found: Recognised) -> Set[int]:
    """The pages on which a form was seen and not understood, or no table at all."""
    bare = {layout.number for layout in contents.layouts if not layout.tables}
    return bare | {finding.page for finding in found.findings if finding.code in LOST and finding.page is not None}


def _told(laid: Contents, before: Contents, number: int) -> Contents:
    finding = Finding("page_read_whole", before.pictured[number], page=number)
    return replace(laid, findings=(*before.findings, finding), whole=before.whole | {number})


def _pictured(contents: Contents) -> Iterator[Page]:
    return (page for page in contents.pages if page.number in contents.pictured and page.number not in contents.refused)


def _prints_amounts(page: Page) -> bool:
    return sum(is_figure(word.text) and telling(word.text) for word in page.words) >= FEWEST_AMOUNTS


def _amounts(found: Recognised) -> Counter[int]:
    """How many amounts of forms the pages give."""
    return Counter(item.page for item in found.items)
