"""A release after a release: what has not changed is linked, and the bytes are those of a release made from nothing."""

import errno
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

import publish.tables.parquet_file
from publish.description.package import csv_paths, read_descriptor, row_counts
from publish.store.derived_files import derived_files
from publish.store.release import Release, publish_release
from publish.store.verification import problems_of
from publish.tables.dataset_files import write_dataset
from publish.tables.pieces import Layout
from publish.tables.reading_back import document_count, line_items_of, readings_of, tables_folder
from schemas.dataset import dataset
from schemas.records import Reading
from tests.publish.made_readings import made_reading

FIRST, SECOND = "2026.3.5", "2026.3.6"
PIECES = Layout(most_rows=40, least=2, average=3, most=6)


def reading(number: int, amount: str = "1.00") -> Reading:
    made = made_reading(f"{number}", amount=amount)
    year = 2021 + number % 3
    document = replace(made.document, published_on=date(year + 1, 8, 1) + timedelta(number), fiscal_year=year)
    return replace(made, document=document, line_items=tuple(replace(i, fiscal_year=year) for i in made.line_items))


def without_year(number: int) -> Reading:
    made = reading(number)
    return replace(made, document=replace(made.document, fiscal_year=None), line_items=())


EARLIER = [reading(number) for number in range(24)]
LATER = [*EARLIER[:5], reading(5, amount="2.00"), *EARLIER[7:], reading(100), reading(101)]
"""One is read differently, one is gone, two are new."""


def published(readings: Sequence[Reading], root: Path, version: str, **options: Any) -> Release:
    return publish_release(readings, root, version, **{"layout": PIECES, "derived": (), **options})


BUT_FOR = ("CHANGELOG.md", "datapackage.json", "gongkai.duckdb")


def data_of(release: Path) -> dict[str, bytes]:
    """The files but for those that tell the history and the version, and the database: its format has a random id."""
    files = {path.relative_to(release).as_posix(): path for path in release.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if name not in BUT_FOR}


def test_the_next_release_has_the_bytes_of_one_from_nothing(tmp_path: Path) -> None:
    published(EARLIER, tmp_path / "both", FIRST)
    following = published(LATER, tmp_path / "both", SECOND).folder
    alone = published(LATER, tmp_path / "alone", SECOND).folder
    assert data_of(following) == data_of(alone)
    assert list(problems_of(following)) == []


def test_what_stands_beside_the_tables_has_the_bytes_of_one_from_nothing(tmp_path: Path) -> None:
    later = [*EARLIER, reading(102), reading(105)]  # both of 2021
    published(EARLIER, tmp_path / "both", FIRST, derived=derived_files())
    following = published(later, tmp_path / "both", SECOND, derived=derived_files(), workers=3).folder
    alone = published(later[::-1], tmp_path / "alone" / "deep", SECOND, derived=derived_files(), workers=1).folder
    of_the_step = {"changes.parquet", "csv/changes.csv", "croissant.json"}  # the last tells the first one's hash
    kept, made = ({name: data for name, data in data_of(each).items() if name not in of_the_step}
                  for each in (following, alone))  # fmt: skip
    assert kept == made
    assert [path for path in following.rglob("wide_*/**/*.parquet") if path.stat().st_nlink == 2]
    assert list(problems_of(following)) == []


def test_the_number_of_workers_and_the_place_leave_no_trace(tmp_path: Path) -> None:
    one = published(LATER, tmp_path / "one", FIRST, workers=1).folder
    many = published(LATER[::-1], tmp_path / "elsewhere" / "deep", FIRST, workers=4).folder
    for name, content in data_of(one).items():
        assert (many / name).read_bytes() == content, name
    for name in ("CHANGELOG.md", "datapackage.json"):
        assert (many / name).read_bytes() == (one / name).read_bytes()


