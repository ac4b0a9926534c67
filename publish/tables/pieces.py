"""Which Parquet files a table is written to: one, or pieces by fiscal year once it outgrows one file.

    parquet/line_items.parquet                                            up to `Layout.most_rows` rows
    parquet/line_items/fiscal_year=2024/2025-08-20-3f2a9c01b7de.parquet   beyond them

Its CSV file is one, or one for each year, by the same rule (`publish.tables.paths`).

A partitioned table is cut between papers. Within a year the papers stand in the order in which the portals published
them, so that a night's new papers, which are the newest of their year, come to stand together in its last pieces. A
piece ends after a paper whose id says so (content-defined chunking: one in `Layout.average`, within bounds), not after
a set number of papers, so that a paper that comes or goes moves only the bounds next to it. Where a piece begins and
ends thus depends on the papers alone, and never on the release before; a piece is named by its first paper.

Within a piece the rows are sorted by the table's key; the year stands in the path alone. `documents` and `tables`,
whose year may be null where the paper's is not, stay in one file each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from itertools import groupby, pairwise
from operator import attrgetter

import pyarrow as pa

from publish.errors import RepeatedDocumentError
from publish.tables.papers import Paper, schema_of
from publish.tables.paths import YEAR, csv_of, parquet_path, partition_of, partition_of_year
from schemas.dataset import Table

FORMAT = 1
"""Of the files' bytes: to be raised with any change to how rows are written, lest an old file pass for a new one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """When a table is partitioned, and how many papers a piece of it has."""

    most_rows: int = 1_000_000
    least: int = 16
    average: int = 48
    most: int = 192


@dataclass(frozen=True)
class Piece:
    """One Parquet file of a table: the papers whose rows it has, by ascending id."""

    table: Table
    path: str
    papers: tuple[Paper, ...]

    @property
    def partitioned(self) -> bool:
        """Whether it is a part of its table, whose rows are of one year."""
        return bool(partition_of(self.path))

    @property
    def csv(self) -> str:
        """The CSV file that its lines are in."""
        return csv_of(self.path)

    @cached_property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(paper.tables[self.table.name].rows for paper in self.papers)

    @cached_property
    def digest(self) -> str:
        """What its bytes depend on, and nothing else: the rows, their schema, and what writes them."""
        written_by = f"{FORMAT} {self.path} {_writer(self.table.name)}"
        rows = [f"{paper.document_id} {paper.tables[self.table.name].digest}" for paper in self.papers]
        return sha256("\n".join([written_by, *rows]).encode()).hexdigest()


def pieces_of(papers: Sequence[Paper], tables: Iterable[Table], layout: Layout) -> dict[str, list[Piece]]:
    """The files of each table, in the order in which its CSV files have them. Raises `RepeatedDocumentError`."""
    by_id = sorted(papers, key=attrgetter("document_id"))
    for one, other in pairwise(by_id):
        if one.document_id == other.document_id:
            raise RepeatedDocumentError(f"document {one.document_id} comes twice")
    segments = list(segmented(by_id, layout))
    return {table.name: _pieces(table, by_id, segments, layout) for table in tables}


Segment = tuple[int | None, str, list[Paper]]
"""A year, the name of its pieces, and the papers by ascending id."""


def segmented(papers: Iterable[Paper], layout: Layout) -> Iterator[Segment]:
    """The papers by year (none last) and publication, cut into segments that all partitioned tables share."""
    ordered = sorted(papers, key=lambda paper: (_none_last(paper.fiscal_year), *_published(paper)))
    for year, own in groupby(ordered, key=attrgetter("fiscal_year")):
        for segment in _cut(own, layout):
            first = segment[0]
            name = f"{first.published_on or 'undated'}-{first.document_id[:12]}"
            yield year, name, sorted(segment, key=attrgetter("document_id"))


def _published(paper: Paper) -> tuple[object, ...]:
    return (*_none_last(paper.published_on), paper.document_id)


def _none_last(value: object) -> tuple[object, ...]:
    return (value is None, "" if value is None else value)


def _cut(papers: Iterable[Paper], layout: Layout) -> Iterator[list[Paper]]:
    segment: list[Paper] = []
    for paper in papers:
        segment.append(paper)
        ends = len(segment) >= layout.least and _ends_a_segment(paper, layout.average)
        if ends or len(segment) >= layout.most:
            yield segment
            segment = []
    if segment:
        yield segment


def _ends_a_segment(paper: Paper, average: int) -> bool:
    """Told by the end of the id, for papers of a day are in the order of its beginning."""
    return bool(paper.document_id) and int(paper.document_id[-12:], 16) % average == 0


def _pieces(table: Table, by_id: Sequence[Paper], segments: Sequence[Segment], layout: Layout) -> list[Piece]:
    own = tuple(paper for paper in by_id if table.name in paper.tables and paper.tables[table.name].rows)
    rows = sum(paper.tables[table.name].rows for paper in own)
    if rows <= layout.most_rows or not may_be_partitioned(table):
        return [Piece(table, parquet_path(table.name), own)]
    pieces = []
    for year, name, papers in segments:
        if having := tuple(paper for paper in papers if table.name in paper.tables and paper.tables[table.name].rows):
            pieces.append(Piece(table, parquet_path(table.name, partition_of_year(year), name), having))
    return pieces


def may_be_partitioned(table: Table) -> bool:
    """Whether all of a paper's rows are of the paper's year: the column is the paper's, or there is none."""
    own_year = next((column for column in table.columns if column.name == YEAR), None)
    return "document_id" in table.key and table.key != ("document_id",) and not (own_year and own_year.nullable)


def stored_schema(table: str, *, partitioned: bool) -> pa.Schema:
    """The columns of a table's files: all, or all but the year that stands in the path."""
    schema = schema_of(table)
    year = schema.get_field_index(YEAR)
    return schema.remove(year) if partitioned and year >= 0 else schema


@cache
def _writer(table: str) -> str:
    """The version of pyarrow is part of a Parquet file, and the schema with its descriptions, too."""
    return f"{pa.__version__} {sha256(schema_of(table).serialize()).hexdigest()}"
