"""The hand-labelled papers as a perfect reading would give them; where they are, when they are there."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from checks import place_of
from schemas.classifications import normalised_name, standard_name, top_level
from schemas.records import Kind, LineItem

LABELLED = Path(__file__).resolve().parents[2] / "shared" / "truth"
KINDS: dict[str, Kind] = {"final": "final_accounts", "budget": "budget"}
GROUPS_SIDE_BY_SIDE = (("301", "303"), ("302",), ("",))


def labelled_items(path: Path) -> tuple[LineItem, ...]:
    """Read a hand-labelled paper, `<publisher>_<year>_<final|budget>.csv`, as the reading should give it.

    The labels number a table whose groups stand side by side by its rows; it is renumbered down each group, as the
    dataset numbers it.
    """
    *_, year, kind = path.stem.split("_")
    by_form: dict[str, list[LineItem]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            by_form[row["form"]].append(_item(path.stem, KINDS[kind], int(year), row))
    return tuple(item for own in by_form.values() for item in (_renumbered(own) if _clash(own) else own))


def _clash(items: Sequence[LineItem]) -> bool:
    return len({place_of(item) for item in items}) < len(items)


def _renumbered(items: Iterable[LineItem]) -> Iterator[LineItem]:
    ordered = sorted(items, key=lambda item: (_group(item), item.line))
    return (replace(item, line=line) for line, item in enumerate(ordered, start=1))


def _group(item: LineItem) -> int:
    """Tell which of the groups printed side by side an economic item stands in."""
    code = item.code or ("303" if item.name.startswith("人员") else "302")
    return next(number for number, prefixes in enumerate(GROUPS_SIDE_BY_SIDE) if code.startswith(prefixes))


def _item(name: str, kind: Kind, year: int, row: Mapping[str, str]) -> LineItem:
    code = row["code"] or None
    if code is None and row["side"] == "expenditure":
        code = top_level(year).get(normalised_name(row["name"]))
    system = None if code is None else "economic" if code.startswith("3") else "function"
    return LineItem(
        document_id=name,
        kind=kind,
        fiscal_year=year,
        department="",
        form=row["form"],
        side=row["side"] or None,
        line=int(row["line"]),
        code_system=system,
        code=code,
        name=row["name"],
        standard_name=standard_name(system, code, year) if system and code else None,
        measure=row["measure"],
        amount=Decimal(row["amount"]),
        printed=row["printed"],
        unit=row["unit"],  # type: ignore[arg-type]  # the labels use the dataset's words
        page=int(row["page"] or 0),
        x0=0.0,
        y0=0.0,
        x1=0.0,
        y1=0.0,
        organisation=row.get("organisation") or None,
        fund=row.get("fund") or None,
        government_code=row.get("government_code") or None,
    )
