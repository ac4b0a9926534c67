"""Codes of 3, 5 and 7 digits: the tree they make as far as a paper prints its levels, and what is odd about them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from schemas.classifications import Entry, changes, codes_by_name, is_known, lookup
from schemas.records import Finding, LineItem
from schemas.wording import plain, without_ordinal

FULL_EDITIONS_FROM = 2020
"""Of editions before this year too little was seen to say that a code was not in force or bore no other name."""
SEEN_IN_PRINT = ("confirmed", "listed")
"""The certainty of a name that was read from a table, and is neither cut nor inferred."""


SYSTEMS_OF_SIDES = {
    "expenditure": ("function",),
    "expenditure_by_economic": ("economic",),
    "expenditure_by_government_economic": ("government_economic",),
    "revenue": ("revenue",),
}
"""The classifications whose names rows without codes can bear, by the half that they stand in."""


def codes_named(side: str | None, name: str, year: int) -> tuple[str, ...]:
    """List the codes that bear a name in the year's edition of the classification of a half; () for another name."""
    systems = SYSTEMS_OF_SIDES.get(side or "", ())
    return tuple(code for system in systems for code in codes_by_name(system, without_ordinal(name), year))


def forest(codes: Collection[str]) -> Mapping[str | None, tuple[str, ...]]:
    """Put each code under the nearest printed one that it begins with, or under None: parent → children, in order."""
    children: dict[str | None, list[str]] = defaultdict(list)
    for code in codes:
        children[_nearest_above(code, codes)].append(code)
    return {parent: tuple(own) for parent, own in children.items()}


def under(codes: Iterable[str], prefixes: Collection[str], *, outside: bool = False) -> tuple[str, ...]:
    """Keep the codes that begin with one of `prefixes`, or with `outside` those that begin with none."""
    return tuple(code for code in codes if code.startswith(tuple(prefixes)) is not outside)


def _nearest_above(code: str, codes: Collection[str]) -> str | None:
    return next((code[:length] for length in range(len(code) - 2, 2, -2) if code[:length] in codes), None)


def code_findings(items: Iterable[LineItem]) -> tuple[Finding, ...]:
    """Find codes that their year does not know, names that are not their code's, and codes whose parent is missing.

    One finding for each row of a form, at the row's first amount.
    """
    rows = {(item.department, item.form, item.side, item.line): item for item in reversed([*items]) if item.code}
    by_form: dict[tuple[str, str, str | None], list[LineItem]] = defaultdict(list)
    for item in reversed(rows.values()):
        by_form[item.department, item.form, item.side].append(item)
    return tuple(finding for own in by_form.values() for finding in _of_form(own))


def _of_form(rows: Iterable[LineItem]) -> Iterator[Finding]:
    by_row = [*rows]
    codes = {row.code for row in by_row if row.code}
    for row in by_row:
        code, system = row.code or "", row.code_system or ""
        entry = lookup(system, code, row.fiscal_year)
        if entry is None and _unknown(system, code, row.fiscal_year):
            yield _finding("unknown_code", row, f"in {row.fiscal_year}")
        elif entry and _tells(entry, row.fiscal_year) and _label(entry.name) != _label(row.name):
            yield _finding("name_disagrees_with_code", row, f"is {entry.name} in {entry.edition}")
        if (parent := missing_parent(code, codes)) is not None:
            yield _finding("code_without_parent", row, f"no row {parent}")


def _unknown(system: str, code: str, year: int) -> bool:
    """Whether a code without a name in the year was not in force then, and not only of a name that is in doubt."""
    if not is_known(system, code):
        return True
    return year >= FULL_EDITIONS_FROM and any(_ended(system, above, year) for above in _with_parents(code))


def _tells(entry: Entry, year: int) -> bool:
    """Whether an entry's name is sure enough to hold it against a paper's."""
    return entry.certainty in SEEN_IN_PRINT and (year >= FULL_EDITIONS_FROM or not entry.inherited)


def _ended(system: str, code: str, year: int) -> bool:
    own = [change for change in changes(code) if change.system == system and change.code == code]
    ended = any(change.kind in ("removed", "renumbered") and change.to_year <= year for change in own)
    return ended or any(change.kind == "added" and change.from_year >= year for change in own)


def _with_parents(code: str) -> list[str]:
    return [code[:length] for length in range(len(code), 2, -2)]


def missing_parent(code: str, codes: Collection[str]) -> str | None:
    """Name the parent that a code should have at the next level that its form prints, where it is not there."""
    above = max((len(other) for other in codes if len(other) < len(code)), default=0)
    return code[:above] if above and code[:above] not in codes else None


def _label(name: str) -> str:
    return plain(without_ordinal(name))


def _finding(name: str, row: LineItem, detail: str) -> Finding:
    return Finding(name, f"{row.form}: {row.code} {row.name}: {detail}", row.page, row.table_no, row.row, row.col)
