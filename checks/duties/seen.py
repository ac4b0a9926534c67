"""What duties are judged by: a paper's text without its list of contents, its headings, its tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from schemas.duties import duties
from schemas.forms.titles import is_organisation
from schemas.records import Check, Document, Finding, LineItem, NarrativeFact, Passage, Table
from schemas.wording import plain, without_ordinal

HEADING = 48
"""No heading is longer than this many characters."""
LEAST_SENTENCE = 24
"""No sentence with a mark in it is shorter than this: entries of a list of contents are."""
FIRST_ENTRIES = 8
"""The body begins with one of so many first entries of the contents."""
FEW_HEADINGS = 6
"""So many headings before the first sentence are a list of contents, whether it is called so or not."""
PROSE = 1_000
"""A file whose sentences are shorter than this together, in characters, prints forms alone."""
_PART = re.compile(r"^(?:第[一二三四五六七八九十\d]+(?:部分|章|篇)[:：、.]?)")
_DOTS = re.compile(r"[.…·\-_]{2,}\d*$|(?<=\D)\d{1,3}$")
_BULLET = re.compile(r"^[-·*]+")
_YEAR = re.compile(r"20\d\d年?度?")
_STOPS = re.compile(r"[。;；!！?？]")
_RANKS = (_PART, re.compile(r"^[一二三四五六七八九十]{1,3}、"), re.compile(r"^\([一二三四五六七八九十]{1,3}\)"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: its place among the passages, its rank, its words without the ordinal.

    The rank is 0 for 第一部分, and the highest where there is no ordinal.
    """

    at: int
    rank: int
    numbered: bool
    title: str
    passage: Passage


@dataclass(frozen=True)
class PaperSeen:
    """All that was read of a paper, as the duties ask for it."""

    document: Document
    passages: Sequence[Passage]
    tables: Sequence[Table]
    items: Sequence[LineItem]
    facts: Sequence[NarrativeFact]
    checks: Sequence[Check]
    findings: Sequence[Finding]

    @cached_property
    def whole(self) -> bool:
        """Whether every page was read."""
        unread = {"page_needs_ocr", "sheet_too_large"}
        return self.document.status == "read" and not any(each.code in unread for each in self.findings)

    @cached_property
    def has_prose(self) -> bool:
        """Whether the file holds more than forms and their notes."""
        return sum(len(each.text) for each in self.body if "。" in each.text) >= PROSE

    @cached_property
    def forms(self) -> tuple[Table, ...]:
        """The tables that are recognised forms."""
        return tuple(table for table in self.tables if table.declared.form)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The text of each passage for comparison."""
        return tuple(plain(each.text) for each in self.passages)

    @cached_property
    def body_starts(self) -> int:
        """Which passage the body begins with, after cover and contents."""
        return _body_starts(self.plain, self.passages)

    @cached_property
    def cover(self) -> str:
        """The text of the first page."""
        return "".join(text for text, passage in zip(self.plain, self.passages, strict=True) if passage.page == 1)

    @property
    def front(self) -> Sequence[Passage]:
        """Cover and contents."""
        return self.passages[: self.body_starts]

    @property
    def body(self) -> Sequence[Passage]:
        """What comes after cover and contents."""
        return self.passages[self.body_starts :]

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the body, in reading order."""
        numbered = enumerate(self.plain[self.body_starts :], start=self.body_starts)
        found = (_heading(at, text, self.passages[at]) for at, text in numbered)
        return tuple(heading for heading in found if heading is not None)

    def under(self, heading: Heading) -> Sequence[int]:
        """The passages under a heading, up to the next of its rank or above."""
        ends = (other.at for other in self.headings if other.at > heading.at and other.rank <= heading.rank)
        return range(heading.at + 1, next(ends, len(self.passages)))

    @cached_property
    def printed_beside(self) -> tuple[tuple[str, int], ...]:
        """What is printed in and around tables, as plain text with its page: rows, headings, notes."""
        return tuple(_around_tables(self.tables))


