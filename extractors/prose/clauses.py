"""A paragraph → its sentences, and the zones of a sentence that tell why or what for instead of how much."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schemas.prose import phrases

Zone = Literal["plain", "cause", "use"]

_SENTENCE = re.compile(r"(?:[^。！？]|。(?=）))*[。！？]?")
_CLAUSE_END = re.compile(
    r"[，；。：！？]|(?<=\d[元%个人辆台套次批])、|(?<=\d(?:万元|亿元|千元|人次|批次))、|(?<=台（套）)、"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `start:end` of a paragraph's text."""

    start: int
    end: int


def sentences(text: str) -> Iterator[Span]:
    """Give the sentences of canonical `text`, each with its closing mark."""
    yield from (Span(m.start(), m.end()) for m in _SENTENCE.finditer(text) if m[0])


def sentence_at(text: str, place: int) -> Span:
    """Find the sentence of canonical `text` that the character at `place` stands in."""
    return next((span for span in sentences(text) if span.start <= place < span.end), Span(0, len(text)))


def clause_at(text: str, start: int, end: int) -> Span:
    """Find the clause of canonical `text` that the figure at `start:end` stands in, without the marks around it.

    In a list a 、 right after a figure ends its clause: 货物采购金额122.43万元、工程采购金额1387.72万元.
    """
    first = max((match.end() for match in _CLAUSE_END.finditer(text, 0, start)), default=0)
    last = _CLAUSE_END.search(text, end)
    return Span(first, last.start() if last else len(text))


def segments(text: str, marks: str = "，；：。") -> list[str]:
    """Cut canonical `text` at `marks`."""
    return re.split(f"[{marks}]", text)


def zone(before: str) -> tuple[Zone, int]:
    """Tell the zone that the end of canonical `before` lies in, and where in it the zone's words end.

    `before` is the part of a sentence that stands before a figure. A cause runs to the end of its sentence, a use to
    the next semicolon.
    """
    cause = _last(_causes(), before)
    if cause is not None:
        return "cause", cause.end()
    use = _last(_uses(), before)
    if use is not None and "；" not in before[use.end() :] and not _parts().match(before, use.end()):
        return "use", use.end()
    return "plain", 0


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.start(), default=None)


@cache
def _causes() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(phrases().causes)})(?:一?是|为|系)?[：:]?")


@cache
def _uses() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(phrases().uses)})[：:]?")


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(f".{{0,4}}(?:{'|'.join(phrases().parts)})")
