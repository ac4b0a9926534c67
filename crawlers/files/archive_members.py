"""The papers within a zip, rar, 7z, tar or PDF, with their names decoded, within limits: count, bytes, ratio, nesting.

Everything stays in memory and nothing is extracted to a path, so that a member's name can do no harm.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import rarfile  # type: ignore[import-untyped]

from crawlers.errors import (
    ArchiveLimitError,
    DamagedArchiveError,
    DecompressionBombError,
    EncryptedArchiveError,
    FetchError,
    NoRarToolError,
)
from crawlers.files.archive_7z import open_7z
from crawlers.files.archive_entries import Entry, Opened
from crawlers.files.archive_tar import open_tar
from crawlers.files.completeness import check_complete
from crawlers.files.file_names import cleaned, decoded
from crawlers.files.media_types import CONTAINERS, PAPERS, Media, may_carry_files, sniff
from crawlers.limits import Limits

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field, APPNOTE 4.6.9
# Read in pieces: a single read() inflates all of a member at once, whatever length its directory claims.
_CHUNK_BYTES = 1 << 20
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
_NO_TOOL = (rarfile.RarCannotExec,)
_RAR_LOCKED = (rarfile.PasswordRequired, rarfile.RarWrongPassword, rarfile.NoCrypto)


@dataclass(frozen=True, slots=True)
class Member:
    """A paper within an archive: its cleaned path there, `/` between its parts, and its bytes."""

    path: str
    media: Media
    content: bytes


@dataclass(frozen=True, slots=True)
class BrokenMember:
    """A member that could be a paper and cannot be had, and why."""

    path: str
    error: FetchError


class _Spent:
    """The bytes that an archive and those within it unpack to, together."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def spend(self, unpacked: int) -> None:
        """Raises `DecompressionBombError` where the limit is passed."""
        self._left -= unpacked
        if self._left < 0:
            raise DecompressionBombError(f"{unpacked} bytes more than may be unpacked, by {-self._left}")


def unpack(
    content: bytes, media: Media, limits: Limits, wanted: frozenset[Media] = PAPERS
) -> Iterator[Member | BrokenMember]:
    """Give the papers in an archive, or that a PDF carries, and those of archives and PDFs within it too.

    Members that are of no kind that is `wanted` (pictures, texts, `__MACOSX`) are passed over.

    Raises:
        DamagedArchiveError, EncryptedArchiveError, NoRarToolError: the archive as a whole cannot be read.
        DecompressionBombError, ArchiveLimitError: it is past the limits; found before any member is unpacked.
    """
    yield from _unpack(content, media, _Bounds(limits, _Spent(limits.unpacked_bytes), wanted), depth=0)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What holds for an archive and all within it."""

    limits: Limits
    spent: _Spent
    wanted: frozenset[Media]


def _unpack(content: bytes, media: Media, bounds: _Bounds, depth: int) -> Iterator[Member | BrokenMember]:
    limits, spent = bounds.limits, bounds.spent
    opened, entries = _open(content, media, limits)
    with closing(opened):
        _check_limits(entries, limits, spent)
        for entry in entries:
            if not _passed_over(entry.name):
                yield from _papers(entry, bounds, depth)


def _open(content: bytes, media: Media, limits: Limits) -> tuple[Opened, list[Entry]]:
    if media == "7z":
        return open_7z(content, limits)
    if media == "tar":
        return open_tar(content, limits)
    if media == "pdf":
        from crawlers.files.archive_pdf import attachments_as_zip  # noqa: PLC0415  hardly any PDF carries files

        return _open_zip(attachments_as_zip(content, limits))
    return _open_zip(content) if media == "zip" else _open_rar(content)


def _papers(entry: Entry, bounds: _Bounds, depth: int) -> Iterator[Member | BrokenMember]:
    try:
        content = entry.read()
        media = sniff(content)
        if media in bounds.wanted and media not in CONTAINERS:
            check_complete(media, content)
            yield Member(member_path(entry.name), media, content)
        if may_carry_files(media, content):
            if depth >= bounds.limits.nesting:
                raise ArchiveLimitError(f"archives nested more than {bounds.limits.nesting} deep")
            inner = _unpack(content, media, bounds, depth + 1)
            path = member_path(entry.name)
            yield from (replace(found, path=f"{path}/{found.path}") for found in inner)
    except FetchError as error:
        yield BrokenMember(member_path(entry.name), error)


def _check_limits(entries: list[Entry], limits: Limits, spent: _Spent) -> None:
    """Judge by the directory: neither library gives more bytes of a member than its directory says."""
    packed, unpacked = sum(entry.packed for entry in entries), sum(entry.unpacked for entry in entries)
    if len(entries) > limits.members:
        raise ArchiveLimitError(f"{len(entries)} members, at most {limits.members}")
    spent.spend(unpacked)
    if unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * max(packed, 1):
        raise DecompressionBombError(f"{packed} bytes unpack to {unpacked}, more than {limits.ratio} times")
    if entries and all(entry.encrypted for entry in entries):
        raise EncryptedArchiveError(f"{len(entries)} members, all with a password")


def _open_zip(content: bytes) -> tuple[Opened, list[Entry]]:
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except _BAD_ZIP as error:
        raise DamagedArchiveError(str(error)) from error
    return opened, [_zip_entry(opened, info) for info in opened.infolist() if not info.is_dir()]


def _zip_entry(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> Entry:
    encrypted = bool(info.flag_bits & _ENCRYPTED_FLAG)

    def read() -> bytes:
        if encrypted:
            raise EncryptedArchiveError(info.filename)
        try:
            with opened.open(info) as stream:
                return b"".join(iter(partial(stream.read, _CHUNK_BYTES), b""))
        except _BAD_ZIP as error:
            raise DamagedArchiveError(str(error)) from error

    return Entry(zip_name(info), info.compress_size, info.file_size, encrypted, read)


def zip_name(info: zipfile.ZipInfo) -> str:
    """A zip member's name: by its UTF-8 flag or Unicode path, else its bytes as UTF-8, GBK or code page 437."""
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")  # which zipfile decodes all other names with, and is one to one
    return _unicode_path(info.extra, raw) or decoded(raw)


