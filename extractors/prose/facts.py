"""The prose of a paper → `narrative_facts`: each stated figure with what it is of, what it says and where it stands."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.prose.canonical import canonical
from extractors.prose.clauses import Span, clause_at, sentence_at
from extractors.prose.figures import figures
from extractors.prose.lines import body_lines
from extractors.prose.paragraphs import Paragraph, paragraphs
from extractors.prose.reader import read_section
from extractors.prose.sections import Section, naming_of, sections
from extractors.prose.sentence import Read
from extractors.prose.statements import Seen, Statement
from extractors.prose.words.pages import blank_pages, repeated_lines
from extractors.prose.words.review import Review, reviewed
from schemas.prose import sections as sections_wording
from schemas.records import OCR_READERS, Box, Finding, Kind, NarrativeFact, Page

UNREAD_MOST = 4
"""With more than one figure not understood in so many that were, the paper speaks of what the grammar does not know."""
SHORTEST_UNIT = 5
"""No unit has a shorter name, but words like 其他部门 do."""
_BEFORE_YEAR = re.compile(r"(?P<name>[^，。；：\d]{2,30}?)(?=20\d\d年)")
_OVER_TABLE = re.compile(r"(编制|公开|填报)?(部门|单位)(名称)?：(?P<name>[^：，。]{4,30}?)((金额)?单位：.*)?$")


@dataclass(frozen=True, slots=True)
class Prose:
    """What was read from the prose of a paper: its facts, and what was seen and could not be read.

    `told_aside` counts the sums of money in the sections that explain figures which tell why, what for or of aims, and
    `elsewhere` those in other parts of the paper: neither are findings.
    """

    facts: tuple[NarrativeFact, ...]
    findings: tuple[Finding, ...]
    told_aside: int = 0
    elsewhere: int = 0


def read_prose(
    pages: Sequence[Page],
    tables: Mapping[int, Sequence[Box]],
    kind: Kind,
    fiscal_year: int,
    *,
    forms: Collection[str] = (),
    departments: Collection[str] = (),
) -> Prose:
    """Read the figures stated in the prose of a paper of `kind` for `fiscal_year`.

    `tables` gives for a page's number the boxes of its tables, whose text is left out. `forms` are the forms found in
    the paper; they settle which form a heading such as 收入预算情况说明 speaks of. `departments` are the names of those
    whose paper it is; those printed over its tables, and names that the prose puts before the year, are added to them.
    """
    lines = body_lines(pages, tables)
    text = paragraphs(lines)
    found = sections(text, forms)
    names = {*map(canonical, departments), *_departments(text, found)}
    known = tuple(sorted(names, key=len, reverse=True))
    read = [(section, list(_read(section, kind, fiscal_year, known))) for section in found]
    stated = [
        (section, statement) for section, reads in read for statement in reads if isinstance(statement, Statement)
    ]
    unread = [seen for _, reads in read for seen in reads if isinstance(seen, Seen)]
    facts = (_fact(number, section, statement, known) for number, (section, statement) in enumerate(stated, 1))
    read_by_section = [(section, [one for one in reads if isinstance(one, Statement)]) for section, reads in read]
    text_pages = frozenset(page.number for page in pages if page.reader not in OCR_READERS)
    review = Review(kind, fiscal_year, known, text_pages, understood=UNREAD_MOST * len(unread) <= len(stated))
    seen = [*unread, *reviewed(text, read_by_section, review)]
    within, every = _sums(paragraph for section in found for paragraph in section.paragraphs), _sums(text)
    understood = sum(_is_sum(one.paragraph, one.place) for _, reads in read for one in reads)
    findings = (*map(_finding, seen), *blank_pages(pages), *repeated_lines(lines, text_pages))
    return Prose(tuple(facts), findings, within - understood, every - within)


def _sums(text: Iterable[Paragraph]) -> int:
    return sum(figure.kind == "money" for paragraph in text for figure in figures(paragraph.canonical))


def _is_sum(paragraph: Paragraph, place: Span) -> bool:
    return any(figure.kind == "money" for figure in figures(paragraph.canonical[place.start : place.end]))


def _read(section: Section, kind: Kind, year: int, departments: tuple[str, ...]) -> Iterator[Read]:
    naming = naming_of(section, year, departments)
    for read in read_section(section.paragraphs, naming, kind, section.title):
        if not section.evaluates or _told_of_aims(read):
            yield read


def _told_of_aims(read: Read) -> bool:
    """Whether something read in a section on aims and marks is a figure of theirs: how many projects, with how much."""
    if isinstance(read, Seen):
        return read.code != "prose_figure_unread"
    text = read.paragraph.canonical
    clause = clause_at(text, read.place.start, read.place.end)
    return read.fact == "count" or "涉及" in text[clause.start : clause.end] or "绩效" in read.name


def _departments(text: Iterable[Paragraph], found: Iterable[Section]) -> set[str]:
    prose = (paragraph for section in found for paragraph in section.paragraphs)
    named = [_BEFORE_YEAR.match(paragraph.canonical) for paragraph in prose]
    named += [_OVER_TABLE.match(paragraph.canonical) for paragraph in text]
    return {match["name"] for match in named if match and re.fullmatch(sections_wording().organisation, match["name"])}


def _fact(number: int, section: Section, statement: Statement, departments: Collection[str]) -> NarrativeFact:
    text, page = _clause(statement)
    subject, place = statement.subject, statement.place
    return NarrativeFact(
        number,
        page,
        section.title,
        section.subject_form,
        subject.code,
        _of_unit(section, departments) + (_as_printed(statement) if subject.as_said else statement.name),
        statement.fact,
        statement.value,
        statement.unit,
        text,
        statement.paragraph.text[place.start : place.end],
    )


def _of_unit(section: Section, departments: Collection[str]) -> str:
    """Give the name of the unit that a section is headed with, a part of the department, with a stroke behind it."""
    title = canonical(section.title)
    unit = re.fullmatch(sections_wording().organisation, title) is not None and len(title) >= SHORTEST_UNIT
    own = title in departments
    return f"{section.title}/" if unit and not own else ""


def _as_printed(statement: Statement) -> str:
    """Give the statement's name, the subject in the paper's own marks where it stands before in one piece."""
    name, paragraph = statement.subject.name, statement.paragraph
    start = paragraph.canonical.rfind(name, 0, statement.place.start)
    return (paragraph.text[start : start + len(name)] if start >= 0 else name) + statement.suffix


def _clause(read: Statement | Seen) -> tuple[str, int]:
    """Give the clause that a figure stands in, as printed, and the page on which it begins."""
    paragraph = read.paragraph
    clause = clause_at(paragraph.canonical, read.place.start, read.place.end)
    return paragraph.text[clause.start : clause.end], paragraph.page_at(clause.start)


def _finding(seen: Seen) -> Finding:
    """Tell of a figure not understood with its clause, of wrong words with their sentence and what is right."""
    if not seen.right:
        text, page = _clause(seen)
        return Finding(seen.code, text, page)
    paragraph, place = seen.paragraph, seen.place
    sentence = sentence_at(paragraph.canonical, place.start)
    words = paragraph.text[place.start : place.end]
    told = f"{paragraph.text[sentence.start : max(sentence.end, place.end)]} ⇒ {words}：{seen.right}"
    return Finding(seen.code, told, paragraph.page_at(place.start))
