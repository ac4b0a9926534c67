"""The Arrow (and so Parquet) schema of each table of the dataset.

It stands apart from `dataset.py` so that a room that only wants the vocabularies does not load pyarrow.
"""

import sys
from importlib.abc import MetaPathFinder

import pyarrow as pa

from schemas.dataset import Column, ColumnType, Table

ARROW_TYPES: dict[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "float32": pa.float32(),
    "decimal(20,2)": pa.decimal128(20, 2),
    "decimal(20,4)": pa.decimal128(20, 4),
    "date": pa.date32(),
    # Parquet knows no seconds; the values are whole ones.
    "timestamp": pa.timestamp("ms", tz="UTC"),
    "bool": pa.bool_(),
}


class _NoPandas(MetaPathFinder):
    """Finds no pandas."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Nothing; raises `ModuleNotFoundError` for pandas."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def _do_without_pandas() -> None:
    """Let pyarrow find no pandas when it makes its first array.

    It looks whether it is given one of pandas' own, and imports all of pandas for that: more than half a second, in
    each process. What asks for pandas later, such as `Table.to_pandas`, has it all the same.
    """
    if "pandas" not in sys.modules:
        sys.meta_path.insert(0, nowhere := _NoPandas())
        pa.array([])
        sys.meta_path.remove(nowhere)


_do_without_pandas()


def arrow_schema(table: Table) -> pa.Schema:
    """A table's columns in order, each with `description`, `description_zh` and, of numbers, `unit` in its metadata."""
    described = {"description": table.en, "description_zh": table.zh}
    return pa.schema([_field(column) for column in table.columns], metadata=described)


def _field(column: Column) -> pa.Field:
    described = {"description": column.en, "description_zh": column.zh}
    unit = {"unit": column.unit} if column.unit else {}
    return pa.field(column.name, ARROW_TYPES[column.type], nullable=column.nullable, metadata=described | unit)
