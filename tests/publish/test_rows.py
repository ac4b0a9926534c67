from dataclasses import replace

from made_readings import made_reading

from publish.rows import rows_of
from schemas.dataset import dataset


def test_rows_have_exactly_the_columns_of_their_table() -> None:
    for name, rows in rows_of(made_reading("a")).items():
        assert rows, name
        for row in rows:
            assert set(row) == set(dataset().tables[name].column_names), name


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
