"""Damaged papers by the thousand: `python -m benchmarks.mutants [PAPER…] [--count N] [--seed N] [--jobs N]`.

Each mutant is one paper damaged in one way, by a seed of its own, so that `--only 1234` makes it again. It must end
with a reading or a typed error, within ten times the undamaged time (a page that is read from its picture has
`SECONDS_A_PICTURE` more), leave an undamaged paper read in the same process byte for byte as it was, and prove no
amount that the rendered page shows otherwise: what differs from the undamaged paper is rendered and read by OCR.
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
from benchmarks.mutants.kinds import KINDS
from reading.document import read_document
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
    """An undamaged paper: its bytes, its reading and how long that took."""

    path: Path
    data: bytes
    reading: Reading
    seconds: float


@dataclass
class Results:
    """What came of the mutants, by kind, and each that is not as it must be."""

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
    asked.add_argument("papers", nargs="*", type=Path, default=sorted(SAMPLES.glob("*.pdf")))
    asked.add_argument("--count", type=int, default=500)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--only", type=int, help="one mutant alone, by its number")
    asked.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    asked.add_argument("--keep", type=Path, help="where mutants that are not as they must be are kept")
    asked.add_argument("--seconds", type=float, default=float("inf"), help="no mutant is begun after so many seconds")
    told = asked.parse_args()
    papers = [_undamaged(path) for path in told.papers]
    numbers = [told.only] if told.only is not None else range(told.count)
    results, began = Results(), time.monotonic()
    with DocumentProcesses(1, Limits(seconds=120)) as processes, tempfile.TemporaryDirectory() as folder:
        processes.call(read_document, papers[0].path)  # the process's own beginning is no mutant's time
        for number in numbers:
            if time.monotonic() - began > told.seconds:
                break
            _tried(number, papers, processes, Told(told.seed, Path(folder), results, told.keep, told.kinds))
    _print(results)
    raise SystemExit(1 if results.wrong else 0)


def _undamaged(path: Path) -> Paper:
    read_document(path)
    began = time.monotonic()
    reading = read_document(path)
    return Paper(path, path.read_bytes(), reading, time.monotonic() - began)


def _tried(number: int, papers: Sequence[Paper], processes: DocumentProcesses, told: Told) -> None:
    seed, folder, results, keep, _ = told
    choice = random.Random(f"{seed}/{number}")
    kind = told.kinds[number % len(told.kinds)]
    paper = choice.choice(papers)
    path = folder / "mutant.pdf"
    try:
        path.write_bytes(KINDS[kind](paper.data, choice))
    except Exception as error:  # the maker's own reader of PDFs gives up: no mutant
        results.ends[kind][f"not made: {type(error).__name__}"] += 1
        return
    began = time.monotonic()
    end, reading = _read(path, processes)
    seconds = time.monotonic() - began
    results.ends[kind][end] += 1
    results.longest = max(results.longest, seconds / paper.seconds)
    wrong = list(_faults(path, paper, reading, end, seconds))
    if number % NEIGHBOUR_EVERY == 0 and not _as_before(papers[0], processes):
        wrong.append("a neighbour is read otherwise")
    for fault in wrong:
        told = f"{number} ({kind}, {paper.path.name}): {fault}"
        print(told, flush=True)
        results.wrong.append(told)
    if number % 100 == 99:
        print(f"{number + 1} mutants tried, {len(results.wrong)} not as they must be", flush=True)
    if wrong and keep:
        keep.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, keep / f"{seed}-{number}.pdf")


def _read(path: Path, processes: DocumentProcesses) -> tuple[str, Reading | None]:
    try:
        reading = processes.call(read_document, path)
    except UnreadableDocumentError as error:
        return error.reason, None
    return reading.document.status, reading


def _faults(path: Path, paper: Paper, reading: Reading | None, end: str, seconds: float) -> Iterator[str]:
    if end in {ReaderCrashedError.reason, TimeLimitError.reason}:
        yield f"ends as {end}"
    pictures = sum(each.code.startswith("page_") for each in reading.findings) if reading else 0
    if seconds > max(AT_LEAST, TIMES * paper.seconds) + SECONDS_A_PICTURE * pictures:
        yield f"takes {seconds:.1f} s, the undamaged paper {paper.seconds:.1f} s"
    if reading is None:
        return
    suspects = changed(reading, paper.reading)
    for item, seen, confidence in not_as_shown(path, suspects) if suspects else ():
        told = f"{item.status} {item.printed!r} on page {item.page}, {item.form} {item.name}; shown {seen!r}"
        if confidence >= SURE:
            yield told
        else:  # a watermark or a rule beside it: the engine itself doubts what it sees
            print(f"to be looked at: {paper.path.name}: {told} ({confidence:.2f})", flush=True)


def _as_before(paper: Paper, processes: DocumentProcesses) -> bool:
    again = processes.call(read_document, paper.path)
    return READINGS.dump_json(again) == READINGS.dump_json(paper.reading)


def _print(results: Results) -> None:
    for kind, ends in results.ends.items():
        print(f"{kind}: {sum(ends.values())} — " + ", ".join(f"{end} {count}" for end, count in ends.most_common()))
    total = sum(sum(ends.values()) for ends in results.ends.values())
    print(f"{total} mutants, {len(results.wrong)} not as they must be; the longest took {results.longest:.1f} times")


if __name__ == "__main__":
    main()
