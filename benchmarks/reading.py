"""How long a user waits for the tables of papers, against pdfplumber's `extract_tables()` over the same pages.

    python -m benchmarks.reading [PAPER.pdf ...]

Whole processes, from the prompt to the tables: `gongkai extract`, and a script that imports pdfplumber and finds the
tables of every page, each page closed after use. They run in turn, five times each; the medians are printed, and the
machine's load beside them: the ratios hold where seconds do not. Of the papers given the shortest is read alone, then
the first three, then all. Without arguments these are the sample papers, and others drawn at random to make fifty.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pypdfium2

from reading.document import read_document
from samples.at_random import drawn, random_paper
from samples.typeset import typeset

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "papers"
FIFTY = 50
ROUNDS = 5
GONGKAI = Path(sys.executable).with_name("gongkai")
PEER = """
import logging
import sys

import pdfplumber

logging.getLogger("pdfminer").setLevel(logging.ERROR)
for path in sys.argv[1:]:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()
"""


class Took(NamedTuple):
    """Wall-clock seconds, and seconds of processors, of a process and its children."""

    wall: float
    cpu: float


def took(*command: str | Path) -> Took:
    """What one run of a command took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def medians(runs: Sequence[Took]) -> Took:
    """The median of each."""
    return Took(median(run.wall for run in runs), median(run.cpu for run in runs))


def against_the_peer(papers: Sequence[Path], folder: Path) -> tuple[Took, Took]:
    """Ours and the peer's, in turn."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(took(GONGKAI, "extract", *papers, "--to", folder / "out"))
        theirs.append(took(sys.executable, "-c", PEER, *papers))
    return medians(ours), medians(theirs)


def fifty_papers(folder: Path) -> list[Path]:
    """The sample papers, and others drawn at random."""
    papers = sorted(SAMPLES.glob("*.pdf"))
    for seed in range(FIFTY - len(papers)):
        papers.append(folder / f"drawn_{seed}.pdf")
        typeset(*random_paper(seed, drawn(seed)), papers[-1])
    return papers


def pages_of(papers: Sequence[Path]) -> int:
    """How many pages they have together."""
    return sum(len(pypdfium2.PdfDocument(path)) for path in papers)


def warm_reading(papers: Sequence[Path]) -> tuple[float, float, float]:
    """Pages a second of one core once everything is loaded, and MiB at most after one and after five times all."""
    for path in papers:
        read_document(path)
    once, start = _peak_mebibytes(), time.process_time()
    for path in papers:
        read_document(path)
    seconds = time.process_time() - start
    for path in 3 * list(papers):
        read_document(path)
    return pages_of(papers) / seconds, once, _peak_mebibytes()


def _peak_mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print one row for each set of papers."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("papers", nargs="*", type=Path)
    given = ask.parse_args().papers
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as scratch:
        papers = given or fifty_papers(Path(scratch))
        help_took = medians([took(GONGKAI, "--help") for _ in range(ROUNDS)])
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; gongkai --help {help_took.wall:.2f} s")
        print("\n| papers | pages | extract s | of CPU s | pdfplumber s | of CPU s | times as fast | by CPU |")
        print("|---|---|---|---|---|---|---|---|")
        for chosen in ([min(papers, key=pages_of_one)], papers[:3], papers):
            ours, theirs = against_the_peer(chosen, Path(scratch))
            print(
                f"| {len(chosen)} | {pages_of(chosen)} | {ours.wall:.2f} | {ours.cpu:.2f} | {theirs.wall:.2f} "
                f"| {theirs.cpu:.2f} | {theirs.wall / ours.wall:.1f} | {theirs.cpu / ours.cpu:.1f} |",
                flush=True,
            )
        speed, once, often = warm_reading(papers)
        print(f"\nwarm, one core: {speed:.0f} pages a second; {once:.0f} MiB, after five times as many {often:.0f}")
        print(f"load {os.getloadavg()[0]:.1f}")


def pages_of_one(paper: Path) -> int:
    """How many pages a paper has."""
    return pages_of([paper])


if __name__ == "__main__":
    main()
