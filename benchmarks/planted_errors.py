"""Plant one error at a time in each labelled paper, and see whether the checks find it.

`python -m benchmarks.planted_errors [--truth FOLDER] [--seed N] [--digits N] [--write PAGE]` prints a Markdown page.
It reads no PDF: the labelled amounts stand for a perfect reading, which each planted error then spoils.
"""

import argparse
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from benchmarks.labelled import LABELLED, labelled_papers
from benchmarks.planted_meanings import MEANINGS, meanings, wrong_and_proven
from checks import Alternative, Evaluated, Place, Settled, check, place_of
from checks.records import ZERO
from schemas.records import YUAN_PER_UNIT, LineItem

_Any = TypeVar("_Any")
MARKED = ("contradicted", "source_inconsistent")
ERRORS = {"digit": "one digit", "row": "one row up or down", "lost": "lost"}
SEED = 2024


# --- planting --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planted:
    """A paper with one error: by how much, in yuan, each cell differs, and where the wrong amount stands now."""

    items: tuple[LineItem, ...]
    changes: Mapping[Place, Decimal]
    now_at: Place


def another_digit(items: Sequence[LineItem], number: int, choice: random.Random) -> Planted:
    """Change one digit of one amount."""
    item = items[number]
    at = choice.choice([position for position, sign in enumerate(item.printed) if sign.isdigit()])
    digit = choice.choice([other for other in "0123456789" if other != item.printed[at]])
    printed = item.printed[:at] + digit + item.printed[at + 1 :]
    amount = Decimal(printed.replace(",", "")) * YUAN_PER_UNIT[item.unit]
    changed = replace(item, printed=printed, amount=amount)
    place = place_of(item)
    return Planted((*items[:number], changed, *items[number + 1 :]), {place: amount - item.amount}, place)


def another_row(items: Sequence[LineItem], number: int, step: int) -> Planted | None:
    """Exchange one amount with the cell `step` rows below it, blank or not; None where nothing would change."""
    item = items[number]
    row = _row_beside(items, item, step)
    if row is None:
        return None
    target = place_of(row)._replace(measure=item.measure, fund=item.fund)
    other_at = next((at for at, other in enumerate(items) if place_of(other) == target), None)
    by = (ZERO if other_at is None else items[other_at].amount) - item.amount
    if not by:
        return None
    moved = list(items)
    moved[number] = _labelled_as(item, row)
    if other_at is not None:
        moved[other_at] = _labelled_as(items[other_at], item)
    return Planted(tuple(moved), {place_of(item): by, target: -by}, target)


def _row_beside(items: Iterable[LineItem], item: LineItem, step: int) -> LineItem | None:
    """Find any amount of the next printed row of the same half in that direction."""
    rows = {other.line: other for other in items if (other.form, other.side) == (item.form, item.side)}
    lines = sorted(rows)
    at = lines.index(item.line) + step
    return rows[lines[at]] if 0 <= at < len(lines) else None


LABEL = (
    "line", "code_system", "code", "name", "standard_name", "organisation", "organisation_code", "government_code",
    "item", "parent_line",
)  # fmt: skip
"""What a row says of its amounts."""


def _labelled_as(item: LineItem, row: LineItem) -> LineItem:
    return replace(item, **{field: getattr(row, field) for field in LABEL})


def lost(items: Sequence[LineItem], number: int) -> Planted | None:
    """Leave one amount out; None where it is 0."""
    item = items[number]
    place = place_of(item)
    return Planted((*items[:number], *items[number + 1 :]), {place: -item.amount}, place) if item.amount else None


def planted(items: Sequence[LineItem], digits: int, choice: random.Random) -> Iterator[tuple[str, Planted]]:
    """Plant every error in turn, with its kind: for each amount some changes of a digit, both moves and its loss."""
    for number in range(len(items)):
        for _ in range(digits):
            yield "digit", another_digit(items, number, choice)
        for kind, error in (
            ("row", another_row(items, number, -1)),
            ("row", another_row(items, number, 1)),
            ("lost", lost(items, number)),
        ):
            if error:
                yield kind, error


# --- what becomes of it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What the checks made of one planted error; `marked` counts the amounts that they point at."""

    covered: bool
    caught: bool
    found: bool
    marked: int
    silent: bool
    repaired: bool


def is_covered(error: Planted, clean: Iterable[Evaluated]) -> bool:
    """Whether the change exceeds the tolerance of an equality that one of its cells takes part in."""
    return any(
        abs(sum((term.sign * error.changes.get(term.place, ZERO) for term in each.terms), ZERO)) > each.tolerance
        for each in clean
        if each.verdict == "holds" and each.relation == "equal"
    )


def outcome(error: Planted, clean: Iterable[Evaluated], items: Sequence[LineItem], *, repair: bool) -> Outcome:
    """Check a paper with a planted error, and with `repair` once more with a second reader who reads it right."""
    settled = check(error.items)
    statuses = {place_of(item): item.status for item in settled.items}
    status = statuses.get(error.now_at)
    suspected = {place for each in settled.explanations for place in each.changes} & statuses.keys()
    marked = suspected | {place for place, each in statuses.items() if each in MARKED}
    return Outcome(
        covered=is_covered(error, clean),
        caught=any(each.verdict == "fails" for each in settled.checks),
        found=error.now_at in marked,
        marked=len(marked),
        silent=status == "proven",
        repaired=repair and _repairs(error, items),
    )


def _repairs(error: Planted, items: Sequence[LineItem]) -> bool:
    right = {place_of(item): item for item in items}

    def reread(item: LineItem) -> list[Alternative]:
        own = right[place_of(item)]
        return [Alternative(own.printed, own.amount, "pdfplumber")]

    settled = check(error.items, reread)
    return {place_of(item): item.amount for item in settled.items} == {at: own.amount for at, own in right.items()}


