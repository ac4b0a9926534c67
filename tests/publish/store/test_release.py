import fcntl
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from publish.description.changelog import CHANGELOG
from publish.description.croissant import CROISSANT
from publish.description.package import DESCRIPTOR, read_descriptor
from publish.errors import PublishInProgressError, ReleaseDamagedError, VersionExistsError
from publish.store.derived_files import derived_files
from publish.store.release import publish_release
from publish.store.verification import verify_release
from publish.tables.paper_digests import PAPERS
from publish.tables.pieces import Layout
from schemas.dataset import dataset
from schemas.records import Reading
from tests.publish.made_readings import made_reading

FIRST, SECOND, THIRD = "2026.3.5", "2026.3.5.2", "2026.3.6"
AWKWARD = ("=1+1", 'a"b', "甲\r\n乙", "-1", "'", ";|\t", "\ufeff甲")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_has_the_promised_files(tmp_path: Path) -> None:
    release = publish_release([made_reading("a")], tmp_path, FIRST)
    assert release.is_new
    assert release.folder == tmp_path / "releases" / FIRST
    tables = dataset().tables
    assert set(files_of(release.folder)) == {
        DESCRIPTOR,
        CHANGELOG,
        CROISSANT,
        PAPERS,
        *(f"parquet/{table}.parquet" for table in tables),
        *(f"csv/{table}.csv" for table in tables),
    }
    assert (tmp_path / "releases" / "latest").read_text() == f"{FIRST}\n"
    assert not (tmp_path / "releases" / ".building").exists()


def test_frictionless_validates_the_package_with_all_its_data(tmp_path: Path) -> None:
    readings = [made_reading("a", texts=AWKWARD), made_reading("b", amount="-0.50"), made_reading("c")]
    release = publish_release(readings, tmp_path, FIRST)
    report = Package(str(release.folder / DESCRIPTOR)).validate()
    assert report.valid, report.flatten(["name", "type", "note"])
    rows = {task.name: task.stats.get("rows", 0) for task in report.tasks if task.type == "table"}
    assert rows["cells"] == len(AWKWARD) + 4
    assert rows["line_items"] == 9
    assert len(report.tasks) == 2 * len(dataset().tables) + len([CHANGELOG, CROISSANT, PAPERS])


def test_frictionless_validates_a_table_of_several_csv_files_as_one(tmp_path: Path) -> None:
    readings = [made_reading("a", texts=AWKWARD), of_year(2021, "b"), of_year(2022, "c")]
    release = publish_release(readings, tmp_path, FIRST, layout=Layout(most_rows=4), derived=derived_files())
    resources = {each["name"]: each for each in read_descriptor(release.folder)["resources"]}
    years = [f"csv/line_items/fiscal_year={year}.csv" for year in (2021, 2022, 2023)]
    assert resources["line_items"]["path"] == years
    assert [resources[f"line_items_{year}_csv"]["path"] for year in (2021, 2022, 2023)] == years
    report = Package(str(release.folder / DESCRIPTOR)).validate()
    assert report.valid, report.flatten(["name", "type", "note"])
    rows = {task.name: task.stats.get("rows", 0) for task in report.tasks if task.type == "table"}
    assert rows == {name: each["rows"] for name, each in resources.items() if each["type"] == "table"}
    assert (rows["line_items"], rows["cells"]) == (9, len(AWKWARD) + 4)


def of_year(year: int, seed: str) -> Reading:
    made = made_reading(seed)
    items = tuple(replace(each, fiscal_year=year) for each in made.line_items)
    return replace(made, document=replace(made.document, fiscal_year=year), line_items=items)


def test_frictionless_sees_a_byte_of_one_of_several_csv_files(tmp_path: Path) -> None:
    release = publish_release([made_reading("a"), of_year(2021, "b")], tmp_path, FIRST, layout=Layout(most_rows=4))
    csv = release.folder / "csv" / "line_items" / "fiscal_year=2021.csv"
    csv.write_bytes(csv.read_bytes().replace(b"12345000.00", b"12345000.01", 1))
    report = Package(str(release.folder / DESCRIPTOR)).validate()
    wrong = {task.name: [error.type for error in task.errors] for task in report.tasks if task.errors}
    assert wrong == {"line_items_2021_csv": ["hash-count"]}


def test_frictionless_sees_a_value_outside_the_definition(tmp_path: Path) -> None:
    """That the validation above can fail: a status that no vocabulary has."""
    release = publish_release([made_reading("a")], tmp_path, FIRST)
    csv = release.folder / "csv" / "line_items.csv"
    csv.write_bytes(csv.read_bytes().replace(b",unproven", b",certain", 1))
    types = {error[0] for error in Package(str(release.folder / DESCRIPTOR)).validate().flatten(["type"])}
    assert {"constraint-error", "hash-count"} <= types


def test_the_same_content_publishes_nothing_new(tmp_path: Path) -> None:
    readings = [made_reading("a"), made_reading("b")]
    publish_release(readings, tmp_path, FIRST)
    rerun = publish_release(readings[::-1], tmp_path, SECOND)
    assert (rerun.version, rerun.folder.name, rerun.is_new) == (FIRST, FIRST, False)
    assert [path.name for path in (tmp_path / "releases").glob("2*")] == [FIRST]


