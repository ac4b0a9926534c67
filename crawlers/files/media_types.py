"""What bytes are, by what they begin with and hold; a name or a Content-Type is never believed."""

import io
import re
import zipfile
from typing import Final, Literal

Media = Literal["pdf", "ole", "ooxml", "zip", "rar", "html", "empty", "unknown"]

SUFFIXES: Final[dict[Media, tuple[str, ...]]] = {
    "pdf": (".pdf",),
    "ole": (".xls", ".doc", ".wps", ".et", ".ppt"),
    "ooxml": (".xlsx", ".docx", ".pptx", ".xlsm", ".docm"),
    "zip": (".zip",),
    "rar": (".rar",),
}
"""The name suffixes of a kind; the first is given to a name that has none or a wrong one."""
PAPERS: Final[frozenset[Media]] = frozenset({"pdf", "ole", "ooxml"})
CONTAINERS: Final[frozenset[Media]] = frozenset({"zip", "rar"})

_HEAD_BYTES = 1024
_PDF_WITHIN = 1024  # ISO 32000-1, annex H.3.4.1: readers accept the header within the first 1,024 bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RAR = (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<script[\s>]|<meta\s|<title>", re.IGNORECASE)
_OOXML_MEMBER = "[Content_Types].xml"


def sniff(content: bytes) -> Media:
    """Tell what `content` is. A zip that holds `[Content_Types].xml` is OOXML; a broken zip is still a zip."""
    if not content.strip(b"\0 \t\r\n"):
        return "empty"
    head = content[:_HEAD_BYTES]
    if head.startswith(_OLE):
        return "ole"
    if head.startswith(_RAR):
        return "rar"
    if head.startswith(_ZIP):
        return "ooxml" if _is_ooxml(content) else "zip"
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    return "html" if _HTML.search(_readable(head)) else "unknown"


def _is_ooxml(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return _OOXML_MEMBER in opened.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _readable(head: bytes) -> bytes:
    """Undo UTF-16, which some servers send pages in; its zeros would hide the tags."""
    return head.replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
