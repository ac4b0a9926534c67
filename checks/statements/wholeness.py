"""The paper as a whole: which of its forms are there, which are empty without a word, in which order they stand.

What comes of it is recorded and touches no amount's status.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from schemas.forms import forms
from schemas.forms.titles import read_title
from schemas.identities.papers import ExpectedForm, papers_known
from schemas.records import Check, CheckVerdict, Document, LineItem, Table
from schemas.wording import plain

FEWEST_FORMS = 3
"""A department with fewer forms in a file has no set of its own there: a title named it by mistake, or it is a part."""
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}
_NUMBER = re.compile(r"(\d{1,2})|(十?[一二三四五六七八九]|十)")
_DECIMALS = re.compile(r"-?[\d,]+\.\d+")


def wholeness_checks(document: Document, tables: Sequence[Table], items: Iterable[LineItem]) -> tuple[Check, ...]:
    """Check the set of forms of each department in a document; without a recognised form there is nothing to check."""
    recognised = [table for table in tables if table.declared.form]
    every = list(items)
    with_amounts = {item.table_no for item in every}
    with_sums = {item.table_no for item in every if item.amount}
    titled = _titled_in_vain(tables)
    return (
        *_present(document, recognised, titled),
        *_empty(recognised, with_amounts),
        *_called_empty(recognised, with_sums),
        *_order(recognised),
    )


def told(check_id: str, subject: str, verdict: CheckVerdict | bool) -> Check:
    """Record a check that compares no amounts; a truth stands for `holds` or `fails`."""
    outcome: CheckVerdict = verdict if isinstance(verdict, str) else "holds" if verdict else "fails"
    return Check(check_id, subject, None, None, None, None, outcome, ())


def table_subject(table: Table) -> str:
    """Name a table in a subject: the department, its number in the document, its form."""
    department = table.declared.department
    named = f"{table.number}:{table.declared.form}"
    return f"{department}|{named}" if department else named


def by_department(tables: Iterable[Table]) -> Mapping[str, list[Table]]:
    """Sort recognised tables by the department that they are of, '' where none is named."""
    found: dict[str, list[Table]] = defaultdict(list)
    for table in tables:
        found[table.declared.department or ""].append(table)
    return found


def _present(document: Document, tables: Sequence[Table], titled: frozenset[str]) -> Iterator[Check]:
    """Tell of each form of the set whether it is there.

    A form may be there after all where pages could not be read, or where its title stands over a table that was not
    recognised: `titled` names such forms.
    """
    for department, own in by_department(tables).items():
        printed = {table.declared.form for table in own}
        if len(printed) < FEWEST_FORMS and department != document.department:
            continue
        for form in papers_known().expected(department, document.fiscal_year or 0):
            there = not printed.isdisjoint(form.any_of)
            unknown = not there and (document.status != "read" or not titled.isdisjoint(form.any_of))
            yield told("paper.forms_present", _named(department, form), "not_applicable" if unknown else there)


def _titled_in_vain(tables: Iterable[Table]) -> frozenset[str]:
    """Name the forms whose titles stand over tables that were recognised as none, or below the last of a page."""
    lines = [line for table in tables if not table.declared.form for line in table.heading]
    lines += [line for table in tables for line in table.below]
    titles = [read_title(plain(line.text)) for line in lines]
    headed = {table.declared.form for table in tables}
    return frozenset(name for title in titles if title for name in title.forms if name not in headed)


def _named(department: str, form: ExpectedForm) -> str:
    names = " or ".join(form.any_of)
    return f"{department}|{names}" if department else names


def _empty(tables: Iterable[Table], with_amounts: Collection[int | None]) -> Iterator[Check]:
    """Tell of each form without any amount whether it says why."""
    for table in tables:
        blank = table.number not in with_amounts and not _prints_decimals(table)
        if blank and forms()[table.declared.form or ""].rows != "none":
            yield told("paper.form_empty", table_subject(table), _says_why(table))


def _called_empty(tables: Iterable[Table], with_sums: Collection[int | None]) -> Iterator[Check]:
    """Tell of each form that is called empty whether it is: `with_sums` are the tables that print more than zeros."""
    for table in tables:
        if any(papers_known().calls_empty(plain(text)) for text in _texts(table)):
            yield told("paper.form_note", table_subject(table), table.number not in with_sums)


def _prints_decimals(table: Table) -> bool:
    """Whether amounts stand in it that could not be taken for line items, for want of a unit or otherwise."""
    return any(_DECIMALS.fullmatch(plain(cell.text)) for cell in table.cells)


def _says_why(table: Table) -> bool:
    return any(papers_known().is_note(plain(text)) for text in _texts(table))


def _texts(table: Table) -> list[str]:
    return [line.text for line in table.below] + [cell.text for cell in table.cells]


def _order(tables: Iterable[Table]) -> Iterator[Check]:
    """Tell of each form but the first of a department whether it stands after those before it."""
    for own in by_department(tables).values():
        for at, table in enumerate(own[1:], start=1):
            yield told("paper.order", table_subject(table), all(_stands_after(table, other) for other in own[:at]))


def _stands_after(table: Table, other: Table) -> bool:
    """Whether a table may stand after another: by their printed numbers, or by the order that all papers keep."""
    if table.declared.form == other.declared.form:
        return True
    number, before = _printed_number(table), _printed_number(other)
    if number is None or before is None:
        number, before = (papers_known().rank(each.declared.form or "") for each in (table, other))
    return number is None or before is None or number > before


def _printed_number(table: Table) -> int | None:
    """Read the number of 公开05表, 附表5 or 表十二."""
    match = _NUMBER.search(plain(table.declared.number or ""))
    if match is None:
        return None
    if match[1]:
        return int(match[1])
    tens = 10 if match[2].startswith("十") else 0
    return tens + _DIGITS.get(match[2].removeprefix("十"), 0)
