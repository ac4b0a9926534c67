"""One Parquet file: settings that depend on the table alone, and row groups of a set number of rows.

A query for one department or one document reads little: the rows of a piece are sorted by document, each row group has
its least and greatest values in the footer and by page, and a Bloom filter on the two columns that people look up.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_PER_GROUP = 131_072
"""A row group has so many rows, the last one what is left."""

LOOKED_UP = ("document_id", "department")
DISTINCT_PER_GROUP = 512
"""What a Bloom filter is made for: a piece's documents, or its departments with their units; 1 % read in vain."""


def parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer of row groups with this project's settings."""
    bloom: dict[str, Any] = {
        name: {"ndv": DISTINCT_PER_GROUP, "fpp": 0.01} for name in LOOKED_UP if name in schema.names
    }
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=3,
        write_page_index=True,
        bloom_filter_options=bloom or None,
    )


def row_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows in groups, each contiguous in memory, for the bytes of a file must not tell how the rows came."""
    pending: list[pa.RecordBatch] = []
    room = ROWS_PER_GROUP
    for batch in batches:
        while batch.num_rows >= room:
            yield pa.concat_batches([*pending, batch.slice(0, room)])
            batch, pending, room = batch.slice(room), [], ROWS_PER_GROUP  # noqa: PLW2901
        if batch.num_rows:
            pending.append(batch)
            room -= batch.num_rows
    if pending:
        yield pa.concat_batches(pending)


def write_group(writer: pq.ParquetWriter, group: pa.RecordBatch) -> None:
    """Write one row group of those columns that the file has."""
    stored = group.select(writer.schema.names)
    writer.write_table(pa.Table.from_batches([stored], writer.schema), row_group_size=group.num_rows)
