"""Checks a release from disk, by anybody and offline: all that is needed is its folder and its `datapackage.json`.

Files are read in a stream, row group by row group, so that memory does not grow with the release.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from publish.description.described_tables import described_table
from publish.description.package import (
    DESCRIPTOR,
    csv_paths,
    files_of,
    fingerprint,
    parquet_paths,
    read_descriptor,
    row_counts,
)
from publish.description.version import Version
from publish.errors import ReleaseDamagedError
from publish.opening.checking import problems_of_database
from publish.opening.database import DATABASE
from publish.store.key_order import first_out_of_order
from publish.store.references import broken_references
from publish.tables.csv_text import csv_header, csv_text
from publish.tables.paths import YEAR, csv_of, partition_of, table_of, year_of
from schemas.arrow import ARROW_TYPES
from schemas.dataset import Table

ProblemKind = Literal[
    "missing",
    "undescribed",
    "changed",
    "unreadable",
    "version",
    "licence",
    "columns",
    "rows",
    "key",
    "reference",
    "csv",
    "database",
    "checks",
]

CITATION = "CITATION.cff"
_LICENCE = re.compile(r'^license: "?([^"\n]+?)"?$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a release: `path` is the file within it."""

    kind: ProblemKind
    path: str
    why: str


def verify_release(release: Path) -> None:
    """Raises `ReleaseDamagedError` at the first of `problems_of`."""
    for problem in problems_of(release):
        raise ReleaseDamagedError(release / problem.path, problem.why)


def problems_of(release: Path, *, trusted: Collection[str] = (), just_described: bool = False) -> Iterator[Problem]:
    """What is wrong with a release, as it is found; nothing where all is well.

    Looks for files that are missing, not described or of other bytes than their SHA-256 says, for empty folders and
    links; for another version than the folder's and another licence than is cited; for Parquet files with
    other columns, another number of rows, or keys that come twice or out of order; for rows of documents, and of tables
    of documents, that there are none of; for CSV files whose lines are not the rows of the Parquet files; and for a
    database that shows other rows. Where the
    files themselves are not those that are described, what is in them is not looked at.

    `trusted` are paths of files that were verified before and have not changed since. `just_described` is for a publish
    that has just now computed every SHA-256 from what is on disk, and the CRC-32 of all CSV lines with them.
    """
    try:
        descriptor = read_descriptor(release)
        described = {path: (known["bytes"], known["hash"]) for path, known in files_of(descriptor).items()}
        tables = [described_table(each) for each in descriptor["resources"] if each["type"] == "table"]
    except FileNotFoundError:
        yield Problem("missing", DESCRIPTOR, "there is none")
        return
    except (ValueError, KeyError, TypeError) as error:
        yield Problem("unreadable", DESCRIPTOR, repr(error))
        return
    found = [*_problems_of_names(release, described), *_problems_of_description(release, descriptor)]
    if not just_described:
        found += _problems_of_bytes(release, described, trusted)
    yield from found
    if found:
        return
    readable = True
    for table in tables:
        found = [*_problems_of_table(release, descriptor, table, trusted)]
        yield from found
        if not found and not just_described:
            yield from _problems_of_csv(release, descriptor, table)
        readable &= not any(problem.kind in ("unreadable", "columns") for problem in found)
    if readable:
        yield from (Problem("database", DATABASE, why) for why in problems_of_database(release, row_counts(descriptor)))
        yield from (Problem("reference", path, why) for path, why in broken_references(release, descriptor, trusted))


