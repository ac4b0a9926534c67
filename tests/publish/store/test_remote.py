"""Releases on an S3 server, which the tests start on loopback (moto's), and what a kill leaves there at every step."""

import math
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import s3fs
from moto.server import ThreadedMotoServer

from publish.description.package import DESCRIPTOR
from publish.errors import ReleaseDamagedError, VersionExistsError
from publish.store.release import Release
from publish.store.remote import RemoteReleases
from publish.store.roots import is_remote, next_version_at, publish_at, versions_at
from publish.store.verification import verify_release
from publish.tables.pieces import Layout
from schemas.records import Reading
from tests.kinds import thorough
from tests.publish.made_readings import made_reading
from tests.publish.steps import Steps

FIRST, SECOND, THIRD = "2026.3.5", "2026.3.6", "2026.3.7"
PIECES = Layout(most_rows=4, least=1, average=1, most=1)
BUCKET = "gongkai"

EARLIER = [replace(made_reading(seed), findings=(), narrative_facts=(), disclosure=()) for seed in "ab"]
LATER = [*EARLIER, replace(made_reading("c"), findings=(), narrative_facts=(), disclosure=())]

REMOTE_STEPS = ("_put_file", "_cp_file", "_pipe_file", "_rm")


class KilledError(Exception):
    """The process is gone. fsspec's loop hands on nothing but an `Exception`."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def options(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    yield {"endpoint_url": endpoint, "key": "test", "secret": "test"}
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def files(options: dict[str, Any]) -> Iterator[s3fs.S3FileSystem]:
    found = s3fs.S3FileSystem(**options, use_listings_cache=False)
    with suppress(FileNotFoundError):
        found.rm(BUCKET, recursive=True)
    found.mkdir(BUCKET)
    yield found
    with suppress(FileNotFoundError):
        found.rm(BUCKET, recursive=True)


@pytest.fixture
def published(options: dict[str, Any], files: s3fs.S3FileSystem) -> Callable[..., Release]:
    def publish(
        readings: list[Reading], version: str, staging: Path, root: str = f"s3://{BUCKET}/data", **other: Any
    ) -> Release:
        more = {"layout": PIECES, "workers": 1, "derived": (), **other}
        return publish_at(readings, root, version, staging=staging, options=options, **more)

    return publish


def downloaded(files: s3fs.S3FileSystem, version: str, folder: Path, root: str = f"{BUCKET}/data") -> Path:
    """A version as a user gets it."""
    for path in files.find(f"{root}/releases/{version}"):
        target = folder / path.removeprefix(f"{root}/releases/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files.cat_file(path))
    return folder / version


def names(files: s3fs.S3FileSystem, root: str = f"{BUCKET}/data") -> set[str]:
    return {path.rpartition("/")[2] for path in files.ls(f"{root}/releases", detail=False)}


def test_a_root_is_remote_by_its_scheme() -> None:
    assert is_remote("s3://bucket/data")
    assert not is_remote(Path("output"))
    assert not is_remote("output")


def test_a_release_arrives_whole_with_its_pointer(
    published: Callable[..., Release], files: s3fs.S3FileSystem, options: dict[str, Any], tmp_path: Path
) -> None:
    release = published(EARLIER, FIRST, tmp_path / "staging")
    assert (release.url, release.is_new) == (f"s3://{BUCKET}/data/releases/{FIRST}", True)
    verify_release(downloaded(files, FIRST, tmp_path / "user"))
    assert files.cat_file(f"{BUCKET}/data/releases/latest") == f"{FIRST}\n".encode()
    root = f"s3://{BUCKET}/data"
    assert [str(version) for version in versions_at(root, options)] == [FIRST]
    assert next_version_at(root, date(2026, 3, 5), options) == "2026.3.5.2"


def test_what_has_not_changed_is_copied_by_the_server(
    published: Callable[..., Release], files: s3fs.S3FileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(EARLIER, FIRST, tmp_path / "staging")
    sent: list[str] = []
    put_file = s3fs.S3FileSystem._put_file

    async def noted(self: s3fs.S3FileSystem, here: str, there: str, **more: Any) -> None:
        sent.append(there)
        await put_file(self, here, there, **more)

    monkeypatch.setattr(s3fs.S3FileSystem, "_put_file", noted)
    s3fs.S3FileSystem.clear_instance_cache()
    published(LATER, SECOND, tmp_path / "staging")
    verify_release(downloaded(files, SECOND, tmp_path / "user"))
    linked = [path for path in files.find(f"{BUCKET}/data/releases/{SECOND}") if path not in sent]
    assert [path for path in linked if "/parquet/line_items/" in path]
    assert f"{BUCKET}/data/releases/{SECOND}/csv/classifications.csv" in linked
    assert f"{BUCKET}/data/releases/{SECOND}/csv/line_items/fiscal_year=2023.csv" in sent
    staged = {path.name for path in (tmp_path / "staging" / "releases").iterdir() if path.is_dir()}
    assert staged == {SECOND}  # the local folder keeps the newest alone


def test_an_empty_staging_folder_fetches_the_newest_and_gives_the_same_bytes(
    published: Callable[..., Release], files: s3fs.S3FileSystem, tmp_path: Path
) -> None:
    published(EARLIER, FIRST, tmp_path / "one")
    published(LATER, SECOND, tmp_path / "other")
    rerun = f"s3://{BUCKET}/again"
    published(EARLIER, FIRST, tmp_path / "third", rerun)
    published(LATER, SECOND, tmp_path / "third", rerun)
    one = downloaded(files, SECOND, tmp_path / "user")
    other = downloaded(files, SECOND, tmp_path / "again", f"{BUCKET}/again")
    paths = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert paths
    assert all((one / path).read_bytes() == (other / path).read_bytes() for path in paths)


def test_the_same_content_is_not_published_again(
    published: Callable[..., Release], files: s3fs.S3FileSystem, tmp_path: Path
) -> None:
    published(EARLIER, FIRST, tmp_path / "one")
    rerun = published(EARLIER[::-1], SECOND, tmp_path / "other")
    assert (rerun.version, rerun.is_new) == (FIRST, False)
    assert names(files) == {FIRST, "latest"}


def test_a_version_that_is_there_is_refused_and_stays(
    published: Callable[..., Release], files: s3fs.S3FileSystem, tmp_path: Path
) -> None:
    published(EARLIER, FIRST, tmp_path / "one")
    before = downloaded(files, FIRST, tmp_path / "before")
    with pytest.raises(VersionExistsError):
        published(LATER, FIRST, tmp_path / "one")
    after = downloaded(files, FIRST, tmp_path / "after")
    assert (after / DESCRIPTOR).read_bytes() == (before / DESCRIPTOR).read_bytes()


def test_of_two_publishers_the_second_finds_the_descriptor(
    published: Callable[..., Release], options: dict[str, Any], tmp_path: Path
) -> None:
    release = published(EARLIER, FIRST, tmp_path / "one")
    with pytest.raises(VersionExistsError, match="meanwhile"):
        RemoteReleases(f"s3://{BUCKET}/data", 1, options).put(release.folder, None)


def test_a_file_that_does_not_arrive_whole_is_told(
    published: Callable[..., Release], files: s3fs.S3FileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def put_half(self: s3fs.S3FileSystem, here: str, there: str, **more: Any) -> None:
        content = Path(here).read_bytes()
        await self._pipe_file(there, content[: len(content) // 2])

    monkeypatch.setattr(s3fs.S3FileSystem, "_put_file", put_half)
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(ReleaseDamagedError, match="have arrived"):
        published(EARLIER, FIRST, tmp_path / "one")
    monkeypatch.undo()
    assert "latest" not in names(files)


def wire_of(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Every step that changes the store, counted."""
    wire = Steps(monkeypatch, [(s3fs.S3FileSystem, name) for name in REMOTE_STEPS], KilledError)
    s3fs.S3FileSystem.clear_instance_cache()  # an instance keeps the steps that it was made with
    return wire


