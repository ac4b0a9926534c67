"""The doubts of all papers, most yuan at stake first, as the page of doubts shows them."""

from collections.abc import Iterable, Mapping
from typing import Any

from website.overview.searching import data_script

MOST = 20_000
"""So many are listed, those with most at stake; a page that filters more in a browser would be slow to open."""

Doubt = dict[str, Any]
"""An entry as `website.kept` keeps it with a paper: what `website.making` writes there."""


def doubts_script(doubts: Iterable[Doubt]) -> str:
    """`data/doubts.js`: rows of numbers and of texts by their number."""
    listed = sorted(doubts, key=lambda doubt: (-float(doubt["stake"]), doubt["id"]))[:MOST]
    numbers: dict[str, int] = {}

    def number(text: str | None) -> int | None:
        return None if text is None else numbers.setdefault(text, len(numbers))

    rows = [_row(doubt, number) for doubt in listed]
    return data_script("doubts", {"texts": list(numbers), "rows": rows})


TEXTS = ("page_of", "department", "place", "province", "kind", "form", "label", "measure", "unit", "status", "reason")


def _row(doubt: Mapping[str, Any], number: Any) -> list[Any]:
    """Texts by number, then id, year, printed, stake, first reading, page, picture (address, width, height) and box."""
    rest = (doubt["id"], doubt["year"], doubt["printed"], doubt["stake"], doubt["first"], doubt["page"])
    picture = doubt["picture"]
    shown = [number(picture[0]), picture[1], picture[2]] if picture else None
    return [*(number(doubt[name]) for name in TEXTS), *rest, shown, doubt["box"]]