def _problems_of_description(release: Path, descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    """The version must be the folder's, where that is named as one, and the licence that of `CITATION.cff`.

    The description has no hash of its own: what it says of both could be changed and nothing else would show it.
    """
    version = descriptor.get("version")
    if Version.parse(release.resolve().name) and version != release.resolve().name:
        yield Problem("version", DESCRIPTOR, f"describes version {version}, in the folder of {release.resolve().name}")
    licences = [str(licence.get("name")) for licence in descriptor.get("licenses") or ()]
    citation = release / CITATION
    cited = _LICENCE.findall(citation.read_text(encoding="utf-8")) if citation.is_file() else licences
    if not licences or licences != cited:
        yield Problem("licence", DESCRIPTOR, f"describes licence {', '.join(licences) or 'none'}, {CITATION} {cited}")


def _problems_of_names(release: Path, described: Mapping[str, Any]) -> Iterator[Problem]:
    there = sorted(release.rglob("*"))
    folders = {parent.as_posix() for path in described for parent in PurePosixPath(path).parents}
    for each in there:
        name = each.relative_to(release).as_posix()
        if each.is_symlink():
            yield Problem("undescribed", name, "a link, which a release has none of")
        elif each.is_dir() and name not in folders and not any(each.iterdir()):
            yield Problem("undescribed", name, "an empty folder")
    found = {path.relative_to(release).as_posix() for path in there if path.is_file()} - {DESCRIPTOR}
    for path in sorted(described.keys() ^ found):
        missing = path in described
        yield Problem("missing" if missing else "undescribed", path, "missing" if missing else "not described")


def _problems_of_bytes(release: Path, described: Mapping[str, Any], trusted: Collection[str]) -> Iterator[Problem]:
    for path in [path for path in described if path not in trusted and (release / path).is_file()]:
        actual = fingerprint(release / path)
        for what, is_so, said in zip(
            ("bytes", "hash"), (actual["bytes"], actual["hash"]), described[path], strict=True
        ):
            if is_so != said:
                yield Problem("changed", path, f"{what} is {is_so}, described as {said}")
                break


def _problems_of_table(
    release: Path, descriptor: Mapping[str, Any], table: Table, trusted: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with the Parquet files of a table, in which a document has its rows in one file."""
    rows, seen = 0, set[str]()
    counts = {path: known.get("row_count", 0) for path, known in files_of(descriptor).items()}
    for path in parquet_paths(descriptor, table.name):
        if path in trusted:
            rows += counts[path]
            continue
        try:
            with pq.ParquetFile(release / path) as parquet:
                rows += parquet.metadata.num_rows
                yield from _problems_of_rows(parquet, path, table, seen)
        except (pa.ArrowException, OSError) as error:
            yield Problem("unreadable", path, str(error))
    described = row_counts(descriptor)[table.name]
    if rows != described:
        path = next(iter(csv_paths(descriptor, table.name)), DESCRIPTOR)
        yield Problem("rows", path, f"the Parquet files have {rows} rows, described as {described}")


def _problems_of_rows(parquet: pq.ParquetFile, path: str, table: Table, seen: set[str]) -> Iterator[Problem]:
    stored = parquet.schema_arrow
    expected = [(column.name, ARROW_TYPES[column.type]) for column in table.columns]
    if partition_of(path):
        expected = [(name, kind) for name, kind in expected if name != YEAR]
    if list(zip(stored.names, stored.types, strict=True)) != expected:
        yield Problem("columns", path, "its columns are not the described ones")
        return
    key, own = [name for name in table.key if name in stored.names], set[str]()
    wrong = first_out_of_order(_noting_documents(parquet.iter_batches(columns=key), own), key)
    if wrong is not None:
        yield Problem("key", path, f"row {wrong + 1} repeats the key of the row before, or does not come after it")
    if again := own & seen:
        yield Problem("key", path, f"document {min(again)} has rows in another file, too")
    seen |= own


def _noting_documents(batches: Iterable[pa.RecordBatch], noted: set[str]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        if "document_id" in batch.schema.names:
            noted.update(pc.unique(batch["document_id"]).to_pylist())
        yield batch


def _problems_of_csv(release: Path, descriptor: Mapping[str, Any], table: Table) -> Iterator[Problem]:
    """The CSV files must be what the Parquet files give when they are written as CSV."""
    parquet_files = parquet_paths(descriptor, table.name)
    if strange := [path for path in parquet_files if table_of(path) != table.name]:
        yield Problem("csv", strange[0], "no CSV file goes with a file of this name")
        return
    rows_of = {path: list(own) for path, own in groupby(parquet_files, key=csv_of)}
    for path in sorted(rows_of.keys() ^ set(csv_paths(descriptor, table.name))):
        yield Problem("csv", path, "no CSV file of the table" if path in rows_of else "no Parquet file has its rows")
        return
    for path, parquet in rows_of.items():
        yield from _problems_of_lines(release, path, parquet, table)


def _problems_of_lines(release: Path, path: str, parquet: Iterable[str], table: Table) -> Iterator[Problem]:
    """What is wrong with one CSV file, whose lines are the rows of these Parquet files."""
    with (release / path).open("rb") as csv:
        if csv.read(len(csv_header(table))) != csv_header(table):
            yield Problem("csv", path, "its header does not name the described columns")
            return
        for each in parquet:
            for batch in rows_with_year(release / each, table):
                text = csv_text(table, batch)
                if csv.read(len(text)) != text:
                    yield Problem("csv", path, f"its lines up to byte {csv.tell()} are not the rows of {each}")
                    return
        if csv.read(1):
            yield Problem("csv", path, "it has more lines than the Parquet files have rows")


def rows_with_year(file: Path, table: Table) -> Iterator[pa.RecordBatch]:
    """A Parquet file's rows with all columns of the table, the year of a partition among them."""
    partition = file.parent.name
    with pq.ParquetFile(file) as parquet:
        for batch in parquet.iter_batches():
            columns = {column: batch[column] for column in batch.schema.names}
            if partition.startswith(f"{YEAR}="):
                columns[YEAR] = pa.repeat(pa.scalar(year_of(partition), pa.int16()), batch.num_rows)
            yield pa.RecordBatch.from_arrays([columns[each.name] for each in table.columns], list(table.column_names))
