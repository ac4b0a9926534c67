"""How fast a paper is read, against pdfplumber's `extract_tables()` over the same pages.

    python -m benchmarks.reading [PAPER.pdf ...]

Each figure comes from a process of its own, start-up and imports left out, best of three, both sides in one run; the
ratio holds where seconds do not. Without arguments the sample papers are read.
"""

import argparse
import logging
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "papers"
ROUNDS = 3


def extract(path: Path) -> None:
    """What `gongkai extract` does with one paper: read it, write its tables."""
    from publish.tables.dataset_files import write_dataset  # noqa: PLC0415
    from reading.document import read_document  # noqa: PLC0415  imports are start-up

    with tempfile.TemporaryDirectory() as folder:
        write_dataset([read_document(path)], Path(folder))


def read(path: Path) -> None:
    """The reading alone."""
    from reading.document import read_document  # noqa: PLC0415

    read_document(path)


def plumber(path: Path) -> None:
    """The peer: pdfplumber finds the tables of every page, each page closed after use."""
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def measured(work: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """Best wall time in seconds, and peak memory in MiB, of `work` on `path` in a fresh process."""
    receive, send = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_timed, args=(work, path, send))
    process.start()
    seconds, mebibytes = receive.recv()
    process.join()
    return seconds, mebibytes


def _timed(work: Callable[[Path], None], path: Path, send: Connection) -> None:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    best = min(_once(work, path) for _ in range(ROUNDS))
    send.send((best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _once(work: Callable[[Path], None], path: Path) -> float:
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def main() -> None:
    """Print one row for each paper."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("papers", nargs="*", type=Path)
    papers = ask.parse_args().papers or sorted(SAMPLES.glob("*.pdf"))
    print("| paper | extract s | of it reading s | pdfplumber s | ratio | extract MiB | pdfplumber MiB |")
    print("|---|---|---|---|---|---|---|")
    for path in papers:
        ours, memory = measured(extract, path)
        reading, _ = measured(read, path)
        theirs, their_memory = measured(plumber, path)
        print(
            f"| {path.stem} | {ours:.2f} | {reading:.2f} | {theirs:.2f} | {theirs / ours:.1f} "
            f"| {memory:.0f} | {their_memory:.0f} |"
        )


if __name__ == "__main__":
    main()
