"""Bytes → text, whatever the server, the page and the truth say about the encoding."""

import codecs
from collections.abc import Mapping

from w3lib.encoding import html_body_declared_encoding, html_to_unicode, http_content_type_encoding

DECLARED_BY_NOBODY = frozenset({"iso8859-1", "cp1252", "latin-1", "iso-8859-1"})
"""What servers declare for everything by default; no Chinese page is written in it."""

BAD = "\ufffd"


def decoded(body: bytes, headers: Mapping[str, str]) -> str:
    """Return a page's text: UTF-8 where its bytes are, else as declared, gb2312 and gbk as gb18030.

    The bytes speak first: Chinese text in gb18030 is practically never valid UTF-8, while headers and meta tags are
    often left over from another template. A character cut off at the end does no harm; other bad bytes become U+FFFD,
    unless there are so many that the page is no UTF-8 whatever it says.
    """
    if _is_utf8(body):
        return body.decode("utf-8-sig", errors="ignore")
    declared = _declared(body, headers)
    if declared is not None and codecs.lookup(declared).name == "utf-8" and not _is_mostly_utf8(body):
        return body.decode("gb18030", errors="replace")
    content_type = f"text/html; charset={declared}" if declared else None
    return html_to_unicode(content_type, body, default_encoding="gb18030", auto_detect_fun=lambda _: "gb18030")[1]


def _is_utf8(body: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether most characters that are not ASCII are whole."""
    text = body.decode("utf-8", errors="replace")
    bad = text.count(BAD)
    return 2 * bad <= sum(character > "\x7f" for character in text)


def _declared(body: bytes, headers: Mapping[str, str]) -> str | None:
    named = (http_content_type_encoding(headers.get("content-type")), html_body_declared_encoding(body))
    return next((name for name in named if name and name not in DECLARED_BY_NOBODY), None)
