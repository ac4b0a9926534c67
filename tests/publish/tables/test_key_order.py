import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.store.key_order import first_out_of_order

keys = st.lists(st.tuples(st.none() | st.sampled_from(["a", "é", "\U0001f600", "甲"]), st.integers(0, 3)), max_size=12)


def batches(rows: list[tuple[str | None, int]], size: int) -> list[pa.RecordBatch]:
    return [
        pa.RecordBatch.from_arrays(
            [pa.array([row[0] for row in part], pa.string()), pa.array([row[1] for row in part], pa.int32())],
            ["a", "b"],
        )
        for part in (rows[start : start + size] for start in range(0, len(rows), size))
    ]


def sort_key(row: tuple[str | None, int]) -> tuple[bool, bytes, int]:
    return (row[0] is not None, (row[0] or "").encode(), row[1])


@given(keys, st.integers(1, 5))
def test_the_first_row_that_does_not_come_after_the_one_before(rows: list[tuple[str | None, int]], size: int) -> None:
    expected = next((n for n in range(1, len(rows)) if sort_key(rows[n]) <= sort_key(rows[n - 1])), None)
    assert first_out_of_order(batches(rows, size), ["a", "b"]) == expected


@given(keys, st.integers(1, 5))
def test_sorted_rows_without_repeats_are_in_order(rows: list[tuple[str | None, int]], size: int) -> None:
    assert first_out_of_order(batches(sorted(set(rows), key=sort_key), size), ["a", "b"]) is None


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_repeated_key_is_found_over_the_edge_of_batches(size: int) -> None:
    assert first_out_of_order(batches([("a", 1), ("a", 2), ("a", 2)], size), ["a", "b"]) == 2
