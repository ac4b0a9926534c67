"""Damaged papers by the thousand: `python -m benchmarks.mutants [PAPER…] [--formats F…] [--count N] [--seed N]`.

Without papers and formats, the sample PDFs and one paper in every other format (`benchmarks.mutants.papers`).

Each mutant is one paper damaged in one way, by a seed of its own, so that `--only 1234` makes it again. It must end
with a reading or a typed error, within ten times the undamaged paper's processor time (a page that is read from its
picture has `SECONDS_A_PICTURE` more), leave an undamaged paper read in the same process byte for byte as it was, and,
of PDFs, prove no amount that the rendered page shows otherwise: what differs from the undamaged paper is rendered and
read by OCR.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from benchmarks.mutants.judging import SURE, changed, not_as_shown
from benchmarks.mutants.kinds import KINDS, kinds_of
from benchmarks.mutants.papers import FORMATS, made, read_any, read_in_seconds
from reading.formats import format_of
from reading.running.limits import Limits
from reading.running.processes import DocumentProcesses
from schemas.errors import ReaderCrashedError, TimeLimitError, UnreadableDocumentError
from schemas.records import Reading

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "papers"
TIMES, AT_LEAST = 10, 5.0
"""A mutant takes no more times the undamaged paper's seconds, and may take so many in any case."""
SECONDS_A_PICTURE = 5.0
NEIGHBOUR_EVERY = 10
READINGS = TypeAdapter(Reading)


@dataclass
class Paper:
    """An undamaged paper: its format, its bytes, its reading and how long that took."""

    path: Path
    kind: str
    data: bytes
    reading: Reading
    seconds: float


@dataclass
class Results:
    """What came of the mutants, by format and kind, and each that is not as it must be."""

    ends: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[str] = field(default_factory=list)
    longest: float = 0.0


class Told(NamedTuple):
    """What all mutants of a run share."""

    seed: int
    folder: Path
    results: Results
    keep: Path | None
    kinds: Sequence[str]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("papers", nargs="*", type=Path)
    asked.add_argument("--formats", nargs="+", choices=("pdf", *FORMATS), default=["pdf", *FORMATS])
    asked.add_argument("--count", type=int, default=500)
    asked.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--only", type=int, help="one mutant alone, by its number")
    asked.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    asked.add_argument("--keep", type=Path, help="where mutants that are not as they must be are kept")
    asked.add_argument("--seconds", type=float, default=float("inf"), help="no mutant is begun after so many seconds")
    told = asked.parse_args()
    numbers = [told.only] if told.only is not None else range(told.first, told.first + told.count)
    results, began = Results(), time.monotonic()
    with DocumentProcesses(1, Limits(seconds=120)) as processes, tempfile.TemporaryDirectory() as folder:
        papers = [_undamaged(path) for path in told.papers or _own(told.formats, Path(folder))]
        for paper in papers:
            processes.call(read_any, paper.path)  # what a process loads for a format is no mutant's time
        for number in numbers:
            if time.monotonic() - began > told.seconds:
                break
            _tried(number, papers, processes, Told(told.seed, Path(folder), results, told.keep, told.kinds))
    _print(results)
    raise SystemExit(1 if results.wrong else 0)


def _own(formats: Sequence[str], folder: Path) -> Iterator[Path]:
    yield from sorted(SAMPLES.glob("*.pdf")) if "pdf" in formats else ()
    yield from made([each for each in formats if each != "pdf"], folder)


def _undamaged(path: Path) -> Paper:
    read_any(path)
    reading, seconds = read_in_seconds(path)
    return Paper(path, format_of(path), path.read_bytes(), reading, seconds)


def _tried(number: int, papers: Sequence[Paper], processes: DocumentProcesses, told: Told) -> None:
    seed, folder, results, keep, _ = told
    choice = random.Random(f"{seed}/{number}")
    paper = choice.choice(papers)
    ways = {name: way for name, way in kinds_of(paper.kind).items() if name in told.kinds}
    if not ways:
        return
    kind = list(ways)[number % len(ways)]
    path = folder / "mutant"
    try:
        path.write_bytes(ways[kind](paper.data, choice))
    except Exception as error:  # the maker's own reader of PDFs gives up: no mutant
        results.ends[f"{paper.kind}, {kind}"][f"not made: {type(error).__name__}"] += 1
        return
    end, reading, seconds = _read(path, processes)
    results.ends[f"{paper.kind}, {kind}"][end] += 1
    results.longest = max(results.longest, seconds / paper.seconds)
    wrong = list(_faults(path, paper, reading, end, seconds))
    if number % NEIGHBOUR_EVERY == 0 and not _as_before(papers[0], processes):
        wrong.append("a neighbour is read otherwise")
    for fault in wrong:
        line = f"{number} ({kind}, {paper.path.name}): {fault}"
        print(line, flush=True)
        results.wrong.append(line)
    if number % 100 == 99:
        print(f"{number + 1} mutants tried, {len(results.wrong)} not as they must be", flush=True)
    if wrong and keep:
        keep.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, keep / f"{seed}-{number}{paper.path.suffix}")


def _read(path: Path, processes: DocumentProcesses) -> tuple[str, Reading | None, float]:
    began = time.monotonic()
    try:
        reading, seconds = processes.call(read_in_seconds, path)
    except UnreadableDocumentError as error:
        return error.reason, None, time.monotonic() - began
    return reading.document.status, reading, seconds


def _faults(path: Path, paper: Paper, reading: Reading | None, end: str, seconds: float) -> Iterator[str]:
    if end in {ReaderCrashedError.reason, TimeLimitError.reason}:
        yield f"ends as {end}"
    pictures = sum(each.code.startswith("page_") for each in reading.findings) if reading else 0
    if seconds > max(AT_LEAST, TIMES * paper.seconds) + SECONDS_A_PICTURE * pictures:
        yield f"takes {seconds:.1f} s, the undamaged paper {paper.seconds:.1f} s"
    if reading is None:
        return
    suspects = changed(reading, paper.reading) if paper.kind == "pdf" else []
    for item, seen, confidence in not_as_shown(path, suspects) if suspects else ():
        told = f"{item.status} {item.printed!r} on page {item.page}, {item.form} {item.name}; shown {seen!r}"
        if confidence >= SURE:
            yield told
        else:  # a watermark or a rule beside it: the engine itself doubts what it sees
            print(f"to be looked at: {paper.path.name}: {told} ({confidence:.2f})", flush=True)


def _as_before(paper: Paper, processes: DocumentProcesses) -> bool:
    again = processes.call(read_any, paper.path)
    return READINGS.dump_json(again) == READINGS.dump_json(paper.reading)


def _print(results: Results) -> None:
    for kind, ends in results.ends.items():
        print(f"{kind}: {sum(ends.values())} — " + ", ".join(f"{end} {count}" for end, count in ends.most_common()))
    total = sum(sum(ends.values()) for ends in results.ends.values())
    print(f"{total} mutants, {len(results.wrong)} not as they must be; the longest took {results.longest:.1f} times")


if __name__ == "__main__":
    main()
