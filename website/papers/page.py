"""A paper's page, or its pages where it is long: each light enough for a phone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from schemas.findings import known_findings
from schemas.records import Check, NarrativeFact
from website.addresses import paper_page
from website.overview.places import Place
from website.papers.amounts import Amount
from website.papers.payload import payload
from website.papers.printed import PrintedTable
from website.papers.sums import Sum
from website.papers.table_html import table_html
from website.release.last_year import Earlier
from website.release.pictures import Picture
from website.release.rows import PaperRows
from website.rendering import rendered

LIGHT = 250_000
"""Bytes of tables and of what is told of their amounts, on one page; what stands round them takes less."""
AMOUNT_BYTES = 190
"""What the script is told of an amount and its part in sums, as seen on real papers."""
FIRST_SUMS, MOST_SUMS, MOST_FACTS = 4, 30, 300
"""So many failing sums are shown at once, so many sums, and facts or findings, are listed on a page."""


class PaperPage(NamedTuple):
    """A page of a paper: its address from the folder of papers, its HTML, and the ids of the amounts that it shows."""

    address: str
    html: str
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """What the pages of a paper show: `place` and `department_page` are where it belongs on the site, if anywhere."""

    paper: PaperRows
    amounts: Sequence[Amount]
    sums: Sequence[Sum]
    tables: Sequence[PrintedTable]
    pictures: Mapping[int, Picture]
    printed: bool
    place: Place | None
    department_page: str | None
    earlier: Mapping[str, Earlier]


def paper_pages(shown: ShownPaper) -> Iterator[PaperPage]:
    """The pages of a paper, one unless it is long."""
    document = shown.paper.document
    bodies = {table.number: table_html(table) for table in shown.tables}
    parts = _parts(shown.tables, bodies)
    addresses = {
        amount.id: paper_page(document.document_id, number)
        for number, part in enumerate(parts, start=1)
        for table in part
        for amount in _printed_order(table)
    }
    for amount in shown.amounts:
        addresses.setdefault(amount.id, paper_page(document.document_id))
    for number, part in enumerate(parts, start=1):
        here = paper_page(document.document_id, number)
        own = [amount for table in part for amount in _printed_order(table)]
        pages = {cell["page"] for cell in shown.paper.cells if any(cell["table_no"] == each.number for each in part)}
        pictures = {
            page: picture for page, picture in shown.pictures.items() if len(parts) == 1 or page in pages or number == 1
        }
        html = rendered(
            "paper.html.j2",
            **_values(shown),
            depth=1,
            here=here,
            part=number,
            parts=len(parts),
            part_page=lambda other: paper_page(document.document_id, other),
            tables=part,
            bodies=bodies,
            pictures=pictures,
            addresses=addresses,
            payload=_Safe(payload(own, shown.sums, pictures, addresses, shown.earlier)),
        )
        yield PaperPage(here, html, tuple(amount.id for amount in own))


class _Safe(str):
    """JSON that may stand within a script element as it is: `payload` has made it so."""

    def __html__(self) -> str:
        return self


def _printed_order(table: PrintedTable) -> Iterator[Amount]:
    """The amounts in the order of their links in the table's HTML."""
    return (cell.amount for row in table.rows for cell in row if cell.amount)


def _parts(tables: Sequence[PrintedTable], bodies: Mapping[int, str]) -> list[list[PrintedTable]]:
    """The tables in as many runs as it takes for each to stay light; at least one, which may be empty."""
    parts: list[list[PrintedTable]] = [[]]
    weight = 0
    for table in tables:
        own = len(bodies[table.number].encode()) + AMOUNT_BYTES * len(table.amounts)
        if parts[-1] and weight + own > LIGHT:
            parts.append([])
            weight = 0
        parts[-1].append(table)
        weight += own
    return parts


def _values(shown: ShownPaper) -> dict[str, Any]:
    paper = shown.paper
    document, reading = paper.document, paper.reading
    known = known_findings()
    return {
        "document": document,
        "title": f"{document.department or document.file_name} {document.fiscal_year or ''}".strip(),
        "place": shown.place,
        "department_page": shown.department_page,
        "printed": shown.printed,
        "counts": Counter(amount.status for amount in shown.amounts if amount.place),
        "failing": [each for each in shown.sums if each.doubts],
        "undoubted": [each for each in shown.sums if not each.holds and not each.doubts],
        "first": FIRST_SUMS,
        "most": MOST_SUMS,
        "most_facts": MOST_FACTS,
        "facts": list(_facts(reading.narrative_facts, reading.checks)),
        "findings": [{"known": known.get(each.code), **_finding(each)} for each in reading.findings],
    }


def _finding(each: Any) -> dict[str, Any]:
    return {"code": each.code, "detail": each.detail, "page": each.page}


def _facts(facts: Sequence[NarrativeFact], checks: Sequence[Check]) -> Iterator[dict[str, Any]]:
    """The figures of the prose, those that the forms print otherwise first; each in its clause."""
    failing = (each for each in checks if each.verdict == "fails" and each.check_id.startswith("prose."))
    refuted = {each.subject.partition(":")[0] for each in failing}
    told = []
    for fact in facts:
        before, _, after = fact.text.partition(fact.printed)
        told.append(
            {
                "failing": str(fact.fact_no) in refuted,
                "before": before,
                "printed": fact.printed,
                "after": after,
                "fact": fact.fact,
                "page": fact.page,
            }
        )
    yield from sorted(told, key=lambda each: not each["failing"])
