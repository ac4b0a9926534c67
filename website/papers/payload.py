"""What the script of a paper's page is told of its amounts and sums, as small as can be: the page carries it.

Texts stand once, in `texts`, and are meant by their number. Amounts come in the order of their links on the page; what
a sum has on another page of the same paper is told with its address.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from website.addresses import paper_page
from website.papers.amounts import Amount
from website.papers.sums import Sum
from website.release.last_year import Earlier
from website.release.pictures import Picture
from website.rendering import plain_number


class _Texts:
    """Texts by their number, each kept once."""

    def __init__(self) -> None:
        self.listed: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int | None:
        if text is None:
            return None
        if text not in self._numbers:
            self._numbers[text] = len(self.listed)
            self.listed.append(text)
        return self._numbers[text]


def payload(
    shown: Sequence[Amount],
    sums: Iterable[Sum],
    pictures: Mapping[int, Picture],
    addresses: Mapping[str, str],
    earlier: Mapping[str, Earlier],
) -> str:
    """The JSON text for the amounts that a page shows; `addresses` has the page of each amount of the paper by its id.

    `earlier` are last year's amounts by this year's ids. It can stand within a script element: no `<` is in it.
    """
    texts = _Texts()
    numbers = {amount.id: number for number, amount in enumerate(shown)}
    elsewhere: list[list[Any]] = []

    def meant(amount: Amount) -> int:
        if amount.id not in numbers:
            numbers[amount.id] = len(shown) + len(elsewhere)
            elsewhere.append([*_amount(amount, texts), amount.printed, f"{addresses[amount.id]}#{amount.id}"])
        return numbers[amount.id]

    on_page = frozenset(numbers)
    told = [_sum(each, texts, meant) for each in sums if any(term.amount.id in on_page for term in each.terms)]
    content = {
        "amounts": [_amount(amount, texts) for amount in shown],
        "sums": told,
        "elsewhere": elsewhere,
        "earlier": {numbers[each]: _earlier(found) for each, found in earlier.items() if each in on_page},
        "pages": {page: list(picture) for page, picture in pictures.items()},
        "texts": texts.listed,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _amount(amount: Amount, texts: _Texts) -> list[Any]:
    """Page, box, label, measure, fund, column, yuan, unit, status, reason, reader, confidence, first reading."""
    words = (amount.label, amount.measure, amount.fund, amount.column)
    said = (amount.unit, amount.status, amount.reason, amount.reader)
    return [
        amount.page,
        *(round(edge, 1) for edge in amount.box),
        *map(texts.number, words),
        plain_number(amount.amount),
        *map(texts.number, said),
        round(amount.confidence, 3),
        texts.number(amount.first),
    ]


def _earlier(found: Earlier) -> list[str]:
    return [plain_number(found.amount), f"{paper_page(found.document_id)}#{found.amount_id}"]


def _sum(each: Sum, texts: _Texts, meant: Any) -> list[Any]:
    """Check, titles, subject, relation, holds, doubts, left, right, difference, tolerance, terms."""
    words = (each.check_id, each.title_zh, each.title_en, each.subject, each.relation)
    figures = (each.left, each.right, each.difference, each.tolerance)
    terms = [
        [meant(term.amount), term.sign, *([] if term.change is None else [plain_number(term.change)])]
        for term in each.terms
    ]
    return [*map(texts.number, words), int(each.holds), int(each.doubts), *map(plain_number, figures), terms]
