"""What a kill or a failing disk leaves behind, at steps on disk of a publish: of each kind, or each in turn."""

import math
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from publish.store.release import Release, publish_release
from publish.store.verification import verify_release
from publish.store.versions import latest_version, published_versions
from publish.tables.dataset_files import write_dataset
from publish.tables.pieces import Layout
from schemas.records import Reading
from tests.kinds import thorough
from tests.publish.made_readings import made_reading
from tests.publish.steps import Steps

FIRST, SECOND, THIRD = "2026.3.5", "2026.3.5.2", "2026.3.5.3"
PIECES = Layout(most_rows=4, least=1, average=1, most=1)
"""A piece for each paper, of every table with more than four rows: cells, line items and checks here."""

STEPS: list[tuple[Any, str]] = [
    (os, "copy_file_range"),
    (os, "fsync"),
    (os, "link"),
    (os, "mkdir"),
    (os, "rename"),
    (os, "replace"),
    (os, "write"),
    (shutil, "rmtree"),
    (Path, "open"),
    (Path, "write_text"),
    (pq.ParquetWriter, "write_table"),
    (pq.ParquetWriter, "close"),
]


class Killed(BaseException):
    """The process is gone: not even a `finally` does anything after this."""


def disk(monkeypatch: pytest.MonkeyPatch, fails_at: float, *, for_good: bool) -> Steps:
    """Every step on disk, counted, and failing from step `fails_at` on: for good, or once for want of space."""
    failure = Killed if for_good else partial(OSError, 28, "No space left on device")
    return Steps(monkeypatch, STEPS, failure, fails_at=fails_at, once=not for_good)


def every(names: list[str]) -> Iterable[int]:
    """The numbers of all steps, from 1."""
    return range(1, len(names) + 1)


def some(names: list[str]) -> Iterable[int]:
    """The first of each kind, and those round the two that count: the folder is renamed, the pointer replaced."""
    first = {names.index(name) + 1 for name in names}
    beside = {names.index(name) + near for name in ("rename", "replace") for near in (0, 1, 2)}
    return sorted((first | beside) & {*every(names)})


def edges(names: list[str]) -> list[int]:
    """The numbers, from 1, of the first and the last step of each run of the same kind."""
    neighbours = zip([None, *names], names, [*names[1:], None], strict=False)
    return [
        number for number, (before, name, after) in enumerate(neighbours, start=1) if before != name or name != after
    ]


def publish(root: Path, version: str, readings: list[Reading]) -> Release:
    return publish_release(readings, root, version, layout=PIECES, workers=1, derived=())


def first_papers() -> list[Reading]:
    bare = [replace(made_reading(seed), findings=(), narrative_facts=(), disclosure=()) for seed in "ab"]
    return [replace(reading, line_items=reading.line_items[:3]) for reading in bare]


def later_papers() -> list[Reading]:
    """One paper as it was, one that is read differently, one that is new."""
    same, other = first_papers()
    new = replace(made_reading("c"), findings=(), narrative_facts=(), disclosure=())
    return [same, replace(other, line_items=other.line_items[1:]), new]


def steps_of_the_second(folder: Path) -> list[str]:
    publish(folder, FIRST, first_papers())
    with pytest.MonkeyPatch.context() as monkeypatch:
        counted = disk(monkeypatch, math.inf, for_good=False)
        publish(folder, SECOND, later_papers())
    return counted.names


def test_a_publish_takes_every_kind_of_step_and_the_pointer_moves_last(tmp_path: Path) -> None:
    names = steps_of_the_second(tmp_path)
    assert set(names) == {name for _, name in STEPS}
    moved, pointed = names.index("rename"), names.index("replace")
    assert names.count("rename") == names.count("replace") == 1
    assert moved < pointed
    files = [
        path for path in (tmp_path / "releases" / SECOND).rglob("*") if path.is_file() and path.stat().st_nlink == 1
    ]
    assert names[:moved].count("fsync") > len(files) > 10
    assert not {"copy_file_range", "link", "write", "write_table", "close"} & set(names[names.index("fsync") : moved])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # files that nobody is left to close
@pytest.mark.parametrize("taken", [some, pytest.param(every, marks=thorough)])
@pytest.mark.parametrize("for_good", [True, False], ids=["killed", "disk-full"])
def test_a_publish_cut_short_leaves_no_new_version_or_a_whole_one(
    tmp_path: Path, for_good: bool, taken: Callable[[list[str]], Iterable[int]]
) -> None:
    names = steps_of_the_second(tmp_path / "counted")
    publish(tmp_path / "before", FIRST, first_papers())
    outcomes = set()
    for fails_at in taken(names):
        root = tmp_path / "root"
        shutil.copytree(tmp_path / "before", root)
        with pytest.MonkeyPatch.context() as monkeypatch:
            disk(monkeypatch, fails_at, for_good=for_good)
            with suppress(Killed, OSError):
                publish(root, SECOND, later_papers())
        releases = root / "releases"
        found = [str(version) for version in published_versions(releases)]
        outcomes.add(len(found))
        assert found in ([FIRST], [FIRST, SECOND])
        verify_release(releases / found[-1])
        assert str(latest_version(releases)) in found

        after = publish(root, THIRD, later_papers())
        assert after.version == (SECOND if SECOND in found else THIRD)
        assert (releases / "latest").read_text() == f"{after.version}\n"
        left = {path.name for path in releases.iterdir()} - {".lock", ".latest.partial", "latest"}
        assert left == {FIRST, after.version}
        assert contents(releases / FIRST) == contents(tmp_path / "before" / "releases" / FIRST)
        shutil.rmtree(root)
    assert outcomes == {1, 2}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("for_good", [True, False], ids=["killed", "disk-full"])
def test_a_dataset_cut_short_has_whole_files_only(tmp_path: Path, for_good: bool) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write_dataset([made_reading("a")], old)
    with pytest.MonkeyPatch.context() as monkeypatch:
        counted = disk(monkeypatch, math.inf, for_good=False)
        write_dataset([made_reading("b")], new)
    for fails_at in edges(counted.names):
        target = tmp_path / str(fails_at)
        shutil.copytree(old, target)
        with pytest.MonkeyPatch.context() as monkeypatch:
            disk(monkeypatch, fails_at, for_good=for_good)
            with suppress(Killed, OSError):
                write_dataset([made_reading("b")], target)
        for file in (path for path in old.rglob("*") if path.is_file()):
            name = file.relative_to(old)
            assert (target / name).read_bytes() in (file.read_bytes(), (new / name).read_bytes())
        write_dataset([made_reading("b")], target)
        assert not (target / ".partial").exists()
