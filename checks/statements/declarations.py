"""What a paper says of itself in several places: year, department, and whether it is a budget or final accounts.

Cover, titles and prose are compared with what the paper as a whole was taken for. What comes of it is recorded and
touches no amount's status.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from checks.statements.wholeness import FEWEST_FORMS, by_department, table_subject, told
from schemas.forms.titles import read_title
from schemas.records import Check, Document, Kind, NarrativeFact, Table, TextLine
from schemas.wording import plain, short_name, without_ordinal

_HEADLINE = re.compile(
    r"(?:第[一二三四五六七八九十]部分|附件\d*:?)?(?P<who>[\u4e00-\u9fff()·]{4,40}?)?(?P<year>20\d\d)年?度?"
    r"(?:部门|单位)*(?P<kind>预算|决算)(?:公开)?(?:报?表)?"
)
"""上海市…局2024年度部门决算表: who, which year and what."""
_YEAR_ALONE = re.compile(r"\(?(20\d\d)年?度\)?")
_YEAR = re.compile(r"20\d\d年?度?")
_LEADING = re.compile(r"(?P<who>[\u4e00-\u9fff()·]{4,30}?)?(?P<year>20\d\d)年")
_ORGANISATION = re.compile(
    r".*(?:局|委|会|院|厅|办|室|部|学|校|所|站|队|中心|处|社|馆|场|司|署|团|库|镇|乡|街道|机关|联)(?:\(.*\))?"
)
_BUDGETS = re.compile(r"(?:公共|基金|经营)预算|预算单位|部门预算(?=支出经济|经济)|政府预算(?=支出经济|经济)")
"""预算 that says nothing of the paper's kind: 一般公共预算财政拨款支出决算表."""
_LEVEL = re.compile(r"(?:\(.*\)|部门|单位|本级|本部|机关|汇总)+$")


class Said(NamedTuple):
    """What one place says; None where it does not."""

    who: str | None = None
    year: int | None = None
    kind: Kind | None = None


def declaration_checks(
    document: Document, tables: Sequence[Table], facts: Sequence[NarrativeFact], cover: Iterable[TextLine] = ()
) -> tuple[Check, ...]:
    """Compare what cover, titles and prose say with the document's kind, year and department.

    `cover` are the lines of the first pages. A place that says nothing is not recorded.
    """
    recognised = [table for table in tables if table.declared.form]
    units = _departments_with_sets(recognised)
    return (
        *_of_cover(document, cover, units),
        *(check for table in recognised for check in _of_table(document, table, units)),
        *_of_prose(document, facts, units),
    )


def _departments_with_sets(tables: Iterable[Table]) -> frozenset[str]:
    """Name the departments that have a set of forms of their own in the file."""
    sets = {name: {table.declared.form for table in own} for name, own in by_department(tables).items()}
    return frozenset(name for name, own in sets.items() if name and len(own) >= FEWEST_FORMS)


def _of_cover(document: Document, cover: Iterable[TextLine], units: Collection[str]) -> Iterator[Check]:
    said = [found for line in cover if (found := _headline(line.text))]
    if said:
        yield from _compared(document, "cover", said, units)


def _of_table(document: Document, table: Table, units: Collection[str]) -> Iterator[Check]:
    said = [found for line in table.heading if (found := _headline(line.text))]
    said += [Said(who=name) for name in (table.declared.department, _who_of_title(table)) if name]
    said += [Said(year=year) for year in _title_years(table)]
    if kind := _kind_of_title(table.declared.title or ""):
        said.append(Said(kind=kind))
    yield from _compared(document, table_subject(table), said, units)


def _of_prose(document: Document, facts: Iterable[NarrativeFact], units: Collection[str]) -> Iterator[Check]:
    """Take what most clauses begin with: some speak of last year, or of a unit of the department."""
    found = [match for fact in facts if (match := _LEADING.match(plain(fact.text)))]
    years = Counter(int(match["year"]) for match in found)
    names = {who for match in found if (who := without_ordinal(match["who"] or "")) and _ORGANISATION.fullmatch(who)}
    said = [Said(year=years.most_common(1)[0][0])] if years else []
    if document.department and names:
        own = next((name for name in sorted(names) if _same(name, document.department)), min(names))
        said.append(Said(who=own))
    yield from _compared(document, "prose", said, units)


def _compared(document: Document, subject: str, said: Sequence[Said], units: Collection[str]) -> Iterator[Check]:
    years = [each.year for each in said if each.year]
    names = [each.who for each in said if each.who]
    kinds = [each.kind for each in said if each.kind]
    if years and document.fiscal_year:
        yield told("paper.year_agrees", subject, all(year == document.fiscal_year for year in years))
    if names and document.department:
        known = {document.department, *units}
        yield told("paper.department_agrees", subject, all(any(_same(name, own) for own in known) for name in names))
    if kinds and document.kind:
        yield told("paper.kind_agrees", subject, all(kind == document.kind for kind in kinds))


def _headline(text: str) -> Said | None:
    match = _HEADLINE.fullmatch(without_ordinal(plain(text)))
    if match is None:
        return None
    who = match["who"] if match["who"] and _ORGANISATION.fullmatch(match["who"]) else None
    return Said(who, int(match["year"]), "final_accounts" if match["kind"] == "决算" else "budget")


def _title_years(table: Table) -> Iterator[int]:
    """Give the years of the line that is the table's title, and of a line that says nothing else."""
    title = table.declared.title
    for line in table.heading:
        text = plain(line.text)
        bare = _YEAR.sub("", text)
        if title and bare != text and bare.endswith(title):
            yield from (int(year[:4]) for year in _YEAR.findall(text))
        elif alone := _YEAR_ALONE.fullmatch(text):
            yield int(alone[1])


def _who_of_title(table: Table) -> str | None:
    """Name the organisation that a title begins with: 西南大学收支预算总表."""
    reading = read_title(table.declared.title or "")
    return reading.who or None if reading else None


def _kind_of_title(title: str) -> Kind | None:
    """Tell whether a title says 预算 or 决算, where it says one of them alone."""
    bare = _BUDGETS.sub("", title)
    final, budget = "决算" in bare, "预算" in bare
    return None if final == budget else "final_accounts" if final else "budget"


def _same(one: str, other: str) -> bool:
    """Whether two names can be one organisation's: one is within the other, abbreviations and levels apart."""
    shorter, longer = sorted((_bare(one), _bare(other)), key=len)
    return shorter in longer


def _bare(name: str) -> str:
    text = short_name(name)
    return _LEVEL.sub("", text) or text
