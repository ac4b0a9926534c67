"""Pages that are not what they pretend to be: block pages, login pages, error pages and pages cut short."""

import re
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from crawlers.pages.found import PageKind
from crawlers.pages.page import WebPage
from crawlers.pages.wording import Pattern

_FILE: Final = Path(__file__).with_name("page_kinds.yaml")
_DOCUMENT: Final = re.compile(r"<(?:!doctype html|html|body)\b", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:html|body|frameset)\s*>", re.IGNORECASE)
_AROUND: Final = 40


class UnexpectedPage(BaseModel):
    """A kind of page that was not asked for and what it is known by; `page_kinds.yaml` says what each key means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page_kind: Literal["block_page", "login_page", "error_page"]
    shown_below: int
    texts: tuple[Pattern, ...]
    markup_shown_below: int
    markup: tuple[Pattern, ...]

    def seen_in(self, page: WebPage) -> str | None:
        """What the page is known by, with a few words round it; None where it is no such page."""
        shown = len(page.visible)
        title = page.selector.xpath("//title/text()").get() or ""
        source = f"{title}\n{page.visible}" if shown < self.shown_below else title
        by_text = _found(self.texts, source)
        return by_text or (_found(self.markup, page.text) if shown < self.markup_shown_below else None)


@cache
def unexpected_pages() -> tuple[UnexpectedPage, ...]:
    """Return the kinds of page that were not asked for, in the order of asking."""
    return TypeAdapter(tuple[UnexpectedPage, ...]).validate_python(
        yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    )


def unexpected_kind_of(page: WebPage) -> tuple[PageKind, str] | None:
    """Tell what a page that offers no paper is instead of what was asked for, and what that was seen by, else None."""
    asked = ((unexpected.page_kind, unexpected.seen_in(page)) for unexpected in unexpected_pages())
    return next(((page_kind, seen) for page_kind, seen in asked if seen), None)


def cut_short(text: str) -> str | None:
    """What a page misses at its end, None for a whole one: 'no </html>' or 'no </datastore>'."""
    if _DOCUMENT.search(text[:4096]) and not _CLOSED.search(text):
        return "no </html>"
    if "<datastore" in text[:4096] and not text.lstrip().startswith("<!") and "</datastore>" not in text:
        return "no </datastore>"
    return None


def _found(patterns: tuple[str, ...], text: str) -> str | None:
    matches = (re.search(pattern, text, re.DOTALL | re.IGNORECASE) for pattern in patterns)
    found = next((match for match in matches if match), None)
    return " ".join(text[max(0, found.start() - _AROUND) : found.end() + _AROUND].split()) if found else None