def test_unchanged_pieces_are_the_same_files(tmp_path: Path) -> None:
    first = published(EARLIER, tmp_path, FIRST).folder
    second = published(LATER, tmp_path, SECOND).folder
    pieces = sorted((second / "parquet" / "line_items").rglob("*.parquet"))
    linked = [piece for piece in pieces if piece.stat().st_nlink == 2]
    assert len(linked) >= len(pieces) - 5
    assert linked
    for piece in linked:
        assert piece.samefile(first / piece.relative_to(second))
    for name in ("parquet/classifications.parquet", "csv/classifications.csv"):
        assert (second / name).samefile(first / name)


def test_a_year_in_which_nothing_changed_has_the_csv_files_of_the_release_before(tmp_path: Path) -> None:
    first = published(EARLIER, tmp_path, FIRST).folder
    later = [*EARLIER, reading(102), reading(105)]  # both of 2021
    second = published(later, tmp_path, SECOND).folder
    for table in ("line_items", "cells"):
        names = [f"csv/{table}/fiscal_year={year}.csv" for year in (2021, 2022, 2023)]
        assert [(second / name).samefile(first / name) for name in names] == [False, True, True]
    assert data_of(second) == data_of(published(later, tmp_path / "alone", SECOND).folder)
    assert list(problems_of(second)) == []


def test_pieces_without_the_csv_files_that_have_their_lines_are_written_anew(tmp_path: Path) -> None:
    first = published(EARLIER, tmp_path, FIRST).folder
    shutil.rmtree(first / "csv" / "cells")
    second = published(LATER, tmp_path, SECOND).folder
    assert data_of(second) == data_of(published(LATER, tmp_path / "alone", SECOND).folder)


def test_the_csv_files_of_a_table_have_its_header_and_its_rows_once(tmp_path: Path) -> None:
    release = published(LATER, tmp_path, FIRST).folder
    files = sorted((release / "csv" / "line_items").iterdir())
    lines = [file.read_bytes().splitlines() for file in files]
    headers = {own[0] for own in lines}
    assert headers == {(",".join(dataset().tables["line_items"].column_names)).encode("utf-8-sig")}
    assert sum(len(own) - 1 for own in lines) == row_counts(read_descriptor(release))["line_items"]
    write_dataset(LATER, tmp_path / "whole")
    whole = (tmp_path / "whole" / "csv" / "line_items.csv").read_bytes().splitlines()
    assert sorted(line for own in lines for line in own[1:]) == sorted(whole[1:])


def test_papers_of_no_known_year_have_the_name_that_parquet_has_for_them(tmp_path: Path) -> None:
    release = published([*EARLIER, without_year(200)], tmp_path, FIRST).folder
    names = [f"fiscal_year={year}" for year in (2021, 2022, 2023, "__HIVE_DEFAULT_PARTITION__")]
    assert sorted(file.stem for file in (release / "csv" / "cells").iterdir()) == names
    assert csv_paths(read_descriptor(release), "cells") == [f"csv/cells/{name}.csv" for name in names]
    assert list(problems_of(release)) == []


def test_a_disk_without_links_has_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "copy_file_range", refuse)
    published(EARLIER, tmp_path, FIRST)
    second = published(LATER, tmp_path, SECOND).folder
    assert {path.stat().st_nlink for path in second.rglob("*") if path.is_file()} == {1}
    monkeypatch.undo()
    assert data_of(second) == data_of(published(LATER, tmp_path / "alone", SECOND).folder)


def test_single_files_take_over_rows_over_the_edges_of_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish.tables.parquet_file, "ROWS_PER_GROUP", 4)
    whole = Layout()
    publish_release(EARLIER, tmp_path / "both", FIRST, layout=whole, derived=())
    following = publish_release(LATER, tmp_path / "both", SECOND, layout=whole, derived=()).folder
    alone = publish_release(LATER, tmp_path / "alone", SECOND, layout=whole, derived=()).folder
    assert data_of(following) == data_of(alone)


