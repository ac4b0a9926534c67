from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from publish.errors import ReleaseDamagedError
from publish.store.release import publish_release
from publish.tables import reading_back
from publish.tables.dataset_files import write_dataset
from publish.tables.reading_back import document_count, line_items_of, readings_of, tables_folder
from schemas.records import Check, Document, Reading
from tests.publish.made_readings import made_reading

READINGS = [made_reading(seed) for seed in ("one", "two", "three")]


def by_place(items):
    return {(item.form, item.side, item.line, item.measure): item for item in items}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    write_dataset(READINGS, tmp_path / "dataset")
    return tmp_path / "dataset"


def rewrite(folder: Path, change) -> None:
    """Write the line items again, as another program might."""
    file = folder / "line_items.parquet"
    table = pq.read_table(file)
    pq.write_table(change(table), file)


def test_what_was_written_comes_back_exactly_document_by_document(dataset: Path) -> None:
    back = dict(line_items_of(dataset))
    assert list(back) == sorted(reading.document.document_id for reading in READINGS)
    for reading in READINGS:
        found = by_place(back[reading.document.document_id])
        assert found.keys() == by_place(reading.line_items).keys()
        for place, item in by_place(reading.line_items).items():
            assert found[place].x0 == pytest.approx(item.x0)
            exact = ("amount", "printed", "unit", "page", "code", "name", "status", "reader", "table_no", "side")
            assert [getattr(found[place], name) for name in exact] == [getattr(item, name) for name in exact]
            assert isinstance(found[place].amount, Decimal)


def test_a_release_is_read_like_what_extract_wrote(dataset: Path, tmp_path: Path) -> None:
    release = publish_release(READINGS, tmp_path, "2026.3.5").folder
    assert tables_folder(dataset) == dataset
    assert tables_folder(release) == release / "parquet"
    assert tables_folder(tmp_path) is None
    assert list(line_items_of(release)) == list(line_items_of(dataset))
    assert list(readings_of(release)) == list(readings_of(dataset))


def test_documents_stay_whole_however_the_rows_are_cut(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(line_items_of(dataset))
    monkeypatch.setattr(reading_back, "ROWS_AT_A_TIME", 2)
    assert list(line_items_of(dataset)) == whole


LATER = ["table_no", "row", "col", "ruled", "amount_id", "organisation_code", "organisation", "fund", "government_code",
         "government_name", "item", "parent_line", "is_leaf", "status_reason"]  # fmt: skip


def test_columns_that_came_later_may_be_missing(dataset: Path) -> None:
    rewrite(dataset, lambda table: table.drop_columns(LATER))
    items = [item for _, own in line_items_of(dataset) for item in own]
    told = {(i.table_no, i.organisation, i.fund, i.item, i.parent_line, i.is_leaf, i.amount_id) for i in items}
    assert told == {(None, None, None, None, None, True, "")}


def test_the_dimensions_of_an_amount_come_back(tmp_path: Path) -> None:
    (first, *others) = READINGS[0].line_items
    dimensions = {
        "organisation_code": "101001",
        "organisation": "甲中心",
        "fund": "state_capital",
        "government_code": "50101",
        "government_name": "工资奖金津补贴",
        "item": "year_total",
        "parent_line": 1,
        "is_leaf": False,
        "status_reason": "sum_fails",
        "amount_id": "0123456789abcdef",
    }
    write_dataset([replace(READINGS[0], line_items=(replace(first, **dimensions), *others))], tmp_path)
    ((_, items),) = line_items_of(tmp_path)
    (back,) = [item for item in items if item.organisation]
    assert {name: getattr(back, name) for name in dimensions} == dimensions


def test_each_document_comes_with_its_record_and_checks(tmp_path: Path) -> None:
    check = Check(
        "a.b", "某某局|1", Decimal("1.00"), Decimal("2.00"), Decimal("-1.00"), Decimal("0.0100"), "fails", ("a//1/b",)
    )
    bare = Check("a.c", "某某局", None, None, None, None, "not_applicable", ())
    checked = replace(READINGS[0], checks=(check, bare))
    failed = Reading(Document("f" * 64, "cut.pdf", "failed", "damaged_pdf"))
    write_dataset([checked, replace(READINGS[1], checks=()), failed], tmp_path)
    back = {reading.document.file_name: reading for reading in readings_of(tmp_path)}
    assert back.keys() == {"one.pdf", "two.pdf", "cut.pdf"}
    assert set(back["one.pdf"].checks) == {check, bare}
    assert (back["two.pdf"].checks, len(back["two.pdf"].line_items)) == ((), 3)
    assert back["cut.pdf"] == failed
    assert document_count(tmp_path) == 3


def test_line_items_alone_are_enough(dataset: Path) -> None:
    for name in ("documents", "checks"):
        (dataset / f"{name}.parquet").unlink()
    for reading in readings_of(dataset):
        assert (reading.document.kind, reading.document.fiscal_year) == ("final_accounts", 2023)
        assert len(reading.line_items) == 3
    assert document_count(dataset) == 0


def with_column(name, values):
    return lambda table: table.set_column(table.schema.get_field_index(name), name, values(table))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda table: table.drop_columns(["amount", "page"]), "columns are missing: amount, page"),
        (with_column("amount", lambda table: table["amount"].cast(pa.float64())), "amount is no exact decimal"),
        (with_column("amount", lambda table: pa.nulls(len(table), pa.decimal128(20, 2))), "amount is null in 9 rows"),
        (with_column("unit", lambda table: pa.array(["角"] * len(table))), "unit has '角'"),
        (lambda table: pa.concat_tables([table, table.slice(0, 1)]), "comes after"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(dataset: Path, change, why: str) -> None:
    rewrite(dataset, change)
    with pytest.raises(ReleaseDamagedError, match=why):
        list(line_items_of(dataset))


@pytest.mark.parametrize("table", ["documents", "line_items"])
def test_rows_out_of_order_are_refused(dataset: Path, table: str) -> None:
    file = dataset / f"{table}.parquet"
    stored = pq.read_table(file)
    pq.write_table(stored.take(list(reversed(range(len(stored))))), file)
    with pytest.raises(ReleaseDamagedError, match=rf"{table}\.parquet: document \w+ comes after"):
        list(readings_of(dataset))


def test_a_file_that_is_no_parquet_is_refused(dataset: Path) -> None:
    (dataset / "line_items.parquet").write_bytes(b"not found")
    with pytest.raises(ReleaseDamagedError, match=r"line_items\.parquet"):
        list(line_items_of(dataset))
