"""What bytes are, by what they begin with and hold; a name or a Content-Type is never believed."""

import io
import re
import zipfile
from typing import Final, Literal

Media = Literal[
    "pdf", "ole", "ooxml", "odf", "ofd", "rtf", "office_xml", "html", "jpeg", "png", "tiff", "zip", "rar", "7z", "tar",
    "empty", "unknown",
]  # fmt: skip

SUFFIXES: Final[dict[Media, tuple[str, ...]]] = {
    "pdf": (".pdf",),
    "ole": (".xls", ".doc", ".wps", ".et", ".ppt"),
    "ooxml": (".xlsx", ".docx", ".pptx", ".xlsm", ".docm"),
    "office_xml": (".xml", ".xls", ".doc"),
    "html": (".html", ".htm"),
    "odf": (".ods", ".odt", ".odp"),
    "ofd": (".ofd",),
    "rtf": (".rtf", ".doc"),
    "jpeg": (".jpg", ".jpeg"),
    "png": (".png",),
    "tiff": (".tif", ".tiff"),
    "zip": (".zip",),
    "rar": (".rar",),
    "7z": (".7z",),
    "tar": (".tar", ".tgz", ".tar.gz"),
}
"""The name suffixes of a kind; the first is given to a name that has none or a wrong one."""
PAPERS: Final[frozenset[Media]] = frozenset({"pdf", "ole", "ooxml", "odf", "ofd", "rtf", "office_xml"})
PICTURES: Final[frozenset[Media]] = frozenset({"jpeg", "png", "tiff"})
"""Papers where somebody hands them over as such; on a page they are mostly ornaments."""
CONTAINERS: Final[frozenset[Media]] = frozenset({"zip", "rar", "7z", "tar"})
_CARRIES = b"/EmbeddedFile"
"""Stands in every PDF that carries a file: as the type of a stream, whose dictionary is never compressed, or as the
name tree (ISO 32000-1, 7.11.4)."""

HEAD_BYTES: Final = 1024
"""What a file is shows within so many bytes, but for the packages that are zips."""
_PDF_WITHIN = 1024  # ISO 32000-1, annex H.3.4.1: readers accept the header within the first 1,024 bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RAR = (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00")
_7Z = b"7z\xbc\xaf\x27\x1c"
_GZIP = b"\x1f\x8b\x08"
_RTF = b"{\\rtf"
_PICTURES: Final[dict[bytes, Media]] = {
    b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"II*\0": "tiff", b"MM\0*": "tiff",
}  # fmt: skip
_TAR = (257, b"ustar")  # POSIX.1-1988, ustar interchange format: `magic` of the header
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<script[\s>]|<meta\s|<title>|<table[\s>]", re.IGNORECASE
)
_OFFICE_XML = re.compile(rb"progid=.(?:Excel\.Sheet|Word\.Document)|<(?:\w+:)?(?:Workbook|wordDocument)[\s>]")
"""What Office 2003 wrote as one file of XML."""
BROKEN_ZIP: Final = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError)
"""What opening a zip raises whose directory is damaged; a version that is not known is mostly a flipped bit, too."""
_OOXML_MEMBER = "[Content_Types].xml"


def sniff(content: bytes) -> Media:
    """Tell what `content` is. A zip that holds `[Content_Types].xml` is OOXML; a broken zip is still a zip."""
    if not content.strip(b"\0 \t\r\n"):
        return "empty"
    head = content[:HEAD_BYTES]
    if head.startswith(_ZIP):
        return _in_zip(content)
    known = next((media for begins, media in _BEGINNINGS.items() if head.startswith(begins)), None)
    return known or _by_what_it_holds(content, head)


def may_carry_files(media: Media, content: bytes) -> bool:
    """Whether a file is one that may hold others: an archive, or a PDF with attachments, told without opening it."""
    return media in CONTAINERS or (media == "pdf" and _CARRIES in content)


def _by_what_it_holds(content: bytes, head: bytes) -> Media:
    """Tell kinds whose mark stands anywhere near the beginning."""
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    if content[_TAR[0] :].startswith(_TAR[1]):
        return "tar"
    if _OFFICE_XML.search(head):
        return "office_xml"
    if _HTML.search(_readable(head)):
        return "html"
    return "rtf" if head.lstrip().startswith(_RTF) else "unknown"


_BEGINNINGS: Final[dict[bytes, Media]] = {
    _OLE: "ole",
    **dict.fromkeys(_RAR, "rar"),
    _7Z: "7z",
    _GZIP: "tar",
    **_PICTURES,
}


def _in_zip(content: bytes) -> Media:
    """Which kind of package a zip is, by the parts that every such package has."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            names = opened.namelist()
            if _OOXML_MEMBER in names:
                return "ooxml"
            if "OFD.xml" in names:
                return "ofd"
            return "odf" if "mimetype" in names and "content.xml" in names else "zip"
    except BROKEN_ZIP:
        return "zip"


def _readable(head: bytes) -> bytes:
    """Undo UTF-16, which some servers send pages in; its zeros would hide the tags."""
    return head.replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
