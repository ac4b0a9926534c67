"""The releases for programs: `index.json`, and an Atom feed for whoever wants to hear of the next one.

Source: RFC 4287. Addresses are relative to the folder of the releases, wherever it is served.
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from publish.description.citation import about
from publish.description.index import ReleaseEntry
from schemas.dataset import dataset

INDEX_JSON = "index.json"
FEED = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"


def index_json(entries: Sequence[ReleaseEntry]) -> str:
    """The releases, newest first: where each is, when it was made, what is in it and how far it is proven."""
    content = {
        "name": dataset().name,
        "title": about().title.en,
        "title_zh": about().title.zh,
        "licence": about().licence.id,
        "latest": entries[0].version if entries else None,
        "releases": [_release(entry) for entry in entries],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _release(entry: ReleaseEntry) -> dict[str, Any]:
    figures = entry.figures or {}
    return {
        "version": entry.version,
        "date": entry.day.isoformat(),
        "path": f"{entry.version}/",
        "datapackage": f"{entry.version}/datapackage.json",
        "bytes": entry.bytes,
        "papers": figures.get("documents"),
        "amounts": figures.get("amounts"),
        "citation": entry.citation,
    }


def atom_feed(entries: Sequence[ReleaseEntry]) -> str:
    """The releases as an Atom feed, newest first."""
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _put(feed, "id", _identity("releases"))
    _put(feed, "title", f"{about().title.zh} · {about().title.en}")
    _put(feed, "updated", _moment(entries[0]) if entries else "1970-01-01T00:00:00Z")
    _put(_put(feed, "author"), "name", about().author)
    _put(feed, "link", rel="self", href=FEED)
    _put(feed, "link", rel="alternate", href="index.html")
    for entry in entries:
        own = _put(feed, "entry")
        _put(own, "id", _identity(entry.version))
        _put(own, "title", entry.version)
        _put(own, "updated", _moment(entry))
        _put(own, "link", rel="alternate", href=f"{entry.version}/CHANGELOG.md")
        _put(own, "summary", _summary(entry))
    ElementTree.register_namespace("", ATOM)
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _put(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = text
    return made


def _identity(name: str) -> str:
    """An identity that does not change with the place where the releases are served."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{dataset().name}/{name}')}"


def _moment(entry: ReleaseEntry) -> str:
    return f"{entry.day.isoformat()}T00:00:00Z"


def _summary(entry: ReleaseEntry) -> str:
    if not entry.figures or entry.amounts is None:
        return entry.version
    papers, proven = entry.figures["documents"], entry.figures["amounts"]["proven"]
    return f"{papers:,} 份文件 papers · {entry.amounts:,} 个金额 amounts · 已证 proven {proven:,}"
