"""The true name of a file: what its publisher called it, whatever the server made of that on the way.

Names are data for people and for the rules that read a year or a department from them; they never become a path.
"""

import re
import unicodedata
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from crawlers.files.media_types import SUFFIXES, Media
from crawlers.pages.titles import says_nothing

LONGEST: Final = 200
KNOWN_SUFFIXES: Final = frozenset(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)

_EXTENDED = re.compile(rb"filename\*\s*=\s*\"?([\w!#$&+^`{}~-]*)'[^']*'([^;\"]+)", re.IGNORECASE)
_PLAIN = re.compile(rb"filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;]*))", re.IGNORECASE)
_ENCODED_WORD = re.compile(r"=\?[\w-]+\?[BbQq]\?[^?]*\?=")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
# Scripts that hand a file over, and placeholders that some of them send for its name.
_NO_NAME = re.compile(
    r"(?:.*\.(?:jsp|do|action|aspx?|php|s?html?|ashx|cgi))|null|undefined|none|down(?:load|file)?|attachment|file",
    re.IGNORECASE,
)
_QUERY_KEYS: Final = ("filename", "attname", "name", "filepath", "file", "path", "fileurl")


def true_name(disposition: bytes | None, url: str, link_text: str, title: str, media: Media) -> str:
    """Choose a file's name: of the header, the query string, the link's text, the address; at last the title's.

    `disposition` is the raw Content-Disposition. A candidate that is no name (`download.jsp`, `null`) is passed over;
    one that says nothing (`24091610014.pdf`, 附件1) is taken only where none says more. A name without a suffix that
    papers have is given the one of `media`.
    """
    strong = [of_disposition(disposition), of_query(url), _if_suffixed(link_text), _if_suffixed(of_path(url))]
    names = [name for name in [*strong, cleaned(link_text), cleaned(title), of_path(url)] if name]
    telling = (name for name in names if not says_nothing(name))
    chosen = next(telling, names[0] if names else "unnamed")
    suffix = SUFFIXES.get(media, ("",))[0]
    return chosen if _suffixed(chosen) else chosen + suffix


def of_disposition(raw: bytes | None) -> str | None:
    """The name in a Content-Disposition header, or None.

    Takes `filename*` (RFC 8187) before `filename`; the latter as an encoded word (RFC 2047), percent-encoded, or in
    raw UTF-8 or GBK bytes, quoted or not: all of them are seen at portals.
    """
    if not raw:
        return None
    extended, plain = _EXTENDED.search(raw), _PLAIN.search(raw)
    named = extended and cleaned(_of_extended(extended[1], extended[2]))
    if named or not plain:
        return named or None
    quoted = plain[1] is not None
    text = decoded(plain[1] if quoted else plain[2].strip())
    return cleaned(_unpacked(text.replace('\\"', '"') if quoted else text))


def of_query(url: str) -> str | None:
    """The name that a query string carries, as in `viewFile.do?…&filename=…pdf`; a key alone is not enough."""
    pairs = parse_qsl(urlsplit(url).query, encoding="latin-1")
    values = {key.lower(): decoded(value.encode("latin-1", "replace")) for key, value in reversed(pairs)}
    return next((name for key in _QUERY_KEYS if (name := _if_suffixed(_unpacked(values.get(key, ""))))), None)


def decoded(raw: bytes) -> str:
    """Decode a name's bytes: UTF-8 where they are, else GBK (as GB 18030, which contains it), else code page 437."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def cleaned(name: str) -> str | None:
    """A name without folders, control characters, quotes and blanks around; None where nothing of a name is left."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/")
    text = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    last = PurePosixPath(text.strip(" \"'")).name.strip(" \"'.")
    return None if not last or _NO_NAME.fullmatch(last) else _shortened(last)


def _shortened(name: str) -> str:
    suffix = PurePosixPath(name).suffix if _suffixed(name) else ""
    return name if len(name) <= LONGEST else name[: LONGEST - len(suffix)] + suffix


def _of_extended(charset: bytes, value: bytes) -> str:
    raw = unquote_to_bytes(value.strip())
    try:
        return raw.decode(charset.decode("ascii") or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decoded(raw)


def _unpacked(text: str) -> str:
    """Undo an encoded word or a percent-encoding, once."""
    if _ENCODED_WORD.search(text):
        return "".join(_words(text))
    if _PERCENT.search(text):
        return decoded(unquote_to_bytes(text.replace("+", " ")))
    return text


def _words(text: str) -> Iterator[str]:
    try:
        parts = decode_header(text)
    except HeaderParseError:
        parts = [(text, None)]
    for part, charset in parts:
        if isinstance(part, str):
            yield part
        else:
            yield _of_extended((charset or "utf-8").encode(), part.replace(b"%", b"%25"))


def of_path(url: str) -> str | None:
    """The last part of an address as a name, None where it has none."""
    last = urlsplit(url).path.rpartition("/")[2]
    return cleaned(decoded(unquote_to_bytes(last)))


def _if_suffixed(name: str | None) -> str | None:
    found = cleaned(name) if name else None
    return found if found and _suffixed(found) else None


def _suffixed(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in KNOWN_SUFFIXES
