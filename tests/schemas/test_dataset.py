from pathlib import Path
from typing import Any, get_args

import pyarrow as pa
import pytest
import yaml

from schemas import records
from schemas.arrow import ARROW_TYPES, arrow_schema
from schemas.dataset import DEFINITION, FRICTIONLESS_TYPES, ColumnType, dataset, load_dataset, table_schema
from schemas.forms import forms

CONTRACT = {
    "documents": ["document_id"],
    "tables": ["document_id", "table_no"],
    "cells": ["document_id", "table_no", "row", "col"],
    "line_items": ["document_id", "department", "form", "side", "organisation", "line", "measure", "fund"],
    "table_amounts": ["document_id", "table_no", "row", "col"],
    "checks": ["document_id", "check_id", "subject"],
    "narrative_facts": ["document_id", "fact_no"],
    "disclosure_items": ["document_id", "duty"],
    "classifications": ["system", "edition", "code"],
    "findings": ["document_id", "finding_no"],
}


def changed(tmp_path: Path, change: Any) -> Path:
    raw = yaml.safe_load(DEFINITION.read_text(encoding="utf-8"))
    change(raw)
    path = tmp_path / "dataset.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_the_tables_of_the_contract_have_their_keys() -> None:
    assert {name: list(table.key) for name, table in dataset().tables.items()} == CONTRACT


def test_money_is_decimal_yuan_and_boxes_are_points() -> None:
    for table in dataset().tables.values():
        for column in table.columns:
            if column.name == "amount" or column.name.endswith("_yuan"):
                assert column.type.startswith("decimal"), column.name
                assert column.unit == "元", column.name
            if column.type == "float32":
                assert column.name in {"x0", "y0", "x1", "y1", "confidence"}


@pytest.mark.parametrize(
    ("vocabulary", "literal"),
    [
        ("kind", records.Kind),
        ("unit", records.Unit),
        ("reader", records.Reader),
        ("amount_status", records.Status),
        ("document_status", records.DocumentStatus),
    ],
)
def test_the_closed_lists_are_those_of_the_records(vocabulary: str, literal: Any) -> None:
    assert dataset().terms(vocabulary) == get_args(literal)


def test_every_form_that_can_be_recognised_is_in_the_vocabulary() -> None:
    assert set(forms()) <= set(dataset().terms("form"))
    assert {measure for form in forms().values() for measure in form.measures} <= set(dataset().terms("measure"))


def test_arrow_schema_states_types_nullability_and_meanings() -> None:
    schema = arrow_schema(dataset().tables["line_items"])
    assert schema.names == list(dataset().tables["line_items"].column_names)
    amount, side = schema.field("amount"), schema.field("side")
    assert (amount.type, amount.nullable, side.nullable) == (pa.decimal128(20, 2), False, True)
    assert amount.metadata[b"unit"].decode() == "元"
    assert amount.metadata[b"description_zh"].decode() == "金额，单位元，精确"


def test_every_type_has_its_arrow_and_frictionless_counterpart() -> None:
    assert set(ARROW_TYPES) == set(FRICTIONLESS_TYPES) == set(get_args(ColumnType))


def test_table_schema_states_constraints() -> None:
    fields = {field["name"]: field for field in table_schema(dataset().tables["line_items"])["fields"]}
    assert fields["side"]["constraints"] == {"enum": list(dataset().terms("side"))}
    assert fields["form"]["constraints"]["required"] is True
    assert fields["amount"]["constraints"] == {"required": True}
    assert "constraints" not in fields["name"], "a label may be blank, which CSV cannot tell from null"


def test_a_key_with_a_nullable_column_is_no_primary_key() -> None:
    line_items, cells = (table_schema(dataset().tables[name]) for name in ("line_items", "cells"))
    assert "primaryKey" not in line_items
    assert line_items["uniqueKeys"] == [CONTRACT["line_items"]]
    assert cells["primaryKey"] == CONTRACT["cells"]


def test_a_shared_column_can_be_named_bare_or_restated() -> None:
    columns = {c.name: c for c in dataset().tables["documents"].columns}
    items = {c.name: c for c in dataset().tables["line_items"].columns}
    assert (columns["kind"].nullable, items["kind"].nullable) == (True, False)
    assert columns["kind"].zh == items["kind"].zh


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda raw: raw["tables"]["cells"].update(owner="x"), "owner"),
        (lambda raw: raw["tables"]["cells"]["columns"]["text"].update(null=True), "null"),
        (lambda raw: raw["tables"]["cells"]["columns"]["text"].update(type="float64"), "text.*type|type"),
        (lambda raw: raw["tables"]["cells"]["columns"]["text"].update(vocabulary="colour"), "colour"),
        (lambda raw: raw["tables"]["cells"]["columns"]["text"].update(values=["x"]), "derived"),
        (lambda raw: raw["tables"]["cells"]["columns"]["text"].pop("zh"), "zh"),
        (lambda raw: raw["tables"]["cells"]["columns"].update(colour=None), "colour has no type"),
        (lambda raw: raw["tables"]["cells"]["key"].append("colour"), "names no column"),
        (lambda raw: raw["columns"].update(colour={"type": "string"}), "no table has"),
        (lambda raw: raw["vocabularies"]["unit"]["values"].update(角={"zh": "角"}), "en"),
        (lambda raw: raw.update(version=2), "version"),
    ],
)
def test_a_definition_with_a_mistake_is_refused(tmp_path: Path, change: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        load_dataset(changed(tmp_path, change))
