"""Plant faults of meaning in papers drawn at random, and count what is wrong and called proven all the same.

`python -m benchmarks.planted_meanings --seeds 0-19` draws papers whose layout is plain and whose contents are random,
takes those that are read exactly, and spoils what their amounts *mean*, alike in every form, so that the sums still
hold: codes without their zeros, a column under another's name, an amount cut short, units exchanged or lost, names
garbled round their codes, a form under another's title. A fault is *missed* where a wrong amount stays proven.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from random import Random

from benchmarks.random_papers import seeds_of
from checks import check
from flows.document import read_document
from samples.at_random import CHOICES, Chosen, chosen_as, drawn, random_paper
from samples.comparing import compare
from samples.typeset import typeset
from schemas.classifications import standard_name
from schemas.records import YUAN_PER_UNIT, LineItem

OF_CONTENTS = (
    "kind", "grain", "refund", "carried", "unit", "thousands", "zeros", "levels", "total_row", "units", "uses",
    "sources", "summary", "summary_rows", "grouping", "fiscal_columns", "economic", "economic_columns", "three_public",
)  # fmt: skip
"""Choices that change what a paper says; all others stay plain, so that it is read exactly."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The items of a paper with a fault, and the places of those that are wrong."""

    items: tuple[LineItem, ...]
    wrong: frozenset[int]


Fault = Callable[[Sequence[LineItem], Random], Planted | None]


def _changed(items: Sequence[LineItem], change: Callable[[LineItem], LineItem | None]) -> Planted | None:
    """Change each item, or lose it where `change` gives None; None where nothing is wrong then."""
    kept: list[LineItem] = []
    wrong: set[int] = set()
    for item in items:
        other = change(item)
        if other is not None:
            if other != item:
                wrong.add(len(kept))
            kept.append(other)
    return Planted(tuple(kept), frozenset(wrong)) if wrong else None


def zeros_dropped(items: Sequence[LineItem], _: Random) -> Planted | None:
    """Read 201 | 3 | 1 as 20131 in every form by function."""

    def change(item: LineItem) -> LineItem:
        if item.code_system != "function" or not item.code or len(item.code) == 3:
            return item
        parts = (item.code[3:5], item.code[5:7])
        code = item.code[:3] + "".join(str(int(part)) for part in parts if part)
        return replace(item, code=code, standard_name=standard_name("function", code, item.fiscal_year))

    return _changed(items, change)


def total_called_project(items: Sequence[LineItem], _: Random) -> Planted | None:
    """Lose the columns beside 合计 and call it 项目支出, in every form that has both."""
    having = {item.form for item in items if item.measure == "project"}

    def change(item: LineItem) -> LineItem | None:
        if item.form not in having or item.measure not in ("total", "basic", "project", "personnel", "public_use"):
            return item
        return replace(item, measure="project") if item.measure == "total" else None

    return _changed(items, change)


def columns_exchanged(items: Sequence[LineItem], _: Random) -> Planted | None:
    """Take 基本支出 for 项目支出 and the other way round, in every form."""
    other = {"basic": "project", "project": "basic"}
    return _changed(items, lambda item: replace(item, measure=other.get(item.measure, item.measure)))


def cut_alike(items: Sequence[LineItem], rng: Random) -> Planted | None:
    """Lose the last digit of an amount wherever it is printed."""
    printed = [item.printed for item in items if "." in item.printed and not item.printed.endswith("0")]
    if not printed:
        return None
    chosen = rng.choice(printed)

    def change(item: LineItem) -> LineItem:
        if item.printed != chosen:
            return item
        short = chosen[:-1]
        amount = Decimal(short.replace(",", "")) * YUAN_PER_UNIT[item.unit]
        return replace(item, printed=short, amount=amount)

    return _changed(items, change)


def units_exchanged(items: Sequence[LineItem], _: Random) -> Planted | None:
    """Give the rows of one unit to another and the other way round, in every form by function."""
    units = list(dict.fromkeys(item.organisation for item in items if item.organisation and item.code))
    if len(units) < 2:
        return None
    other = {units[0]: units[1], units[1]: units[0]}

    def change(item: LineItem) -> LineItem:
        return (
            replace(item, organisation=other[item.organisation]) if item.code and item.organisation in other else item
        )

    return _changed(items, change)


