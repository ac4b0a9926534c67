"""Plant faults of meaning in labelled papers: every figure is right, and stands under the wrong name.

Whole columns that changed places or moved aside, codes whose zeros a spreadsheet dropped, names of neighbouring rows
exchanged, a row given to another unit, one form's title over another's, an amount cut in the same way in every form.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations

from checks import check
from schemas.classifications import standard_name
from schemas.forms import forms
from schemas.records import YUAN_PER_UNIT, LineItem

Items = tuple[LineItem, ...]
MEANINGS = {
    "swapped": "two columns of a form changed places",
    "moved": "all columns of a form moved by one",
    "zeros": "codes without their zeros, in every form",
    "names": "the names of two neighbouring rows exchanged",
    "units": "a unit's last row given to the next unit",
    "title": "one form's title over another's",
    "cut": "an amount cut alike in every form",
}


def meanings(items: Sequence[LineItem]) -> Iterator[tuple[str, Items]]:
    """Plant every fault in turn, with its kind."""
    plant: Mapping[str, Callable[[Sequence[LineItem]], Iterator[Items]]] = {
        "swapped": swapped_columns,
        "moved": moved_columns,
        "zeros": dropped_zeros,
        "names": exchanged_names,
        "units": mixed_units,
        "title": another_title,
        "cut": cut_alike,
    }
    return ((kind, paper) for kind, planted in plant.items() for paper in planted(items))


def wrong_and_proven(planted: Sequence[LineItem], items: Iterable[LineItem]) -> tuple[int, int]:
    """Count the amounts that stand under a meaning which the paper does not give them, and those of them `proven`."""
    truth = Counter(map(_meaning, items))
    wrong = proven = 0
    for item in check(planted).items:
        key = _meaning(item)
        if truth[key] > 0:
            truth[key] -= 1
        else:
            wrong += 1
            proven += item.status == "proven"
    return wrong, proven


def _meaning(item: LineItem) -> tuple[object, ...]:
    row = (item.form, item.side, item.organisation, item.code, item.government_code, item.name)
    return (*row, item.measure, item.fund, item.amount)


# --- the faults ------------------------------------------------------------------------------------------------------


def swapped_columns(items: Sequence[LineItem]) -> Iterator[Items]:
    """Exchange each two neighbouring columns of each half."""
    for half, columns in _columns(items).items():
        for one, other in pairwise(columns):
            yield _renamed(items, half, {one: other, other: one})


def moved_columns(items: Sequence[LineItem]) -> Iterator[Items]:
    """Move the columns of each half aside by one; the last one takes the place of none and is lost."""
    for half, columns in _columns(items).items():
        if len(columns) > 2:
            yield _renamed(items, half, {**dict(pairwise(columns)), columns[-1]: None})


def dropped_zeros(items: Sequence[LineItem]) -> Iterator[Items]:
    """Read 201 | 03 | 01 as 201 | 3 | 1, one 款 and all under it at a time, in every form."""
    for prefix in sorted({item.code[:5] for item in items if item.code and len(item.code) > 3}):
        yield tuple(
            _with_code(item, _shortened(item.code)) if item.code and item.code.startswith(prefix) else item
            for item in items
        )


def exchanged_names(items: Sequence[LineItem]) -> Iterator[Items]:
    """Exchange the names of each two neighbouring rows with a code; the codes stay where they are."""
    for half, own in _halves(items).items():
        names = {item.line: item.name for item in sorted(own, key=lambda item: item.line) if item.code}
        for one, other in pairwise(names):
            if names[one] != names[other]:
                given = {one: names[other], other: names[one]}
                yield tuple(
                    replace(item, name=given.get(item.line, item.name)) if _half(item) == half else item
                    for item in items
                )


def mixed_units(items: Sequence[LineItem]) -> Iterator[Items]:
    """Give the last row of each unit of a half to the unit after it."""
    for half, own in _halves(items).items():
        last = {item.organisation: item.line for item in sorted(own, key=lambda item: item.line) if item.organisation}
        for (_, line), (unit, _) in pairwise(last.items()):
            yield tuple(
                replace(item, organisation=unit) if (_half(item), item.line) == (half, line) else item for item in items
            )


def another_title(items: Sequence[LineItem]) -> Iterator[Items]:
    """Let each form bear the title of another one that the paper has too, where the columns bear it out."""
    own = _halves(items)
    for (one, side), (other, other_side) in permutations(own, 2):
        measures = {item.measure for item in own[one, side]}
        systems = [{item.code_system for item in own[half] if item.code} for half in ((one, side), (other, other_side))]
        if side is None is other_side and systems[0] == systems[1] and measures <= set(forms()[other].measures):
            after = max(item.line for item in own[other, None])
            yield tuple(
                replace(item, form=other, line=item.line + after, table_no=1) if item.form == one else item
                for item in items
            )


def cut_alike(items: Sequence[LineItem]) -> Iterator[Items]:
    """Cut the last digit, and the last three characters, off each figure wherever it is printed."""
    for printed in dict.fromkeys(item.printed for item in items if len(re.sub(r"\D", "", item.printed)) > 4):
        for length in (1, 3):
            short = printed[:-length].rstrip(".,")
            yield tuple(
                replace(item, printed=short, amount=Decimal(short.replace(",", "")) * YUAN_PER_UNIT[item.unit])
                if item.printed == printed
                else item
                for item in items
            )


# --- where they are planted ------------------------------------------------------------------------------------------


def _half(item: LineItem) -> tuple[str, str | None]:
    return item.form, item.side


def _halves(items: Iterable[LineItem]) -> Mapping[tuple[str, str | None], list[LineItem]]:
    found: dict[tuple[str, str | None], list[LineItem]] = defaultdict(list)
    for item in items:
        found[_half(item)].append(item)
    return found


def _columns(items: Iterable[LineItem]) -> Mapping[tuple[str, str | None], list[str]]:
    """List the measures of the halves that have several, in the order of print."""
    found = {half: list(dict.fromkeys(item.measure for item in own)) for half, own in _halves(items).items()}
    return {half: measures for half, measures in found.items() if len(measures) > 1}


def _renamed(items: Iterable[LineItem], half: tuple[str, str | None], names: Mapping[str, str | None]) -> Items:
    """Give the columns of a half other measures; None loses a column."""
    found = []
    for item in items:
        measure = names.get(item.measure, item.measure) if _half(item) == half else item.measure
        if measure is not None:
            found.append(replace(item, measure=measure))
    return tuple(found)


def _shortened(code: str) -> str:
    return code[:3] + "".join(code[at : at + 2].lstrip("0") for at in range(3, len(code), 2))


def _with_code(item: LineItem, code: str) -> LineItem:
    known = standard_name(item.code_system or "function", code, item.fiscal_year) if len(code) in (3, 5, 7) else None
    return replace(item, code=code, standard_name=known)
