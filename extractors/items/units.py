"""The unit that a form's amounts are printed in: what it declares, or what the paper's other forms show."""

from collections.abc import Sequence

from extractors.forms.form import Form
from extractors.items.rows import Row
from schemas.records import Finding, Unit
from schemas.wording import plain

TELLING_DIGITS = 5
"""A figure of so many digits is not printed twice by chance."""
FEWEST_FORMS = 3
"""So many other forms that agree say what the paper counts in."""
SMALLEST_IN_YUAN = 10_000
"""A form of smaller figures counts in yuan only if it says so: 三公 in 万元 beside forms in 元."""


def unit_of_form(form: Form, rows: Sequence[Row], forms: Sequence[Form]) -> tuple[Unit | None, Finding | None]:
    """The unit of a form of which some row prints an amount, and what is to be told where it does not declare it.

    A form that declares none has the one that all its amounts print themselves (1,500.50万元), else that of the forms
    which print its largest amount digit for digit; a figure of few digits shows nothing. Else it has the one unit of
    all the paper's other forms, and is in doubt. None where neither tells.
    """
    if unit := declared_unit(form):
        return unit, None
    own = {amount.value.unit for row in rows for amount in row.amounts if amount.value.value}
    if len(own) == 1 and (said := own.pop()):
        return said, None
    largest = max((a for row in rows for a in row.amounts), key=lambda amount: abs(amount.value.value))
    if unit := _of_sibling(plain(largest.cell.text), forms):
        return unit, form.finding("unit_from_sibling", f"{form.id}: {unit}")
    others = {unit for other in forms if other is not form and (unit := declared_unit(other))}
    agreed = len(others) == 1 and sum(declared_unit(other) is not None for other in forms) >= FEWEST_FORMS
    unit = others.pop() if agreed else None
    if unit is None or (unit == "元" and abs(largest.value.value) < SMALLEST_IN_YUAN):
        return None, form.finding("form_without_unit", form.id)
    return unit, form.finding("unit_from_other_forms", f"{form.id}: {unit}")


def declared_unit(form: Form) -> Unit | None:
    """The unit that a form declares above its table, or in a heading: 预算数（万元）."""
    return form.unit or next((column.unit for column in form.columns if column.unit), None)


def _of_sibling(largest: str, forms: Sequence[Form]) -> Unit | None:
    if sum(map(str.isdecimal, largest)) < TELLING_DIGITS:
        return None
    units = {
        unit
        for other in forms
        if (unit := declared_unit(other)) and any(plain(cell.text) == largest for cell in other.table.cells)
    }
    return units.pop() if len(units) == 1 else None
