"""The links of a page, each with what it says and where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawlers.pages.dates import printed_date
from crawlers.pages.headings import column_heading, flat, heading_text, name_tokens
from crawlers.pages.titles import says_nothing, squeezed
from crawlers.pages.wording import wording

Zone = Literal["content", "navigation", "related"]

LONGEST: Final = 60
"""Text beside a link that is longer than this is prose and names nothing."""

DEEPEST: Final = 60
MOST_PIECES: Final = 200
"""How far round a link is looked, so that no page, however it is built, takes long: no real one comes near."""

_ROWS: Final = frozenset({"li", "tr", "dd", "p"})
_SOURCES: Final = {"a": "href", "area": "href", "iframe": "src", "embed": "src", "object": "data"}
_DATA: Final = ("data-href", "data-url", "data-link", "data-src")
"""Where a script of the page reads the address that it opens."""
_OPENED: Final = re.compile(r"""window\.open\(\s*['"]([^'"]+)['"]|location(?:\.href)?\s*=\s*['"]([^'"]+)['"]""")
_UNREAD: Final = frozenset({"a", "script", "style"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link: `text` is what it says, `tip` its title attribute, `row` what stands beside it outside of links.

    `headings` are that of its column in a table and the last one before it, '' where there is none; `day` is the date
    printed beside it.
    """

    address: str
    text: str
    tip: str
    row: str
    headings: tuple[str, str]
    day: date | None
    zone: Zone

    @property
    def name(self) -> str:
        """The fuller of what the link says and its tip; lists cut long titles short."""
        cut = self.text.rstrip(".…").strip()
        if not self.tip or says_nothing(self.tip):
            return self.text
        return self.tip if says_nothing(self.text) or (cut and self.tip.startswith(cut)) else self.text


@dataclass(frozen=True, slots=True)
class _Row:
    beside: str
    speaks: bool
    day: date | None


@dataclass(slots=True)
class _Surroundings:
    """What was seen on the way down a page: the last heading, blocks of other pages' links, and rows already read."""

    heading: str = ""
    blocks: set[HtmlElement] = field(default_factory=set)
    rows: dict[HtmlElement, _Row] = field(default_factory=dict)


def links_of(root: HtmlElement, base: str) -> Iterator[Link]:
    """Every link of a page in its order; scripts' addresses (`javascript:`) only where they open a plain one."""
    seen = _Surroundings()
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if _heads_others(node):
            seen.blocks.add(_block_of(node))
        seen.heading = heading_text(node) or seen.heading
        address = _address(node, base)
        if address:
            yield _link(node, address, seen)


def _address(node: HtmlElement, base: str) -> str | None:
    attribute = _SOURCES.get(node.tag)
    given = (node.get(attribute) or "").strip() if attribute else ""
    if attribute and (given.lower().startswith("javascript:") or given in {"", "#"}):
        found = _OPENED.search(f"{given} {node.get('onclick') or ''}")
        told = next(filter(None, map(node.get, _DATA)), "")
        given = next(filter(None, found.groups()), "") if found else told
    if not given or given.startswith("#"):
        return None
    try:
        address = urljoin(base, re.sub(r"[\r\n\t]", "", given))
        return address if urlsplit(address).scheme in {"http", "https"} and urlsplit(address).hostname else None
    except ValueError:
        return None


def _link(node: HtmlElement, address: str, seen: _Surroundings) -> Link:
    nearest = islice(node.iterancestors(), DEEPEST)
    holders = [holder for holder in nearest if holder.tag not in {"body", "html"}]
    row = _row(holders, seen)
    return Link(
        address=address,
        text=flat("".join(node.itertext())),
        tip=flat(node.get("title") or ""),
        row=row.beside,
        headings=(column_heading(node), seen.heading),
        day=row.day,
        zone=_zone(holders, row, seen),
    )


def _row(holders: list[HtmlElement], seen: _Surroundings) -> _Row:
    """The row of a table or list that a link stands in, else the nearest holder with some text of its own."""
    in_table = next((holder for holder in holders[:6] if holder.tag == "tr"), None)
    in_list = next((holder for holder in holders[:6] if holder.tag in _ROWS), None)
    row = in_table if in_table is not None else in_list
    if row is not None:
        return _read(row, seen)
    near = [_read(holder, seen) for holder in holders[:3]]
    return next((read for read in near if read.speaks), near[0] if near else _Row("", False, None))


def _read(row: HtmlElement, seen: _Surroundings) -> _Row:
    if row not in seen.rows:
        beside = flat(" ".join(_outside_links(row)))
        ending = "".join(islice(row.itertext(), MOST_PIECES))[-4 * LONGEST :]
        short = beside if len(beside) <= LONGEST else ""
        seen.rows[row] = _Row(short, bool(beside), printed_date(flat(ending)[-2 * LONGEST :]))
    return seen.rows[row]


def _outside_links(holder: HtmlElement) -> Iterator[str]:
    """The text of an element outside of links, until that is too long to be of use."""
    length, left = 0, [holder]
    for _ in range(MOST_PIECES):
        if not left or length > LONGEST:
            return
        piece = left.pop()
        text = piece if isinstance(piece, str) else piece.text or ""
        if not isinstance(piece, str):
            left.extend(_below(piece))
        length += len(text.strip())
        yield text


def _below(node: HtmlElement) -> Iterator[HtmlElement | str]:
    """What an element holds, last first: its children but for links and scripts, and the text after each."""
    for child in node.iterchildren(reversed=True):
        if child.tail:
            yield child.tail
        if isinstance(child.tag, str) and child.tag not in _UNREAD:
            yield child


def _zone(holders: list[HtmlElement], row: _Row, seen: _Surroundings) -> Zone:
    """Where a link stands; one with a day beside it is content, whatever the classes round it are called (menu_tab)."""
    words = wording()
    tokens = frozenset[str]().union(*map(name_tokens, holders))
    other = not seen.blocks.isdisjoint(holders) or re.match(words.related_words, squeezed(row.beside))
    if other or tokens & words.related_tokens:
        return "related"
    if re.match(words.way_down, squeezed(row.beside)):
        return "navigation"
    tagged = any(holder.tag in {"nav", "header", "footer", "aside"} for holder in holders)
    return "navigation" if row.day is None and (tagged or tokens & words.navigation_tokens) else "content"


def _heads_others(node: HtmlElement) -> bool:
    """Whether an element's own words, and they alone, head a block of links to other pages, such as 相关阅读."""
    own = node.text or ""
    if not 0 < len(own) < LONGEST or node.tag in {"title", "script", "style", "a", "option"}:
        return False
    return _is_related(own)


@lru_cache(maxsize=4096)
def _is_related(own: str) -> bool:
    text = squeezed(own)
    found = re.match(wording().related_words, text)
    return found is not None and found.end() == len(text)


def _block_of(node: HtmlElement) -> HtmlElement:
    """What a heading stands over: the element after it, or after what holds it, that has links; else its holder."""
    for holder in [node, *node.iterancestors()]:
        after = holder.getnext()
        if after is not None and isinstance(after.tag, str) and (after.tag == "a" or after.find(".//a") is not None):
            return after
        if holder.find(".//a") is not None or holder.tag == "body":
            return holder
    return node