def test_a_table_that_outgrows_its_file_is_parted_then(tmp_path: Path) -> None:
    first = published(EARLIER[:10], tmp_path, FIRST).folder
    second = published(EARLIER, tmp_path, SECOND).folder
    assert (first / "parquet" / "line_items.parquet").is_file()
    assert not (second / "parquet" / "line_items.parquet").exists()
    assert {path.name for path in (second / "parquet" / "line_items").iterdir()} == {
        "fiscal_year=2021",
        "fiscal_year=2022",
        "fiscal_year=2023",
    }
    assert (first / "csv" / "line_items.csv").is_file()
    assert {path.name for path in (second / "csv" / "line_items").iterdir()} == {
        "fiscal_year=2021.csv",
        "fiscal_year=2022.csv",
        "fiscal_year=2023.csv",
    }


def test_files_of_another_size_than_described_are_not_taken_over(tmp_path: Path) -> None:
    first = published(EARLIER, tmp_path, FIRST).folder
    pieces = sorted((first / "parquet" / "cells").rglob("*.parquet"))
    with pieces[0].open("ab") as file:
        file.write(b"more")
    with (first / "csv" / "checks" / "fiscal_year=2022.csv").open("ab") as file:
        file.write(b"more")
    second = published(LATER, tmp_path, SECOND).folder
    assert data_of(second) == data_of(published(LATER, tmp_path / "alone", SECOND).folder)


def test_csv_lines_that_have_changed_on_disk_are_not_taken_over(tmp_path: Path) -> None:
    first = published(EARLIER, tmp_path, FIRST).folder
    csv = first / "csv" / "line_items" / "fiscal_year=2021.csv"
    csv.write_bytes(csv.read_bytes().replace(b",1.00,", b",7.00,", 1))
    second = published(LATER, tmp_path, SECOND)
    assert second.damaged == (csv,)
    assert data_of(second.folder) == data_of(published(LATER, tmp_path / "alone", SECOND).folder)


def test_partitions_read_back_like_single_files(tmp_path: Path) -> None:
    release = published(LATER, tmp_path / "root", FIRST).folder
    write_dataset(LATER, tmp_path / "dataset")
    assert tables_folder(release) == release / "parquet"
    assert list(line_items_of(release)) == list(line_items_of(tmp_path / "dataset"))
    assert list(readings_of(release)) == list(readings_of(tmp_path / "dataset"))
    assert document_count(release) == len(LATER)


def test_people_read_partitions_in_one_line(tmp_path: Path) -> None:
    release = published(LATER, tmp_path, FIRST).folder
    rows = row_counts(read_descriptor(release))["line_items"]
    folder = release / "parquet" / "line_items"
    assert len(pd.read_parquet(folder)) == rows
    assert set(pd.read_parquet(folder)["fiscal_year"]) == {2021, 2022, 2023}
    assert pl.scan_parquet(folder, hive_partitioning=True).select(pl.len()).collect().item() == rows
    lines = release / "csv" / "line_items"
    assert sum(len(pd.read_csv(file, encoding="utf-8-sig")) for file in lines.iterdir()) == rows
    assert pl.scan_csv(lines / "*.csv").select(pl.len()).collect().item() == rows
    with duckdb.connect() as connection:
        for files in (f"{folder}/*/*.parquet", f"{lines}/*.csv"):
            query = f"SELECT fiscal_year, count(*) FROM '{files}' GROUP BY 1 ORDER BY 1"
            counted = dict(connection.execute(query).fetchall())
            assert (list(counted), sum(counted.values())) == ([2021, 2022, 2023], rows)


def test_a_query_for_one_document_or_department_can_skip_row_groups(tmp_path: Path) -> None:
    release = published(LATER, tmp_path, FIRST).folder
    for file in (release / "parquet" / "line_items").rglob("*.parquet"):
        group = pq.read_metadata(file).row_group(0)
        columns = {group.column(number).path_in_schema: group.column(number) for number in range(group.num_columns)}
        assert columns["document_id"].statistics.has_min_max
        assert columns["department"].has_column_index
