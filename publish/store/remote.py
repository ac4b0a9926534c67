"""Releases on a remote root, `s3://bucket/prefix` or whatever else fsspec knows.

A release is built, verified and published in a local staging folder, and then put beside its predecessors. There is no
rename on S3, so a version's files go under its own prefix first, `datapackage.json` is the last of them and makes it a
release, and the pointer `latest` moves last of all. Files that the release before has are copied there, by the server.
A version without its descriptor is debris of a publish that was cut short; the next one removes it.

One publisher at a time: the staging folder has a lock, and of two who publish from two machines the second finds that
the descriptor is there already, where the server knows conditional writes.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import fsspec  # type: ignore[import-untyped]

from publish.description.package import DESCRIPTOR, files_of, read_descriptor
from publish.description.version import Version
from publish.errors import ReleaseDamagedError, VersionExistsError
from publish.store.building import CORES, executor
from publish.store.release import Release, only_publisher, publish_release
from publish.store.verification import verify_release
from publish.store.versions import POINTER, RELEASES, accepted_version, published_versions, versions_among
from publish.tables.durable import scratch_folder, sync_tree
from publish.tables.papers import Paper
from schemas.records import Reading

FETCHING = ".fetching"
OF_THE_REMOTE = "remote"
"""A folder of the staging folder whose lock is held as long as the remote root is written to."""


class RemoteReleases:
    """The folder `releases` of a remote root; `options` are those of its fsspec file system, such as `endpoint_url`."""

    def __init__(self, root: str, workers: int = CORES, options: Mapping[str, Any] | None = None) -> None:
        asked = {"use_listings_cache": False, **(options or {})}  # others write there, too
        self._files, path = fsspec.core.url_to_fs(root, **asked)
        self.url = f"{root.rstrip('/')}/{RELEASES}"
        self._folder = f"{path.rstrip('/')}/{RELEASES}"
        self._workers = workers

    def versions(self) -> list[Version]:
        """The versions that are there as a whole, oldest first."""
        return self._whole(self._begun())

    def remove_debris(self) -> None:
        """Remove what a publish that was cut short has left."""
        begun = self._begun()
        for version in set(begun) - set(self._whole(begun)):
            self._files.rm(self._at(version), recursive=True)

    def descriptor(self, version: Version) -> bytes:
        """The bytes of a version's `datapackage.json`."""
        content: bytes = self._files.cat_file(self._at(version, DESCRIPTOR))
        return content

    def fetch(self, version: Version, releases: Path) -> None:
        """Copy a version into a local folder of releases, verified; it appears there whole or not at all."""
        with scratch_folder(releases / FETCHING) as scratch:
            folder = scratch / str(version)
            folder.mkdir()
            (folder / DESCRIPTOR).write_bytes(self.descriptor(version))
            paths = list(files_of(read_descriptor(folder)))
            for parent in {(folder / path).parent for path in paths}:
                parent.mkdir(parents=True, exist_ok=True)
            self._each(lambda path: self._files.get_file(self._at(version, path), str(folder / path)), paths)
            verify_release(folder)
            sync_tree(folder)
            folder.rename(releases / str(version))

    def fetch_description(self, version: Version, scratch: Path, files: Iterable[str]) -> Path:
        """Copy a version's descriptor, and those of `files` that it has, into a folder of its name under `scratch`."""
        folder = scratch / str(version)
        folder.mkdir()
        (folder / DESCRIPTOR).write_bytes(self.descriptor(version))
        for name in files_of(read_descriptor(folder)).keys() & set(files):
            self._files.get_file(self._at(version, name), str(folder / name))
        return folder

    def put_beside(self, name: str, content: bytes) -> None:
        """Put a small file beside the versions, in place of what is there."""
        self._files.pipe_file(f"{self._folder}/{name}", content)

    def put(self, release: Path, previous: Path | None) -> None:
        """Put a release there: its files, then its descriptor. Raises `VersionExistsError`, `ReleaseDamagedError`.

        Files that `previous` has with the same bytes are copied from it by the server.
        """
        version, described = Version.parse(release.name), _hashes(release)
        assert version is not None
        there = _hashes(previous) if previous else {}

        def put_file(path: str) -> None:
            if previous and there.get(path) == described[path]:
                self._files.cp_file(f"{self._folder}/{previous.name}/{path}", self._at(version, path))
            else:
                self._files.put_file(str(release / path), self._at(version, path))

        self._each(put_file, described)
        self._compare_sizes(release, version, described)
        try:
            content = (release / DESCRIPTOR).read_bytes()
            self._files.pipe_file(self._at(version, DESCRIPTOR), content, mode="create")
        except FileExistsError as error:
            raise VersionExistsError(f"{version} has been published meanwhile") from error

    def point_to_newest(self) -> None:
        """Let `latest` name the newest version. Does nothing where it does so already, or there is none."""
        newest, pointer = max(self.versions(), default=None), f"{self._folder}/{POINTER}"
        content = f"{newest}\n".encode()
        if newest and not (self._files.exists(pointer) and self._files.cat_file(pointer) == content):
            self._files.pipe_file(pointer, content)

    def _begun(self) -> list[Version]:
        try:
            listed = self._files.ls(self._folder, detail=False)
        except FileNotFoundError:
            return []
        return versions_among([path.rstrip("/").rpartition("/")[2] for path in listed])

    def _whole(self, versions: Iterable[Version]) -> list[Version]:
        return [version for version in versions if self._files.exists(self._at(version, DESCRIPTOR))]

    def _at(self, version: Version, path: str = "") -> str:
        return f"{self._folder}/{version}" + (f"/{path}" if path else "")

    def _each(self, function: Callable[[str], None], paths: Iterable[str]) -> None:
        with executor(self._workers) as pool:
            for future in [pool.submit(function, path) for path in paths]:
                future.result()

    def _compare_sizes(self, release: Path, version: Version, paths: Iterable[str]) -> None:
        found = self._files.find(self._at(version), detail=True)
        for path in paths:
            size = found.get(self._at(version, path), {}).get("size")
            if size != (release / path).stat().st_size:
                raise ReleaseDamagedError(release / path, f"{size} bytes of it have arrived at {self.url}/{version}")


