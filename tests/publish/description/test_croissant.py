"""A release as programs load it that know Croissant: `mlcroissant`, the specification's own, reads every row."""

import json
import logging
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import mlcroissant
import pytest

from publish.description.croissant import CROISSANT, DATA_TYPES
from publish.description.package import read_descriptor, row_counts
from publish.store.derived_files import derived_files
from publish.store.release import publish_release
from publish.store.verification import problems_of
from publish.tables.pieces import Layout
from publish.tables.reference import reference_rows
from schemas.dataset import dataset
from tests.kinds import one_in
from tests.publish.made_readings import made_reading

READ = ("documents", "line_items", "departments", "classifications")


@pytest.fixture(scope="module", params=[Layout(), Layout(most_rows=1)], ids=["whole", "parted by years"])
def release(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    old, new = made_reading("a"), made_reading("b")
    items = tuple(replace(item, fiscal_year=2021) for item in old.line_items)
    papers = [replace(old, document=replace(old.document, fiscal_year=2021), line_items=items), new]
    beside = {"reference": reference_rows(), "derived": derived_files()}
    root = tmp_path_factory.mktemp("root")
    return publish_release(papers, root, "2026.3.5", layout=request.param, workers=1, **beside).folder


def test_croissant_s_own_library_finds_nothing_to_say(release: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        described = mlcroissant.Dataset(jsonld=str(release / CROISSANT))
    assert not described.metadata.ctx.issues.errors
    assert not described.metadata.ctx.issues.warnings
    assert caplog.records == []
    assert described.metadata.version == release.name
    assert described.metadata.date_published.date() == date(2026, 3, 5)


@pytest.mark.parametrize("table", one_in(4, READ, 1))
def test_its_rows_are_the_release_s_with_every_column(release: Path, table: str) -> None:
    descriptor = read_descriptor(release)
    rows = list(mlcroissant.Dataset(jsonld=str(release / CROISSANT)).records(table))
    assert len(rows) == row_counts(descriptor)[table] > 0
    told = {name.removeprefix(f"{table}/") for name in rows[0]}
    assert told == set(dataset().all_tables[table].column_names)


def test_the_year_that_a_folder_is_named_after_is_told_of_each_row(release: Path) -> None:
    rows = mlcroissant.Dataset(jsonld=str(release / CROISSANT)).records("line_items")
    told = Counter(row["line_items/fiscal_year"] for row in rows)
    assert told == Counter({2021: 3, 2023: 3})


def test_every_type_of_a_column_has_its_name(release: Path) -> None:
    described = json.loads((release / CROISSANT).read_text(encoding="utf-8"))
    types = {field["name"]: field["dataType"] for each in described["recordSet"] for field in each["field"]}
    storage = {f"{t.name}/{c.name}": c.type for t in dataset().all_tables.values() for c in t.columns}
    for name, told in types.items():
        exact = next((known for begins, known in DATA_TYPES.items() if storage[name].startswith(begins)), None)
        assert told == (exact or "sc:Float")
        assert exact or storage[name].startswith(("decimal", "float")), storage[name]


def test_it_is_verified_as_any_other_file(release: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(release, tmp_path / release.name)
    assert list(problems_of(folder)) == []
    text = (folder / CROISSANT).read_text(encoding="utf-8")
    (folder / CROISSANT).write_text(text.replace("publicdomain", "publicdomaim"), encoding="utf-8")
    assert [problem.path for problem in problems_of(folder)] == [CROISSANT]
