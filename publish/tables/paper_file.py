"""A paper's rows in one file, kept from the moment it is read until it is published: no Python object for each row.

    8 bytes     magic, with the version of this layout
    frames      for each table one Arrow IPC record batch message, compressed as one zstd frame
    footer      JSON: what is known of the paper, and for each table its rows, their digest and the place of its frame
    4 bytes     length of the footer, little-endian

One frame for each table, not one for each buffer as Arrow's own compression has it: a paper's columns are short, and
hundreds of small frames take ten times as long to read. The schemas are the dataset's, and the footer has their
fingerprint, so that rows of another version of the dataset are not taken for rows of this one.
"""

import json
import os
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from publish.errors import PaperDamagedError
from publish.tables.papers import Paper, PaperRows, TableRows, paper_rows, schema_of, table_rows
from schemas.dataset import dataset
from schemas.records import Reading

MAGIC = b"GKPAPER1"
CODEC = "zstd"
LEVEL = 3
"""zstd: two thirds of what LZ4 takes on disk, and still less time to unpack than to write the rows to the release."""

LENGTH_BYTES = 4

Footer = dict[str, Any]


def paper_bytes(reading: Reading) -> bytes:
    """The whole file of a reading. Raises `RowRefusedError` where not even its document can be published."""
    own, document = paper_rows(reading), reading.document
    return packed(document.document_id, document.published_on, own)


def packed(document_id: str, published_on: date | None, own: PaperRows) -> bytes:
    """The whole file of a paper that ships these rows."""
    frames, tables, start = [], {}, len(MAGIC)
    for name, batch in own.batches.items():
        message, known = batch.serialize(), table_rows(batch)
        frame = pa.Codec(CODEC, LEVEL).compress(message, asbytes=True)
        tables[name] = [known.rows, known.digest, start, len(frame), message.size]
        frames.append(frame)
        start += len(frame)
    footer = {
        "document_id": document_id,
        "fiscal_year": own.fiscal_year,
        "published_on": published_on and published_on.isoformat(),
        "quarantined": own.quarantined,
        "schemas": schemas_fingerprint(),
        "tables": tables,
    }
    text = json.dumps(footer, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join([MAGIC, *frames, text, len(text).to_bytes(LENGTH_BYTES, "little")])


def read_footer(file: Path) -> Footer:
    """What a file says of its paper. Raises `PaperDamagedError`, and `OSError` where there is no such file."""
    with file.open("rb", buffering=0) as stream:
        size = os.fstat(stream.fileno()).st_size
        tail = os.pread(stream.fileno(), 1 << 12, max(0, size - (1 << 12)))
        length = int.from_bytes(tail[-LENGTH_BYTES:], "little")
        if length + LENGTH_BYTES > len(tail):
            tail = os.pread(stream.fileno(), length + LENGTH_BYTES, max(0, size - length - LENGTH_BYTES))
        whole = os.pread(stream.fileno(), len(MAGIC), 0) == MAGIC and length + LENGTH_BYTES <= len(tail)
    try:
        footer: Footer = json.loads(tail[-LENGTH_BYTES - length : -LENGTH_BYTES]) if whole else {}
    except ValueError as error:
        raise PaperDamagedError(file, "its footer cannot be read") from error
    if "schemas" not in footer:
        raise PaperDamagedError(file, "it is no file of a paper")
    return footer


def is_current(footer: Footer) -> bool:
    """Whether the rows were made for the tables as the dataset defines them today."""
    return bool(footer["schemas"] == schemas_fingerprint())


def paper_in(file: Path, footer: Footer) -> Paper:
    """The paper of a file, whose rows are loaded when they are asked for."""
    published_on = footer["published_on"]
    tables: Mapping[str, list[Any]] = footer["tables"]
    return Paper(
        document_id=footer["document_id"],
        fiscal_year=footer["fiscal_year"],
        published_on=date.fromisoformat(published_on) if published_on else None,
        tables={name: TableRows(*place[:2]) for name, place in tables.items()},
        load=partial(_load, file, {name: tuple(place[2:]) for name, place in tables.items()}),
        quarantined=footer["quarantined"],
    )


def _load(file: Path, places: Mapping[str, tuple[int, int, int]], table: str) -> pa.RecordBatch:
    start, size, unpacked = places[table]
    descriptor = os.open(file, os.O_RDONLY)
    try:
        frame = os.pread(descriptor, size, start)
    finally:
        os.close(descriptor)
    try:
        message = pa.decompress(frame, unpacked, codec=CODEC)
        return pa.ipc.read_record_batch(message, schema_of(table))
    except (pa.ArrowException, OSError) as error:
        raise PaperDamagedError(file, f"its rows of {table} cannot be read: {error}") from error


@cache
def schemas_fingerprint() -> str:
    """Tells apart the definitions of the tables by their columns, types and what may be null."""
    bare = {"show_field_metadata": False, "show_schema_metadata": False}
    schemas = {name: schema_of(name).to_string(**bare) for name in dataset().tables}
    return sha256(json.dumps(schemas).encode()).hexdigest()[:16]
