"""What a release costs: ten million line items of sixty thousand synthetic papers, published again and again.

    python -m benchmarks.releasing [--papers 60000] [--folder FOLDER]

Publishes as `gongkai publish` does, with all that stands beside the tables. Prints the memory of the publishing
process; the time of the first release, and what of it the derived tables took; the time of the rest against that of
pyarrow alone, which writes the same rows to the same Parquet and CSV files in the same run, its reading of the rows not
counted (it makes no derived tables, but the rest has their hashes and their verification); the time of the release
after a night that changed 1 % of the papers as a share of the first one's, and after 1 % changed anywhere; and the time
of a DuckDB query for one department and year, connection included. Every step runs in a process of its own. A full run
takes about a quarter of an hour on two cores and 40 GB of disk, which it gives back.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain, groupby
from multiprocessing import get_context
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from benchmarks.synthetic_papers import NEWEST_YEAR, YEARS, Variant, first_papers, write_paper
from publish.store.derivation import DerivedFiles
from publish.store.derived_files import derived_files
from publish.store.index_files import write_index
from publish.store.release import publish_release
from publish.tables.papers import reference_paper
from publish.tables.parquet_file import parquet_writer
from publish.tables.paths import table_of
from publish.tables.pieces import Layout, pieces_of, stored_schema
from publish.tables.querying import parquet_files
from publish.tables.reference import reference_rows
from reading import work
from schemas.dataset import dataset

PAPERS = 60_000
MOST_ROWS = 1_000_000
SEASON_DAYS = 70
FIRST, SECOND, THIRD = "2026.9.1", "2026.9.2", "2026.9.3"
QUERIES = 15


def layout(papers: int) -> Layout:
    """The layout of a release, its threshold scaled with the number of papers so that the same tables outgrow it."""
    return Layout(most_rows=MOST_ROWS * papers // PAPERS)


def write_papers(variants: Iterable[Variant], folder: Path) -> list[str]:
    """Write papers into a work folder, in two processes."""
    with ProcessPoolExecutor(2) as processes:
        return list(processes.map(write_paper, variants, _repeat(folder), chunksize=64))


def _repeat(folder: Path) -> Iterable[Path]:
    while True:
        yield folder


def after_a_night(papers: list[Variant]) -> list[Variant]:
    """What is there when 1 % has changed, as on a night of the season in which the papers of a year come out.

    Two thirds of the changes are new papers, one third are papers of the last two weeks that the portals have replaced
    by others, which is when they do. Papers that are read differently are another matter (`scattered`).
    """
    chance, changes = random.Random(1), len(papers) // 100
    late = [paper for paper in papers if paper.year == NEWEST_YEAR and paper.days >= SEASON_DAYS - 14]
    replaced = chance.sample(late, changes // 3)
    tonight = range(SEASON_DAYS, SEASON_DAYS + 3)
    number = len(papers) // YEARS * YEARS + YEARS + NEWEST_YEAR - papers[0].year
    new = [Variant(number + YEARS * n, days=chance.choice(tonight)) for n in range(changes - len(replaced))]
    return [
        *(set(papers) - set(replaced)),
        *(Variant(paper.number, chance.choice(tonight), edition=1) for paper in replaced),
        *new,
    ]


def scattered(papers: list[Variant]) -> list[Variant]:
    """What is there when 1 % of the papers, anywhere, is read differently."""
    touched = set(random.Random(2).sample(papers, len(papers) // 100))
    return [Variant(each.number, each.days, reading=2) if each in touched else each for each in papers]


def publish(folder: Path, papers: int, version: str) -> dict[str, float]:
    """Publish the work folder as `gongkai publish` does; the seconds of what writes the files beside the tables."""
    seconds: dict[str, float] = {}
    derived = [_timed_step(function, seconds) for function in derived_files()]
    published = work.papers(folder / "work")
    publish_release(published, folder, version, reference=reference_rows(), layout=layout(papers), derived=derived)
    write_index(folder / "releases")
    return seconds


def _timed_step(function: DerivedFiles, seconds: dict[str, float]) -> DerivedFiles:
    """The same function, which notes how long it took by its name."""
    named = function.func if isinstance(function, partial) else function

    def timed(building: Path, previous: Path | None) -> None:
        start = time.perf_counter()
        function(building, previous)
        seconds[named.__name__.removeprefix("write_")] = time.perf_counter() - start

    return timed


def pyarrow_alone(folder: Path, papers: int) -> tuple[float, float]:
    """Seconds, of the clock and of the processor, that pyarrow takes to write the same files from rows in memory."""
    everything = [*work.papers(folder / "work"), reference_paper(reference_rows())]
    pieces = pieces_of(everything, dataset().tables.values(), layout(papers))
    seconds = processor = 0.0
    for path, own in groupby(chain.from_iterable(pieces.values()), key=attrgetter("csv")):
        name = str(table_of(path))
        with pacsv.CSVWriter(_made(folder / "alone" / path), stored_schema(name, partitioned=False)) as csv:
            for piece in (piece for piece in own if piece.rows):
                schema = stored_schema(name, partitioned=piece.partitioned)
                rows = pa.Table.from_batches([paper.load(name) for paper in piece.papers]).combine_chunks()
                parquet_file = _made(folder / "alone" / piece.path)
                start, start_of_work = time.perf_counter(), time.process_time()
                with parquet_writer(parquet_file, schema) as parquet:
                    parquet.write_table(rows.select(schema.names).replace_schema_metadata(schema.metadata))
                csv.write_table(rows)
                seconds += time.perf_counter() - start
                processor += time.process_time() - start_of_work
    return seconds, processor


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def query_milliseconds(release: Path) -> list[float]:
    """How long a query for one department and year takes, the first one and then the median of the rest.

    The files are not in memory before the first. Values stand in the text of the query: the first parameter that a
    process binds makes DuckDB's client import pandas and its kin, which takes longer than all of these queries.
    """
    for file in parquet_files(release, "line_items"):
        with file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    took = []
    for number in range(QUERIES):
        start = time.perf_counter()
        with duckdb.connect() as connection:
            rows = connection.execute(
                "SELECT form, side, line, name, measure, amount "
                f"FROM read_parquet('{release}/parquet/line_items/*/*.parquet', hive_partitioning = true) "
                f"WHERE fiscal_year = {NEWEST_YEAR} AND department = '示例市第{number * 7:05}局'"
            ).fetchall()
        took.append(1_000 * (time.perf_counter() - start))
        assert rows
    return [took[0], statistics.median(took[1:])]


class Measured(NamedTuple):
    """What a function returns in a process of its own, its seconds, those of the processor, and its peak memory."""

    result: Any
    seconds: float
    processor_seconds: float
    mebibytes: float


def measured(function: Callable[..., Any], *args: Any) -> Measured:
    """Call a function in a process of its own."""
    receive, send = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_timed, args=(send, function, *args))
    process.start()
    send.close()
    returned: Measured = receive.recv()
    process.join()
    return returned


def _timed(send: Connection, function: Callable[..., Any], *args: Any) -> None:
    start = time.perf_counter()
    result = function(*args)
    seconds, used = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    send.send(Measured(result, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1_024))


def line_items(release: Path) -> int:
    """How many there are."""
    return sum(pq.read_metadata(file).num_rows for file in parquet_files(release, "line_items"))


def run(folder: Path, count: int) -> None:
    """Write papers, publish, change 1 %, publish again, change 1 % anywhere, and publish once more."""
    papers = list(first_papers(count))
    (folder / "work" / "readings").mkdir(parents=True)
    work.finish(write_papers(papers, folder / "work"), folder / "work")
    first = measured(publish, folder, count, FIRST)
    tables = first.seconds - sum(first.result.values())
    print(f"line items                        {line_items(folder / 'releases' / FIRST):,}")
    alone, alone_processor = measured(pyarrow_alone, folder, count).result
    shutil.rmtree(folder / "alone")
    print(f"publish, peak memory              {first.mebibytes:,.0f} MiB")
    print(f"publish                           {first.seconds:.1f} s, processor {first.processor_seconds:.1f} s")
    print(f"  of it, derived                  {_steps(first.result)}")
    print(f"  of it, the tables               {tables:.1f} s")
    print(f"pyarrow alone                     {alone:.1f} s, processor {alone_processor:.1f} s")
    print(f"ratio of the tables to it         {tables / alone:.2f}")
    print(f"ratio of everything to it         {first.seconds / alone:.2f}")
    milliseconds = query_milliseconds(folder / "releases" / FIRST)
    print(f"one department and year           {milliseconds[0]:.0f} ms first, {milliseconds[1]:.0f} ms median")
    for version, name, change in ((SECOND, "a night's 1 %", after_a_night), (THIRD, "1 % anywhere", scattered)):
        papers = changed(papers, change(papers), folder / "work")
        following = measured(publish, folder, count, version)
        share = f"{following.seconds / first.seconds:.1%} of the first"
        processor = f"processor {following.processor_seconds:.1f} s"
        print(
            f"next release, {name:<19} {following.seconds:.1f} s, {processor}, {share}, {following.mebibytes:,.0f} MiB"
        )
        print(f"  of it, derived                  {_steps(following.result)}")


def _steps(seconds: Mapping[str, float]) -> str:
    """How long steps took together, and those of a tenth of a second and more."""
    each = ", ".join(f"{name} {took:.1f}" for name, took in seconds.items() if took >= 0.1)
    return f"{sum(seconds.values()):.1f} s: {each}"


def changed(before: list[Variant], after: list[Variant], folder: Path) -> list[Variant]:
    """Bring the work folder from some papers to others; returns the others."""
    written = write_papers(set(after) - set(before), folder)
    unchanged = {each.document_id for each in after} - set(written)
    work.finish([*unchanged, *written], folder)
    return after


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--papers", type=int, default=PAPERS)
    ask.add_argument("--folder", type=Path, help="where there is room; the system's temporary folder by default")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-releasing-", dir=asked.folder) as folder:
        run(Path(folder), asked.papers)


if __name__ == "__main__":
    main()
