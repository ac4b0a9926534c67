"""Whether a file is complete, by its own end: what a server cut short and still called 200 is not archived."""

import io
import struct
import zipfile
from typing import Final

from crawlers.errors import DamagedArchiveError, EmptyBodyError, TruncatedError, UnknownTypeError
from crawlers.files.media_types import BROKEN_ZIP, Media

_PDF_END_WITHIN: Final = 4096
"""Bytes at the end among which `%%EOF` must stand; ISO 32000-1, annex H.3.4.4 says 1,024, servers append more."""


def check_complete(media: Media, content: bytes) -> None:
    """Let a complete file pass.

    Raises:
        EmptyBodyError, UnknownTypeError: nothing is there, or nothing that a paper comes in.
        TruncatedError: it ends before its own end.
        DamagedArchiveError: a zip (or OOXML) whose directory cannot be read.
    """
    checks = {
        "pdf": _check_pdf,
        "ole": _check_ole,
        "ooxml": _check_zip,
        "odf": _check_zip,
        "ofd": _check_zip,
        "zip": _check_zip,
    }
    if media == "empty":
        raise EmptyBodyError(f"{len(content)} bytes, all blank" if content else "")
    if media == "unknown":
        raise UnknownTypeError(f"begins with {content[:16]!r}")
    if media in checks:
        checks[media](content)


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-_PDF_END_WITHIN:]:
        raise TruncatedError(f"a PDF of {len(content)} bytes without %%EOF")


def _check_ole(content: bytes) -> None:
    """Compare the length with the sectors that the header promises ([MS-CFB] 2.2: FAT sectors map all others)."""
    if len(content) < 512:
        raise TruncatedError(f"an OLE file of {len(content)} bytes, less than its header")
    (sector_shift,) = struct.unpack_from("<H", content, 30)
    first_directory, *_ = struct.unpack_from("<I", content, 48)
    sector = 1 << sector_shift if sector_shift in {9, 12} else 512
    fat_sectors = [at for at in struct.unpack_from("<109I", content, 76) if at < 0xFFFFFFFA]
    last = max([first_directory, *fat_sectors], default=0)
    if len(content) < (last + 1) * sector + 1:
        raise TruncatedError(f"an OLE file of {len(content)} bytes that places its tables in sector {last}")


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)):
            return
    except BROKEN_ZIP as error:
        cut_short = b"PK\x05\x06" not in content[-65557:]  # the end record with its longest comment
        if cut_short:
            raise TruncatedError(f"a zip of {len(content)} bytes without its directory") from error
        raise DamagedArchiveError(str(error)) from error
