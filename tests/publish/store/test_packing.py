import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from publish.store.catalogue import verified
from publish.store.packing import SUMS, pack, packed_name
from publish.store.release import publish_release
from schemas.errors import WrongUseError
from tests.publish.made_readings import made_reading


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return publish_release([made_reading("a"), made_reading("b")], tmp_path, "2026.3.5").folder


def test_a_packed_release_is_sound_and_its_sums_are_those_that_sha256sum_reads(release: Path, tmp_path: Path) -> None:
    target = pack(release, tmp_path / packed_name(release))
    assert target.name == "gongkai-2026.3.5.zip"
    assert verified(target) == []
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path / "out")
    folder = tmp_path / "out" / "gongkai-2026.3.5"
    told = subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=folder, capture_output=True, check=False)
    assert told.returncode == 0, told.stdout
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    listed = {line.split("  ")[1] for line in (folder / SUMS).read_text("utf-8").splitlines()}
    assert there - {SUMS} == listed


def test_the_same_release_is_packed_the_same_and_never_over_another_file(release: Path, tmp_path: Path) -> None:
    first, second = pack(release, tmp_path / "a.zip"), pack(release, tmp_path / "b.zip")
    assert first.read_bytes() == second.read_bytes()
    with pytest.raises(WrongUseError, match="there already"):
        pack(release, first)


def test_a_forged_file_in_a_zip_is_found(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release, tmp_path / "2026.3.6")
    (tmp_path / "2026.3.6" / "CHANGELOG.md").write_text("forged")
    with pytest.raises(WrongUseError, match=f"not as {SUMS} says: CHANGELOG.md"):
        verified(pack(tmp_path / "2026.3.6", tmp_path / "c.zip"))


def test_another_zip_is_no_release(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(WrongUseError, match="no packed release"):
        verified(tmp_path / "x.zip")