def publish_remotely(
    papers: Iterable[Reading | Paper],
    root: str,
    version: str,
    *,
    staging: Path,
    options: Mapping[str, Any] | None = None,
    workers: int = CORES,
    **publishing: Any,
) -> Release:
    """Publish the papers as `<root>/releases/<version>`, through a local folder that keeps the newest release.

    `staging` may be empty at first: it then fetches the newest release. `publishing` and the errors are those of
    `publish.store.release.publish_release`.
    """
    remote, releases = RemoteReleases(root, workers, options), staging / RELEASES
    for folder in (releases, staging / OF_THE_REMOTE):
        folder.mkdir(parents=True, exist_ok=True)
    with only_publisher(staging / OF_THE_REMOTE):
        remote.remove_debris()
        remote.point_to_newest()
        published = remote.versions()
        accepted_version(version, published)
        previous = _bring_into_step(releases, remote, published)
        release = publish_release(papers, staging, version, workers=workers, **publishing)
        if release.is_new:
            remote.put(release.folder, previous)
            remote.point_to_newest()
            if previous:
                shutil.rmtree(previous)
    return replace(release, url=f"{remote.url}/{release.version}")


def _bring_into_step(releases: Path, remote: RemoteReleases, published: list[Version]) -> Path | None:
    """Let the local folder have the newest remote release and no other; its folder, None where there is none."""
    newest = published[-1] if published else None
    for version in published_versions(releases):
        descriptor = releases / str(version) / DESCRIPTOR
        if version != newest or not descriptor.is_file() or descriptor.read_bytes() != remote.descriptor(version):
            shutil.rmtree(releases / str(version))
    (releases / POINTER).unlink(missing_ok=True)
    if newest and newest not in published_versions(releases):
        remote.fetch(newest, releases)
    return releases / str(newest) if newest else None


def _hashes(release: Path) -> dict[str, str]:
    return {path: known["hash"] for path, known in files_of(read_descriptor(release)).items()}
