"""How the dataset reads in CSV: UTF-8 with BOM and RFC 4180, so that Excel opens it with its Chinese intact.

CRLF ends a line, quotes stand only where a text needs them, null is empty, a decimal has all its places, a time is
`YYYY-MM-DDThh:mm:ssZ`, and no text can run as a formula (`publish.tables.formulas`). Codes are written as they are:
they have no leading zero and at most seven digits, so that a spreadsheet which takes one for a number still shows its
digits.

pyarrow's own writer and DuckDB's quote every text or end lines otherwise; here a batch is rendered column by column.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from publish.tables.formulas import escaped, values_of
from schemas.dataset import Column, Table

ENCODING = "utf-8-sig"
BOM = b"\xef\xbb\xbf"
LINE_END = "\r\n"
DIALECT: dict[str, str | bool] = {
    "delimiter": ",",
    "lineTerminator": LINE_END,
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
"""RFC 4180 in the words of a Frictionless descriptor, so that no reader guesses from a sample."""

QUOTED = ('"', ",", "\r", "\n")
"""A text that has one of these stands in quotes."""

LONGEST_TEXT = 2**31 - 1
"""The csv module's own limit, of 131,072 characters, is its only state and is raised where a file is read back."""

CsvRow = tuple[str, ...]


def csv_header(table: Table) -> bytes:
    """What a table's file begins with: the byte order mark and the names of the columns."""
    return BOM + (",".join(table.column_names) + LINE_END).encode("ascii")


def csv_text(table: Table, batch: pa.RecordBatch) -> memoryview:
    """A batch's rows as the bytes of CSV lines; the batch has the table's columns, and less than 2 GiB of text."""
    if not batch.num_rows:
        return memoryview(b"")
    texts = [_texts(column, batch[column.name]) for column in table.columns]
    texts[-1] = _joined([texts[-1], ""], LINE_END)
    return values_of(_joined(texts, ","))


def read_csv(path: Path) -> Iterator[CsvRow]:
    """The rows of a CSV file as text, the header first; a text is as the file has it, with its apostrophe."""
    csv.field_size_limit(LONGEST_TEXT)
    with path.open("r", encoding=ENCODING, newline="") as file:
        yield from map(tuple, csv.reader(file, strict=True))


def _texts(column: Column, values: pa.Array) -> pa.Array:
    if column.type == "timestamp":
        return pc.strftime(values.cast(pa.timestamp("s", tz="UTC")), format="%Y-%m-%dT%H:%M:%SZ")
    if column.type != "string":
        return values.cast(pa.string())
    return values if column.closed else _quoted(escaped(values))


def _quoted(texts: pa.Array) -> pa.Array:
    """Texts with quotes round those that need them. A column's bytes are searched before its texts are."""
    present = bytes(values_of(texts))
    needed = [pc.match_substring(texts, special) for special in QUOTED if special.encode() in present]
    if not needed:
        return texts
    mask = needed[0]
    for other in needed[1:]:
        mask = pc.or_(mask, other)
    doubled = pc.replace_substring(texts, '"', '""') if b'"' in present else texts
    return pc.if_else(mask, pc.binary_join_element_wise('"', doubled, '"', ""), texts)


def _joined(parts: list[pa.Array | str], separator: str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, separator, null_handling="replace", null_replacement="")
