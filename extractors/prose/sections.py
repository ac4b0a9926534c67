"""Paragraphs → the sections that explain a paper's figures (情况说明, 编制说明), each with the form it speaks of."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from extractors.prose.naming import Naming
from extractors.prose.paragraphs import ORDINAL, Paragraph, heading_like
from schemas.prose import sections as wording

WHOLE_PAPER = frozenset(
    {
        "revenue_expenditure_summary",
        "revenue_by_function",
        "revenue_by_source",
        "expenditure_by_function",
        "expenditure_by_use",
    }
)
"""In sections on these forms 收入 and 支出 alone are the paper's totals."""

CAPTION = 30
"""The title of a 第三部分 runs on in the next lines, where those are no longer than this."""
LEVELS = (r"第", r"[一二三四五六七八九十]", r"（[一二三四五六七八九十]")
"""How the ordinals of headings begin, outermost first; 1. and below number paragraphs."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its ordinal, canonical and as printed; depth 0 is 第三部分 and a title without an ordinal."""

    depth: int
    title: str
    printed: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading of the prose; `subject_form` is None where the heading names no form.

    `evaluates` tells that it, or a heading above it, is on aims and their evaluation and states no account.
    """

    title: str
    subject_form: str | None
    paragraphs: tuple[Paragraph, ...]
    evaluates: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reader is: the headings above the text, none where the prose is shut, and how deep they may reopen it."""

    trail: tuple[Heading, ...] = ()
    shut_below: int = len(LEVELS)

    @property
    def open(self) -> bool:
        return bool(self.trail)


def sections(paragraphs: Sequence[Paragraph], forms: Collection[str] = ()) -> tuple[Section, ...]:
    """Find the sections of the parts that explain figures, in reading order; other parts of the paper are left out.

    `forms` are the forms that the paper holds; they settle headings that may speak of either of two.
    """
    found: list[Section] = []
    place = _Place()
    for paragraph in _with_whole_captions(paragraphs):
        heading = heading_of(paragraph)
        if heading is not None:
            place = _after(place, heading)
        if heading is not None and place.open:
            evaluates = any(_matches(above.title, wording().evaluations) for above in place.trail)
            found.append(Section(heading.printed, _form_of(place.trail, forms), (), evaluates))
        elif place.open:
            found[-1] = _with(found[-1], paragraph)
    return tuple(section for section in found if section.paragraphs)


def naming_of(section: Section, year: int, departments: tuple[str, ...]) -> Naming:
    """Give what the names of a section are looked up in."""
    form = section.subject_form or ""
    system = "economic" if form.endswith("by_economic") else "function"
    return Naming(system, year, departments, of_whole_paper=not form or form in WHOLE_PAPER)


def heading_of(paragraph: Paragraph) -> Heading | None:
    """Read the heading that a paragraph is; numbered paragraphs and 科目 such as （一）公共安全（类） are none."""
    text = paragraph.canonical.lstrip("-·")
    lead = len(paragraph.canonical) - len(text)
    if not heading_like(text) or re.search(r"（\d{0,3}[类款项]）|\d[.\d]*(万元|元|%)", text):
        return None
    ordinal = ORDINAL.match(text)
    lead += ordinal.end() if ordinal else 0
    title = paragraph.canonical[lead:].rstrip("。：")
    printed = paragraph.text[lead : lead + len(title)]
    if ordinal is None:
        return Heading(0, title, printed) if _matches(title, _titles()) else None
    depth = next((depth for depth, start in enumerate(LEVELS) if re.match(start, ordinal[0])), None)
    return None if depth is None else Heading(depth, title, printed)


def _after(place: _Place, heading: Heading) -> _Place:
    """Where the reader is below `heading`."""
    if _matches(heading.title, wording().ends):
        within = not place.open and heading.depth > 0  # a heading inside of what is shut opens nothing
        return _Place(shut_below=min(heading.depth, place.shut_below) if within else heading.depth)
    if _matches(heading.title, wording().interrupts):
        return _Place(shut_below=place.shut_below)
    begins = _matches(heading.title, wording().begins) and heading.depth <= place.shut_below
    if begins or (place.open and heading.depth > 0):
        above = tuple(other for other in place.trail if other.depth < heading.depth)
        return _Place((*above, heading))
    return place if not place.open else _Place()


def _form_of(trail: tuple[Heading, ...], forms: Collection[str]) -> str | None:
    """Find the form named by the innermost heading that names one."""
    for heading in reversed(trail):
        named = next((row.forms for row in wording().forms if re.search(row.title, heading.title)), ())
        held = [form for form in named if form in forms] or list(named)
        if named:
            return held[0] if len(held) == 1 else None
    return None


def _with(section: Section, paragraph: Paragraph) -> Section:
    return replace(section, paragraphs=(*section.paragraphs, paragraph))


def _titles() -> tuple[str, ...]:
    return (*wording().begins, *wording().ends, *wording().interrupts)


def _matches(title: str, patterns: Sequence[str]) -> bool:
    return any(re.search(pattern, title) for pattern in patterns)


def _with_whole_captions(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """第三部分 and the centred lines under it that finish its title, as one paragraph."""
    whole: list[Paragraph] = []
    for paragraph in paragraphs:
        before = whole[-1] if whole else None
        if before is not None and before.ordinal.endswith("部分") and _continues_caption(before, paragraph):
            starts = tuple((place + len(before.text), page) for place, page in paragraph.starts)
            whole[-1] = Paragraph(before.text + paragraph.text, before.starts + starts)
        else:
            whole.append(paragraph)
    return whole


def _continues_caption(caption: Paragraph, paragraph: Paragraph) -> bool:
    finished = _matches(caption.canonical, _titles()) and not paragraph.canonical.startswith("说明")
    return (
        not finished and not paragraph.ordinal and len(paragraph.text) <= CAPTION and heading_like(paragraph.canonical)
    )
