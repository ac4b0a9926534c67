"""One paper → its pages, the pictures that nobody else gives, and what is kept of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from reading.questions.checking import rows_of
from website.addresses import paper_name, paper_page
from website.overview.places import UNKNOWN, place_of
from website.papers.amounts import Amount, amounts_of, by_place
from website.papers.drawn_page import drawn_page, page_sizes
from website.papers.page import ShownPaper, paper_pages
from website.papers.printed import printed_tables
from website.papers.sums import Sum, at_stake, sums_of
from website.release.last_year import Earlier
from website.release.pictures import Picture, kept_pictures
from website.release.rows import PaperRows
from website.rendering import plain_number
from website.writing import put, put_changed

PAPERS = "papers"


def make_paper(
    paper: PaperRows, site: Path, department_page: str | None, earlier: Mapping[str, Earlier]
) -> tuple[list[str], list[dict[str, Any]]]:
    """Write a paper's pages; their addresses, and its doubts.

    `department_page` is the name of its department's page, if there is one;
    `earlier` are last year's amounts by the ids of this year's.
    """
    folder = site / PAPERS
    name = paper_name(paper.document.document_id)
    printed = kept_pictures(folder / name)
    pictures = printed or _drawn(paper, folder / name)
    amounts = amounts_of(paper)
    sums = sums_of(rows_of(paper.reading), by_place(amounts))
    shown = ShownPaper(
        paper=paper,
        amounts=amounts,
        sums=sums,
        tables=list(printed_tables(paper, amounts)),
        pictures=pictures,
        printed=bool(printed),
        place=place_of(paper.document.division_code) if paper.document.division_code else None,
        department_page=department_page,
        earlier=earlier,
    )
    pages = list(paper_pages(shown))
    for page in pages:
        put_changed(folder / page.address, page.html)
    where = {address: page.address for page in pages for address in page.shows}
    return [page.address for page in pages], doubts_of(paper, amounts, sums, where, pictures)


def doubts_of(
    paper: PaperRows,
    amounts: Sequence[Amount],
    sums: Sequence[Sum],
    where: Mapping[str, str],
    pictures: Mapping[int, Picture],
) -> list[dict[str, Any]]:
    """A paper's doubtful amounts as the page of doubts shows them; `where` has the page of each amount by its id."""
    stakes = at_stake(sums, amounts)
    return [_doubt(paper, amount, stakes[amount.id], where, pictures) for amount in amounts if amount.id in stakes]


def remove_pages(site: Path, pages: Sequence[str]) -> None:
    """Pages that are no more; pictures stay, for they are of a file that has not changed."""
    for page in pages:
        (site / PAPERS / page).unlink(missing_ok=True)


def _drawn(paper: PaperRows, folder: Path) -> Mapping[int, Picture]:
    """Pages drawn from the paper's cells."""
    sizes = page_sizes(paper)
    for page, size in sizes.items():
        put(folder / f"{page}.svg", drawn_page([cell for cell in paper.cells if cell["page"] == page], *size))
    return {page: Picture(f"{folder.name}/{page}.svg", *size) for page, size in sorted(sizes.items())}


def _doubt(
    paper: PaperRows, amount: Amount, stake: Decimal, where: Mapping[str, str], pictures: Mapping[int, Picture]
) -> dict[str, Any]:
    document, place = paper.document, place_of(paper.document.division_code)
    form = next((each["form"] for each in paper.tables if each["table_no"] == amount.cell[0]), None)
    picture = pictures.get(amount.page)
    return {
        "id": amount.id,
        "page_of": f"{PAPERS}/{where.get(amount.id, paper_page(document.document_id))}",
        "department": document.department or document.file_name,
        "place": place.full_name if place.code != UNKNOWN else None,
        "province": (place.within or (place.name,))[0] if place.code != UNKNOWN else None,
        "kind": document.kind,
        "year": document.fiscal_year,
        "form": form,
        "label": amount.label,
        "measure": amount.measure,
        "unit": amount.unit,
        "printed": amount.printed,
        "first": amount.first,
        "status": amount.status,
        "reason": amount.reason,
        "stake": plain_number(stake),
        "page": amount.page,
        "picture": [f"{PAPERS}/{picture.address}", picture.width, picture.height] if picture else None,
        "box": [round(edge, 1) for edge in amount.box],
    }
