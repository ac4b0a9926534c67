"""What a typeset paper truly says, in the columns of the hand-labelled truths.

It is derived from the paper's description and the page each cell was set on, never from reading the PDF.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from samples.paper import Foot, Line, PrintedTable


class TruthRow(NamedTuple):
    """A printed amount: in yuan and as it stands in the cell. What its form does not have (`side`, `code` …) is ''."""

    form: str
    side: str
    line: int
    code: str
    name: str
    measure: str
    amount: Decimal
    printed: str
    unit: str
    page: int
    organisation: str = ""
    fund: str = ""
    government_code: str = ""


BESIDE = ("organisation", "fund", "government_code")
"""Columns that a truth has where some of its forms list several units, budgets or classifications."""


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """The contract's `line` of each printed line: of panels by (panel, index), of feet by (row, index)."""

    of_panels: dict[tuple[int, int], int]
    of_feet: dict[tuple[int, int], int]


def line_numbers(table: PrintedTable) -> LineNumbers:
    """Count each side's lines that print a label or an amount: down each panel and then its feet, left to right."""
    counts: Counter[str | None] = Counter()
    of_panels: dict[tuple[int, int], int] = {}
    of_feet: dict[tuple[int, int], int] = {}
    for number, panel in enumerate(table.panels):
        for index, line in enumerate(panel.lines):
            if _prints(line):
                counts[panel.side] += 1
                of_panels[number, index] = counts[panel.side]
        for row, index, foot in _feet_of(table, number):
            if foot.line and _prints(foot.line):
                counts[foot.side] += 1
                of_feet[row, index] = counts[foot.side]
    return LineNumbers(of_panels, of_feet)


def _prints(line: Line) -> bool:
    return (
        bool(line.printed_label)
        or line.organisation_shown
        or any(amount is not None for amount in line.amounts.values())
    )


def _feet_of(table: PrintedTable, panel: int) -> Iterator[tuple[int, int, Foot]]:
    """Give (row, index, foot) of the feet whose first panel of their own side is `panel`."""
    for row, feet in enumerate(table.feet):
        start = 0
        for index, foot in enumerate(feet):
            covered = range(start, start + foot.covers)
            of_its_side = [number for number in covered if table.panels[number].side == foot.side]
            if (of_its_side or covered)[0] == panel:
                yield row, index, foot
            start += foot.covers


def write_truth(rows: Iterable[TruthRow], path: Path) -> None:
    """Write `rows` as a CSV with a header; columns of `BESIDE` stand there where any row needs them."""
    kept = list(rows)
    any_beside = any(getattr(row, column) for row in kept for column in BESIDE)
    columns = [column for column in TruthRow._fields if any_beside or column not in BESIDE]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([getattr(row, column) for column in columns] for row in kept)
