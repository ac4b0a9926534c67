"""As many papers as wanted, from the shapes of the sample papers: other departments, years and amounts, the same forms.

A variant is made from the sample's Arrow columns without a Python object for each row: digits are exchanged for others
throughout, part of the rows is left out, and the document, the department and the year are its own.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from publish.tables.batches import batches_of
from publish.tables.paper_file import packed
from publish.tables.papers import PaperRows
from reading.document import read_document

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "papers"
FIRST_YEAR, YEARS = 2015, 11
NEWEST_YEAR = FIRST_YEAR + YEARS - 1
AMOUNTS_OF_A_PAPER = 167
"""Ten million line items of sixty thousand papers."""

WITH_DIGITS = {
    "line_items": ("amount_id", "printed"),
    "table_amounts": ("printed",),
    "cells": ("text",),
    "narrative_facts": ("text", "printed"),
}
MONEY = {
    "line_items": ("amount",),
    "table_amounts": ("amount",),
    "checks": ("left_yuan", "right_yuan"),
    "narrative_facts": ("value",),
}
LEFT_OUT = ("line_items", "table_amounts", "cells", "checks", "narrative_facts")

Batches = Mapping[str, pa.RecordBatch]


@dataclass(frozen=True, slots=True)
class Variant:
    """One synthetic paper: the `number`-th, read the `reading`-th time; `days` after the season of its year began."""

    number: int
    days: int
    reading: int = 0
    edition: int = 0

    @property
    def year(self) -> int:
        """Of its figures."""
        return FIRST_YEAR + self.number % YEARS

    @property
    def department(self) -> str:
        """The same department has a paper in every year."""
        return f"示例市第{self.number // YEARS:05}局"

    @property
    def document_id(self) -> str:
        """Of the bytes that a portal would give."""
        return sha256(f"{self.number} {self.edition}".encode()).hexdigest()

    @property
    def published_on(self) -> date:
        """Final accounts come out from August of the next year on."""
        return date(self.year + 1, 8, 1) + timedelta(self.days)


@cache
def samples() -> Sequence[Batches]:
    """The batches of the sample papers, and nothing else of them."""
    return [batches_of(read_document(path)) for path in sorted(SAMPLES.glob("*.pdf"))]


def write_paper(variant: Variant, folder: Path) -> str:
    """Put a synthetic paper into a work folder; returns its id."""
    sample = samples()[variant.number % len(samples())]
    batches = {name: _varied(name, batch, variant) for name, batch in sample.items()}
    file = folder / "readings" / f"{variant.document_id}.paper"
    file.write_bytes(packed(variant.document_id, variant.published_on, PaperRows(batches, variant.year)))
    return variant.document_id


def _varied(table: str, batch: pa.RecordBatch, variant: Variant) -> pa.RecordBatch:
    chance = random.Random(f"{variant.number} {variant.reading}")
    digits = bytes.maketrans(b"123456789", bytes(chance.sample(b"123456789", 9)))
    if table in LEFT_OUT:
        batch = batch.slice(0, int(batch.num_rows * chance.uniform(0.6, 1.4) * _share_kept()))
    columns = {name: batch[name] for name in batch.schema.names}
    for name in WITH_DIGITS.get(table, ()):
        columns[name] = _translated(columns[name], digits)
    for name in MONEY.get(table, ()):
        times = pa.scalar(chance.randint(2, 9), pa.decimal128(1, 0))
        columns[name] = pc.multiply(columns[name], times).cast(batch.schema.field(name).type)
    for name, value in _own(table, variant).items():
        if name in columns:
            field = batch.schema.field(name)
            columns[name] = pa.repeat(pa.scalar(value, field.type), batch.num_rows)
    if table == "checks":
        columns["subject"] = pc.replace_substring_regex(columns["subject"], r"^[^|]*\|", f"{variant.department}|")
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=batch.schema)


def _own(table: str, variant: Variant) -> Mapping[str, object]:
    own: dict[str, object] = {"document_id": variant.document_id, "department": variant.department}
    if table in ("documents", "line_items"):
        own |= {"fiscal_year": variant.year}
    if table == "documents":
        own |= {"file_name": f"{variant.number}.pdf", "published_on": variant.published_on}
    return own


@cache
def _share_kept() -> float:
    own = [sample["line_items"].num_rows for sample in samples()]
    return AMOUNTS_OF_A_PAPER * len(own) / sum(own)


def _translated(texts: pa.Array, digits: bytes) -> pa.Array:
    """The same texts with other digits; their lengths stay."""
    whole = pa.concat_arrays([texts])
    valid, offsets, data = whole.buffers()
    changed = pa.py_buffer(bytes(data).translate(digits))
    return pa.StringArray.from_buffers(len(whole), offsets, changed, valid, whole.null_count, whole.offset)


def first_papers(count: int) -> Iterator[Variant]:
    """The papers of the first release: each season runs over seventy days."""
    return (Variant(number, days=random.Random(number).randrange(70)) for number in range(count))
