"""Short Chinese headings of tables and columns, for views and spreadsheets: `headings.yaml`."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from schemas.dataset import Column, Table, dataset

DEFINITION = Path(__file__).with_name("headings.yaml")
OF_TABLES = "tables"
OF_CLASSES = "spending_2"
"""What the columns of 类 begin with: their description is a heading as it stands."""
WIDE = "wide_"


def table_heading(table: Table) -> str:
    """What a table is called in Chinese; a wide one after its form. Raises `KeyError` where nobody has said it."""
    if table.name.startswith(WIDE):
        return "宽表_" + dataset().vocabularies["form"].values[table.name.removeprefix(WIDE)].zh
    return str(_headings()[OF_TABLES][table.name])


def column_headings(table: Table) -> list[str]:
    """The headings of a table's columns, no two alike. Raises `KeyError` where nobody has said one."""
    plain = [_heading(table, column) for column in table.columns]
    often = Counter(plain)
    return [
        f"{heading}（{column.name}）" if often[heading] > 1 else heading
        for heading, column in zip(plain, table.columns, strict=True)
    ]


def _heading(table: Table, column: Column) -> str:
    measures = dataset().vocabularies["measure"].values
    if table.name.startswith(WIDE) and column.name in measures:
        return measures[column.name].zh
    if column.name.startswith(OF_CLASSES):
        return column.zh
    return str(_headings()[column.name])


@cache
def _headings() -> dict[str, Any]:
    headings: dict[str, Any] = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    return headings
