"""Tables printed the other way round: sources of funds as columns, uses of expenditure as rows."""

from collections.abc import Iterator

from extractors.forms.columns import measure_of
from extractors.forms.form import Form
from extractors.forms.header import TOTALS
from extractors.items.names import grouped
from extractors.items.rows import Amount, Row
from extractors.tables.amounts import NotAnAmountError, printed_amount
from schemas.records import Cell, Finding
from schemas.wording import plain

WHOLE = "合计"


def sources_from_columns(form: Form) -> tuple[list[Row], list[Finding]]:
    """Each column of the one row of money as a row, named by its headings (本年收入/小计).

    Where a row for each organisation follows, the row of the total is the form's; the others stay in `cells`.
    """
    findings: list[Finding] = []
    chosen = _the_row(form)
    if chosen is None:
        return [], [form.finding("several_rows_without_total", form.id)]
    rows = []
    for line, (col, measure, _) in enumerate(form.groups[0].money, start=1):
        cell = form.grid.at(chosen, col)
        headings = [head.text for head in form.grid.column(col, form.header_rows)]
        if cell is None:
            continue
        rows.append(Row(None, line, None, None, grouped(headings), tuple(_amount(cell, measure, form, findings)), cell))
    return rows, findings


def uses_from_rows(form: Form) -> tuple[list[Row], list[Finding]]:
    """The labels of rows as measures of the one row 合计."""
    findings: list[Finding] = []
    amounts: list[Amount] = []
    group = form.groups[0]
    for row in form.body:
        label = next((cell for col in group.labels if (cell := form.grid.at(row, col)) and cell.text), None)
        cell = form.grid.at(row, group.money[0].col)
        if label is None or cell is None or not cell.text:
            continue
        measure = measure_of((label.text,), form.definition.measures)
        if measure is None or any(amount.measure == measure for amount in amounts):
            findings.append(form.finding_at("unknown_label", label))
        else:
            amounts.extend(_amount(cell, measure, form, findings))
    first = amounts[0].cell if amounts else form.table.cells[0]
    return [Row(None, 1, None, None, WHOLE, tuple(amounts), first)], findings


def _the_row(form: Form) -> int | None:
    """The only row of money, or that of the total."""
    columns = [money.col for money in form.groups[0].money]
    filled = [row for row in form.body if any(form.grid.text(row, col) for col in columns)]
    totals = [row for row in filled if any(TOTALS.fullmatch(plain(cell.text)) for cell in form.grid.printed(row))]
    if len(filled) == 1:
        return filled[0]
    return totals[0] if len(totals) == 1 else None


def _amount(cell: Cell, measure: str, form: Form, findings: list[Finding]) -> Iterator[Amount]:
    try:
        value = printed_amount(cell.text)
    except NotAnAmountError:
        findings.append(form.finding_at("text_in_money_cell", cell))
        return
    if value is not None:
        yield Amount(measure, value, cell)
