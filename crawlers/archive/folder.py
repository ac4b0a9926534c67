"""An archive in a folder: what is moved in outlasts a power cut, and what a killed process left is swept out."""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawlers.archive.storage import Storage, storage_errors

PARTIALS = "partial"
ABANDONED_SECONDS = 3600.0
"""A partial file that nobody has written to for so long is of a process that was killed."""
READ_ONLY = 0o444


class FolderStorage(Storage):
    """A folder of this machine: a file is synced, renamed to its key, and then the folder's list of names is synced."""

    @contextmanager
    def partial(self) -> Iterator[Path]:
        """A path on the same file system, of no other process."""
        path = Path(self.root, PARTIALS, uuid.uuid4().hex)
        with storage_errors(self.root):
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def move_in(self, partial: Path, key: str) -> None:
        """One rename; the file cannot be written to any more."""
        target = Path(self.place(key))
        with storage_errors(self.root):
            partial.chmod(READ_ONLY)
            _sync(partial)
            _make_folder(target.parent)
            partial.replace(target)
            _sync(target.parent)

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        """The file itself."""
        path = Path(self.place(key))
        if not path.is_file():
            raise FileNotFoundError(path)
        yield path

    def sweep(self, older_than_seconds: float = ABANDONED_SECONDS) -> int:
        """Remove the partial files that are abandoned; returns how many."""
        abandoned = time.time() - older_than_seconds
        removed = 0
        for path in Path(self.root, PARTIALS).glob("*"):
            if _changed(path) < abandoned:
                path.unlink(missing_ok=True)
                removed += 1
        return removed


def _changed(path: Path) -> float:
    """When it was written to last; never, from the view of a sweep, where its owner took it away just now."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _make_folder(folder: Path) -> None:
    """The folder with its parents, each one's name on disk in the one above."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
