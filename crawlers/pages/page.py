"""A page taken apart: its titles, its day, and its links with where each of them stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from parsel import Selector
from w3lib.html import get_base_url

from crawlers.pages.dates import META_NAMES, compact_date, printed_date, stated_date, times_stated
from crawlers.pages.headings import article_title_of, flat, headings_of
from crawlers.pages.links import Link, links_of
from crawlers.pages.records import records_html
from crawlers.pages.titles import is_publisher, said, says_nothing

_TITLE_PARTS: Final = re.compile(r"[-_|–—]+|\u00a0{2,}")
_ARTICLE_META: Final = ("articletitle", "article_title")
_UNPRINTED: Final = re.compile("[\u200b-\u200f\u2060\ufeff]")
_UNSEEN: Final = "script|style|noscript|template"


@dataclass(frozen=True)
class WebPage:
    """A page: the address it came from after redirects, and its decoded text."""

    url: str
    text: str

    @cached_property
    def selector(self) -> Selector:
        """The page as HTML; the records that it holds as data for a script stand at its end as if they were shown."""
        records = records_html(self.text)
        if not records:
            return Selector(text=self.text or "<html></html>", type="html")
        shown, end, _ = self.text.rpartition("</body>") if "<html" in self.text.lower() else ("", "", "")
        return Selector(text=f"{shown}{records}{end}", type="html")

    @cached_property
    def root(self) -> HtmlElement:
        """The element that holds all of it."""
        return self.selector.root

    @cached_property
    def base(self) -> str:
        """The address that relative ones start from."""
        return str(get_base_url(self.text, self.url))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link in the order of the page; an address may come more than once."""
        return tuple(links_of(self.root, self.base))

    @cached_property
    def own_addresses(self) -> tuple[str, ...]:
        """The page's own address and those of its links that lie on the same host."""
        host = urlsplit(self.url).netloc
        return (self.url, *(link.address for link in self.links if urlsplit(link.address).netloc == host))

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """Meta tags by lower-case name, the first of each."""
        tags = [tag.attrib for tag in self.selector.xpath("//meta[@name]")]
        return {tag["name"].lower(): tag.get("content", "").strip() for tag in reversed(tags)}

    @cached_property
    def visible(self) -> str:
        """The text that a reader sees, runs of white space as one blank."""
        shown = self.selector.xpath(f"//body//text()[not(parent::*[{_any_of(_UNSEEN)}])]").getall()
        return " ".join(" ".join(shown).split())

    @property
    def calls_itself_article(self) -> bool:
        """Whether its meta tags, or the class of its only title, call the page an article."""
        return any(self.meta.get(name) for name in _ARTICLE_META) or bool(self._article_title)

    @cached_property
    def reads_as_article(self) -> bool:
        """Whether it calls itself an article, or says as an article does, once or twice, when it was published."""
        return self.calls_itself_article or 1 <= times_stated(self.visible) <= 2

    @cached_property
    def title(self) -> str:
        """What the page calls itself: the article's title, else `<title>`; a heading where that names no paper."""
        article = next((self.meta[name] for name in _ARTICLE_META if self.meta.get(name)), "")
        best = article or self._article_title or self._head_title
        heading = "" if said(best).names_paper or not self.reads_as_article else self._heading
        return _UNPRINTED.sub("", heading or best)

    @cached_property
    def _head_title(self) -> str:
        """`<title>` without the site's name, unless that is the organisation whose paper the title names."""
        whole = (self.selector.xpath("//title/text()").get() or "").strip("\r\n\t ")
        parts = [part.strip() for part in _TITLE_PARTS.split(whole) if part.strip()]
        naming = next((part for part in parts if said(part).names_paper), None)
        if len(parts) == 2 and naming == parts[0] and not said(naming).department and is_publisher(parts[1]):
            return flat(whole)
        return flat(naming or next((part for part in parts if not says_nothing(part)), whole))

    @cached_property
    def _article_title(self) -> str:
        return article_title_of(self.root)

    @cached_property
    def _heading(self) -> str:
        return next((text for text in headings_of(self.root) if said(text).names_paper), "")

    @cached_property
    def column(self) -> str:
        """The column it stands in, by its meta tag."""
        return self.meta.get("columnname", "")

    @cached_property
    def published_on(self) -> date | None:
        """The day of publication by its meta tags, else as it prints it."""
        tagged = (self.meta[name] for name in META_NAMES if self.meta.get(name))
        by_tag = next((day for text in tagged if (day := printed_date(text) or compact_date(text))), None)
        return by_tag or stated_date(self.visible)


def _any_of(names: str) -> str:
    return " or ".join(f"self::{name}" for name in names.split("|"))
