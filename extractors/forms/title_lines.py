"""Which of the lines above a table are its title: read whole, over as many lines as it is broken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.forms.declared import alone
from schemas.forms.titles import Reading, bare_title, names_another_table, read_title
from schemas.records import TextLine

_NO_PART = re.compile(
    r"[::;。!?,、]$|表(?:\(.*\))?$|^注[::\d]|(?:部分|目录|概况|说明|附件|附表|报表|表格|公开|名词解释|如下|样式)$|^\(?20\d{2}年?度?\)?$"
    r"|^\(?20\d{2}年\d{1,2}月(?:\d{1,2}日)?\)?$|^[^\u4e00-\u9fff]*$"
)
"""How a line ends or looks that no title goes on from: a sentence, a title of its own, a section's name, a year."""
_NUMBERED = re.compile(r"(?:附?表|公开)\d|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.]")
"""How a title begins that has its number before it: nothing above belongs to it."""
_PAPER = re.compile(r"20\d{2}年?度?(?:部门|单位)(?:综合)?(?:预算|决算)(?:公开)?$")
_YEAR = re.compile(r"20\d{2}")
MOST_LINES = 4
"""No title is broken over more lines."""
LONGEST_PART = 60
ALIKE = 0.25
"""The lines of one title differ in height by no more than this share of it."""
NEAR = 1.6
"""The lines of one title are no farther apart than so many times their height."""
CENTRED = 30.0
"""The lines of one title have their middles, or their left ends, within so many points."""
CONTENTS = 3
"""So many titles of different tables under one another are a list of contents."""


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title among the lines above a table: what was read, whether all of it was, and on which lines it stands."""

    reading: Reading | None
    printed: str
    first: int
    whole: bool


def nearest_title(lines: Sequence[TextLine], texts: Sequence[str]) -> FoundTitle | None:
    """The title nearest the table, with the lines above it that belong to it."""
    for last in range(len(texts) - 1, -1, -1):
        found = _title_ending(lines, texts, last)
        if found:
            return None if _in_contents(texts, found) else found
    return None


def _title_ending(lines: Sequence[TextLine], texts: Sequence[str], last: int) -> FoundTitle | None:
    """The title whose last line is `last`: read alone, or with the lines above as far as these belong to it."""
    parts = _parts(lines, texts, last)
    windows = [(at, "".join(texts[k] for k in reversed(parts[: n + 1]))) for n, at in enumerate(parts)]
    read = [(at, text, title_words_of(text)) for at, text in windows]
    known = next(((n, at, reading) for n, (at, _, reading) in enumerate(read) if reading), None)
    if known is None:
        another = next((each for each in read if names_another_table(alone(each[1]))), None)
        return FoundTitle(None, _bare(another[1]), another[0], True) if another else None
    n, at, reading = known
    whole = reading.whole
    for above in range(n + 1, len(read)):
        between = parts[above - 1] - parts[above] - 1
        longer, alike = read[above][2], _set_alike(lines[parts[above]], lines[parts[above - 1]], between)
        if longer is None and alike and _centred(lines[parts[above]], lines[parts[above - 1]]):
            if names_another_table(alone(read[above][1])):
                return FoundTitle(None, _bare(read[above][1]), read[above][0], True)
            whole = False
        if longer is None or not alike:
            whole = whole and (longer is None or not _says_more(longer, reading))
            break
        if _says_more(longer, reading) or (longer.who and not reading.who):
            at, reading = read[above][0], longer
    return FoundTitle(reading, reading.printed, at, whole and reading.whole)


def _parts(lines: Sequence[TextLine], texts: Sequence[str], last: int) -> list[int]:
    """The lines that a title ending on `last` can stand on, from the last up: numbers and units between left out."""
    parts = [last]
    for at in range(last - 1, -1, -1):
        if len(parts) == MOST_LINES or lines[at].page != lines[last].page:
            break
        if not alone(texts[at]) or is_number(texts[at]):
            continue
        in_brackets = texts[parts[-1]].startswith("(") and texts[at].endswith("表")
        if _begins_title(texts[parts[-1]], texts[at]):
            break
        if _NO_PART.search(texts[at]) and not in_brackets:
            break
        parts.append(at)
    return parts


def _begins_title(text: str, above: str) -> bool:
    """Whether a line begins a title: with its number, or with a year of its own below the name of the paper."""
    return _NUMBERED.match(text) is not None or (_PAPER.search(above) is not None and _YEAR.search(text) is not None)


def _set_alike(upper: TextLine, lower: TextLine, between: int) -> bool:
    """Whether two lines are set as those of one title are: of one size, near, and over one another.

    `between` are the lines between them that say the form's number or the unit.
    """
    height = max(lower.box.height, 1.0)
    alike = abs(upper.box.height - height) <= ALIKE * height and len(upper.text) <= LONGEST_PART
    near = lower.box.y0 - upper.box.y1 <= (NEAR + between * (NEAR + 1)) * height
    return alike and near and upper.box.x0 <= lower.box.x1 and lower.box.x0 <= upper.box.x1


def _centred(upper: TextLine, lower: TextLine) -> bool:
    return abs(upper.box.cx - lower.box.cx) <= CENTRED or abs(upper.box.x0 - lower.box.x0) <= CENTRED / 2


def _says_more(longer: Reading, reading: Reading) -> bool:
    """Whether the lines above add to what a title says of its table, or say what it alone does not."""
    one, other = longer.features, reading.features
    told = (one.scope, one.subject, one.classification) != (other.scope, other.subject, other.classification)
    return told or longer.forms != reading.forms or longer.of_government != reading.of_government


def _in_contents(texts: Sequence[str], found: FoundTitle) -> bool:
    """Whether a title is the last of a list of contents: others of different tables stand right above it."""
    seen = {_table_of(found.reading, found.printed)}
    for text in reversed(texts[: found.first]):
        reading = title_words_of(text)
        if reading is None and not names_another_table(alone(text)):
            break
        seen.add(_table_of(reading, text))
    return len(seen) >= CONTENTS


def _table_of(reading: Reading | None, text: str) -> tuple[str, ...]:
    return reading.forms if reading and reading.forms else (text,)


@cache
def title_words_of(text: str) -> Reading | None:
    """A line of plain text as a title, without the unit and the department that stand beside it."""
    return read_title(alone(text))


def is_number(text: str) -> bool:
    """Whether a line is the number of a form and nothing else: 公开01表, 表1-1."""
    return bool(text) and not bare_title(text + "表")[0].removesuffix("表")


def _bare(text: str) -> str:
    return bare_title(alone(text))[0]
