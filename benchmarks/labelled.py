"""The hand-labelled papers as a perfect reading would give them; where they are, when they are there."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from checks import place_of
from schemas.classifications import codes_by_name, normalised_name, standard_name, top_level
from schemas.records import Kind, LineItem
from schemas.wording import plain, without_ordinal

LABELLED = Path(__file__).resolve().parents[2] / "shared" / "truth"
KINDS: dict[str, Kind] = {"final": "final_accounts", "budget": "budget"}
NAMED = re.compile(r".*_(?P<year>20\d\d)_(?P<kind>final|budget)")
CITY_PAPER = ("budget", "2025")
"""What a labelled paper is whose name does not say so: the cities' are all budgets of these years."""
GROUPS_SIDE_BY_SIDE = (("301", "303"), ("302",), ("",))
TOTALS = re.compile(r".*(?:合计|总计|小计)")
ORDINALS = (r"[一二三四五六七八九十]+、", r"[(（][一二三四五六七八九十]+[)）]", r"\d+[.、．]", r"[(（]\d+[)）]", "其中")


def labelled_papers(folder: Path) -> dict[str, tuple[LineItem, ...]]:
    """Read the labelled papers of `folder` and of its folder of cities, by name."""
    paths = sorted([*folder.glob("*.csv"), *folder.glob("cities/*.csv")])
    return {path.stem: labelled_items(path) for path in paths}


def labelled_items(path: Path) -> tuple[LineItem, ...]:
    """Read a hand-labelled paper, `<publisher>_<year>_<final|budget>.csv`, as the reading should give it.

    The labels number a table whose groups stand side by side by its rows; it is renumbered down each group, as the
    dataset numbers it. Rows without a code are put under one another by their ordinals and the names of functions.
    """
    named = NAMED.fullmatch(path.stem)
    kind, year = (named["kind"], named["year"]) if named else CITY_PAPER
    by_half: dict[tuple[str, str], list[LineItem]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            by_half[row["form"], row["side"]].append(_item(path.stem, KINDS[kind], int(year), row))
    return tuple(item for own in by_half.values() for item in _settled_lines(own))


def _settled_lines(items: list[LineItem]) -> Iterator[LineItem]:
    clashing = len({place_of(item) for item in items}) < len(items)
    side_by_side = clashing and any(item.code_system == "economic" for item in items)
    numbered = _renumbered(items) if side_by_side else _numbered_anew(items) if clashing else items
    return _with_parents(list(_in_columns(numbered)))


def _in_columns(items: Iterable[LineItem]) -> Iterator[LineItem]:
    """Number the columns, which the labels list in the order of print."""
    columns: dict[tuple[str, str | None], int] = {}
    for item in items:
        yield replace(item, col=columns.setdefault((item.measure, item.fund), len(columns) + 1))


def _numbered_anew(items: Iterable[LineItem]) -> Iterator[LineItem]:
    """Count rows whose columns became rows: each name of a printed row has a line."""
    lines: dict[tuple[int, str], int] = {}
    for item in items:
        yield replace(item, line=lines.setdefault((item.line, item.name), len(lines) + 1))


def _renumbered(items: Iterable[LineItem]) -> Iterator[LineItem]:
    ordered = sorted(items, key=lambda item: (_group(item), item.line))
    return (replace(item, line=line) for line, item in enumerate(ordered, start=1))


def _group(item: LineItem) -> int:
    """Tell which of the groups printed side by side an economic item stands in."""
    code = item.code or ("303" if item.name.startswith("人员") else "302")
    return next(number for number, prefixes in enumerate(GROUPS_SIDE_BY_SIDE) if code.startswith(prefixes))


def _with_parents(items: Sequence[LineItem]) -> Iterator[LineItem]:
    """Put rows without a code under the row that they are a part of, and take the ordinals off their names."""
    rows = {item.line: item for item in sorted(items, key=lambda item: item.line) if not item.organisation}
    uncoded = any(item.code is None for item in items) and (items[0].side or "").startswith(("revenue", "expenditure"))
    parents = _parents([*rows.values()]) if uncoded else {}
    for item in items:
        yield replace(item, name=without_ordinal(item.name), parent_line=parents.get(item.line))


def _parents(rows: Sequence[LineItem]) -> dict[int, int]:
    """Find the parents by the ordinals that are used one under the other, 其中, and the names of functions."""
    above: list[tuple[object, str, int]] = []
    found: dict[int, int] = {}
    for row in rows:
        if TOTALS.fullmatch(plain(row.name)):
            above = []
            continue
        code = row.code or _function(row, above[-1][1] if above else "")
        level: object = ("digits", len(code)) if code else _ordinal(row.name)
        same = next((number for number, (other, *_) in enumerate(above) if other == level), None)
        above = above[:same]
        if above:
            found[row.line] = above[-1][2]
        above.append((level, code, row.line))
    return found


def _ordinal(name: str) -> int | None:
    return next((number for number, style in enumerate(ORDINALS) if re.match(style, name)), None)


def _function(row: LineItem, above: str) -> str:
    """Find the code that a function's name can mean under the one above it, '' for another name."""
    if row.side != "expenditure":
        return ""
    codes = codes_by_name("function", without_ordinal(row.name), row.fiscal_year)
    under = sorted((code for code in codes if len(code) > 3 and above.startswith(code[:-2])), key=len, reverse=True)
    return next(iter([*under, *(code for code in codes if len(code) == 3), *codes]), "")


def _item(name: str, kind: Kind, year: int, row: Mapping[str, str]) -> LineItem:
    code = row["code"] or None
    if code is None and row["side"] == "expenditure":
        code = top_level(year).get(normalised_name(without_ordinal(row["name"])))
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
