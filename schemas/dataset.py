"""What the dataset holds: each table, column and closed list, as `dataset.yaml` defines it once.

The Parquet and CSV schemas, the Frictionless descriptor and the data dictionary are all derived from these models, and
the closed lists (`vocabularies`) are the words that every room speaks of forms, measures, units and statuses in.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.compiled import compiled
from schemas.forms import forms

DEFINITION = Path(__file__).with_name("dataset.yaml")

ColumnType = Literal[
    "string", "int16", "int32", "float32", "decimal(20,2)", "decimal(20,4)", "date", "timestamp", "bool"
]
FRICTIONLESS_TYPES: dict[ColumnType, str] = {
    "string": "string",
    "int16": "integer",
    "int32": "integer",
    "float32": "number",
    "decimal(20,2)": "number",
    "decimal(20,4)": "number",
    "date": "date",
    "timestamp": "datetime",
    "bool": "boolean",
}

Phrase = Annotated[str, Field(min_length=1)]


class Described(BaseModel):
    """Anything with a meaning, in Chinese and in English."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    zh: Phrase
    en: Phrase


class Vocabulary(Described):
    """A closed list: its values in their order, each with its meaning."""

    values: dict[str, Described] = Field(min_length=1)


class Column(Described):
    """A column of one table. `unit` is of the numbers; `values` is its vocabulary's list, () where it is open."""

    name: Phrase
    type: ColumnType
    nullable: bool = False
    unit: str | None = None
    vocabulary: str | None = None
    values: tuple[str, ...] = ()
    pattern: str | None = None

    @property
    def closed(self) -> bool:
        """Whether only certain texts are allowed, so that a blank one cannot be meant."""
        return bool(self.values or self.pattern)

    def allows(self, value: object) -> bool:
        """Whether a value that is not null belongs to the column's vocabulary and matches its pattern."""
        listed = not self.values or value in self.values
        return listed and (self.pattern is None or re.fullmatch(self.pattern, str(value)) is not None)


class Table(Described):
    """A table of the dataset: its columns in the order of the files, and those that identify a row."""

    name: Phrase
    key: tuple[str, ...] = Field(min_length=1)
    columns: tuple[Column, ...] = Field(min_length=1)

    @property
    def column_names(self) -> tuple[str, ...]:
        """The header of the CSV, and the order of columns in every file."""
        return tuple(column.name for column in self.columns)

    @model_validator(mode="after")
    def _key_names_columns(self) -> Self:
        if unknown := set(self.key) - set(self.column_names):
            raise ValueError(f"the key of {self.name} names no column: {sorted(unknown)}")
        return self


class Dataset(Described):
    """The whole definition: `tables` hold what was read, `derived` what is computed from them for people."""

    name: Phrase
    vocabularies: dict[str, Vocabulary]
    tables: dict[str, Table]
    derived: dict[str, Table] = {}

    @property
    def all_tables(self) -> dict[str, Table]:
        """Every table of a release: those that were read, then the derived ones."""
        return {**self.tables, **self.derived}

    def terms(self, vocabulary: str) -> tuple[str, ...]:
        """The values of a closed list, in their order."""
        return tuple(self.vocabularies[vocabulary].values)


@compiled
def dataset() -> Dataset:
    """The project's own dataset."""
    return load_dataset(DEFINITION)


def load_dataset(definition: Path) -> Dataset:
    """Read and validate a definition; `ValueError` (pydantic's included) says what is wrong with it."""
    raw = yaml.load(definition.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    shared = raw.pop("columns", {})
    vocabularies = raw.get("vocabularies", {})
    tables, derived = raw.get("tables", {}), raw.get("derived", {})
    wide = raw.pop("wide", None)
    written = [*tables.values(), *derived.values(), *([wide] if wide else [])]
    if unused := shared.keys() - {name for table in written for name in table.get("columns", {})}:
        raise ValueError(f"shared columns that no table has: {sorted(unused)}")
    for table in written:
        table["columns"] = tuple(_resolved_columns(table.get("columns", {}), shared, vocabularies))
    if wide:
        raw["derived"] = {**derived, **_wide_tables(wide, vocabularies)}
    for name, table in [*tables.items(), *raw.get("derived", {}).items()]:
        table["name"] = name
    return Dataset.model_validate(raw)


def wide_name(form: str) -> str:
    """The name of a form's wide table."""
    return f"wide_{form}"


def _wide_tables(wide: Mapping[str, Any], vocabularies: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """A table for each form with amounts: the columns of every wide table, and then the form's measures."""
    return {
        wide_name(form): {
            **wide,
            "zh": wide["zh"].format(form=described["zh"]),
            "en": wide["en"].format(form=described["en"]),
            "columns": (
                *wide["columns"],
                *(_measure_column(measure, vocabularies) for measure in forms()[form].measures),
            ),
        }
        for form, described in vocabularies["form"]["values"].items()
        if forms()[form].measures
    }


def _measure_column(measure: str, vocabularies: Mapping[str, Any]) -> dict[str, Any]:
    described = vocabularies["measure"]["values"][measure]
    return {"name": measure, "type": "decimal(20,2)", "nullable": True, "unit": "元", **described}


def _resolved_columns(
    entries: Mapping[str, dict[str, Any] | None], shared: Mapping[str, dict[str, Any]], vocabularies: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """A table's entries completed by the shared columns that they name, and by their vocabularies' values."""
    for name, entry in entries.items():
        own = entry or {}
        if "type" not in own and name not in shared:
            raise ValueError(f"column {name} has no type and is no shared column")
        column = own if "type" in own else {**shared[name], **own}
        if derived := column.keys() & {"name", "values"}:
            raise ValueError(f"column {name} states what is derived: {sorted(derived)}")
        vocabulary = column.get("vocabulary")
        if vocabulary is not None and vocabulary not in vocabularies:
            raise ValueError(f"column {name} names an unknown vocabulary: {vocabulary}")
        values = tuple(vocabularies[vocabulary]["values"]) if vocabulary else ()
        yield {**column, "name": name, "values": values}


def table_schema(table: Table) -> dict[str, Any]:
    """The Frictionless Table Schema of a table.

    A primary key may not be null by that standard; a key with a nullable column is declared as `uniqueKeys` instead.
    Source: https://specs.frictionlessdata.io/table-schema/, https://datapackage.org/standard/table-schema/
    """
    may_be_null = {column.name for column in table.columns if column.nullable}
    key = {"uniqueKeys": [list(table.key)]} if may_be_null & set(table.key) else {"primaryKey": list(table.key)}
    return {"fields": [_field(column) for column in table.columns], "missingValues": [""], **key}


def _field(column: Column) -> dict[str, Any]:
    described = {"description": column.en, "description_zh": column.zh, "storage": column.type}
    unit = {"unit": column.unit} if column.unit else {}
    constraints = _constraints(column)
    return {
        "name": column.name,
        "type": FRICTIONLESS_TYPES[column.type],
        **described,
        **unit,
        **({"constraints": constraints} if constraints else {}),
    }


def _constraints(column: Column) -> dict[str, Any]:
    """What every value must keep. Free text is not `required`: CSV cannot tell a blank label from null."""
    constraints: dict[str, Any] = {}
    if not column.nullable and (column.type != "string" or column.closed):
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.pattern:
        constraints["pattern"] = column.pattern
    return constraints
