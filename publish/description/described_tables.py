"""The tables as a release's own `datapackage.json` describes them, whatever the dataset is today."""

from collections.abc import Mapping
from typing import Any

from schemas.dataset import Column, Table


def described_table(resource: Mapping[str, Any]) -> Table:
    """The table of a resource; `KeyError` and `ValueError` where it does not say what a table is."""
    schema = resource["schema"]
    key = schema.get("primaryKey") or schema["uniqueKeys"][0]
    return Table(
        name=resource["name"],
        zh=resource["description_zh"],
        en=resource["description"],
        key=tuple(key),
        columns=tuple(_column(field) for field in schema["fields"]),
    )


def _column(field: Mapping[str, Any]) -> Column:
    constraints = field.get("constraints", {})
    return Column(
        name=field["name"],
        type=field["storage"],
        zh=field["description_zh"],
        en=field["description"],
        values=tuple(constraints.get("enum", ())),
        pattern=constraints.get("pattern"),
    )
