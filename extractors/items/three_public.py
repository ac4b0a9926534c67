"""“三公”经费: printed columns (or rows) → the rows of the dataset, with budget and final side by side."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from extractors.forms.columns import Path, tails
from extractors.forms.form import Form
from extractors.items.rows import Amount, Row
from extractors.items.years import headed_years
from extractors.tables.amounts import NotAnAmountError, Printed, printed_amount
from schemas.forms import forms
from schemas.records import Cell, Finding
from schemas.wording import plain, without_ordinal

WHOLE, PART = "合计", "三公经费小计"


def three_public_rows(form: Form, kind: str, year: int) -> tuple[list[Row], list[Finding]]:
    """The rows of a `three_public` form of a paper of `kind` for fiscal `year`."""
    findings: list[Finding] = []
    by_rows = bool(form.groups[0].labels) and any(_measure_of(c.path) for c in form.columns)
    amounts = list(_down(form, kind, year, findings) if by_rows else _across(form, kind, year, findings))
    names = list(dict.fromkeys(name for name, _, _ in amounts))
    rows = [
        Row(None, line, None, None, name, tuple(a for n, a, _ in amounts if n == name and a), _first(amounts, name))
        for line, name in enumerate(names, start=1)
    ]
    return rows, findings


def _first(amounts: Sequence[tuple[str, Amount | None, Cell]], name: str) -> Cell:
    return next(cell for n, _, cell in amounts if n == name)


def _across(form: Form, kind: str, year: int, findings: list[Finding]) -> Iterator[tuple[str, Amount | None, Cell]]:
    """The usual print: names are columns, one row of amounts."""
    paths = {column.index: column.path for column in form.columns}
    names = _names({index: path for index, path in paths.items() if path})
    raw = _headings_with_years(form)
    for row in form.body:
        for index, path in paths.items():
            cell = form.grid.at(row, index)
            if cell is None or cell.row != row or cell.col != index:
                continue
            if index not in names:
                if cell.text and form.columns[index - 1].role is None and _read(cell, form, []):
                    findings.append(_finding("unknown_heading", cell, form))
                continue
            measure = _measure(path, raw[index], kind, year)
            value = _read(cell, form, findings)
            yield names[index], Amount(measure, value, cell) if value else None, cell


def _down(form: Form, kind: str, year: int, findings: list[Finding]) -> Iterator[tuple[str, Amount | None, Cell]]:
    """The other print: names are rows, budget and final (or the years) are columns."""
    raw = _headings_with_years(form)
    money = {
        c.index: _measure(c.path, raw[c.index], kind, year)
        for c in form.columns
        if c.role is None and c.index not in form.groups[0].labels
    }
    for row in form.body:
        label = next((cell for col in form.groups[0].labels if (cell := form.grid.at(row, col)) and cell.text), None)
        name = _name_of((plain(without_ordinal(label.text)),)) if label else None
        for index, measure in money.items():
            cell = form.grid.at(row, index)
            if cell is None or cell.row != row or (value := _read(cell, form, findings)) is None:
                continue
            if name is None:
                findings.append(_finding("unknown_label", cell, form))
            else:
                yield name, Amount(measure, value, cell), cell


def _names(paths: Mapping[int, Path]) -> dict[int, str]:
    """Each column's name; 小计 of 三公经费 is 合计 where nothing covers more than it."""
    found = {index: name for index, path in paths.items() if (name := _name_of(path))}
    if WHOLE not in found.values():
        return {index: WHOLE if name == PART else name for index, name in found.items()}
    return found


def _name_of(path: Path) -> str | None:
    path = tuple(part for part in path if not _is_measure(part))
    for tail in tails(path):
        for name, pattern in _patterns():
            if pattern.fullmatch(tail):
                return name
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = forms()["three_public"].names
    return tuple((name, re.compile("|".join(f"(?:{p})" for p in patterns))) for name, patterns in names.items())


_MEASURES = {
    "final": re.compile(r"(?:本年|当年|全年)?决算(?:数|金额)?|(?:全年)?(?:实际)?(?:支出|执行)(?:数)"),
    "initial_budget": re.compile(r"年初预算(?:数|金额)?"),
    "adjusted_budget": re.compile(r"(?:调整|调整后)预算(?:数|金额)?"),
    "budget": re.compile(r"(?:本年|当年|全年)?预算(?:数|金额)?|(?:本年|当年)(?:数)?"),
    "previous_year": re.compile(r"上年(?:度)?(?:预算|决算|执行)?(?:数|金额)?"),
}


def _is_measure(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in _MEASURES.values()) or text in ("", "金额")


def _measure_of(path: Path) -> str | None:
    return next((m for part in reversed(path) for m, pattern in _MEASURES.items() if pattern.fullmatch(part)), None)


def _measure(path: Path, years: Sequence[int], kind: str, year: int) -> str:
    """The measure of a column: what its heading says, last year's where it names that year, else the paper's kind."""
    if years and years[-1] < year:
        return "previous_year"
    return _measure_of(path) or ("final" if kind == "final_accounts" else "budget")


def _headings_with_years(form: Form) -> dict[int, list[int]]:
    return {column.index: headed_years(form, column.index) for column in form.columns}


def _read(cell: Cell, form: Form, findings: list[Finding]) -> Printed | None:
    try:
        return printed_amount(cell.text)
    except NotAnAmountError:
        findings.append(_finding("text_in_money_cell", cell, form))
        return None


def _finding(code: str, cell: Cell, form: Form) -> Finding:
    return Finding(code, f"{form.id}: {cell.text}", cell.page, form.table.number, cell.row, cell.col)
