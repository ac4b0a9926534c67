"""What anybody can ask of releases: are they sound, which are there, what changed, what would change."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import frictionless
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from cli.main import app
from flows.releasing import publish_work
from reading import work
from reading.document import read_document

PAPERS = Path(__file__).parents[2] / "samples" / "papers"


def ran(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def readings():
    return [read_document(path) for path in sorted(PAPERS.glob("*.pdf"))[:2]]


@pytest.fixture(scope="module")
def root(readings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two releases: one paper, then two, of which the first has an amount read otherwise."""
    folder = tmp_path_factory.mktemp("releases")
    first, second = readings
    for version, kept in (("2026.3.5", [first]), ("2026.3.5.2", [reread(first), second])):
        for reading in kept:
            work.keep(reading, folder / "work")
        work.finish([reading.document.document_id for reading in kept], folder / "work")
        publish_work(folder / "work", folder, version)
    return folder


def reread(reading):
    item, *others = reading.line_items
    return replace(reading, line_items=(replace(item, amount=item.amount + 100, printed="读法不同"), *others))


def test_a_release_as_a_whole_is_a_valid_data_package(root: Path) -> None:
    release = root / "releases" / "2026.3.5.2"
    report = frictionless.validate(str(release / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert report.stats["tasks"] > 20


def test_verify_says_that_a_release_is_sound_or_what_is_wrong(root: Path, tmp_path: Path) -> None:
    assert ran("verify", root / "releases" / "2026.3.5")[0] == 0
    for path in (root, root / "releases", root / "releases" / "latest"):
        assert ran("verify", path, "--no-checks")[0] == 0
        status, said = ran("verify", path, "--json")  # an amount was changed there, and its sums were not
        assert (status, {problem["kind"] for problem in json.loads(said)}) == (1, {"checks"})
    copy = tmp_path / "2026.3.5"
    shutil.copytree(root / "releases" / "2026.3.5", copy)
    csv = copy / "csv" / "line_items.csv"
    csv.write_bytes(csv.read_bytes().replace(b"proven", b"proVen", 1))
    status, said = ran("verify", copy, "--json")
    assert status == 1
    assert [problem["path"] for problem in json.loads(said)] == ["csv/line_items.csv"]
    assert ran("verify", tmp_path / "nowhere")[0] == 2


def test_releases_lists_the_newest_first(root: Path) -> None:
    status, said = ran("releases", "--root", root, "--json")
    listed = json.loads(said)
    assert (status, [each["version"] for each in listed]) == (0, ["2026.3.5.2", "2026.3.5"])
    assert [each["figures"]["documents"] for each in listed] == [2, 1]


def test_diff_and_changes_tell_the_same(root: Path, readings) -> None:
    first, second = (reading.document.document_id for reading in readings)
    status, said = ran("diff", root / "releases" / "2026.3.5", root / "releases" / "2026.3.5.2", "--json")
    assert status == 0
    counted = {(each["subject"], each["reason"]): each["number"] for each in json.loads(said)["counted"]}
    assert counted["amount", "reread"] == 1
    assert counted["document", "new_paper"] == 1
    changes = pq.read_table(root / "releases" / "2026.3.5.2" / "changes.parquet").to_pylist()
    (again,) = (row for row in changes if row["reason"] == "reread")
    assert (again["document_id"], again["new_printed"]) == (first, "读法不同")
    assert {row["document_id"] for row in changes if row["reason"] == "new_paper"} == {second}
    assert len(changes) == sum(counted.values())


def test_a_dry_run_tells_what_would_change_and_writes_nothing(root: Path, readings, tmp_path: Path) -> None:
    before = sorted(root.rglob("*"))
    status, said = ran("publish", "--root", root, "--dry-run")
    assert (status, "没有变动" in said) == (0, True)
    other = tmp_path / "work"
    work.keep(readings[0], other)
    work.finish([readings[0].document.document_id], other)
    status, said = ran("publish", "--root", root, "--from", other, "--dry-run")
    assert status == 0
    assert "没有变动" not in said
    assert sorted(root.rglob("*")) == before


def test_the_same_content_is_not_published_twice_though_changes_differ(root: Path) -> None:
    published = publish_work(root / "work", root, "2026.3.6")
    assert not published.release.is_new
    assert not (root / "releases" / "2026.3.6").exists()


def test_the_index_names_each_release(root: Path) -> None:
    page = (root / "releases" / "index.html").read_text(encoding="utf-8")
    assert "2026.3.5.2" in page
    assert set(re.findall(r"<script[^>]*>", page)) == {'<script type="application/ld+json">'}, "nothing runs"