def test_the_same_content_can_be_forced(tmp_path: Path) -> None:
    publish_release([made_reading("a")], tmp_path, FIRST)
    forced = publish_release([made_reading("a")], tmp_path, SECOND, force=True)
    assert (forced.version, forced.is_new) == (SECOND, True)


def test_only_names_of_versions_tell_two_releases_of_the_same_content_apart(tmp_path: Path) -> None:
    one = publish_release([made_reading("a")], tmp_path / "one", FIRST)
    other = publish_release([made_reading("a")], tmp_path / "other", THIRD)
    files, other_files = files_of(one.folder), files_of(other.folder)
    assert files.pop(CHANGELOG).replace(FIRST.encode(), THIRD.encode()) == other_files.pop(CHANGELOG)
    named = [json.loads(each.pop(CROISSANT)) for each in (files, other_files)]
    assert [each.pop("datePublished") for each in named] == ["2026-03-05", "2026-03-06"]
    assert json.loads(json.dumps(named[0]).replace(FIRST, THIRD)) == named[1]
    described, other_described = (without_named(each.pop(DESCRIPTOR)) for each in (files, other_files))
    assert described | {"version": THIRD} == other_described
    assert files == other_files


def without_named(descriptor: bytes) -> dict[str, Any]:
    """A descriptor without the files that name the version, whose hashes differ with it."""
    described: dict[str, Any] = json.loads(descriptor)
    described["resources"] = [each for each in described["resources"] if each["path"] not in (CHANGELOG, CROISSANT)]
    return described


def test_an_existing_version_is_refused_and_untouched(tmp_path: Path) -> None:
    release = publish_release([made_reading("a")], tmp_path, FIRST)
    before = files_of(release.folder)
    with pytest.raises(VersionExistsError):
        publish_release([made_reading("b")], tmp_path, FIRST)
    assert files_of(release.folder) == before


def test_the_changelog_counts_rows_against_the_release_before(tmp_path: Path) -> None:
    publish_release([made_reading("a"), made_reading("b")], tmp_path, FIRST)
    second = publish_release([made_reading("a")], tmp_path, SECOND)
    page = (second.folder / CHANGELOG).read_text(encoding="utf-8")
    newest, oldest = page.split(f"## {FIRST}\n")
    assert page.startswith(f"# Changelog\n\n## {SECOND}\n\nRows, against {FIRST}:\n")
    assert "| line_items | 3 | -3 |" in newest
    assert "| checks | 2 | -2 |" in newest
    assert "The first release." in oldest
    assert "| line_items | 6 | +6 |" in oldest


def test_two_processes_cannot_publish_at_once(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    with (tmp_path / "releases" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PublishInProgressError):
            publish_release([made_reading("a")], tmp_path, FIRST)
    assert publish_release([made_reading("a")], tmp_path, FIRST).is_new


def remove_a_table(release: Path) -> None:
    (release / "csv" / "cells.csv").unlink()


def add_a_file(release: Path) -> None:
    (release / "csv" / "cells (1).csv").write_text("")


def change_a_byte(release: Path) -> None:
    path = release / "csv" / "line_items.csv"
    path.write_bytes(path.read_bytes().replace(b"12345000.00", b"12345000.01", 1))


def cut_short(release: Path) -> None:
    path = release / "parquet" / "line_items.parquet"
    path.write_bytes(path.read_bytes()[:-10])


def swap_for_other_rows(release: Path) -> None:
    """Files of another release, described with their own hashes, beside CSV files that are not theirs."""
    other = publish_release([made_reading("b")], release.parent / "other", FIRST).folder
    shutil.copy(other / "csv" / "cells.csv", release / "csv" / "cells.csv")
    descriptor, others = read_descriptor(release), {r["path"]: r for r in read_descriptor(other)["resources"]}
    for resource in descriptor["resources"]:
        if resource["path"] == "csv/cells.csv":
            resource.update(others["csv/cells.csv"])
    (release / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")


def drop_the_descriptor(release: Path) -> None:
    (release / DESCRIPTOR).unlink()


@pytest.mark.parametrize(
    "damage",
    [remove_a_table, add_a_file, change_a_byte, cut_short, swap_for_other_rows, drop_the_descriptor],
)
def test_damage_is_found_from_disk(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    release = publish_release([made_reading("a")], tmp_path / "root", FIRST).folder
    verify_release(release)
    damage(release)
    with pytest.raises(ReleaseDamagedError):
        verify_release(release)


def test_other_columns_than_described_are_found(tmp_path: Path) -> None:
    release = publish_release([made_reading("a")], tmp_path, FIRST).folder
    descriptor = read_descriptor(release)
    cells = next(resource for resource in descriptor["resources"] if resource["name"] == "cells")
    cells["schema"]["fields"][1]["storage"] = "int16"
    (release / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(ReleaseDamagedError, match="not the described ones"):
        verify_release(release)
