"""A rar as publishers upload it: RAR 3 headers, names in GBK. Members are stored, for nothing here compresses rar.

Layout of the headers: the technical note that comes with RAR 3 (`technote.txt`).
"""

import struct
import zlib
from collections.abc import Iterable

_MARKER = b"Rar!\x1a\x07\x00"
_MAIN, _FILE, _END = 0x73, 0x74, 0x7B
_STORED, _COMPRESSED = 0x30, 0x33
_DOS_TIME = (2024 - 1980) << 25 | 9 << 21 | 20 << 16 | 12 << 11


def stored_rar(members: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A rar of raw names and contents."""
    return _rar(_file(name, content, _STORED) for name, content in members)


def compressed_rar(name: bytes, packed: bytes) -> bytes:
    """A rar whose only member says that it is compressed; `packed` need not be, to see that no tool unpacks it."""
    return _rar([_file(name, packed, _COMPRESSED)])


def _rar(files: Iterable[bytes]) -> bytes:
    return _MARKER + _header(_MAIN, 0, bytes(6)) + b"".join(files) + _header(_END, 0x4000, b"")


def _file(name: bytes, content: bytes, method: int) -> bytes:
    windows, version, attributes = 2, 20, 0x20
    fields = struct.pack(
        "<LLBLLBBHL",
        len(content),
        len(content),
        windows,
        zlib.crc32(content),
        _DOS_TIME,
        version,
        method,
        len(name),
        attributes,
    )
    return _header(_FILE, 0x8000, fields + name) + content


def _header(kind: int, flags: int, fields: bytes) -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest
