"""A table → which form it is, and which of its columns is what; or None where it is none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.columns import CODE_ROLES, LABEL_ROLES, Column, columns_of, measure_of
from extractors.forms.form import Form, Group
from extractors.forms.header import Header, find_header, heading_text, is_index_row
from extractors.forms.heading import Heading, read_heading, unit_in
from extractors.tables.grid import Grid
from schemas.forms import FormDefinition, forms
from schemas.records import Finding, Table, TextLine, Unit
from schemas.wording import plain

FEWEST_SOURCES = 3
FEWEST_USES = 2


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
        return max(fits, key=_strength), []
    detail = f"{heading.title.printed} ({', '.join(heading.title.forms)})"
    return None, [Finding("title_without_its_columns", detail, table.pages[0], table.number)]


def _framed_lines(grid: Grid, header: Header) -> list[TextLine]:
    rows = header.framed
    return [TextLine(cell.text, cell.page, cell.box) for row in rows for cell in grid.printed(row)]


def _as_form(definition: FormDefinition, table: Table, grid: Grid, header: Header, heading: Heading) -> Form | None:
    body = _body(grid, header)
    columns = _with_codes(columns_of(grid, header.rows, definition), grid, body)
    groups = _GROUPINGS[definition.rows](columns, grid, body)
    if definition.rows != "none" and not groups:
        return None
    if not _of_the_system(definition, groups, grid, body):
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
        if grid.printed(row) and _texts(grid, row) not in head and not is_index_row(grid.printed(row))
    )


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(plain(cell.text) for cell in grid.printed(row))


def _strength(form: Form) -> int:
    return sum(len(group.money) + 2 * bool(group.codes) for group in form.groups)


def _lists(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns cut into lists of rows that stand side by side: each begins anew with a code or label after money."""
    lists: list[list[Column]] = [[]]
    for column in columns:
        leads = column.role in CODE_ROLES or column.role in LABEL_ROLES
        if leads and any(c.measure for c in lists[-1]):
            lists.append([])
        lists[-1].append(column)
    return [columns for columns in lists if any(c.measure for c in columns)]


def _group(columns: Sequence[Column], side: str | None = None) -> Group:
    codes = tuple(c.index for c in columns if c.role in CODE_ROLES)
    labels = tuple(c.index for c in columns if c.role == "label")
    units = tuple(c.index for c in columns if c.role == "unit_label")
    money = [(c.index, c.measure) for c in columns if c.measure]
    if len(money) == 1 and money[0][1] not in ("initial_budget", "adjusted_budget", "previous_year"):
        money = [(money[0][0], "amount")]
    return Group(side, codes, labels or units, tuple(money))


