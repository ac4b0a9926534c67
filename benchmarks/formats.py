"""How long one paper of nine forms takes in each format, to its tables and as a whole, and a workbook of 50 MB.

`python -m benchmarks.formats [--runs 5] [--many 20]` prints seconds of processor time, the best of some runs, and how
many times as fast as the PDF; then the mean of many papers, each read once, as in a run over a folder once its process
has begun. What a process needs to begin is in none of them (`benchmarks.reading` has it).
"""

import argparse
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from reading.document import read_document
from reading.formats import format_of
from reading.readers import reader_of
from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.twins.ofd import write_ofd
from samples.twins.web import write_web_page
from samples.twins.word import write_document
from samples.twins.workbook import write_workbook
from samples.typeset import typeset

WRITERS: dict[str, Callable[..., object]] = {
    "pdf": typeset,
    "xlsx": write_workbook,
    "docx": write_document,
    "html": write_web_page,
    "ofd": write_ofd,
}
ROWS, COLUMNS = 400_000, 8
"""Of the register beside the forms in the large workbook: some 50 MB."""


def seconds(run: Callable[[], object], runs: int) -> float:
    """The shortest of some runs."""
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        run()
        best = min(best, time.process_time() - begun)
    return best


def of_many(count: int, folder: Path) -> Iterator[tuple[str, float]]:
    """The mean seconds of papers that are each read once, as workbooks and as PDFs."""
    papers = [example_paper("national", "final_accounts", seed) for seed in range(100, 100 + count)]
    for kind in ("pdf", "xlsx"):
        paths = [folder / f"{number}.{kind}" for number in range(count)]
        for paper, path in zip(papers, paths, strict=True):
            WRITERS[kind](paper, LAYOUTS["plain"], path)
        yield kind, sum(seconds(partial(read_document, path), 1) for path in paths) / count


def large(workbook: Path, path: Path) -> None:
    """A workbook with a register of `ROWS` rows in the place of its second sheet."""
    register = "xl/worksheets/sheet2.xml"
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != register:
                new.writestr(name, old.read(name))
        with new.open(register, "w") as stream:
            stream.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            stream.writelines(row.encode() for row in _rows())
            stream.write(b"</sheetData></worksheet>")


def _rows() -> Iterator[str]:
    rng = Random(1)
    for row in range(1, ROWS + 1):
        base = rng.random() * 1e9
        cells = (f'<c r="{"ABCDEFGH"[col]}{row}"><v>{base * (col + 1.1):.9f}</v></c>' for col in range(COLUMNS))
        yield f'<row r="{row}">{"".join(cells)}</row>'


def main() -> None:
    """Write the paper in each format, and print what reading it takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--many", type=int, default=20)
    asked = parser.parse_args()
    runs = asked.runs
    paper = example_paper("national", "final_accounts", 7)
    print(f"{'':8}{'to tables':>12}{'times':>8}{'whole':>10}{'times':>8}")
    as_pdf = (0.0, 0.0)
    with tempfile.TemporaryDirectory() as name:
        for kind, write in WRITERS.items():
            path = Path(name) / f"paper.{kind}"
            write(paper, LAYOUTS["plain"], path)
            read_document(path)
            reader = reader_of(format_of(path), path)
            took = (
                seconds(partial(reader.read, path), runs),
                seconds(partial(read_document, path), runs),
            )
            as_pdf = took if kind == "pdf" else as_pdf
            print(f"{kind:8}{took[0]:12.3f}{as_pdf[0] / took[0]:8.1f}{took[1]:10.3f}{as_pdf[1] / took[1]:8.1f}")
        many = dict(of_many(asked.many, Path(name)))
        times = many["pdf"] / many["xlsx"]
        print(f"of {asked.many}: pdf {many['pdf']:.3f}, xlsx {many['xlsx']:.3f} a paper, {times:.1f} times as fast")
        path = Path(name) / "large.xlsx"
        large(Path(name) / "paper.xlsx", path)
        took_large = seconds(lambda: read_document(path), 1)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"a workbook of {path.stat().st_size / 2**20:.0f} MB: {took_large:.1f} s, {peak} MiB at most")


if __name__ == "__main__":
    main()
