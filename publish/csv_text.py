"""How the dataset reads in CSV: UTF-8 with BOM and RFC 4180, so that Excel opens it with its Chinese intact."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TextIO

import pyarrow as pa
import pyarrow.compute as pc

ENCODING = "utf-8-sig"
DIALECT: dict[str, str | bool] = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
"""RFC 4180 in the words of a Frictionless descriptor, so that no reader guesses from a sample."""

LONGEST_TEXT = 2**31 - 1
"""The csv module's own limit, of 131,072 characters, is its only state and is raised where a file is read back."""

CsvRow = tuple[str, ...]


def open_csv(path: Path, mode: Literal["r", "w"]) -> TextIO:
    """A CSV file open as text, its line ends untouched."""
    return path.open(mode, encoding=ENCODING, newline="")


def csv_writer(file: TextIO) -> Any:
    """A writer of RFC 4180: CRLF, quotes only where a text needs them."""
    return csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)


def csv_rows(batch: pa.RecordBatch) -> Iterator[CsvRow]:
    """A batch's rows as text: null is empty, a decimal has all its places, a time is `YYYY-MM-DDThh:mm:ssZ`."""
    return zip(*(_texts(column) for column in batch.columns), strict=True)


def read_csv(path: Path) -> Iterator[CsvRow]:
    """The rows of a CSV file as text, the header first."""
    csv.field_size_limit(LONGEST_TEXT)
    with open_csv(path, "r") as file:
        yield from map(tuple, csv.reader(file, strict=True))


def _texts(column: pa.Array) -> list[str]:
    if pa.types.is_timestamp(column.type):
        texts = pc.strftime(column.cast(pa.timestamp("s", tz="UTC")), format="%Y-%m-%dT%H:%M:%SZ")
    else:
        texts = column.cast(pa.string())
    return [text or "" for text in texts.to_pylist()]
