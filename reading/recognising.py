"""From what a reader saw to line items: tables, forms, the paper that they make, its amounts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.forms.form import Form
from extractors.forms.paper import Outside, Paper, describe, of_departments
from extractors.forms.recognise import recognise
from extractors.forms.scanned_departments import one_spelling
from extractors.forms.scanned_words import respelled
from extractors.forms.unrecognised import unread_continuation, unrecognised
from extractors.items.corrections import corrected
from extractors.items.line_items import line_items
from extractors.tables.stitch import stitched
from reading.clashes import items_told_apart, tables_told_apart
from reading.contents import Contents
from schemas.records import Finding, LineItem, Table


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised in a document.

    `findings` are about tables and forms, `unread` about their rows and amounts.
    """

    tables: Sequence[Table]
    forms: Sequence[Form]
    paper: Paper
    items: Sequence[LineItem]
    findings: Sequence[Finding]
    unread: Sequence[Finding]


def recognised_in(contents: Contents, document_id: str, outside: Outside) -> Recognised:
    """The tables, forms and amounts of a document, and what it is the paper of, also by what is said of it outside."""
    tables, clashing = tables_told_apart(stitched(contents.sheets))
    spelled = [respelled(table) for table in tables]
    recognised = [recognise(table) for table, _ in spelled]
    forms, named = one_spelling([form for form, _ in recognised if form is not None])
    lines = (line for layout in contents.layouts for line in layout.lines)
    paper = describe(forms, lines, outside)
    forms, ownerless = of_departments(forms, paper)
    every, unread = corrected(document_id, *line_items(document_id, forms, paper))
    items, claimed = items_told_apart(every)
    findings = [*contents.findings, *(finding for _, found in (*spelled, *recognised) for finding in found)]
    findings += [*named, *paper.findings, *ownerless, *clashing, *claimed]
    findings += _unrecognised(spelled, recognised)
    return Recognised(tables, forms, paper, items, findings, unread)


def _unrecognised(
    tables: Iterable[tuple[Table, list[Finding]]], recognised: Iterable[tuple[Form | None, list[Finding]]]
) -> Iterator[Finding]:
    """What is lost with each table that has the title of a form or goes on from one, and is none that is known."""
    before: Table | None = None
    for (table, _), (form, _) in zip(tables, recognised, strict=True):
        if form is None and (finding := unrecognised(table) or (before and unread_continuation(before, table))):
            yield finding
        before = table if form is not None else None