def units_lost(items: Sequence[LineItem], _: Random) -> Planted | None:
    """Take the units' rows for the department's own."""
    return _changed(items, lambda item: replace(item, organisation=None, organisation_code=None))


def names_garbled(items: Sequence[LineItem], _: Random) -> Planted | None:
    """Read 2010302 | 一般行政管理事务 as the one name 一2010302般行政管理事务."""

    def change(item: LineItem) -> LineItem:
        if not item.code or len(item.code) < 7:
            return item
        name = f"{item.name[:1]}{item.code}{item.name[1:]}"
        return replace(item, code=None, code_system=None, standard_name=None, name=name)

    return _changed(items, change)


def title_taken(items: Sequence[LineItem], _: Random) -> Planted | None:
    """Take 一般公共预算支出表 for 支出总表, whose own is lost."""
    lost, taken = "expenditure_by_function", "general_budget_by_function"

    def change(item: LineItem) -> LineItem | None:
        if item.form == lost:
            return None
        return replace(item, form=lost) if item.form == taken else item

    return _changed(items, change)


FAULTS: dict[str, Fault] = {
    "zeros dropped from codes": zeros_dropped,
    "合计 called 项目支出": total_called_project,
    "two columns exchanged": columns_exchanged,
    "an amount cut alike": cut_alike,
    "units exchanged": units_exchanged,
    "units lost": units_lost,
    "names garbled": names_garbled,
    "another form's title": title_taken,
}


@dataclass(slots=True)
class Count:
    """What became of the faults of one kind."""

    papers: int = 0
    wrong: int = 0
    proven: int = 0
    missed: list[int] = field(default_factory=list)


def exact_items(seed: int, chosen: Chosen) -> tuple[LineItem, ...] | None:
    """Draw a paper and read it; None where it is not read exactly."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{seed}.pdf"
        truth = typeset(*random_paper(seed, chosen), path)
        items = tuple(read_document(path).line_items)
    found = compare(truth, items)
    return None if found.missing or found.extra or found.misnamed else items


def plainly_drawn(seed: int) -> Chosen:
    """Draw a paper's contents, and nothing of its layout."""
    return chosen_as(**{name: option for name, option in drawn(seed).items() if name in OF_CONTENTS})


def silent_after(fault: Planted) -> int:
    """Check a spoiled paper anew; count the wrong amounts that are proven."""
    fresh = [replace(item, status="unproven", status_reason=None) for item in fault.items]
    settled = check(fresh).items
    return sum(settled[place].status in ("proven", "repaired") for place in fault.wrong)


def counted(seeds: Sequence[int]) -> tuple[dict[str, Count], int]:
    """Plant every fault in every paper that is read exactly; also how many papers were not."""
    counts = {name: Count() for name in FAULTS}
    left_out = 0
    for seed in seeds:
        items = exact_items(seed, plainly_drawn(seed))
        if items is None:
            left_out += 1
            continue
        for name, plant in FAULTS.items():
            fault = plant(items, Random(f"{seed} {name}"))
            if fault is None:
                continue
            silent = silent_after(fault)
            counts[name].papers += 1
            counts[name].wrong += len(fault.wrong)
            counts[name].proven += silent
            counts[name].missed += [seed] if silent else []
    return counts, left_out


def main() -> None:
    """Print a row for each kind of fault."""
    assert set(OF_CONTENTS) <= set(CHOICES)
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seeds", type=seeds_of, default=seeds_of("0-19"), help="such as 0-19")
    counts, left_out = counted(ask.parse_args().seeds)
    print(f"{left_out} papers were not read exactly and are left out")
    print(f"{'fault':28}{'papers':>8}{'wrong':>8}{'and proven':>12}  seeds where it was missed")
    for name, count in counts.items():
        print(f"{name:28}{count.papers:8}{count.wrong:8}{count.proven:12}  {count.missed}")


if __name__ == "__main__":
    main()