def _around_tables(tables: Sequence[Table]) -> Iterator[tuple[str, int]]:
    for table in tables:
        for line in (*table.heading, *table.below):
            yield plain(line.text), line.page
        rows: dict[int, list[str]] = {}
        pages: dict[int, int] = {}
        for cell in table.cells:
            if cell.text:
                rows.setdefault(cell.row, []).append(plain(cell.text))
                pages.setdefault(cell.row, cell.page)
        yield from (("|".join(texts), pages[row]) for row, texts in rows.items())


def _body_starts(texts: Sequence[str], passages: Sequence[Passage]) -> int:
    """Where the body begins: where the first entry of the contents is printed again, or on the first page of sentences.

    A paper whose first headings stand over sentences at once has no contents to leave out.
    """
    first = next((at for at, text in enumerate(texts) if _is_sentence(text)), len(texts))
    front = [_entry(text) for text in texts[:first]]
    listed = next((at + 1 for at, text in enumerate(front) if re.match(duties().words.contents, text, re.I)), None)
    titles = [at for at, text in enumerate(texts[:first]) if _rank(_BULLET.sub("", text)) is not None]
    if listed is None and len(titles) < FEW_HEADINGS:
        return 0
    begins = listed or 0
    for at in range(begins, min(begins + FIRST_ENTRIES, first)):
        again = next((later for later in range(at + 1, first) if front[later] == front[at]), None)
        if again is not None and _rank(_BULLET.sub("", texts[again])) is not None:
            return again
    if first == len(texts):
        return first
    page = passages[first].page
    on_page = next(at for at, each in enumerate(passages) if each.page == page)
    return on_page if listed is None or on_page >= listed else first


def _is_sentence(text: str) -> bool:
    return len(text) > LEAST_SENTENCE and re.search(r"[。,;]", _DOTS.sub("", text)) is not None


def _entry(text: str) -> str:
    return without_ordinal(_PART.sub("", _DOTS.sub("", _BULLET.sub("", text)))) if text else text


def _rank(text: str) -> int | None:
    """How high an ordinal stands: 0 for 第一部分, 1 for 一、, 2 for （一）, 3 for the others, None without one."""
    rank = next((rank for rank, pattern in enumerate(_RANKS) if pattern.match(text)), None)
    return rank if rank is not None else len(_RANKS) if without_ordinal(text) != text else None


def _heading(at: int, text: str, passage: Passage) -> Heading | None:
    bare = _BULLET.sub("", text)
    if not bare or len(bare) > HEADING or _STOPS.search(bare[:-1]):
        return None
    rank = _rank(bare)
    title = _YEAR.sub("", without_ordinal(_PART.sub("", bare)) or bare).rstrip("。:：")
    title = without_ordinal(title) if title else title
    return Heading(at, len(_RANKS) + 1 if rank is None else rank, rank is not None, title, passage)


def is_about(heading: Heading, cores: Sequence[str]) -> bool:
    """Whether a heading is about what one of the patterns says, with nothing but the usual words around it."""
    if not cores or re.match(duties().words.acting, heading.title):
        return False
    match = _about(tuple(cores)).match(heading.title)
    return match is not None and (heading.numbered or _may_lead(match["lead"]))


@cache
def _about(cores: tuple[str, ...]) -> re.Pattern[str]:
    tails = "|".join(map(re.escape, duties().words.tails))
    return re.compile(rf"(?P<lead>[^,，:：]{{0,36}}?)(?:{'|'.join(cores)})(?:{tails})*$")


def _may_lead(lead: str) -> bool:
    """Whether words before what a heading is about are an owner's: a line of a sentence has others."""
    bare = re.sub(r"\(.*?\)|^关于|本?(部门|单位)$|的$", "", lead)
    return not bare or is_organisation(bare) or bare in ("部门", "单位", "本部门", "本单位")
