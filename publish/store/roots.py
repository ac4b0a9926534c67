"""Where releases are: a local folder, or a remote root such as `s3://bucket/prefix`. One way to speak of both."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from publish.description.version import Version
from publish.store.release import Release, publish_release
from publish.store.remote import RemoteReleases, publish_remotely
from publish.store.versions import RELEASES, published_versions, version_after
from publish.tables.papers import Paper
from schemas.records import Reading

Root = str | Path


def is_remote(root: Root) -> bool:
    """Whether a root is the address of a store, and no folder."""
    return "://" in str(root)


def versions_at(root: Root, options: Mapping[str, Any] | None = None) -> list[Version]:
    """The versions that are published at a root, oldest first. `options` are those of a remote root's file system."""
    if is_remote(root):
        return RemoteReleases(str(root), options=options).versions()
    return published_versions(Path(root) / RELEASES)


def next_version_at(root: Root, today: date, options: Mapping[str, Any] | None = None) -> str:
    """The name for a release that is made `today` at a root."""
    return version_after(versions_at(root, options), today)


def publish_at(
    papers: Iterable[Reading | Paper],
    root: Root,
    version: str,
    *,
    staging: Path,
    options: Mapping[str, Any] | None = None,
    **publishing: Any,
) -> Release:
    """Publish papers at a root; `staging` is the local folder that a remote one is built in.

    `publishing` and the errors are those of `publish.store.release.publish_release`.
    """
    if is_remote(root):
        return publish_remotely(papers, str(root), version, staging=staging, options=options, **publishing)
    return publish_release(papers, Path(root), version, **publishing)
