"""The dataset's tables that are no document's: the editions of 政府收支分类科目, from the lists in `schemas`."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from publish.tables.batches import record_batch
from publish.tables.rows import Row
from schemas.classifications import SYSTEMS, Entry, entries
from schemas.compiled import compiled
from schemas.dataset import dataset


def reference_rows() -> Mapping[str, Sequence[Row]]:
    """The rows of `classifications`: each code in each edition that has it, of the systems the dataset speaks of."""
    spoken_of = [system for system in SYSTEMS if system in dataset().terms("code_system")]
    return {"classifications": [_row(entry) for entry in entries(*spoken_of)]}


@compiled
def reference_batches() -> Mapping[str, pa.RecordBatch]:
    """The same rows as Arrow has them."""
    return {name: record_batch(dataset().tables[name], rows) for name, rows in reference_rows().items()}


def _row(entry: Entry) -> Row:
    return {
        "system": entry.system,
        "edition": entry.edition,
        "code": entry.code,
        "name": entry.name,
        "level": entry.level,
        "evidence": entry.certainty,
        "sources": " ".join(entry.sources),
    }
