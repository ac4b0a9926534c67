"""A table's CSV file, put together from pieces: each is rendered anew, or copied as bytes from the release before.

A piece's CRC-32 goes with it from release to release, so that one reading of the finished file both gives its SHA-256
and shows that every piece of it, new or copied, is on disk as it was meant.
"""

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from publish.errors import ReleaseDamagedError
from publish.tables.csv_text import csv_header
from schemas.dataset import Table

CHUNK_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class CsvPiece:
    """A run of whole lines of a CSV file: where it begins, its size in bytes, and its CRC-32."""

    offset: int
    size: int
    crc32: int


class CsvFile:
    """A CSV file while it is written, piece after piece; a context that closes it."""

    def __init__(self, table: Table, path: Path) -> None:
        self._stream = path.open("wb", buffering=0)
        header = csv_header(table)
        self._stream.write(header)
        self._end = len(header)

    def write(self, texts: Iterable[bytes | memoryview]) -> CsvPiece:
        """Add a piece that has just been rendered."""
        start, crc = self._end, 0
        for text in texts:
            _write_all(self._stream.fileno(), text)
            crc = zlib.crc32(text, crc)
            self._end += len(text)
        return CsvPiece(start, self._end - start, crc)

    def copy(self, source: Path, piece: CsvPiece) -> CsvPiece:
        """Add a piece of another CSV file, in the kernel where it can."""
        with source.open("rb") as other:
            _copy_range(other.fileno(), self._stream.fileno(), piece.offset, piece.size)
        copied = CsvPiece(self._end, piece.size, piece.crc32)
        self._end += piece.size
        return copied

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()


def verified_sha256(path: Path, pieces: Iterable[CsvPiece]) -> str:
    """A file's SHA-256 in hex. Raises `ReleaseDamagedError` where a piece is not what was written or copied."""
    digest = sha256()
    with path.open("rb", buffering=0) as stream:
        for piece in pieces:
            for chunk in _chunks(stream.fileno(), piece.offset - stream.tell()):
                digest.update(chunk)
            crc = 0
            for chunk in _chunks(stream.fileno(), piece.size):
                digest.update(chunk)
                crc = zlib.crc32(chunk, crc)
            if crc != piece.crc32:
                place = f"bytes {piece.offset} to {stream.tell()}"
                raise ReleaseDamagedError(path, f"{place} are not those that were written")
        while rest := stream.read(CHUNK_BYTES):
            digest.update(rest)
    return digest.hexdigest()


def _chunks(descriptor: int, size: int) -> Iterator[bytes]:
    """The next `size` bytes; fewer where the file ends before."""
    while size > 0 and (chunk := os.read(descriptor, min(size, CHUNK_BYTES))):
        size -= len(chunk)
        yield chunk


def _write_all(descriptor: int, data: bytes | memoryview) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _copy_range(source: int, target: int, offset: int, size: int) -> None:
    end = offset + size
    while offset < end:
        copied = _copy_some(source, target, offset, end - offset)
        if not copied:
            raise OSError(f"the file to copy from ends {end - offset} bytes early")
        offset += copied


def _copy_some(source: int, target: int, offset: int, size: int) -> int:
    try:
        return os.copy_file_range(source, target, size, offset)
    except OSError:  # other file systems, old kernels
        return os.write(target, os.pread(source, min(size, CHUNK_BYTES), offset))
