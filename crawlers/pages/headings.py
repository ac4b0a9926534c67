"""What stands over the links of a page: headings of sections, and of the columns of a table."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from crawlers.pages.wording import wording

LONGEST: Final = 60
"""A heading longer than this is none."""

MOST_COLUMNS: Final = 50

_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "legend"})
_HOLDERS: Final = frozenset(
    {"a", "body", "html", "ul", "ol", "table", "head", "meta", "link", "script", "style", "title"}
)
_TOKEN: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def headings_of(root: HtmlElement) -> Iterator[str]:
    """The headings of a page in its order."""
    nodes = (node for node in root.iter() if isinstance(node.tag, str))
    return (text for node in nodes if (text := heading_text(node)))


def heading_text(node: HtmlElement) -> str:
    """The text of a heading, by its tag or by the name of its class; '' where the element is none or too long."""
    if node.tag not in _TAGS and not _is_styled(node):
        return ""
    text = flat("".join(node.itertext()))
    return text if len(text) <= LONGEST else ""


def article_title_of(root: HtmlElement) -> str:
    """The one text that a class calls an article's title; '' where there is none, or several as in a list."""
    nodes = (node for node in root.iter() if isinstance(node.tag, str) and name_tokens(node) & _article_tokens())
    alone = (node for node in nodes if node.find(".//a") is None and next(node.iterancestors("a"), None) is None)
    texts = {text for node in alone if 0 < len(text := flat("".join(node.itertext()))) <= 2 * LONGEST}
    return texts.pop() if len(texts) == 1 else ""


def _article_tokens() -> frozenset[str]:
    return wording().article_title_tokens


def _is_styled(node: HtmlElement) -> bool:
    styled = bool(name_tokens(node) & wording().heading_tokens) and node.tag not in _HOLDERS
    return styled and node.find(".//a") is None


def column_heading(node: HtmlElement) -> str:
    """The heading of the column of a table that a link stands in, where the table's first row is one of headings."""
    cell = next(node.iterancestors("td"), None)
    table = next(cell.iterancestors("table"), None) if cell is not None else None
    first = table.find(".//tr") if table is not None else None
    if cell is None or first is None or first.find(".//a") is not None:
        return ""
    before = islice(cell.itersiblings("td", "th", preceding=True), MOST_COLUMNS)
    at = sum(_span(other) for other in before)
    headings = islice(first.iterchildren("td", "th"), MOST_COLUMNS)
    spread = [heading for heading in headings for _ in range(_span(heading))]
    return flat("".join(spread[at].itertext()))[:LONGEST] if at < len(spread) else ""


def _span(cell: HtmlElement) -> int:
    given = cell.get("colspan") or "1"
    return min(int(given), 100) if given.isascii() and given.isdigit() else 1


def name_tokens(node: HtmlElement) -> frozenset[str]:
    """The words of an element's class and id, whole and taken apart at hyphens, underscores and capitals."""
    return _tokens(f"{node.get('class') or ''} {node.get('id') or ''}")


@lru_cache(maxsize=16_384)
def _tokens(names: str) -> frozenset[str]:
    return frozenset(part.lower() for name in names.split() for part in [name, *_TOKEN.findall(name)])


def flat(text: str) -> str:
    """`text` with runs of white space as one blank."""
    return " ".join(text.replace("\u200b", "").split())
