"""Which links lead to files, and what the files are called."""

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

SUFFIXES: Final = (
    ".pdf", ".doc", ".docx", ".docm", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".xlsm", ".et", ".ods", ".ofd",
    ".zip", ".rar", ".7z", ".tar", ".tgz", ".gz",
)  # fmt: skip
"""Of files that can be papers or hold some; pictures on a page are mostly ornaments."""
_ANY: Final = "|".join(re.escape(suffix) for suffix in SUFFIXES)
_SUFFIX: Final = re.compile(rf"(?:{_ANY})$", re.IGNORECASE)
_SUFFIX_SAID: Final = re.compile(rf"(?:{_ANY})[】）)\]\s]*$", re.IGNORECASE)
_SCRIPTS: Final = re.compile(
    r"/_content/download\.jsp|DownloadAttachUrl|/downfile\.jsp|viewFile\.do|downloadFile|/download(?:Att|Attach|Attachment)?"
    r"(?:\.(?:do|jsp|aspx|action|htm))?$|virtual_attach_file\.vsb|/attach(?:ment)?/(?:down|get)|fileDownload|getFile\.do",
    re.IGNORECASE,
)
"""Paths of scripts that hand out a file: 博达 VSB, 大汉 JCMS and those the field notes name."""
_SCRIPTED: Final = re.compile(rf"""['"]([^'"<>\s+]*/[^'"<>\s+]+(?:{_ANY}))['"]""", re.IGNORECASE)
_PAGES: Final = re.compile(r"\.(?:s?html?|xhtml|jspx?|aspx?|php|do|action)$", re.IGNORECASE)
_VIEWERS: Final = re.compile(r"viewer|pdfjs|preview|/view\b", re.IGNORECASE)


def file_address(address: str, text: str) -> str | None:
    """The address of the file that a link leads to, None where it leads to none; `text` is what the link says.

    A viewer in the page (`viewer.html?file=/a/b.pdf`) is looked through to its file.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    viewed = next((value for _, value in _query(address) if _SUFFIX.search(value)), None)
    if viewed and "/" in viewed and (_VIEWERS.search(parts.path) or _PAGES.search(parts.path)):
        return urljoin(address, viewed)
    return address if _is_file(address, text) else None


def _is_file(address: str, text: str) -> bool:
    path = unquote(urlsplit(address).path)
    if _SUFFIX.search(path) or _SCRIPTS.search(path) or "DownloadAttachUrl" in address:
        return True
    if any(_SUFFIX.search(value) for _, value in _query(address)):
        return True
    return _SUFFIX_SAID.search(text) is not None and not re.search(r"\.s?html?$", path, re.IGNORECASE)


def scripted_addresses(script: str) -> tuple[str, ...]:
    """The addresses of files that a script holds as texts of its own."""
    return tuple(dict.fromkeys(_SCRIPTED.findall(script)))


def named_by_address(address: str) -> str:
    """The file's name by its address, query strings first; '' where there is none with a suffix of a file."""
    values = [value for _, value in _query(address)]
    path = unquote(urlsplit(address).path)
    names = (re.split(r"[/\\]", value)[-1] for value in [*values, path])
    return next((name for name in names if _SUFFIX.search(name)), "")


def _query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)
