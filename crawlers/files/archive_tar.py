"""Tar archives, plain or gzipped: regular files alone, links and devices are passed over."""

import gzip
import io
import tarfile
import zlib

from crawlers.errors import DamagedArchiveError, DecompressionBombError
from crawlers.files.archive_entries import Entry, Opened
from crawlers.files.file_names import decoded
from crawlers.limits import Limits

GZIP = b"\x1f\x8b"
DAMAGED = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, OverflowError)


def open_tar(content: bytes, limits: Limits) -> tuple[Opened, list[Entry]]:
    """An open archive and its members. Raises `DamagedArchiveError` or `DecompressionBombError`."""
    plain = _inflated(content, limits) if content.startswith(GZIP) else content
    try:
        opened = tarfile.TarFile(fileobj=io.BytesIO(plain), encoding="utf-8", errors="surrogateescape")
        files = [info for info in opened.getmembers() if info.isfile()]
    except DAMAGED as error:
        raise DamagedArchiveError(f"{type(error).__name__}: {error}") from error
    ratio = len(content) / max(len(plain), 1)
    return opened, [_entry(opened, info, ratio) for info in files]


def _inflated(content: bytes, limits: Limits) -> bytes:
    most = limits.unpacked_bytes
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            plain = stream.read(most + 1)
    except DAMAGED as error:
        raise DamagedArchiveError(f"{type(error).__name__}: {error}") from error
    if len(plain) > most:
        raise DecompressionBombError(f"{len(content)} bytes unpack to more than {most}")
    return plain


def _entry(opened: tarfile.TarFile, info: tarfile.TarInfo, ratio: float) -> Entry:
    def read() -> bytes:
        try:
            stream = opened.extractfile(info)
            return stream.read() if stream else b""
        except DAMAGED as error:
            raise DamagedArchiveError(f"{type(error).__name__}: {error}") from error

    name = decoded(info.name.encode("utf-8", "surrogateescape"))
    return Entry(name, int(info.size * ratio) + 1, info.size, False, read)
