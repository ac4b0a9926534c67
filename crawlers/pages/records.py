"""Lists that a page or an answer holds as data for a script: as the HTML that the script would make of them."""

import json
from html import escape, unescape
from typing import Any, Final

_ADDRESS_KEYS: Final = ("url", "link", "href", "docpuburl", "linkurl", "pageurl", "puburl", "infourl")
_TITLE_KEYS: Final = ("title", "doctitle", "infotitle", "name", "text", "subject", "showtitle")
_DAY_KEYS: Final = (
    "publishedtimestr",
    "publishedtime",
    "pubdate",
    "publishdate",
    "docreltime",
    "createtime",
    "date",
    "time",
)


def records_html(text: str) -> str:
    """The records of 大汉 JCMS (`<datastore>`), or of an answer in JSON, as HTML; '' where there are none.

    A JSON answer gives every string in it that is HTML with links, and every object with an address and a title.
    """
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"{", "["}:
        return _from_json(text)
    held = (part.partition("</record>") for part in text.split("<record>")[1:])
    found = [_record(raw) for raw, closed, _ in held if closed]
    return f"<div class='datastore'><ul>{''.join(f'<li>{record}</li>' for record in found)}</ul></div>" if found else ""


def _record(raw: str) -> str:
    bare = raw.strip().removeprefix("<![CDATA[").removesuffix("]]>")
    return unescape(bare) if "&lt;" in bare and "<a" not in bare else bare


def _from_json(text: str) -> str:
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return ""
    items = "".join(f"<li>{item}</li>" for item in _items(data))
    return f"<html><body><div class='datastore'><ul>{items}</ul></div></body></html>"


def _items(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data] if "<a " in data else []
    if isinstance(data, list):
        return [item for entry in data for item in _items(entry)]
    if not isinstance(data, dict):
        return []
    own = _anchor({str(key).lower(): value for key, value in data.items() if isinstance(value, str)})
    nested = [item for value in data.values() for item in _items(value)]
    return [*([own] if own else []), *nested]


def _anchor(entry: dict[str, str]) -> str | None:
    address = next((entry[key] for key in _ADDRESS_KEYS if entry.get(key)), None)
    title = next((entry[key] for key in _TITLE_KEYS if entry.get(key)), None)
    day = next((entry[key] for key in _DAY_KEYS if entry.get(key)), "")
    if not address or not title:
        return None
    return f"<a href='{escape(address)}'>{escape(title)}</a><span>{escape(day)}</span>"