def _unicode_path(extra: bytes, raw_name: bytes) -> str | None:
    """The UTF-8 name in an extra field; it counts only while its checksum is that of the plain name."""
    while len(extra) >= 4:
        tag, size = struct.unpack_from("<HH", extra)
        data, extra = extra[4 : 4 + size], extra[4 + size :]
        if tag == _UNICODE_PATH and data[1:5] == struct.pack("<L", zlib.crc32(raw_name)):
            return data[5:].decode("utf-8", "replace")
    return None


def _open_rar(content: bytes) -> tuple[Opened, list[Entry]]:
    try:
        opened = rarfile.RarFile(io.BytesIO(content))
    except _RAR_LOCKED as error:
        raise EncryptedArchiveError(str(error)) from error
    except (rarfile.Error, struct.error, OSError) as error:
        raise DamagedArchiveError(str(error)) from error
    if opened.needs_password() and not opened.infolist():
        raise EncryptedArchiveError("its directory is encrypted")
    if not opened.infolist():
        raise DamagedArchiveError("a rar without a member that can be read")
    return opened, [_rar_entry(opened, info) for info in opened.infolist() if not info.is_dir()]


def _rar_entry(opened: Any, info: Any) -> Entry:
    def read() -> bytes:
        try:
            found: bytes = opened.read(info)
        except _NO_TOOL as error:
            raise NoRarToolError(str(error)) from error
        except _RAR_LOCKED as error:
            raise EncryptedArchiveError(str(error)) from error
        except (rarfile.Error, OSError) as error:
            raise DamagedArchiveError(str(error)) from error
        return found

    raw = getattr(info, "orig_filename", None)
    name = decoded(raw) if isinstance(raw, bytes) and not _has_unicode(info) else info.filename
    return Entry(name, info.compress_size, info.file_size, info.needs_password(), read)


def _has_unicode(info: Any) -> bool:
    """Whether a rar header carries its name in Unicode beside the system's code page (RAR 3), or always (RAR 5)."""
    return isinstance(info, rarfile.Rar5FileInfo) or bool(info.flags & rarfile.RAR_FILE_UNICODE)


def member_path(name: str) -> str:
    """A member's name as a clean relative path: no `..`, drive, root or control characters in it."""
    parts = (cleaned(part) for part in name.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part) or "unnamed"


def _passed_over(name: str) -> bool:
    """Whether a member is what macOS and Office leave beside files."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(("._", ".DS_Store", "~$"))
