"""What a kill or a failing disk leaves behind, at the first and the last step of each run of like steps on disk."""

import math
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from made_readings import made_reading

import publish.tables
from publish.release import publish_release
from publish.tables import write_dataset
from publish.verification import verify_release
from publish.versions import latest_version, published_versions

FIRST, SECOND, THIRD = "2026.03.05.1", "2026.03.05.2", "2026.03.05.3"

STEPS: list[tuple[Any, str]] = [
    (os, "fsync"),
    (os, "mkdir"),
    (os, "rename"),
    (os, "replace"),
    (shutil, "rmtree"),
    (Path, "open"),
    (Path, "write_text"),
    (pq.ParquetWriter, "write_table"),
    (publish.tables.TableFiles, "append"),
]


class Killed(BaseException):
    """The process is gone: not even a `finally` does anything after this."""


class Disk:
    """Stands before every step on disk, counts it, and fails from step `fails_at` on: once, or for good."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails_at: float, for_good: bool) -> None:
        self.names: list[str] = []
        self._fails_at = fails_at
        self._for_good = for_good
        for owner, name in STEPS:
            monkeypatch.setattr(owner, name, self._guarded(name, getattr(owner, name)))

    def _guarded(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*args: Any, **options: Any) -> Any:
            self.names.append(name)
            if self._for_good and len(self.names) >= self._fails_at:
                raise Killed
            if len(self.names) == self._fails_at:
                raise OSError(28, "No space left on device")
            return step(*args, **options)

        return guarded


def edges(names: list[str]) -> list[int]:
    """The numbers, from 1, of the first and the last step of each run of the same kind."""
    neighbours = zip([None, *names], names, [*names[1:], None], strict=False)
    return [
        number for number, (before, name, after) in enumerate(neighbours, start=1) if before != name or name != after
    ]


def publish_second(root: Path) -> None:
    publish_release([made_reading("a"), made_reading("b")], root, SECOND)


def steps_of_a_publish(folder: Path) -> list[str]:
    publish_release([made_reading("a")], folder, FIRST)
    with pytest.MonkeyPatch.context() as monkeypatch:
        disk = Disk(monkeypatch, fails_at=math.inf, for_good=False)
        publish_second(folder)
    return disk.names


def test_a_publish_takes_every_kind_of_step_and_the_pointer_moves_last(tmp_path: Path) -> None:
    names = steps_of_a_publish(tmp_path)
    assert set(names) == {name for _, name in STEPS}
    moved, pointed = names.index("rename"), names.index("replace")
    assert names.count("rename") == names.count("replace") == 1
    assert moved < pointed
    assert names[:moved].count("fsync") >= 18


@pytest.mark.parametrize("for_good", [True, False], ids=["killed", "disk-full"])
def test_a_publish_cut_short_leaves_no_new_version_or_a_whole_one(tmp_path: Path, for_good: bool) -> None:
    names = steps_of_a_publish(tmp_path / "counted")
    publish_release([made_reading("a")], tmp_path / "before", FIRST)
    outcomes = set()
    for fails_at in edges(names):
        root = tmp_path / str(fails_at)
        shutil.copytree(tmp_path / "before", root)
        with pytest.MonkeyPatch.context() as monkeypatch:
            Disk(monkeypatch, fails_at, for_good)
            with suppress(Killed, OSError):
                publish_second(root)
        releases = root / "releases"
        found = [str(version) for version in published_versions(releases)]
        outcomes.add(len(found))
        assert found in ([FIRST], [FIRST, SECOND])
        for version in found:
            verify_release(releases / version)
        assert str(latest_version(releases)) in found

        after = publish_release([made_reading("a"), made_reading("b")], root, THIRD)
        assert after.version == (SECOND if SECOND in found else THIRD)
        assert (releases / "latest").read_text() == f"{after.version}\n"
        left = {path.name for path in releases.iterdir()} - {".lock", ".latest.partial", "latest"}
        assert left == {FIRST, after.version}
    assert outcomes == {1, 2}


@pytest.mark.parametrize("for_good", [True, False], ids=["killed", "disk-full"])
def test_a_dataset_cut_short_has_whole_files_only(tmp_path: Path, for_good: bool) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write_dataset([made_reading("a")], old)
    with pytest.MonkeyPatch.context() as monkeypatch:
        disk = Disk(monkeypatch, fails_at=math.inf, for_good=False)
        write_dataset([made_reading("b")], new)
    for fails_at in edges(disk.names):
        target = tmp_path / str(fails_at)
        shutil.copytree(old, target)
        with pytest.MonkeyPatch.context() as monkeypatch:
            Disk(monkeypatch, fails_at, for_good)
            with suppress(Killed, OSError):
                write_dataset([made_reading("b")], target)
        for file in (path for path in old.rglob("*") if path.is_file()):
            name = file.relative_to(old)
            assert (target / name).read_bytes() in (file.read_bytes(), (new / name).read_bytes())
        write_dataset([made_reading("b")], target)
        assert not (target / ".partial").exists()
