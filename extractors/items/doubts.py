"""What a form's columns and rows leave open: amounts under unknown headings, parts that may stand elsewhere.

Nothing is guessed: what is named here stays in `cells`, or its table proves nothing (`checks.unread`).
"""

import re
from collections.abc import Iterable, Iterator

from extractors.forms.form import Form
from extractors.forms.grouping import BESIDE
from extractors.items.rows import Row
from extractors.tables.amounts import NotAnAmountError, printed_amount
from schemas.records import Finding

_ENDS_WITH_AMOUNT = re.compile(r"[\u4e00-\u9fff)）]-?\d[\d,]*\.\s?\d{2}$")
"""行政运行1,976.73: no label of these papers ends so."""


def doubts_of(form: Form, rows: Iterable[Row]) -> Iterator[Finding]:
    """All that is in doubt of a form whose rows were read."""
    yield from _under_unknown_headings(form)
    yield from _lone_totals(form)
    cut_wrong = (row for row in rows if _ENDS_WITH_AMOUNT.search(row.printed))
    yield from (form.finding_at("amount_in_label", row.cell, f"{form.id}: {row.printed}") for row in cut_wrong)


def _under_unknown_headings(form: Form) -> Iterator[Finding]:
    """Amounts in columns whose heading is not known."""
    grouped_columns = {money.col for group in form.groups for money in group.money}
    for column in form.columns:
        if column.index in grouped_columns or column.role is not None:
            continue
        heading = "/".join(column.path) or "(no heading)"
        for cell in form.grid.column(column.index, form.body):
            if cell.col == column.index and _is_amount(cell.text):
                yield form.finding_at("unknown_heading", cell, f"{heading}: {cell.text}")


def _lone_totals(form: Form) -> Iterator[Finding]:
    """Lists whose only column of this year is headed 合计: its parts may stand on a page that was not joined."""
    for group in form.groups:
        columns = [form.columns[money.col - 1] for money in group.money if money.measure not in BESIDE]
        own = columns[0].meanings[-1] if len(columns) == 1 and columns[0].meanings else None
        if own is not None and own.says("total") and not own.says("fund", "source", "use", "balance", "side"):
            yield form.finding("lone_total_column", f"{form.id}: {'/'.join(columns[0].path)}")


def _is_amount(text: str) -> bool:
    try:
        return printed_amount(text) is not None
    except NotAnAmountError:
        return False