@pytest.mark.parametrize("one_in", [9, pytest.param(1, marks=thorough)])
def test_a_kill_at_any_step_leaves_whole_versions_and_no_debris_for_the_next(  # noqa: PLR0917  pytest hands fixtures by name
    published: Callable[..., Release],
    files: s3fs.S3FileSystem,
    options: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    one_in: int,
) -> None:
    """Of a tiny release, whose tables have one file each; the last steps are always among those that fail."""
    root, releases, wire = f"s3://{BUCKET}/data", f"{BUCKET}/data/releases", wire_of(monkeypatch)
    earlier, later, whole = EARLIER[:1], [EARLIER[0], LATER[-1]], {"layout": Layout()}
    published(earlier, FIRST, tmp_path / "staging", **whole)
    shutil.copytree(tmp_path / "staging", tmp_path / "counted")
    wire.will_fail_at(math.inf)
    published(later, SECOND, tmp_path / "counted", **whole)
    steps = wire.names
    assert {*steps} == {"_put_file", "_cp_file", "_pipe_file"}
    assert steps[-2:] == ["_pipe_file", "_pipe_file"]  # the descriptor, then the pointer
    outcomes = set()
    for fails_at in sorted({*range(1, len(steps) + 1, one_in), len(steps) - 1, len(steps)}):
        back_to_the_first(files, releases)
        staging = tmp_path / f"staging-{fails_at}"
        shutil.copytree(tmp_path / "staging", staging)
        wire.will_fail_at(fails_at)
        with pytest.raises(KilledError):
            published(later, SECOND, staging, **whole)
        wire.will_fail_at(math.inf)
        found = [str(version) for version in versions_at(root, options)]
        outcomes.add(len(found))
        assert found in ([FIRST], [FIRST, SECOND])
        assert files.cat_file(f"{releases}/latest").decode().strip() in found

        after = published(later, THIRD, staging, **whole)
        assert after.version == (SECOND if SECOND in found else THIRD)
        assert names(files) == {FIRST, after.version, "latest"}
        assert files.cat_file(f"{releases}/latest") == f"{after.version}\n".encode()
        arrived = {path.partition(f"/{after.version}/")[2] for path in files.find(f"{releases}/{after.version}")}
        assert arrived == {
            path.relative_to(after.folder).as_posix() for path in after.folder.rglob("*") if path.is_file()
        }
    assert outcomes == {1, 2}


def test_a_kill_while_debris_is_removed_leaves_it_for_the_next(
    published: Callable[..., Release],
    files: s3fs.S3FileSystem,
    options: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published(EARLIER, FIRST, tmp_path / "staging")
    files.pipe_file(f"{BUCKET}/data/releases/{SECOND}/csv/cells.csv", b"cut short")
    wire = wire_of(monkeypatch)
    for fails_at in (1, 2):
        wire.will_fail_at(fails_at)
        with pytest.raises(KilledError):
            published(LATER, THIRD, tmp_path / "staging")
        assert wire.names[0] == "_rm"
        assert [str(version) for version in versions_at(f"s3://{BUCKET}/data", options)] == [FIRST]
    wire.will_fail_at(math.inf)
    assert published(LATER, THIRD, tmp_path / "staging").version == THIRD
    assert names(files) == {FIRST, THIRD, "latest"}


def back_to_the_first(files: s3fs.S3FileSystem, releases: str) -> None:
    for version in (SECOND, THIRD):
        with suppress(FileNotFoundError):
            files.rm(f"{releases}/{version}", recursive=True)
    files.pipe_file(f"{releases}/latest", f"{FIRST}\n".encode())
