from dataclasses import replace
from decimal import Decimal

from publish.tables.rows import rows_of
from schemas.amount_ids import with_amount_ids
from schemas.dataset import dataset
from tests.publish.made_readings import made_reading


def test_rows_have_exactly_the_columns_of_their_table() -> None:
    for name, rows in rows_of(made_reading("a")).items():
        assert rows, name
        for row in rows:
            assert set(row) == set(dataset().tables[name].column_names), name


def test_a_number_that_the_column_cannot_hold_stays_in_the_cells() -> None:
    """An account number and a rate of many places are no amounts, and must not cost the paper its other rows."""
    reading = made_reading("a")
    texts = ("6222020200112233445566", "123456789012345678", "0.12345", "12345678901234.56", "0.1234", "1E+3")
    numbers = [replace(reading.table_amounts[0], col=col, amount=Decimal(text)) for col, text in enumerate(texts, 1)]
    rows = rows_of(replace(reading, table_amounts=tuple(numbers)))["table_amounts"]
    assert [row["col"] for row in rows] == [4, 5, 6]


def test_an_item_read_before_there_were_ids_is_given_its_own() -> None:
    reading = made_reading("a")
    items = with_amount_ids(reading.line_items)
    given = [row["amount_id"] for row in rows_of(reading)["line_items"]]
    assert given == [item.amount_id for item in items]
    assert len(set(given)) == len(given)


def test_a_blank_cell_gives_no_row() -> None:
    texts = [row["text"] for row in rows_of(made_reading("a", texts=("甲", "", "　", "0")))["cells"]]
    assert sorted(texts) == ["0", "甲"]


def test_a_table_over_pages_tells_its_first_and_last() -> None:
    reading = made_reading("a")
    table = replace(reading.tables[0], pages=(4, 5, 6))
    [row] = rows_of(replace(reading, tables=(table,)))["tables"]
    assert (row["first_page"], row["last_page"]) == (4, 6)


def test_findings_count_from_one_in_the_order_of_the_reading() -> None:
    rows = rows_of(made_reading("a"))["findings"]
    assert [(row["finding_no"], row["code"]) for row in rows] == [(1, "unknown_header"), (2, "no_unit")]
