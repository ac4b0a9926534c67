"""Draw papers at random, read them back, and see which choices of their layout break the reading.

`python -m benchmarks.random_papers --seeds 0-199 [--workers N]` prints the figures of all papers together and then by
each choice made, the worst first. A choice's figures count the forms that it changes. `--alone` draws for each seed a
plain paper with each option by itself; `--plain` leaves out what is known to break, so that the next shows. `--list`
names the amounts that were wrong, `--shrink` makes every paper that fails as plain as it can be while it does.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reading.document import read_document
from samples.at_random import CHOICES, Chosen, chosen_as, drawn, random_paper, simpler
from samples.comparing import Comparison, Tally, compare
from samples.truth import TruthRow
from samples.typeset import typeset
from schemas.records import LineItem

HEADER = f"{'':44}{'papers':>7}{'amounts':>9}{'recall':>9}{'precision':>11}{'silent':>8}{'accused':>9}{'misnamed':>10}"
FLOOR = 0.98
"""A paper below this recall or precision counts as failed, where it is shrunk."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the reading made of one paper, or the error that ended it."""

    seed: int
    chosen: Chosen
    found: Comparison
    error: str = ""

    @property
    def failed(self) -> bool:
        """Whether anything is wrong that must not be, or too much is missing."""
        tally = Tally()
        tally.add(self.found, self.seed)
        return bool(self.error or tally.silent or tally.accused or min(tally.recall, tally.precision) < FLOOR)


def outcome(seed: int, chosen: Chosen) -> Outcome:
    """Draw a paper, read it and compare."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{seed}.pdf"
        truth = typeset(*random_paper(seed, chosen), path)
        try:
            items = read_document(path).line_items
        except Exception as error:  # a paper that ends the reading is a finding of this benchmark
            return Outcome(seed, chosen, compare(truth, ()), f"{type(error).__name__}: {error}")
    return Outcome(seed, chosen, compare(truth, items))


def shrunk(result: Outcome, fails: Callable[[Outcome], bool]) -> Outcome:
    """Make the choices plain one by one, as long as the paper still fails."""
    for simple in simpler(result.chosen):
        tried = outcome(result.seed, simple)
        if fails(tried):
            return shrunk(tried, fails)
    return result


def figures(name: str, tally: Tally) -> str:
    """Give one row of the table."""
    return (
        f"{name:44}{len(tally.papers):7}{tally.true:9}{tally.recall:9.4f}{tally.precision:11.4f}"
        f"{tally.silent:8}{tally.accused:9}{tally.misnamed:10}"
    )


def by_choice(results: Iterable[Outcome]) -> dict[str, Tally]:
    """Add up by each option that was chosen and is not plain, over the forms that it changes."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for result in results:
        for name, option in result.chosen.odd.items():
            forms = CHOICES[name].forms
            tallies[f"{name}={option}"].add(
                result.found, result.seed, partial(_among, forms) if forms else lambda form: True
            )
    return tallies


def _among(forms: tuple[str, ...], form: str) -> bool:
    return form in forms


def by_form(results: Iterable[Outcome]) -> dict[str, Tally]:
    """Add up by form."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for result in results:
        for form in {row.form for _, row in result.found.matched} | {row.form for row in result.found.missing}:
            tallies[form].add(result.found, result.seed, partial(_among, (form,)))
    return tallies


def _worst_first(tallies: dict[str, Tally]) -> list[tuple[str, Tally]]:
    def badness(tally: Tally) -> tuple[float, float]:
        return (tally.silent + tally.accused) / max(tally.true, 1), 1 - min(tally.recall, tally.precision)

    return sorted(tallies.items(), key=lambda each: badness(each[1]), reverse=True)


def tables(results: Sequence[Outcome]) -> Iterator[str]:
    """Print all figures: of everything, by form, by choice."""
    whole = Tally()
    for result in results:
        whole.add(result.found, result.seed)
    yield HEADER
    yield figures("all", whole)
    yield f"proven {whole.proven / max(whole.matched, 1):.4f}; papers that failed {sum(r.failed for r in results)}"
    for result in results:
        if result.error:
            yield f"seed {result.seed} ended the reading: {result.error}"
    for title, tallies in (("by form", by_form(results)), ("by choice", by_choice(results))):
        yield f"\n{title}"
        yield HEADER
        yield from (figures(name, tally) for name, tally in _worst_first(tallies))


def amounts(result: Outcome) -> Iterator[str]:
    """List what was wrong in a paper."""
    yield f"\nseed {result.seed}: {result.chosen}"
    counted = Counter(row.form for row in result.found.missing)
    yield f"  missing {dict(counted)}"
    yield from (f"  silent   {_item(item)}" for item in result.found.silent)
    yield from (f"  accused  {_item(item)}" for item in result.found.accused)
    yield from (f"  extra    {_item(item)}" for item in result.found.extra if item not in result.found.silent)
    yield from (f"  missing  {_row(row)}" for row in result.found.missing)
    yield from (f"  misnamed {item.name} for {row.name}" for item, row in result.found.misnamed)


def _item(item: LineItem) -> str:
    parts = (item.form, item.side, item.organisation, item.fund, item.code, item.government_code, item.name)
    return f"{' '.join(filter(None, parts))} {item.measure} {item.printed} {item.amount} p{item.page} {item.status}"


def _row(row: TruthRow) -> str:
    parts = (row.form, row.side, row.organisation, row.fund, row.code, row.government_code, row.name)
    return f"{' '.join(filter(None, parts))} {row.measure} {row.printed} {row.amount} p{row.page}"


def _each_alone(seeds: Iterable[int]) -> Iterator[tuple[int, Chosen]]:
    """Give each option of each choice in an otherwise plain paper; units, where what it changes needs them."""
    for seed in seeds:
        for name, choice in CHOICES.items():
            needs = {"units": "once"} if name == "by_organisation" else {}
            yield from ((seed, chosen_as(**needs, **{name: option})) for option in choice.options[1:])


def seeds_of(text: str) -> range:
    """Read 0-199 or a single seed."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def main() -> None:
    """Print the tables."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seeds", type=seeds_of, default=seeds_of("0-99"), help="such as 0-199")
    ask.add_argument("--workers", type=int, default=1)
    ask.add_argument("--alone", action="store_true", help="each option by itself in an otherwise plain paper")
    ask.add_argument("--plain", nargs="+", default=[], choices=list(CHOICES), help="choices that stay plain in all")
    ask.add_argument("--list", action="store_true", help="name the amounts that were wrong")
    ask.add_argument("--shrink", action="store_true", help="name the fewest choices with which a paper still fails")
    given = ask.parse_args()
    plain = {name: CHOICES[name].plain for name in given.plain}
    drawn_ones = ((seed, drawn(seed).but(**plain)) for seed in given.seeds)
    wanted = list(_each_alone(given.seeds) if given.alone else drawn_ones)
    with ProcessPoolExecutor(given.workers) as pool:
        results = list(pool.map(outcome, *zip(*wanted, strict=True)))
    for line in tables(results):
        print(line)
    for result in results:
        if given.list and (result.found.extra or result.found.missing or result.found.accused):
            print(*amounts(result), sep="\n")
        if given.shrink and result.failed:
            print(f"seed {result.seed}: {shrunk(result, lambda tried: tried.failed).chosen}", flush=True)


if __name__ == "__main__":
    main()
