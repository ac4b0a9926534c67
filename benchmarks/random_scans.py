"""Scans of papers that nobody has seen, by scanners whose damage is drawn anew: where the reading of pictures breaks.

    python -m benchmarks.random_scans --seeds 0-19 [--scanner pen ...] [--papers FILE.pdf ...] [--pages N] [--list]

Each seed draws a paper (`samples.at_random`) and, of each kind asked for, a scanner; a scanner by each seed in turn
where no kind is named. The first `--pages` pages with amounts and the cover are scanned and go down the whole line.
With `--papers` the papers are these files, their text's own amounts the truth. `text` is the recall of the same pages
as text: what is lost there, no picture can give. A row for each kind comes last; `--list` names what was wrong.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

import pikepdf

from benchmarks.random_papers import seeds_of
from benchmarks.scanner import EVERY, scan, varied
from reading.document import read_document
from samples.at_random import drawn, random_paper
from samples.comparing import Comparison, Tally, compare
from samples.truth import TruthRow
from samples.typeset import typeset
from schemas.records import LineItem

HEAD = (
    "| kind | papers | amounts | text | recall | precision | silent | accused | proven | s a page |\n"
    + "|---" * 10
    + "|"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One paper under one scanner: the kind and the seed, and the file whose text is the truth where one is given."""

    kind: str
    seed: int
    paper: Path | None = None

    def __str__(self) -> str:
        return f"{self.paper.stem if self.paper else 'random'} {self.kind}-{self.seed}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one scan: its amounts, those of the same pages as text, and the seconds of all its pages."""

    drawn: Drawn
    found: Comparison
    text: Comparison
    pages: int
    seconds: float


def outcome(asked: Drawn, most: int, keep: Path | None = None) -> Outcome:
    """Scan the cover and the first `most` pages with amounts and read them; the scan is left in `keep`, if given."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, truth = _paper(asked, folder)
        pages = sorted({row.page for row in truth} - {1})[:most]
        some = folder / "text" / f"{asked.paper.stem if asked.paper else asked.seed}.pdf"
        some.parent.mkdir()
        _chosen(whole, some, [1, *pages])
        scanned = (keep or folder) / f"{str(asked).replace(' ', '_')}.pdf"
        scan(some, scanned, varied(EVERY[asked.kind], asked.seed), seed=asked.seed)
        own = [row for row in truth if row.page in {1, *pages}]
        start = time.perf_counter()
        items = read_document(scanned).line_items
        seconds = time.perf_counter() - start
        return Outcome(
            asked, compare(own, items), compare(own, read_document(some).line_items), len(pages) + 1, seconds
        )


def _paper(asked: Drawn, folder: Path) -> tuple[Path, Sequence[TruthRow]]:
    if asked.paper is not None:
        return asked.paper, [_row(item) for item in read_document(asked.paper).line_items]
    path = folder / f"{asked.seed}.pdf"
    return path, typeset(*random_paper(asked.seed, drawn(asked.seed)), path)


def _chosen(source: Path, target: Path, pages: Sequence[int]) -> None:
    with pikepdf.open(source) as pdf, pikepdf.new() as some:
        for number in pages:
            some.pages.append(pdf.pages[number - 1])
        some.save(target)


def _row(item: LineItem) -> TruthRow:
    return TruthRow(
        form=item.form,
        side=item.side or "",
        line=item.line,
        code=item.code or "",
        name=item.name,
        measure=item.measure,
        amount=item.amount,
        printed=item.printed,
        unit=item.unit,
        page=item.page,
        organisation=item.organisation or "",
        fund=item.fund or "",
        government_code=item.government_code or "",
    )


def row(kind: str, outcomes: Sequence[Outcome]) -> str:
    """A row of the table for the scans of one kind."""
    found, text = Tally(), Tally()
    for each in outcomes:
        found.add(each.found, each.drawn)
        text.add(each.text, each.drawn)
    seconds = sum(each.seconds for each in outcomes) / sum(each.pages for each in outcomes)
    return (
        f"| {kind} | {len(outcomes)} | {found.true} | {text.recall:.4f} | {found.recall:.4f} | {found.precision:.4f} "
        f"| {found.silent} | {found.accused} | {found.proven / max(found.matched, 1):.3f} | {seconds:.2f} |"
    )


def wrong(result: Outcome) -> Iterator[str]:
    """What was wrong in one scan, silent errors first, and what was lost that its text gives."""
    for item in result.found.silent:
        yield f"    silent {_said(item)}"
    for item in result.found.accused:
        yield f"    accused {_said(item)} {item.status_reason}"
    for item in result.found.extra:
        if item not in result.found.silent:
            yield f"    extra {_said(item)} {item.status_reason}"
    lost = set(result.found.missing) - set(result.text.missing)
    for each in sorted(lost, key=lambda each: (each.page, each.line)):
        yield f"    missing p{each.page} {each.form} {each.side} {each.code} {each.name} {each.measure} {each.printed}"


def _said(item: LineItem) -> str:
    label = " ".join(filter(None, (item.form, item.side, item.organisation, item.fund, item.code, item.name)))
    return f"p{item.page} {label} {item.measure} {item.printed} {item.reader} {item.confidence:.2f} {item.status}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seeds", type=seeds_of, default=seeds_of("0-9"), help="such as 0-19")
    ask.add_argument("--scanner", nargs="+", choices=list(EVERY), default=[])
    ask.add_argument("--papers", nargs="+", type=Path, default=[None])
    ask.add_argument("--pages", type=int, default=4)
    ask.add_argument("--workers", type=int, default=1)
    ask.add_argument("--keep", type=Path, help="a folder to leave the scans in")
    ask.add_argument("--list", action="store_true")
    asked = ask.parse_args()
    kinds = list(EVERY)
    every = [
        Drawn(kind, seed, paper)
        for at, (paper, seed) in enumerate(product(asked.papers, asked.seeds))
        for kind in asked.scanner or [kinds[(at + seed) % len(kinds)]]
    ]
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    with ProcessPoolExecutor(asked.workers) as pool:
        for result in pool.map(partial(outcome, most=asked.pages, keep=asked.keep), every):
            by_kind[result.drawn.kind].append(result)
            lines = wrong(result) if asked.list else ()
            print(row(str(result.drawn), [result]), *lines, sep="\n", file=sys.stderr, flush=True)
    print(HEAD, *(row(kind, results) for kind, results in by_kind.items()), sep="\n")
    print(row("all", [result for results in by_kind.values() for result in results]))


if __name__ == "__main__":
    main()
