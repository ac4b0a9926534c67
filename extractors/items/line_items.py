"""Forms → line items in yuan with code, name and standard name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.forms.form import Form
from extractors.forms.paper import Paper, department_of, paper_of
from extractors.items.broken import mended
from extractors.items.classes import classes_by_line
from extractors.items.doubts import doubts_of
from extractors.items.row_trees import with_three_public, with_trees
from extractors.items.rows import Amount, Row, rows_of
from extractors.items.scanned_codes import recoded
from extractors.items.three_public import three_public_rows
from extractors.items.turned import WHOLE, sources_from_columns, uses_from_rows
from extractors.items.units import unit_of_form
from extractors.items.years import told_apart, with_years
from schemas.classifications import standard_name
from schemas.records import Finding, Kind, LineItem, Unit


@dataclass(frozen=True, slots=True)
class _Context:
    """What all rows of one form share; `classes` are the codes of rows whose names alone tell them, by line."""

    document_id: str
    kind: Kind
    year: int
    department: str
    form: Form
    unit: Unit
    classes: Mapping[int, str]

    def unit_of(self, amount: Amount) -> Unit:
        """The unit of an amount: the one in its column's heading, else the form's."""
        return self.form.columns[amount.cell.col - 1].unit or self.unit


def line_items(document_id: str, forms: Sequence[Form], paper: Paper) -> tuple[list[LineItem], list[Finding]]:
    """The line items of a paper's forms in the order they are printed, and what kept amounts from being items.

    Without kind, year or a form's unit an amount would be a guess: it stays in `cells` and a finding says why.
    """
    items: list[LineItem] = []
    findings: list[Finding] = []
    for form in forms:
        made, found = _of_form(document_id, form, paper, forms)
        items.extend(made)
        findings.extend(found)
    return _numbered(items), findings


def _of_form(document_id: str, form: Form, paper: Paper, forms: Sequence[Form]) -> tuple[list[LineItem], list[Finding]]:
    if form.definition.rows == "none":
        return [], []
    paper = paper_of(form, paper)
    if paper.kind is None or paper.fiscal_year is None:
        missing = "kind" if paper.kind is None else "fiscal year"
        return [], [form.finding("paper_without_year_or_kind", f"{form.id}: no {missing}")]
    rows, findings = _rows(form, paper.kind, paper.fiscal_year)
    if not any(row.amounts for row in rows):
        return [], findings
    unit, doubt = unit_of_form(form, rows, forms)
    findings += [doubt] if doubt else []
    if unit is None:
        return [], findings
    department = department_of(form, paper, forms)
    classes = classes_by_line(rows, paper.fiscal_year) if form.definition.rows == "halves" else {}
    context = _Context(document_id, paper.kind, paper.fiscal_year, department, form, unit, classes)
    items = [item for row in rows for item in _of_row(row, context, findings)]
    return items, findings


def _rows(form: Form, kind: Kind, year: int) -> tuple[list[Row], list[Finding]]:
    if form.definition.rows == "three_public":
        rows, findings = three_public_rows(form, kind, year)
        return with_three_public(rows), findings
    turned = not form.groups[0].labels
    if form.definition.rows == "sources" and turned:
        rows, findings = sources_from_columns(with_years(form, year))
        return with_trees(rows), findings
    form, findings = told_apart(with_years(form, year))
    if form.definition.rows == "single" and not turned:
        rows, found = uses_from_rows(form)
    else:
        rows, found = rows_of(form)
        found += doubts_of(form, rows)
    if form.definition.rows == "single":
        rows, several = _the_one_row(rows, form)
        found += several
    rows, matched = recoded(mended(rows, form.definition.code_system, year), form.definition.code_system, year)
    return with_trees(rows), [*findings, *found, *(replace(each, table_no=form.table.number) for each in matched)]


def _the_one_row(rows: Sequence[Row], form: Form) -> tuple[list[Row], list[Finding]]:
    """The row of a form that has just one, by its name; of several rows none can be told to be it."""
    printing = [row for row in rows if row.amounts]
    if len(printing) > 1:
        return [], [form.finding("several_rows_without_total", f"{form.id}: {len(printing)} rows")]
    return [replace(row, name=WHOLE) for row in printing], []


def _of_row(row: Row, context: _Context, findings: list[Finding]) -> Iterable[LineItem]:
    if row.odd_code:
        findings.append(context.form.finding_at("odd_code", row.cell, f"{row.odd_code} {row.name}"))
    for amount in row.amounts:
        try:
            yuan = amount.value.yuan(context.unit_of(amount))
        except ValueError as error:
            code = "fraction_of_a_cent" if amount.value.unit is None else "unit_in_cell"
            findings.append(context.form.finding_at(code, amount.cell, str(error)))
            continue
        yield _item(row, amount, yuan, context)


def _code(row: Row, context: _Context) -> tuple[str | None, str | None]:
    """The row's code and its system; on a summary's expenditure half the 类 that the year's edition knows by name."""
    if row.code:
        return row.code, context.form.definition.code_system
    if row.side == "expenditure" and row.line in context.classes:
        return context.classes[row.line], "function"
    return None, None


def _item(row: Row, amount: Amount, yuan: Decimal, context: _Context) -> LineItem:
    cell = amount.cell
    code, system = _code(row, context)
    return LineItem(
        document_id=context.document_id,
        kind=context.kind,
        fiscal_year=context.year,
        department=context.department,
        form=context.form.id,
        side=row.side,
        line=row.line,
        code_system=system,
        code=code,
        name=row.name,
        standard_name=standard_name(system, code, context.year) if system and code else None,
        measure=amount.measure,
        fund=amount.fund,
        item=row.item,
        parent_line=row.parent_line,
        is_leaf=row.is_leaf,
        organisation_code=row.organisation.code if row.organisation else None,
        organisation=row.organisation.name if row.organisation else None,
        government_code=row.government[0],
        government_name=row.government[1],
        amount=yuan,
        printed=cell.text,
        unit=context.unit_of(amount),
        page=cell.page,
        x0=cell.box.x0,
        y0=cell.box.y0,
        x1=cell.box.x1,
        y1=cell.box.y1,
        reader=cell.reader,
        confidence=cell.confidence,
        table_no=context.form.table.number,
        row=cell.row,
        col=cell.col,
        ruled=context.form.table.ruled,
        place=cell.place,
    )


def _numbered(items: Sequence[LineItem]) -> list[LineItem]:
    """The items with lines that go on where a form of the same department is printed in several tables."""
    last: dict[tuple[str, str, str | None], int] = {}
    offset: dict[tuple[str, str, str | None], int] = {}
    seen: set[tuple[str, str, str | None, int, str, str | None]] = set()
    numbered: list[LineItem] = []
    for item in items:
        key = (item.department, item.form, item.side)
        if (*key, item.line + offset.get(key, 0), item.measure, item.fund) in seen:
            offset[key] = last[key]
        moved = _moved(item, offset.get(key, 0))
        last[key] = max(last.get(key, 0), moved.line)
        seen.add((*key, moved.line, item.measure, item.fund))
        numbered.append(moved)
    return numbered


def _moved(item: LineItem, by: int) -> LineItem:
    if not by:
        return item
    return replace(item, line=item.line + by, parent_line=None if item.parent_line is None else item.parent_line + by)
