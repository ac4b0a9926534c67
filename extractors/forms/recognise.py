"""A table → which form it is, and which of its columns is what; or None where it is none."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.columns import CODE_ROLES, Column, columns_of
from extractors.forms.form import Form
from extractors.forms.government_codes import with_government_codes
from extractors.forms.grouping import groups_of, lists_its_system
from extractors.forms.header import Header, find_header, is_caption_row, is_index_row
from extractors.forms.heading import Heading, Title, read_heading, unit_in
from extractors.tables.grid import Grid
from schemas.forms import FormDefinition, forms
from schemas.records import Finding, Table, TextLine, Unit
from schemas.wording import plain


def recognise(table: Table) -> tuple[Form | None, list[Finding]]:
    """The form that a table is, and what was found on the way.

    The title names the form, the header must bear it out: a title over columns that are not the form's is a finding,
    not a form. A table without the title of any form is none.
    """
    grid = Grid(table)
    header = find_header(grid)
    heading = read_heading((*table.heading, *_framed_lines(grid, header)))
    if heading.title is None:
        return None, []
    fits = [form for name in heading.title.forms if (form := _as_form(forms()[name], table, grid, header, heading))]
    if fits:
        return max(fits, key=_strength), _of_title(heading.title, table)
    detail = f"{heading.title.printed} ({', '.join(heading.title.forms)})"
    return None, [Finding("title_without_its_columns", detail, table.pages[0], table.number)]


def _of_title(title: Title, table: Table) -> list[Finding]:
    """What is to be told of a title that may be the end of another one's."""
    return [] if title.whole else [Finding("title_not_whole", title.printed, table.pages[0], table.number)]


def _framed_lines(grid: Grid, header: Header) -> list[TextLine]:
    rows = header.framed
    return [TextLine(cell.text, cell.page, cell.box) for row in rows for cell in grid.printed(row)]


def _as_form(definition: FormDefinition, table: Table, grid: Grid, header: Header, heading: Heading) -> Form | None:
    body = _body(grid, header)
    columns = with_government_codes(_with_codes(columns_of(grid, header.rows, definition), grid, body), grid, body)
    groups = groups_of(definition, columns, grid, body)
    if definition.rows != "none" and not groups:
        return None
    if not lists_its_system(definition, groups, grid, body):
        return None
    return Form(
        definition=definition,
        table=table,
        grid=grid,
        heading=heading,
        header_rows=header.rows,
        body=body,
        columns=columns,
        groups=groups,
        unit=heading.unit or _unit_in_header(grid, header),
    )


def _with_codes(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Column, ...]:
    """The columns, those of bare digits beside a column of codes made code columns whatever their heading says.

    A level lost from 201 | 13 | 01 would leave a wrong code that nothing shows to be wrong.
    """
    known = list(columns)
    for at, column in enumerate(known):
        beside = {known[k].role for k in (at - 1, at + 1) if 0 <= k < len(known)}
        if column.role or column.measure or not beside & set(CODE_ROLES):
            continue
        texts = [plain(cell.text) for cell in grid.column(column.index, body)]
        digits = [text for text in texts if text.isdecimal()]
        if digits and len(digits) * 2 > len(texts) and all(len(text) in (2, 3, 5, 7) for text in digits):
            known[at] = replace(column, role="code")
    return tuple(known)


def _unit_in_header(grid: Grid, header: Header) -> Unit | None:
    return unit_in(cell.text for row in header.rows for cell in grid.printed(row))


def _body(grid: Grid, header: Header) -> tuple[int, ...]:
    """The rows below the header that print anything, heads repeated on later pages and rows of numbers left out."""
    head = {_texts(grid, row) for row in (*header.framed, *header.rows)}
    rows = range(header.body_from, grid.rows + 1)
    return tuple(
        row
        for row in rows
        if grid.printed(row)
        and _texts(grid, row) not in head
        and not is_index_row(grid.printed(row))
        and not is_caption_row(grid, row)
    )


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(plain(cell.text) for cell in grid.printed(row))


def _strength(form: Form) -> int:
    return sum(len(group.money) + 2 * bool(group.codes) for group in form.groups)