# --- the page --------------------------------------------------------------------------------------------------------

CLEAN_HEADER = """\
| paper | amounts | proven | false alarms | time of checking |
|---|---|---|---|---|"""
HEADER = """\
| paper | error | changes | covered | caught | marked | amounts marked, median | wrong and `proven` | repaired |
|---|---|---|---|---|---|---|---|---|"""
EXPLANATION = """\
# Planted errors

Generated by `python -m benchmarks.planted_errors --write {page}` (seed {seed}); do not edit.

Each labelled amount is changed by one digit, exchanged with the cell above and below it in its column (blank or not),
and left out, one error at a time. A change is *covered* where it exceeds the tolerance of an equality that the amount
takes part in; two amounts exchanged within one sum, or a last digit that rounding explains, are not. Of the covered
changes:

- *caught*: a check fails;
- *marked*: the changed amount is among those that the checks point at (an amount that was left out is not there to be);
- *wrong and proven*: the changed amount is called `proven` all the same;
- *repaired*: a second reader that reads every cell right brings back the whole paper as it was.

Of each kind at most {most} errors are planted in a paper, chosen at random.
"""
MEANING_EXPLANATION = """
## Figures that are right under the wrong name

Faults of meaning leave every figure as it is printed. *Wrong* are the amounts that stand under a form, row, column or
unit that the paper does not give them, or were cut; none of them may be called `proven`.

| fault | papers planted | amounts wrong | wrong and `proven` |
|---|---|---|---|"""


def clean_row(name: str, settled: Settled, seconds: float) -> str:
    """Give one row on a paper as it was printed."""
    alarms = sum(each.verdict == "fails" for each in settled.checks)
    proven = sum(item.status == "proven" for item in settled.items)
    amounts = len(settled.items)
    return f"| {name} | {amounts} | {proven} ({proven / amounts:.1%}) | {alarms} | {seconds * 1000:.0f} ms |"


def error_row(name: str, kinds: Sequence[str], outcomes: Sequence[Outcome]) -> str:
    """Give one row on errors of some kinds."""
    covered = [each for each in outcomes if each.covered]
    caught = [each for each in covered if each.caught]
    cells = (
        name,
        " and ".join(ERRORS[kind] for kind in kinds),
        len(outcomes),
        len(covered),
        _share(len(caught), len(covered)),
        "" if kinds == ["lost"] else _share(sum(each.found for each in covered), len(covered)),
        "" if kinds == ["lost"] else f"{statistics.median([each.marked for each in caught] or [0]):g}",
        sum(each.silent for each in covered),
        _share(sum(each.repaired for each in covered), len(covered)) if kinds == ["digit"] else "",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.2%})" if whole else "0"


def meaning_rows(papers: Iterable[Sequence[LineItem]], most: int, choice: random.Random) -> Iterator[str]:
    """Give one row on each kind of faults of meaning, over all papers."""
    counts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for items in papers:
        by_kind: dict[str, list[Sequence[LineItem]]] = defaultdict(list)
        for kind, planted_paper in meanings(items):
            by_kind[kind].append(planted_paper)
        for kind, own in by_kind.items():
            counts[kind] += [wrong_and_proven(each, items) for each in _some(own, most, choice)]
    for kind, words in MEANINGS.items():
        wrong, proven = (sum(numbers) for numbers in zip(*(counts[kind] or [(0, 0)]), strict=True))
        yield f"| {words} | {len(counts[kind])} | {wrong} | {proven} |"


def _some(every: Sequence[_Any], most: int, choice: random.Random) -> Sequence[_Any]:
    return every if len(every) <= most else choice.sample(every, most)


def page(folder: Path, seed: int, digits: int, name: str, most: int) -> Iterator[str]:
    """Yield the lines of the page; at most `most` errors of each kind are planted in a paper."""
    papers = labelled_papers(folder)
    yield from (EXPLANATION.format(page=name, seed=seed, most=most), "## The papers as printed\n", CLEAN_HEADER)
    clean: dict[str, Settled] = {}
    for paper, items in papers.items():
        check(items)
        begun = time.perf_counter()
        clean[paper] = check(items)
        yield clean_row(paper, clean[paper], time.perf_counter() - begun)
    yield from ("\n## One error at a time\n", HEADER)
    choice = random.Random(seed)
    every: dict[str, list[Outcome]] = defaultdict(list)
    for paper, items in papers.items():
        own: dict[str, list[Outcome]] = defaultdict(list)
        by_kind: dict[str, list[Planted]] = defaultdict(list)
        for kind, error in planted(items, digits, choice):
            by_kind[kind].append(error)
        for kind, errors in by_kind.items():
            for error in _some(errors, most, choice):
                own[kind].append(outcome(error, clean[paper].checks, items, repair=kind == "digit"))
        for kind in ERRORS:
            yield error_row(paper, [kind], own[kind])
            every[kind] += own[kind]
    for kind in ERRORS:
        yield error_row("**all**", [kind], every[kind])
    yield error_row("**all**", ["digit", "row"], [*every["digit"], *every["row"]])
    yield MEANING_EXPLANATION
    yield from meaning_rows(papers.values(), most, choice)


def main() -> None:
    """Print the page, or write it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--truth", type=Path, default=LABELLED, help="folder of labelled papers")
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--digits", type=int, default=1, help="changes of a digit for each amount")
    ask.add_argument("--most", type=int, default=40, help="errors of each kind in each paper, at most")
    ask.add_argument("--write", type=Path, help="file to write instead of printing")
    given = ask.parse_args()
    name = given.write.as_posix() if given.write else "docs/planted-errors.md"
    lines = page(given.truth, given.seed, given.digits, name, given.most)
    if given.write:
        given.write.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main()
