"""The columns of a table → the lists of rows that a form has; none where the columns do not bear the form out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.forms.codes_printed import begins_with_code, names_known
from extractors.forms.columns import CODE_ROLES, LABEL_ROLES, Column
from extractors.forms.form import Group, Money, Units
from extractors.forms.meaning import meaning_of
from extractors.forms.row_words import is_total, looks_like_organisation
from extractors.tables.grid import Grid
from schemas.forms import FormDefinition, Rows
from schemas.wording import plain

FEWEST_SOURCES = 3
FEWEST_USES = 2
BESIDE = ("initial_budget", "adjusted_budget", "previous_year", "previous_year_executed")
"""Measures that stand beside this year's figure rather than in its place."""
GOVERNMENT_ROLES = ("government_code", "government_label")

Grouping = Callable[[FormDefinition, Sequence[Column], Grid, Sequence[int]], tuple[Group, ...]]


def groups_of(form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    """The lists of rows of a table read as `form`, whose body are the rows `body`; () where it cannot be that form."""
    return _GROUPINGS[form.rows](form, columns, grid, body)


def _leads(column: Column) -> bool:
    return column.role in (*CODE_ROLES, *LABEL_ROLES, *GOVERNMENT_ROLES, "unit_code")


def _lists(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns cut into lists of rows that stand side by side: each begins anew with a code or label after money."""
    lists: list[list[Column]] = [[]]
    for column in columns:
        if _leads(column) and any(c.measure for c in lists[-1]):
            lists.append([])
        lists[-1].append(column)
    return [columns for columns in lists if any(c.measure for c in columns)]


def _of_role(columns: Sequence[Column], *roles: str) -> tuple[int, ...]:
    return tuple(column.index for column in columns if column.role in roles)


def _group(columns: Sequence[Column], side: str | None = None) -> Group:
    codes, labels = _of_role(columns, *CODE_ROLES), _of_role(columns, "label")
    government = Units(_of_role(columns, "government_code"), _of_role(columns, "government_label"))
    if not labels and not codes and government:
        codes, labels, government = government.codes, government.names, Units()
    units = Units(_of_role(columns, "unit_code"), _of_role(columns, "unit_label"))
    if not labels and units.names:
        labels, units = units.names, Units(units.codes)
    money = [Money(column.index, column.measure, column.fund) for column in columns if column.measure]
    return Group(side, codes, labels, _named_alone(money), units, government)


def _named_alone(money: Sequence[Money]) -> tuple[Money, ...]:
    """The one column of money of a list is its amount, whatever its heading."""
    if len(money) == 1 and money[0].measure not in BESIDE:
        return (Money(money[0].col, "amount"),)
    return tuple(money)


def _coded(form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    lists = _lists(columns)
    groups = tuple(_group(part) for part in lists)
    whole = all(group.labels or group.codes for group in groups) and not any(_torn(p, grid, body) for p in lists)
    return groups if whole and any(_prints_codes(form, group, grid, body) for group in groups) else ()


def _torn(columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> bool:
    """Whether digits under an unknown heading part a list's labels: two lists whose headings ran together."""
    leading = [at for at, column in enumerate(columns) if _leads(column)]
    between = columns[leading[0] : leading[-1]] if leading else []
    unknown = [column for column in between if not column.role and not column.measure]
    return any(any(map(str.isdecimal, cell.text)) for c in unknown for cell in grid.column(c.index, body))


def _prints_codes(form: FormDefinition, group: Group, grid: Grid, body: Sequence[int]) -> bool:
    """Whether a list has a column for codes, joins them to its labels, or labels its rows with names of codes alone."""
    if group.codes:
        return True
    labels = [cell.text for col in group.labels for cell in grid.column(col, body)]
    return any(map(begins_with_code, labels)) or names_known(form.code_system or "function", labels)


def _halves(form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    lists = _lists([_without_bare_side(column) for column in columns])
    if not 2 <= len(lists) <= 5:
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


_SIDES_OF_SYSTEMS = {"economic": "expenditure_by_economic", "government": "expenditure_by_government_economic"}


def _side(columns: Sequence[Column], place: int) -> str:
    """The half a list belongs to, from the headings above its labels; where they are silent, from its place."""
    leading = [c for c in columns if c.role in ("label", "government_label")] or list(columns)
    above = "/".join(dict.fromkeys(text for column in leading for text in column.path))
    systems = [system for column in leading for m in column.meanings if m for system in m.all("system")]
    if "用途" in above or "性质" in above:
        return "expenditure_by_use"
    if found := next((_SIDES_OF_SYSTEMS[system] for system in systems if system in _SIDES_OF_SYSTEMS), None):
        return found
    if "收入" in above and "支出" not in above:
        return "revenue"
    return "expenditure" if "支出" in above or place else "revenue"


def _by_labels(group: Group, side: str, grid: Grid, body: Sequence[int]) -> str:
    """支出用途 can stand in the place of the functions without saying so in its heading; its rows say it."""
    if side != "expenditure":
        return side
    meanings = [meaning_of(cell.text) for col in group.labels for cell in grid.column(col, body)]
    uses = sum(meaning is not None and meaning.says("use") for meaning in meanings)
    functions = names_known("function", [cell.text for col in group.labels for cell in grid.column(col, body)])
    return "expenditure_by_use" if uses and not functions else side


def _sources(form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    """Sources of funds as rows with one column of money, or as columns (a group without labels)."""
    if any(c.role in (*CODE_ROLES, "unit_label", "unit_code") for c in columns):
        return ()
    if not any(c.role == "label" for c in columns):
        known = sum(c.measure is not None for c in columns)
        money = tuple(Money(c.index, "amount") for c in columns if c.role is None and c.path)
        return (Group(None, (), (), money),) if known >= FEWEST_SOURCES and known * 2 > len(money) else ()
    first = next(c.index for c in columns if c.role == "label")
    current = [c for c in columns if c.measure and c.measure not in BESIDE and c.index > first]
    if len(current) != 1:
        return ()
    labels = tuple(c.index for c in columns if first <= c.index < current[0].index and c.role in ("label", None))
    last_year = tuple(Money(c.index, c.measure) for c in columns if c.measure in BESIDE)
    return (Group(None, (), labels, (Money(current[0].index, "amount"), *last_year)),)


def _single(form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    """Uses of expenditure as columns of one row, or as rows with one column of money."""
    money = tuple(Money(c.index, c.measure, c.fund) for c in columns if c.measure)
    if any(c.role in (*CODE_ROLES, "unit_label", "unit_code") for c in columns):
        return ()
    labels = _of_role(columns, "label")
    if not labels:
        return (Group(None, (), (), money),) if len(money) >= FEWEST_USES else ()
    meanings = [meaning_of(cell.text) for col in labels for cell in grid.column(col, body)]
    uses = [m for m in meanings if m and not {"basic", "project"}.isdisjoint(m.all("use"))]
    one = len(money) == 1 and len(uses) >= FEWEST_USES
    return (Group(None, (), labels, (Money(money[0].col, "total"),)),) if one else ()


def _three_public(
    form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]
) -> tuple[Group, ...]:
    """One group with every column: which are items, years or budgets is the items' concern."""
    units = Units(_of_role(columns, "unit_code"), _of_role(columns, "unit_label"))
    money = tuple(Money(c.index, c.measure or "", c.fund) for c in columns)
    return (Group(None, (), _of_role(columns, "label"), money, units),)


def _organisations(
    form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]
) -> tuple[Group, ...]:
    """Rows are units, columns sources or uses; the column of units may not say so, its rows do."""
    units = Units(_of_role(columns, "unit_code"), _of_role(columns, "unit_label"))
    names = units.names or _of_role(columns, "label")
    if not names or any(c.role in CODE_ROLES for c in columns) or len(_lists(columns)) != 1:
        return ()
    labels = [cell.text for col in names for cell in grid.column(col, body) if not is_total(cell.text)]
    if not units.names and sum(map(looks_like_organisation, labels)) * 2 <= len(labels):
        return ()
    money = [Money(c.index, c.measure, c.fund) for c in columns if c.measure]
    return (Group(None, (), names, _named_alone(money), Units(units.codes, names)),)


def _listed(form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    """Rows are projects, or what is bought, told by their labels: a class, a project, a thing from left to right."""
    lists = _lists(columns)
    groups = tuple(_group(part) for part in lists)
    coded = bool(groups) and bool(groups[0].codes) and form.code_system is None
    return groups if len(groups) == 1 and groups[0].labels and not coded else ()


def _none(form: FormDefinition, columns: Sequence[Column], grid: Grid, body: Sequence[int]) -> tuple[Group, ...]:
    return ()


_GROUPINGS: Mapping[Rows, Grouping] = {
    "coded": _coded,
    "halves": _halves,
    "sources": _sources,
    "single": _single,
    "three_public": _three_public,
    "organisations": _organisations,
    "listed": _listed,
    "none": _none,
}


SYSTEM_DIGIT = {"function": "2", "economic": "3"}
"""Codes of 支出功能分类 begin with 2, those of 部门预算支出经济分类 with 3."""


def lists_its_system(form: FormDefinition, groups: Sequence[Group], grid: Grid, body: Sequence[int]) -> bool:
    """Whether the codes are those that the form lists: 财政拨款支出表 by economic code is another table."""
    codes = [code for group in groups for code in _printed_codes(group, grid, body)]
    own = sum(code.startswith(SYSTEM_DIGIT[form.code_system or "function"]) for code in codes)
    return own * 2 >= len(codes)


def _printed_codes(group: Group, grid: Grid, body: Sequence[int]) -> Iterator[str]:
    """The beginnings of the codes of a list, from its columns of codes or before its labels."""
    texts = [plain(cell.text) for col in group.codes[:1] for cell in grid.column(col, body)]
    if not group.codes:
        texts = [plain(cell.text).lstrip("([") for col in group.labels for cell in grid.column(col, body)]
    return (text[:3] for text in texts if text[:3].isdecimal() and len(text[:3]) == 3)
