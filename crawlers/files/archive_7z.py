"""7z archives, by py7zr in memory: members of one block are unpacked together, so all are when one is asked for."""

import io
import lzma
from functools import lru_cache
from typing import Any

import py7zr
from py7zr.exceptions import ArchiveError, CrcError, InternalError, PasswordRequired, UnsupportedCompressionMethodError
from py7zr.io import BytesIOFactory

from crawlers.errors import ArchiveLimitError, DamagedArchiveError, DecompressionBombError, EncryptedArchiveError
from crawlers.files.archive_entries import Entry, Opened
from crawlers.limits import Limits

DAMAGED = (
    ArchiveError, CrcError, InternalError, UnsupportedCompressionMethodError, lzma.LZMAError, EOFError, ValueError,
    TypeError, KeyError, IndexError, AttributeError, OSError, OverflowError, AssertionError,
)  # fmt: skip
"""What py7zr raises over damaged archives: it takes headers at their word."""


def open_7z(content: bytes, limits: Limits) -> tuple[Opened, list[Entry]]:
    """An open archive and its members. Raises `DamagedArchiveError`, `EncryptedArchiveError` or a limit's error."""
    try:
        opened = py7zr.SevenZipFile(io.BytesIO(content))
        locked = opened.needs_password()
        files = [info for info in opened.list() if not info.is_directory]
    except PasswordRequired as error:
        raise EncryptedArchiveError(str(error)) from error
    except DAMAGED as error:
        raise DamagedArchiveError(f"{type(error).__name__}: {error}") from error
    if len(files) > limits.members:
        raise ArchiveLimitError(f"{len(files)} members, at most {limits.members}")
    if (whole := sum(info.uncompressed or 0 for info in files)) > limits.unpacked_bytes:
        raise DecompressionBombError(f"{len(content)} bytes unpack to {whole}")
    members = _Members(opened, limits.unpacked_bytes)
    packed = len(content) // max(len(files), 1)
    return opened, [
        Entry(info.filename, packed, info.uncompressed or 0, locked, lambda name=info.filename: members.read(name))  # type: ignore[misc]
        for info in files
    ]


class _Members:
    """The members of an archive, unpacked once."""

    def __init__(self, opened: Any, limit: int) -> None:
        self._opened = opened
        self._all = lru_cache(1)(lambda: self._unpacked(limit))

    def read(self, name: str) -> bytes:
        """A member's bytes."""
        found = self._all()
        if name not in found:
            raise DamagedArchiveError(f"{name} is in its directory alone")
        return found[name]

    def _unpacked(self, limit: int) -> dict[str, bytes]:
        factory = BytesIOFactory(limit)
        try:
            self._opened.reset()
            self._opened.extractall(factory=factory)
        except PasswordRequired as error:
            raise EncryptedArchiveError(str(error)) from error
        except DAMAGED as error:
            raise DamagedArchiveError(f"{type(error).__name__}: {error}") from error
        return {name: product.read() for name, product in factory.products.items()}
