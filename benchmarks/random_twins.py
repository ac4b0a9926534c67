"""Draw papers at random as workbooks, Word documents and web pages in the habits of many offices, and read them back.

`python -m benchmarks.random_twins --seeds 0-99 [--formats xlsx,docx,html] [--list]` prints the figures of each format
and of each habit, the worst first; `--list` names the amounts that were wrong.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.random_papers import HEADER, figures
from reading.document import read_document
from samples.at_random import Chosen, drawn, random_paper
from samples.comparing import Comparison, Tally, compare
from samples.layout import Layout
from samples.paper import Paper
from samples.twins.habits import PLAIN, Habits, habits_of
from samples.twins.web import write_web_page
from samples.twins.word import write_document
from samples.twins.workbook import write_workbook
from samples.typesetting.flow import compose

WRITERS: dict[str, Callable[[Paper, Layout, Path, Habits], None]] = {
    "xlsx": write_workbook,
    "docx": write_document,
    "html": write_web_page,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the reading made of one twin."""

    seed: int
    kind: str
    chosen: Chosen
    habits: Habits
    found: Comparison
    error: str = ""


def outcome(seed: int, kind: str) -> Outcome:
    """Draw a paper, write its twin, read it and compare."""
    chosen, habits = drawn(seed), habits_of(seed)
    paper, layout = random_paper(seed, chosen)
    _, truth = compose(paper, layout)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{seed}.{kind}"
        WRITERS[kind](paper, layout, path, habits)
        try:
            items = read_document(path).line_items
        except Exception as error:  # a paper that ends the reading is a finding of this benchmark
            return Outcome(seed, kind, chosen, habits, compare(truth, ()), f"{type(error).__name__}: {error}")
    return Outcome(seed, kind, chosen, habits, compare(truth, items))


def odd_of(result: Outcome) -> Iterator[str]:
    """The choices and habits of a twin that are not plain."""
    for habit in fields(Habits):
        if (value := getattr(result.habits, habit.name)) != getattr(PLAIN, habit.name):
            yield f"{result.kind} {habit.name}={value}"
    for name, option in result.chosen.odd.items():
        yield f"{name}={option}"


def main() -> None:
    """Read the papers of the seeds asked for and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="0-19")
    parser.add_argument("--formats", default=",".join(WRITERS))
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    whole: dict[str, Tally] = defaultdict(Tally)
    by_habit: dict[str, Tally] = defaultdict(Tally)
    for seed in range(int(first), int(last or first) + 1):
        for kind in asked.formats.split(","):
            result = outcome(seed, kind)
            whole[kind].add(result.found, (seed, kind))
            for odd in odd_of(result):
                by_habit[odd].add(result.found, (seed, kind))
            if result.error:
                print(f"seed {seed} {kind} ended the reading: {result.error}")
            if asked.list and (result.found.missing or result.found.extra or result.found.accused):
                print(f"seed {seed} {kind} {result.habits}")
                print(f"  missing {len(result.found.missing)}: {[tuple(row[:6]) for row in result.found.missing[:3]]}")
                told = [(i.form, i.side, i.name, i.measure, i.printed, i.status) for i in result.found.extra[:3]]
                print(f"  extra {len(result.found.extra)}: {told}; accused {len(result.found.accused)}")
    print(HEADER)
    for kind, tally in whole.items():
        print(figures(kind, tally))
    worst = sorted(by_habit.items(), key=lambda each: (-each[1].silent, min(each[1].recall, each[1].precision)))
    for name, tally in worst[:25]:
        print(figures(name, tally))


if __name__ == "__main__":
    main()
