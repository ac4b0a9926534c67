"""Keys and bytes in any store that fsspec knows; one that is remote makes an object visible whole or not at all."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from fsspec import AbstractFileSystem  # type: ignore[import-untyped]

from crawlers.archive.errors import ArchiveError, ArchiveFullError, ArchiveUnreachableError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def storage_errors(place: str) -> Iterator[None]:
    """Whatever a store's library raises, as an error of the archive; a `FileNotFoundError` is left to the caller.

    Each store has exceptions of its own (botocore's are not even `OSError`), so none can be named here.
    """
    try:
        yield
    except (ArchiveError, FileNotFoundError):
        raise
    except OSError as error:
        kind = ArchiveFullError if error.errno in FULL else ArchiveUnreachableError
        raise kind(f"{place}: {error.strerror or error}") from error
    except Exception as error:
        raise ArchiveUnreachableError(f"{place}: {error}") from error


class Storage:
    """A store under a root; keys are relative to it. Raises `ArchiveUnreachableError` and `ArchiveFullError`."""

    def __init__(self, files: AbstractFileSystem, root: str) -> None:
        self.files = files
        self.root = root.rstrip("/")

    def place(self, key: str) -> str:
        """The whole name of a key in the store."""
        return f"{self.root}/{key}"

    @contextmanager
    def partial(self) -> Iterator[Path]:
        """A path for a file that grows before it has a name; it is gone afterwards, moved in or not."""
        with tempfile.TemporaryDirectory(prefix="gongkai-archive-") as folder:
            yield Path(folder, "partial")

    def move_in(self, partial: Path, key: str) -> None:
        """Let a whole file appear under a key. An upload that is cut short leaves nothing that can be seen."""
        try:
            with storage_errors(self.root):
                self.files.put_file(str(partial), self.place(key))
        except FileNotFoundError as error:
            raise ArchiveUnreachableError(f"{self.root}: {error}") from error

    def size(self, key: str) -> int | None:
        """How many bytes are under a key, None where nothing is."""
        try:
            with storage_errors(self.root):
                return cast(int, self.files.info(self.place(key))["size"])
        except FileNotFoundError:
            return None

    def open(self, key: str) -> BinaryIO:
        """The bytes under a key. Raises `FileNotFoundError`."""
        with storage_errors(self.root):
            return cast(BinaryIO, self.files.open(self.place(key), "rb"))

    def read(self, key: str) -> bytes:
        """All bytes under a key. Raises `FileNotFoundError`."""
        with storage_errors(self.root):
            return cast(bytes, self.files.cat_file(self.place(key)))

    def keys(self, folder: str) -> Iterator[str]:
        """All keys under a folder, ascending; the names of one of its sub-folders are in memory at a time."""
        for name in self._names_in(folder):
            with storage_errors(self.root):
                found = sorted(self.files.find(name))
            yield from (found_name.removeprefix(f"{self.root}/") for found_name in found)

    def _names_in(self, folder: str) -> list[str]:
        try:
            with storage_errors(self.root):
                return sorted(self.files.ls(self.place(folder), detail=False))
        except FileNotFoundError:
            return []

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        """The file under a key as a temporary copy. Raises `FileNotFoundError`."""
        with self.partial() as copy:
            with storage_errors(self.root):
                self.files.get_file(self.place(key), str(copy))
            yield copy
