"""Lines → paragraphs, joined over line and page breaks; every character remembers its page."""

import bisect
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.prose.canonical import canonical
from extractors.prose.lines import Line

INDENT = 1.2
"""A line that starts further right than this many type sizes begins a paragraph."""
SHORT = 2.5
"""A line that ends this many type sizes before the others' right edge ends its paragraph."""
NEAR = 72.0
"""Type areas of the same paper differ by less than this many points, or the page is laid out in another way."""
LONG = 12
"""Lines of so many characters tell where the type area begins and ends."""
HEADING = 45
"""No heading is longer than this many characters."""

ORDINAL = re.compile(
    r"第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|"
    r"\d{1,2}[.、](?!\d)|（\d{1,2}）|[①-⑳]"
)
_CLOSED = re.compile(r"[。：；！？]\"?$")
_NEVER_FIRST = re.compile(r"[，。；：、）%]|（\d{0,3}[类款项]）")
_STOPS = re.compile(r"[，。；：！？]")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as printed, without whitespace; `starts` holds, ascending, where in `text` each page begins."""

    text: str
    starts: tuple[tuple[int, int], ...]

    @cached_property
    def canonical(self) -> str:
        """The text in canonical spelling, character by character beside `text`."""
        return canonical(self.text)

    @property
    def ordinal(self) -> str:
        """The ordinal that it begins with, such as 一、 or （二）, or ''."""
        found = ORDINAL.match(self.canonical)
        return found[0] if found else ""

    def page_at(self, place: int) -> int:
        """Tell the page on which the character at `place` is printed."""
        index = bisect.bisect_right(self.starts, place, key=lambda start: start[0]) - 1
        return self.starts[index][1]


def paragraphs(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """Paragraphs in reading order: a new one begins at an indent, at an ordinal and after a line that ends early."""
    areas = _type_areas(lines)
    return tuple(_paragraph(group) for group in _groups(lines, areas))


def heading_like(text: str) -> bool:
    """Whether a line of canonical `text` can be a heading: short, an ordinal or no mark in it, and no sentence."""
    if len(text) > HEADING:
        return False
    return not _STOPS.search(text) or (ORDINAL.match(text) is not None and not _STOPS.search(text[:-1]))


def _groups(lines: Sequence[Line], areas: dict[int, tuple[float, float]]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins(line, group[-1], areas):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(line: Line, before: Line, areas: dict[int, tuple[float, float]]) -> bool:
    left, _ = areas[line.page]
    _, right = areas[before.page]
    said, said_before = canonical(line.text), canonical(before.text)
    if _NEVER_FIRST.match(said):
        return False
    if ORDINAL.match(said):
        return True
    ends_early = before.box.x1 + _unbroken(said) * line.size / 2 < right - SHORT * before.size
    if line.box.x0 > left + INDENT * line.size:
        return ends_early or bool(_CLOSED.search(said_before)) or heading_like(said_before)
    return ends_early and (bool(_CLOSED.search(said_before)) or heading_like(said_before))


def _unbroken(said: str) -> int:
    """Count the characters of the figure that a line begins with, which would not have fit into the line before."""
    found = re.match(r"[\d,.%]*", said)
    return len(found[0]) if found else 0


def _paragraph(group: Iterable[Line]) -> Paragraph:
    text, starts = "", list[tuple[int, int]]()
    for line in group:
        if not starts or starts[-1][1] != line.page:
            starts.append((len(text), line.page))
        text += line.text
    return Paragraph(text, tuple(starts))


def _type_areas(lines: Sequence[Line]) -> dict[int, tuple[float, float]]:
    """Give for each page the left and right edge of its type area, told by its long lines.

    Where all of them are indented or end early, the edge lies where it does for most lines of sentences in the paper:
    titles and notes beside wide tables tell little of it.
    """
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    edges = {page: _edges(_running(own) or _long(own) or own) for page, own in by_page.items()}
    if not edges:
        return {}
    telling = [edges[page] for page, own in by_page.items() for _ in _running(own)] or list(edges.values())
    lefts, rights = zip(*telling, strict=True)
    left, right = statistics.median_low(lefts), statistics.median_high(rights)
    return {
        page: (left if left < x0 <= left + NEAR else x0, right if right - NEAR <= x1 < right else x1)
        for page, (x0, x1) in edges.items()
    }


def _long(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if len(line.text) >= LONG]


def _running(lines: Iterable[Line]) -> list[Line]:
    """Give the long lines that hold a mark of a sentence; a single one can be a note."""
    found = [line for line in _long(lines) if _STOPS.search(canonical(line.text))]
    return found if len(found) > 1 else []


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    return min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
