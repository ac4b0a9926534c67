from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.errors import RepeatedDocumentError
from publish.tables.papers import Paper, TableRows
from publish.tables.pieces import Layout, may_be_partitioned, pieces_of, segmented, stored_schema
from schemas.dataset import dataset

TABLES = dataset().tables
SMALL = Layout(most_rows=0, least=2, average=4, most=12)


def never_loaded(table: str) -> pa.RecordBatch:
    raise AssertionError(table)


def paper(number: int, day: int | None = 0, year: int | None = 2023) -> Paper:
    published_on = None if day is None else date(2024, 8, 1) + timedelta(day)
    document_id = sha256(str(number).encode()).hexdigest()
    return Paper(document_id, year, published_on, {name: TableRows(10, "0" * 32) for name in TABLES}, never_loaded)


def papers(count: int) -> list[Paper]:
    return [paper(number, day=number % 30, year=2022 + number % 2) for number in range(count)]


def places(all_papers: list[Paper], layout: Layout = SMALL) -> dict[str, str]:
    own = pieces_of(all_papers, [TABLES["line_items"]], layout)["line_items"]
    return {piece.path: piece.digest for piece in own}


def test_a_table_is_one_file_up_to_the_most_rows() -> None:
    whole = pieces_of(papers(20), TABLES.values(), Layout(most_rows=200))
    assert {name: [piece.path for piece in own] for name, own in whole.items()} == {
        name: [f"parquet/{name}.parquet"] for name in TABLES
    }
    parted = pieces_of(papers(21), TABLES.values(), Layout(most_rows=200))
    assert {name for name, own in parted.items() if own[0].partitioned} == {
        "cells",
        "line_items",
        "table_amounts",
        "checks",
        "narrative_facts",
        "disclosure_items",
        "findings",
    }


def test_a_piece_stands_in_the_partition_of_its_year_and_is_named_by_its_first_paper() -> None:
    own = pieces_of([paper(1), paper(2, year=None), paper(3, day=None)], [TABLES["cells"]], SMALL)["cells"]
    ids = [sha256(str(number).encode()).hexdigest()[:12] for number in (1, 2)]
    assert [piece.path for piece in own] == [
        f"parquet/cells/fiscal_year=2023/2024-08-01-{ids[0]}.parquet",
        f"parquet/cells/fiscal_year=__HIVE_DEFAULT_PARTITION__/2024-08-01-{ids[1]}.parquet",
    ]
    assert len(own[0].papers) == 2  # the one of no known day comes last


def test_the_year_is_left_out_of_the_files_of_partitions_alone() -> None:
    assert "fiscal_year" not in stored_schema("line_items", partitioned=True).names
    assert "fiscal_year" in stored_schema("line_items", partitioned=False).names
    assert stored_schema("cells", partitioned=True) == stored_schema("cells", partitioned=False)


def test_tables_whose_year_is_not_that_of_their_paper_stay_whole() -> None:
    assert not may_be_partitioned(TABLES["documents"])
    assert not may_be_partitioned(TABLES["tables"])
    assert not may_be_partitioned(TABLES["classifications"])


@settings(max_examples=30, deadline=None)
@given(st.permutations(papers(40)))
def test_the_layout_depends_on_the_papers_and_not_on_their_order(shuffled: list[Paper]) -> None:
    assert list(places(shuffled).items()) == list(places(papers(40)).items())


def segments(all_papers: list[Paper]) -> Iterator[set[str]]:
    return ({paper.document_id for paper in segment} for _, _, segment in segmented(all_papers, SMALL))


def test_segments_have_every_paper_once_within_their_bounds() -> None:
    sizes = [len(segment) for segment in segments(papers(400))]
    assert sum(sizes) == 400
    assert max(sizes) <= SMALL.most
    assert sorted(sizes)[2] >= SMALL.least  # but for the last of each of the two years


def test_new_papers_of_the_last_days_change_the_last_piece_of_their_year_and_no_other() -> None:
    before = places(papers(400))
    after = places([*papers(400), *(paper(1000 + number, day=31, year=2023) for number in range(3))])
    changed = {path for path, digest in after.items() if before.get(path) != digest}
    in_2023 = [path for path in after if "=2023/" in path]
    assert changed <= set(in_2023[-2:])
    assert changed


@pytest.mark.parametrize("number", [0, 57, 311])
def test_a_paper_that_goes_changes_only_what_is_next_to_it(number: int) -> None:
    before, gone = places(papers(400)), papers(400)
    del gone[number]
    after = places(gone)
    assert sum(before.get(path) != digest for path, digest in after.items()) <= 3


def test_a_paper_that_is_read_differently_changes_one_piece() -> None:
    before, other = places(papers(400)), papers(400)
    other[7] = replace(other[7], tables={**other[7].tables, "line_items": TableRows(10, "1" * 32)})
    after = places(other)
    assert after.keys() == before.keys()
    assert sum(before[path] != digest for path, digest in after.items()) == 1


def test_a_document_that_comes_twice_is_refused() -> None:
    with pytest.raises(RepeatedDocumentError):
        pieces_of([paper(1), paper(1, year=2020)], TABLES.values(), SMALL)
