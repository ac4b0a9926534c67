"""Rows broken over a page's edge: a label's second half stands alone at the top of the next page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.columns import measure_of
from extractors.items.rows import Row
from schemas.classifications import codes_by_name, normalised_name, standard_name

SOURCES = (
    "fiscal_appropriation",
    "superior_subsidy",
    "undertaking",
    "operating_income",
    "affiliate_remittance",
    "other",
    "general_public_budget",
    "government_fund",
    "state_capital",
)
"""The measures whose headings are also the labels of a summary's revenue half."""


def mended(rows: Sequence[Row], system: str | None, year: int) -> list[Row]:
    """The rows with broken labels put together, their lines counted anew.

    Two halves are put together only where the classification of the year knows the whole and not each half: a label
    that merely stands at the top of a page is a row of its own.
    """
    kept: list[Row] = []
    for row in rows:
        if kept and _goes_on(kept[-1], row, system, year):
            kept[-1] = replace(kept[-1], name=kept[-1].name + row.name)
        else:
            kept.append(row)
    return _counted(kept) if len(kept) < len(rows) else kept


def _goes_on(row: Row, below: Row, system: str | None, year: int) -> bool:
    if row.side != below.side or below.cell.page <= row.cell.page or below.amounts or below.code or not row.name:
        return False
    whole = row.name + below.name
    if row.code:
        named = standard_name(system or "function", row.code, year)
        return named is not None and normalised_name(named) == normalised_name(whole)
    return _known(whole, year) and not (_known(row.name, year) and _known(below.name, year))


def _known(label: str, year: int) -> bool:
    """Whether a label of a summary is one that the year's classification or the sources of funds have."""
    return bool(codes_by_name("function", label, year)) or measure_of((label,), SOURCES) is not None


def _counted(rows: Sequence[Row]) -> list[Row]:
    lines: Counter[str | None] = Counter()
    counted = []
    for row in rows:
        lines[row.side] += 1
        counted.append(replace(row, line=lines[row.side]))
    return counted
