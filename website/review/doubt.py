"""A doubtful amount in full, as the page of the review is told it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reading.questions.checking import rows_of
from website.papers.amounts import Amount, amounts_of, by_place
from website.papers.sums import DOUBTFUL, Sum, sums_of
from website.release.rows import PaperRows
from website.rendering import plain_number


def sums_in(paper: PaperRows, amounts: Sequence[Amount]) -> list[Sum]:
    """All sums of a paper as they come out now."""
    return sums_of(rows_of(paper.reading), by_place(amounts))


def with_amount(paper: PaperRows, amount_id: str, printed: str, yuan: Decimal) -> PaperRows:
    """The paper as if one of its amounts were another."""
    reading = paper.reading
    items = tuple(
        replace(item, printed=printed, amount=yuan) if item.amount_id == amount_id else item
        for item in reading.line_items
    )
    return replace(paper, reading=replace(reading, line_items=items))


def amount_told(amount: Amount) -> dict[str, Any]:
    """What is printed, what it was read as, and how far it is trusted."""
    return {
        "id": amount.id,
        "label": amount.label,
        "measure": amount.measure,
        "fund": amount.fund,
        "printed": amount.printed,
        "first": amount.first,
        "unit": amount.unit,
        "yuan": plain_number(amount.amount),
        "status": amount.status,
        "reason": amount.reason,
        "reader": amount.reader,
        "page": amount.page,
        "box": [round(edge, 1) for edge in amount.box],
    }


def sums_told(paper: PaperRows, amount_id: str) -> dict[str, Any]:
    """The sums of one amount, those that fail first, and how many of the paper's fail in all."""
    sums = sums_in(paper, amounts_of(paper))
    own = [each for each in sums if any(term.amount.id == amount_id for term in each.terms)]
    return {"sums": [_sum(each, amount_id) for each in own], "failing": failing(sums)}


def failing(sums: Iterable[Sum]) -> int:
    """How many sums fail that may put an amount in doubt."""
    return sum(not each.holds and not each.advisory for each in sums)


def is_doubtful(amount: Amount) -> bool:
    """Whether somebody should look at it."""
    return amount.status in DOUBTFUL


def _sum(each: Sum, amount_id: str) -> dict[str, Any]:
    return {
        "title": [each.title_zh, each.title_en],
        "equal": each.relation == "equal",
        "holds": each.holds,
        "left": plain_number(each.left),
        "right": plain_number(each.right),
        "difference": plain_number(each.difference),
        "tolerance": plain_number(each.tolerance),
        "terms": [
            {
                "here": term.amount.id == amount_id,
                "sign": term.sign,
                "label": term.amount.label,
                "measure": term.amount.measure,
                "printed": term.amount.printed,
                "status": term.amount.status,
                "page": term.amount.page,
            }
            for term in each.terms
        ],
    }
