"""Where the rules of a page's picture give no form, the page read whole gives its amounts, none of them proven."""

from dataclasses import replace

import pytest

from extractors.pages.pdfium import open_pdf, read_pages
from reading.contents import Contents
from reading.pdf_contents import contents_of_pages
from reading.recognising import recognised_in
from reading.whole_pages import unproven_on, with_whole_pages
from samples.at_random import chosen_as, random_paper
from samples.typeset import typeset
from schemas.records import Page, Rule

PICTURED = "picture_without_text"
FORMS = range(6, 9)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """The pages of a paper whose tables have no rules."""
    path = tmp_path_factory.mktemp("whole") / "paper.pdf"
    typeset(*random_paper(3, chosen_as(rules="none")), path)
    with open_pdf(path) as pdf:
        return list(read_pages(pdf))


def spoiled(page: Page) -> Page:
    """The page as a picture with rules that were made up: two long ones across its words, and three down."""
    across = [Rule(20, page.height * at, page.width - 20, page.height * at) for at in (0.12, 0.31, 0.6, 0.9)]
    down = [Rule(page.width * at, page.height * 0.12, page.width * at, page.height * 0.9) for at in (0.1, 0.35, 0.8)]
    return replace(page, rules=(*across, *down), reader="rapidocr")


def amounts(contents: Contents) -> int:
    return len(recognised_in(contents, "", "paper.pdf").items)


def test_a_page_with_wrong_rules_is_read_without_them(pages: list[Page]) -> None:
    known = Contents((), (), (), {page.number: PICTURED for page in pages})
    plain, wrong = (
        contents_of_pages(own, known)
        for own in (pages, [spoiled(page) if page.number in FORMS else page for page in pages])
    )
    found = with_whole_pages(
        wrong, "paper.pdf", lambda some: contents_of_pages(some, known), lambda number: pages[number - 1]
    )
    assert amounts(wrong) < amounts(found) == amounts(plain)
    assert found.whole == set(FORMS)
    assert {finding.page for finding in found.findings if finding.code == "page_read_whole"} == found.whole


def test_a_paper_that_gives_its_forms_is_not_read_again(pages: list[Page]) -> None:
    known = Contents((), (), (), {page.number: PICTURED for page in pages})
    plain = contents_of_pages(pages, known)
    given = {item.page for item in recognised_in(plain, "", "paper.pdf").items}
    found = with_whole_pages(
        plain,
        "paper.pdf",
        lambda some: contents_of_pages(some, known),
        lambda number: pytest.fail(f"page {number} was read again") if number in given else pages[number - 1],
    )
    assert not found.whole & given


def test_nothing_is_proven_on_a_page_that_was_read_whole(pages: list[Page]) -> None:
    items = recognised_in(contents_of_pages(pages, Contents((), (), ())), "", "paper.pdf").items
    proven = [replace(item, status="proven", status_reason=None) for item in items]
    page = proven[0].page
    told = unproven_on({page}, proven)
    assert {(item.status, item.status_reason) for item in told if item.page == page} == {
        ("unproven", "columns_inferred")
    }
    assert all(item.status == "proven" for item in told if item.page != page)