def _coded(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    lists = _lists(columns)
    groups = tuple(_group(part) for part in lists)
    whole = all(group.labels or group.codes for group in groups) and not any(_torn(p, grid, body) for p in lists)
    return groups if whole and any(_prints_codes(group, grid, body) for group in groups) else ()


SYSTEM_DIGIT = {"function": "2", "economic": "3"}
"""Codes of 支出功能分类 begin with 2, those of 部门预算支出经济分类 with 3."""


def _of_the_system(form: FormDefinition, groups: Sequence[Group], grid: Grid, body: Sequence[int]) -> bool:
    """Whether the codes are those that the form lists: 财政拨款支出表 by economic code is another table."""
    texts = [plain(cell.text) for group in groups for col in group.codes[:1] for cell in grid.column(col, body)]
    codes = [text for text in texts if text.isdecimal() and len(text) >= 3]
    own = sum(code.startswith(SYSTEM_DIGIT[form.code_system or "function"]) for code in codes)
    return own * 2 >= len(codes)


def _torn(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> bool:
    """Whether digits under an unknown heading part a list's labels: two lists whose headings ran together."""
    leading = [at for at, column in enumerate(columns) if column.role in CODE_ROLES or column.role in LABEL_ROLES]
    between = columns[leading[0] : leading[-1]] if leading else []
    unknown = [column for column in between if not column.role and not column.measure]
    return any(any(map(str.isdecimal, cell.text)) for c in unknown for cell in grid.column(c.index, body))


def _prints_codes(group: Group, grid: Grid, body: Sequence[int]) -> bool:
    """Whether a list has a column for codes, or begins its labels with them."""
    if group.codes:
        return True
    labels = [plain(cell.text) for col in group.labels for cell in grid.column(col, body)]
    return any(label[:3].isdecimal() for label in labels)


def _halves(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    lists = _lists([_without_bare_side(column) for column in columns])
    if not 2 <= len(lists) <= 4:
        return ()
    groups = [_group(part) for part in lists]
    sides = [_side(part, place) for place, part in enumerate(lists)]
    if not all(group.labels for group in groups) or sides[0] != "revenue" or "revenue" in sides[1:]:
        return ()
    named = [_by_labels(group, side, grid, body) for group, side in zip(groups, sides, strict=True)]
    return tuple(replace(group, side=side) for group, side in zip(groups, named, strict=True))


def _without_bare_side(column: Column) -> Column:
    """收入 or 支出 alone heads a half, not a column of money."""
    bare = len(column.path) == 1 and re.fullmatch(r"(?:本年|当年|财政拨款)*(?:收入|支出)", column.path[0])
    return replace(column, measure=None) if bare else column


def _side(columns: Sequence[Column], place: int) -> str:
    """The half a list belongs to, from the headings above its labels; where they are silent, from its place."""
    leading = [column for column in columns if column.role == "label"] or columns
    above = "/".join(dict.fromkeys(text for column in leading for text in column.path))
    if "用途" in above or "性质" in above or "经济分类" in above:
        return "expenditure_by_use"
    if "收入" in above and "支出" not in above:
        return "revenue"
    return "expenditure" if "支出" in above or place else "revenue"


_USES = ("基本支出", "项目支出")


def _by_labels(group: Group, side: str, grid: Grid, body: Sequence[int]) -> str:
    """支出用途 can stand in the place of the functions without saying so in its heading; its rows say it."""
    if side != "expenditure":
        return side
    labels = [plain(cell.text) for col in group.labels for cell in grid.column(col, body)]
    uses = sum(any(label.endswith(use) for use in _USES) for label in labels)
    functions = sum(label.endswith("支出") for label in labels) - uses
    return "expenditure_by_use" if uses and functions <= 3 and not any("公共服务" in text for text in labels) else side


def _sources(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    """Sources of funds as rows with one column of money, or as columns (a group without labels)."""
    if any(c.role in CODE_ROLES for c in columns):
        return ()
    if not any(c.role == "label" for c in columns):
        known = sum(c.measure is not None for c in columns)
        money = tuple((c.index, "amount") for c in columns if c.role is None and c.path)
        return (Group(None, (), (), money),) if known >= FEWEST_SOURCES and known * 2 > len(money) else ()
    first = next(c.index for c in columns if c.role == "label")
    current = [c for c in columns if c.measure and c.measure != "previous_year" and c.index > first]
    if len(current) != 1:
        return ()
    labels = tuple(c.index for c in columns if first <= c.index < current[0].index and c.role in ("label", None))
    last_year = tuple((c.index, "previous_year") for c in columns if c.measure == "previous_year")
    return (Group(None, (), labels, ((current[0].index, "amount"), *last_year)),)


def _single(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    """Uses of expenditure as columns of one row, or as rows with one column of money."""
    money = tuple((c.index, c.measure) for c in columns if c.measure)
    if any(c.role in CODE_ROLES for c in columns):
        return ()
    labels = tuple(c.index for c in columns if c.role == "label")
    if not labels:
        return (Group(None, (), (), money),) if len(money) >= FEWEST_USES else ()
    texts = [cell.text for col in labels for cell in grid.column(col, body)]
    uses = [text for text in texts if measure_of((heading_text(text),), ("basic", "project"))]
    return (Group(None, (), labels, ((money[0][0], "total"),)),) if len(money) == 1 and len(uses) >= FEWEST_USES else ()


def _three_public(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    """One group with every column: which are names and which are years is the items' concern."""
    labels = tuple(c.index for c in columns if c.role == "label")
    return (Group(None, (), labels, tuple((c.index, c.measure or "") for c in columns)),)


def _none(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    return ()


_GROUPINGS = {
    "coded": _coded,
    "halves": _halves,
    "sources": _sources,
    "single": _single,
    "three_public": _three_public,
    "organisations": _none,
    "projects": _none,
    "none": _none,
}
