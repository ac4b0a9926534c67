from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from publish.errors import RowRefusedError
from publish.tables.batches import batches_of, record_batch
from publish.tables.rows import line_item_row
from schemas.arrow import arrow_schema
from schemas.dataset import dataset
from schemas.records import Reading
from tests.publish.made_readings import made_items, made_reading

LINE_ITEMS = dataset().tables["line_items"]
CLASSIFICATIONS = dataset().tables["classifications"]


def with_item(**changes: Any) -> Reading:
    reading = made_reading("a")
    return replace(reading, line_items=(replace(reading.line_items[0], **changes),))


def code_row(**changes: Any) -> Mapping[str, Any]:
    row = {"system": "function", "edition": 2024, "code": "201", "name": "一般公共服务支出", "level": "类"}
    return {**row, "evidence": None, "sources": None, **changes}


def test_rows_are_sorted_by_the_key_with_nulls_first() -> None:
    rows = batches_of(made_reading("a"))["line_items"].to_pylist()
    assert [(row["form"], row["side"]) for row in rows] == [
        ("basic_expenditure_by_economic", None),
        ("revenue_expenditure_summary", "expenditure"),
        ("revenue_expenditure_summary", "revenue"),
    ]


def test_batches_have_the_defined_schema_with_its_descriptions() -> None:
    for name, batch in batches_of(made_reading("a")).items():
        assert batch.schema.equals(arrow_schema(dataset().tables[name]), check_metadata=True)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"amount": Decimal("0.001")}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal(10) ** 18}, "amount"),
        ({"amount": 0.5}, "amount"),
        ({"fiscal_year": 40_000}, "fiscal_year"),
        ({"name": None}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"form": "balance_sheet"}, "form"),
        ({"measure": "amounts"}, "measure"),
        ({"status": "certain"}, "status"),
        ({"side": "left"}, "side"),
        ({"code": "2010"}, "code"),
        ({"code": "201\n"}, "code"),
        ({"document_id": "0" * 64}, "document_id"),
    ],
)
def test_what_breaks_the_definition_is_refused_by_document_and_column(changes: dict[str, Any], column: str) -> None:
    reading = with_item(**changes)
    with pytest.raises(RowRefusedError) as refused:
        batches_of(reading)
    assert (refused.value.document_id, refused.value.table, refused.value.column) == (
        reading.document.document_id,
        "line_items",
        column,
    )


def test_a_repeated_key_is_refused_also_where_a_part_is_null_or_blank() -> None:
    _, item, _ = made_items("0" * 64, "1.00")
    rows = [line_item_row(item), line_item_row(replace(item, side="", printed="1"))]
    with pytest.raises(RowRefusedError, match="keys come more than once"):
        record_batch(LINE_ITEMS, rows, "0" * 64)


@pytest.mark.parametrize("row", [code_row(parent="2"), {"code": "201"}])
def test_a_reference_row_with_other_columns_is_refused(row: Mapping[str, Any]) -> None:
    with pytest.raises(RowRefusedError, match="missing or unknown"):
        record_batch(CLASSIFICATIONS, [row])


def test_a_blank_nullable_text_is_null_and_a_blank_label_stays() -> None:
    row = batches_of(with_item(name="", standard_name=""))["line_items"].to_pylist()[0]
    assert (row["name"], row["standard_name"]) == ("", None)


def test_times_are_utc_and_whole_seconds() -> None:
    reading = made_reading("a")
    beijing = datetime(2024, 9, 20, 8, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=8)))
    batch = batches_of(replace(reading, document=replace(reading.document, fetched_at=beijing)))["documents"]
    assert batch.to_pylist()[0]["fetched_at"] == datetime(2024, 9, 20, tzinfo=UTC)


def test_a_time_without_zone_is_refused() -> None:
    reading = made_reading("a")
    naive = replace(reading, document=replace(reading.document, fetched_at=datetime(2024, 9, 20)))
    with pytest.raises(RowRefusedError, match="without its zone"):
        batches_of(naive)
