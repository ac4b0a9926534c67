"""A damaged release does not spread: what is taken over of it is verified first, and its maintainer is told."""

import json
from pathlib import Path

import pytest

from publish.store.derived_files import derived_files
from publish.store.release import publish_release
from publish.store.verification import problems_of, verify_release
from tests.kinds import every_pair
from tests.publish.made_readings import made_reading

FIRST, SECOND = "2026.3.5", "2026.3.6"
PAPERS = [made_reading(f"{number}", amount="1.00") for number in range(6)]
MORE = [*PAPERS, made_reading("9", amount="3.00")]


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


FILES = (
    "parquet/line_items.parquet",
    "csv/line_items.csv",
    "parquet/documents.parquet",
    "csv/cells.csv",
    "parquet/table_amounts.parquet",
    "CHANGELOG.md",
)


@pytest.mark.parametrize(("name", "harm", "more"), every_pair(FILES, ["flipped", "gone"], [False, True]))
def test_what_is_damaged_is_written_anew_and_told(name: str, harm: str, more: bool, tmp_path: Path) -> None:
    papers = MORE if more else PAPERS
    first = publish_release(PAPERS, tmp_path / "root", FIRST, derived=derived_files())
    flipped(first.folder / name) if harm == "flipped" else (first.folder / name).unlink()
    second = publish_release(papers, tmp_path / "root", SECOND, derived=derived_files())
    assert second.is_new
    assert second.damaged == (first.folder / name,)
    verify_release(second.folder)
    alone = publish_release(papers, tmp_path / "alone", SECOND, derived=())
    for table in ("line_items", "documents", "cells"):
        for file in (f"parquet/{table}.parquet", f"csv/{table}.csv"):
            assert (second.folder / file).read_bytes() == (alone.folder / file).read_bytes()


def test_a_damaged_description_is_no_source_either(tmp_path: Path) -> None:
    first = publish_release(PAPERS, tmp_path, FIRST, derived=())
    (first.folder / "datapackage.json").write_text("{", encoding="utf-8")
    second = publish_release(PAPERS, tmp_path, SECOND, derived=())
    assert second.damaged == (first.folder / "datapackage.json",)
    verify_release(second.folder)


def test_a_sound_release_is_taken_over_and_nothing_is_told(tmp_path: Path) -> None:
    first = publish_release(PAPERS, tmp_path, FIRST, derived=())
    second = publish_release(MORE, tmp_path, SECOND, derived=())
    assert second.damaged == ()
    assert not publish_release(MORE, tmp_path, "2026.3.7", derived=()).is_new
    assert [*problems_of(first.folder)] == [*problems_of(second.folder)] == []


def kinds(release: Path) -> set[tuple[str, str]]:
    return {(problem.kind, problem.path) for problem in problems_of(release)}


def test_verify_covers_version_licence_empty_folders_and_links(tmp_path: Path) -> None:
    release = publish_release(PAPERS, tmp_path, FIRST, derived=derived_files()).folder
    assert kinds(release) == set()
    (release / "empty").mkdir()
    (release / "nowhere").symlink_to(release / "nothing.csv")
    assert kinds(release) == {("undescribed", "empty"), ("undescribed", "nowhere")}
    (release / "empty").rmdir()
    (release / "nowhere").unlink()
    descriptor = json.loads((release / "datapackage.json").read_text("utf-8"))
    for changed, kind in (({"version": "2026.3.4"}, "version"), ({"licenses": [{"name": "ODbL-1.0"}]}, "licence")):
        (release / "datapackage.json").write_text(json.dumps(descriptor | changed), encoding="utf-8")
        assert kinds(release) == {(kind, "datapackage.json")}
