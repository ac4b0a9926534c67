"""What stands above a table: its title, number, unit, department, year."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from extractors.forms.declared import alone, department_in, unit_in
from extractors.forms.title_lines import FoundTitle, is_number, nearest_title, title_words_of
from schemas.forms.titles import NUMERAL, Features, bare_title, begins_title, names_another_table
from schemas.records import Kind, TextLine, Unit
from schemas.wording import plain

__all__ = [
    "Heading", "Title", "department_in", "of_government", "other_title", "read_heading", "says_heading",
    "stripped_title", "title_of", "unit_in",
]  # fmt: skip

_NUMBER = re.compile(
    r"(?:\(?(?:财决|预算)?(?:公开|附)?(?:表|预算)?0?\d{1,2}(?:-\d+)?表\)?"
    rf"|(?:公开|附)?表(?:\d{{1,2}}(?!\d)(?:-\d+)?|{NUMERAL}))"
)
_YEAR = re.compile(r"^\(?(20\d{2})年?度?\)?$|(20\d{2})年?度?(?=.{0,40}(?:预算|决算|表|公开))")
_SENTENCE = re.compile("[。;;,]")
_OF_THE_GOVERNMENT = re.compile(r".*(?:财政(?:厅|局|部|所|分局|办)|人民政府|国库.*)(?:\(.*\)|本级)?")
"""Whoever draws up a whole government's tables: its name above one does not make it a department's."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title that names one of `forms`, as printed and as matched; `who` is the organisation it begins with.

    `features` is all that its words say. `whole` is False where a part of it may not have been read: a line above that
    looks like its beginning and is not understood, or a bracket at its end that holds no known word.
    """

    printed: str
    forms: tuple[str, ...]
    who: str
    features: Features = field(default_factory=Features)
    whole: bool = True

    @property
    def kind(self) -> Kind | None:
        """Budget or final accounts, where the title says it."""
        return self.features.kind

    @property
    def year(self) -> int | None:
        """The year that the title names."""
        return self.features.year


@dataclass(frozen=True, slots=True)
class Heading:
    """All that the text above a table says; None where it does not say it."""

    title: Title | None = None
    other_title: str | None = None
    of_government: bool = False
    number: str | None = None
    unit: Unit | None = None
    department: str | None = None
    year: int | None = None


def read_heading(lines: Sequence[TextLine]) -> Heading:
    """The heading in `lines`, which run from top to bottom; of two titles the one nearer the table counts."""
    texts = [plain(line.text) for line in lines]
    found = nearest_title(lines, texts)
    at = found.first if found else 0
    department = department_in(texts[at:]) or department_in(texts[max(at - 2, 0) :])
    title = _of_a_department(found, department)
    own = texts[at:] if title else texts
    return Heading(
        title=title,
        other_title=found.printed if found and title is None else None,
        of_government=title is None and any(of_government(text) for text in texts),
        number=_first(_NUMBER, texts[max(at - 1, 0) :] if title else texts, "公开", "表"),
        unit=unit_in(own) or unit_in(texts[max(at - 2, 0) :] if title else texts),
        department=department,
        year=_year([title, *([found.printed] if found else []), *texts]),
    )


def _of_a_department(found: FoundTitle | None, department: str | None) -> Title | None:
    """The title as that of a department's form; 市本级 alone needs a department beside it that is no government's."""
    reading = found.reading if found else None
    if found is None or reading is None or not reading.forms:
        return None
    named = department is not None and not _OF_THE_GOVERNMENT.fullmatch(department)
    if reading.of_government and (reading.features.owner == "government" or not named):
        return None
    return Title(reading.printed, reading.forms, reading.who, reading.features, found.whole)


@cache
def title_of(text: str) -> Title | None:
    """The title in one line of plain text, or None where the line is none of a form.

    All of it must be words of titles but the organisation that it begins with: 财政拨款收支预算总表 ends with
    收支预算总表 and is not it.
    """
    reading = title_words_of(text)
    if reading is None or not reading.forms or reading.of_government:
        return None
    return Title(reading.printed, reading.forms, reading.who, reading.features, reading.whole)


def other_title(text: str) -> str | None:
    """A line of plain text that is the title of a table that is no form."""
    reading = title_words_of(text)
    if reading.forms if reading else not names_another_table(alone(text)):
        return None
    return stripped_title(text)


def of_government(text: str) -> bool:
    """Whether a line is the title of a whole government's table, such as 自治区本级一般公共预算支出预算表."""
    reading = title_words_of(text)
    return reading is not None and reading.of_government


def says_heading(text: str) -> bool:
    """Whether a line, in or above a table's frame, is a part of its heading: title, number, unit, department, year.

    What a table's first rows are asked by, where the title stands within its frame.
    """
    line = plain(text)
    return bool(
        says_title(line)
        or is_number(line)
        or unit_in([line])
        or department_in([line])
        or re.fullmatch(r"\(?20\d{2}年?度?\)?", line)
    )


def says_title(text: str) -> bool:
    """Whether a line is the title of a form or of another table, or begins one."""
    line = plain(text)
    return bool(title_words_of(line) or other_title(line) or begins_title(alone(line)))


def stripped_title(text: str) -> str:
    """A line without what stands beside the title: unit, department, number, ordinals, year."""
    return bare_title(alone(text))[0]


def _first(pattern: re.Pattern[str], texts: Iterable[str], *begins: str) -> str | None:
    for text in texts:
        if (match := pattern.search(text)) and any(word in match[0] for word in begins):
            return match[0].strip("()")
    return None


def _year(texts: Iterable[str | Title | None]) -> int | None:
    """The year that the title names, else the first of the lines that names one."""
    for text in texts:
        if isinstance(text, Title):
            if text.year:
                return text.year
        elif text and not _SENTENCE.search(text) and (match := _YEAR.search(text)):
            return int(match[1] or match[2])
    return None
