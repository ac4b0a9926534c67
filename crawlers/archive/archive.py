"""The archive: every file that was fetched, under the hash of its bytes, with where and when each time.

sha256/ab/cd/<document_id>                       the bytes, never changed once there
captures/ab/cd/<document_id>/<capture>.json      each fetch that gave them: a `schemas.captures.Capture`
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import FileIO
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import fsspec  # type: ignore[import-untyped]

from crawlers.archive.capture_records import from_json, to_json
from crawlers.archive.errors import DocumentDamagedError, NoSuchDocumentError
from crawlers.archive.folder import FolderStorage
from crawlers.archive.keys import CAPTURES, DOCUMENTS, capture_key, captures_folder, document_key
from crawlers.archive.storage import Storage, storage_errors
from schemas.captures import Capture

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is in the archive; `is_new` is False where it was there before."""

    document_id: str
    size_bytes: int
    is_new: bool


class Archive:
    """A content-addressed store in a folder or an `s3://` bucket. All raise the errors of `crawlers.archive.errors`."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @classmethod
    def open(cls, url: str) -> "Archive":
        """The archive at a folder's path, `file://…` or `s3://bucket/prefix` (its endpoint: AWS_ENDPOINT_URL).

        A folder is made at the first file; a bucket must be there. Nothing is asked of the store yet.
        """
        with storage_errors(url):
            files, root = fsspec.core.url_to_fs(url, use_listings_cache=False)  # others write to the store, too
        if not getattr(files, "local_file", False):
            return cls(Storage(files, root))
        folder = FolderStorage(files, root)
        with storage_errors(root):
            folder.sweep()
        return cls(folder)

    def put(self, chunks: Iterable[bytes] | bytes) -> Stored:
        """Take in a file, whole or not at all; it is safe on disk on return. An error of `chunks` passes through."""
        pieces = (chunks,) if isinstance(chunks, bytes) else chunks
        with self._storage.partial() as partial:
            document_id, size_bytes = _spool(pieces, partial)
            key = document_key(document_id)
            is_new = self._storage.size(key) != size_bytes  # one that is there but was cut short is replaced
            if is_new:
                self._storage.move_in(partial, key)
        return Stored(document_id, size_bytes, is_new)

    def keep_capture(self, capture: Capture) -> None:
        """Write down one fetch beside its document, whole or not at all; again is no change."""
        data, key = to_json(capture), capture_key(capture)
        if self._storage.size(key) == len(data):
            return
        with self._storage.partial() as partial:
            with storage_errors(str(partial)):
                partial.write_bytes(data)
            self._storage.move_in(partial, key)

    def exists(self, document_id: str) -> bool:
        """Whether the archive has it."""
        return self._storage.size(document_key(document_id)) is not None

    def open_document(self, document_id: str) -> BinaryIO:
        """Its bytes as a stream. Raises `NoSuchDocumentError`."""
        with _asked_for(document_id):
            return self._storage.open(document_key(document_id))

    @contextmanager
    def local_path(self, document_id: str) -> Iterator[Path]:
        """A path for readers, its bytes checked: the file itself, or a temporary copy that is removed afterwards.

        Raises `NoSuchDocumentError`, `DocumentDamagedError`.
        """
        with ExitStack() as lent:
            with _asked_for(document_id):
                path = lent.enter_context(self._storage.local_path(document_key(document_id)))
            with storage_errors(str(path)), path.open("rb") as stream:
                _check(stream, document_id)
            yield path

    def verify(self, document_id: str) -> int:
        """Read it all, and return its size in bytes. Raises `NoSuchDocumentError`, `DocumentDamagedError`."""
        with self.open_document(document_id) as stream, storage_errors(document_id):
            _check(stream, document_id)
            return stream.tell()

    def document_ids(self) -> Iterator[str]:
        """All documents, ascending."""
        return (key.rpartition("/")[2] for key in self._storage.keys(DOCUMENTS))

    def captures(self, document_id: str) -> tuple[Capture, ...]:
        """The fetches that gave this document, oldest first. Raises `CaptureDamagedError`."""
        return self._read(self._storage.keys(captures_folder(document_id)))

    def all_captures(self) -> Iterator[Capture]:
        """Every capture, by ascending document, oldest first: what a ledger can be rebuilt from."""
        for _, keys in groupby(self._storage.keys(CAPTURES), key=lambda key: key.rpartition("/")[0]):
            yield from self._read(keys)

    def _read(self, keys: Iterable[str]) -> tuple[Capture, ...]:
        found = (from_json(self._storage.read(key), key) for key in keys)
        return tuple(sorted(found, key=lambda each: (each.fetched_at, each.portal, each.paper.url, each.member or "")))


def _spool(chunks: Iterable[bytes], partial: Path) -> tuple[str, int]:
    """Write the chunks down as they come; returns their SHA-256 and how many bytes they are."""
    digest, size_bytes = hashlib.sha256(), 0
    with storage_errors(str(partial)):
        stream = partial.open("wb", buffering=0)  # so that closing has nothing left to write, and nothing to fail at
    with stream:
        for chunk in chunks:
            digest.update(chunk)
            size_bytes += len(chunk)
            with storage_errors(str(partial)):
                _write_whole(chunk, stream)
    return digest.hexdigest(), size_bytes


def _write_whole(data: bytes, stream: FileIO) -> None:
    """Write on where the disk took a part; where it is full, the next part raises."""
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]


@contextmanager
def _asked_for(document_id: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NoSuchDocumentError(document_id) from error


def _check(stream: BinaryIO, document_id: str) -> None:
    """Read to the end. Raises `DocumentDamagedError` where the bytes are not those of their name."""
    digest = hashlib.sha256()
    while chunk := stream.read(MEBIBYTE):
        digest.update(chunk)
    if digest.hexdigest() != document_id:
        raise DocumentDamagedError(f"{document_id}: SHA-256 {digest.hexdigest()}, {stream.tell()} bytes")
