"""The line that one document goes down: file → pages → tables → forms → line items → verdicts."""

import contextlib
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checks import check_paper
from checks.duties.judging import judged, not_looked
from checks.duties.seen import PaperSeen
from extractors.forms.form import Form
from extractors.forms.paper import COVER_PAGES, Outside, Paper, declaration
from extractors.items.conservation import conserved
from extractors.passages import passages
from extractors.prose.facts import Prose, read_prose
from extractors.structure.table_amounts import table_amounts
from extractors.tables.layout import PageLayout
from reading.cut_off import cut_off
from reading.doubtful import without_doubtful
from reading.flowing import on_page_one
from reading.formats import format_of
from reading.readers import reader_of
from reading.recognising import recognised_in
from reading.sources import Provenance, document_id, readable_name
from reading.whole_pages import unproven_on
from schemas.amount_ids import with_amount_ids
from schemas.errors import UnreadableDocumentError
from schemas.records import Document, Finding, Page, Reading, Table, TableAmount

MADE_BETWEEN = 50_000
"""So many records are made between two looks for garbage that only a search finds."""


def failed(path: Path, error: UnreadableDocumentError) -> Reading:
    """The record of a document that could not be read, with the reason."""
    document = Document(document_id(path), path.name, "failed", str(error))
    return Reading(document, disclosure=not_looked("could_not_be_read"))


def read_document(path: Path, origin: Provenance | None = None) -> Reading:
    """All that a paper says, or the record of why it could not be read; never raises for a bad document.

    `origin` tells what is said of it where it lies, for what it does not say itself; without it, its name alone does.
    """
    try:
        with _seldom_collecting():
            return _read(path, _outside(origin or Provenance(readable_name(path))))
    except UnreadableDocumentError as error:
        return failed(path, error)


def _outside(origin: Provenance) -> Outside:
    """What is said of a file where it lies; an archive's name where no page does, for a portal's is an address."""
    names = (origin.file_name, origin.container_place, None if origin.portal else origin.container)
    return Outside(tuple(name for name in names if name), origin.kind, origin.fiscal_year, origin.department)


@contextlib.contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for circles of garbage seldom: a reading is many small records that live to its end, and none in circles."""
    usual = gc.get_threshold()
    gc.set_threshold(max(MADE_BETWEEN, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _read(path: Path, outside: Outside) -> Reading:
    identity = document_id(path)
    kind = format_of(path)
    reader = reader_of(kind, path)
    contents = reader.read(path)
    pages, layouts, pictured, refused = contents.pages, contents.layouts, contents.pictured, contents.refused
    found = recognised_in(contents, identity, outside)
    tables, forms, paper, items = found.tables, found.forms, found.paper, found.items
    findings, unread = found.findings, found.unread
    prose = _prose(pages, layouts, forms, paper)
    declared = _declared(tables, forms, paper)
    conservation = conserved(declared, items, (*findings, *unread), forms)
    document = Document(
        document_id=identity,
        file_name=path.name,
        status="needs_ocr" if refused else "read",
        status_reason=_by_reason(refused) if refused else None if forms else "no_form_recognised",
        kind=paper.kind,
        fiscal_year=paper.fiscal_year,
        department=paper.department,
        format=kind,
        page_count=len(pages),
        has_text_layer=len(pictured) < len(pages),
        amounts_printed=conservation.printed,
        amounts_read=conservation.read + conservation.known,
    )
    cover = [line for layout in layouts if layout.number <= COVER_PAGES for line in layout.lines]
    with reader.second(path, items) as reread:
        checked = check_paper(
            document,
            declared,
            items,
            prose.facts,
            findings=(*findings, *unread, *conservation.findings),
            cover=cover,
            reread=reread,
        )
        engine = reread.engine() if pictured else None
        settled = unproven_on(contents.whole, without_doubtful(checked.items, checked.settled.checks, engine))
    reading = Reading(
        document=document,
        tables=declared,
        line_items=with_amount_ids(settled),
        findings=(
            *findings,
            *_on_pages(pictured, refused),
            *unread,
            *conservation.findings,
            *prose.findings,
            *checked.findings,
        ),
        checks=checked.checks,
        narrative_facts=prose.facts,
        table_amounts=_table_amounts(declared, forms),
    )
    text = passages(pages, layouts)
    seen = PaperSeen(document, text, declared, settled, prose.facts, checked.checks, reading.findings)
    reading = replace(reading, findings=(*reading.findings, *cut_off(path, kind, pages, text)), disclosure=judged(seen))
    return reading if contents.paged else on_page_one(reading)


def _prose(pages: Sequence[Page], layouts: Sequence[PageLayout], forms: Sequence[Form], paper: Paper) -> Prose:
    """The figures of the prose; a paper that does not say its kind and year has none that could be told."""
    if paper.kind is None or paper.fiscal_year is None:
        return Prose((), ())
    tables = {layout.number: [table.box for table in layout.tables] for layout in layouts}
    departments = {paper.department} if paper.department else set()
    return read_prose(
        pages, tables, paper.kind, paper.fiscal_year, forms={form.id for form in forms}, departments=departments
    )


def _declared(tables: Sequence[Table], forms: Sequence[Form], paper: Paper) -> tuple[Table, ...]:
    """The tables that are worth keeping, each with what it declares; an aligned table that is no form is prose."""
    by_number = {form.table.number: form for form in forms}
    kept = [table for table in tables if table.ruled or table.number in by_number]
    return tuple(
        replace(table, declared=declaration(form, paper, forms)) if (form := by_number.get(table.number)) else table
        for table in kept
    )


def _table_amounts(tables: Iterable[Table], forms: Sequence[Form]) -> tuple[TableAmount, ...]:
    """The amounts of every ruled table, by the header and the body of its form where it is one."""
    by_number = {form.table.number: form for form in forms}
    amounts: list[TableAmount] = []
    for table in tables:
        if form := by_number.get(table.number):
            amounts.extend(table_amounts(table, form.header_rows, form.body, form.unit))
        elif table.ruled:
            amounts.extend(table_amounts(table))
    return tuple(amounts)


def _on_pages(pictured: Mapping[int, str], refused: Mapping[int, UnreadableDocumentError]) -> Iterator[Finding]:
    """Which pages were read from their pictures and why, and which could not be."""
    for number, reason in pictured.items():
        if error := refused.get(number):
            yield Finding("page_needs_ocr", f"{reason}; {error}", page=number)
        else:
            yield Finding("page_read_from_picture", reason, page=number)


def _by_reason(refused: Mapping[int, UnreadableDocumentError]) -> str:
    """Each reason with its pages, as `picture_too_large: 1-2, 7; ocr_missing: 9`."""
    pages: dict[str, list[int]] = {}
    for number, error in sorted(refused.items()):
        pages.setdefault(error.reason, []).append(number)
    return "; ".join(f"{reason}: {_ranges(numbers)}" for reason, numbers in pages.items())


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
