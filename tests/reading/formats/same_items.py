"""Line items of two formats of one paper, held against each other."""

from collections import Counter
from collections.abc import Iterable

from schemas.records import LineItem, Reading

SAID = (
    "form",
    "side",
    "organisation",
    "fund",
    "code_system",
    "code",
    "name",
    "standard_name",
    "measure",
    "amount",
    "unit",
)
PLACED = ("line", "item", "parent_line", "is_leaf", "status")
LESS_CERTAIN_AS_PDF = ("horizontal", "none")
"""Layouts without rules down: in real cells the columns of an amount are certain, in the PDF they are not always."""
ROWS_BROKEN = ("broken_row",)
"""A row that a PDF breaks over two pages counts twice there."""


def counted(items: Iterable[LineItem], fields: Iterable[str]) -> Counter[tuple[object, ...]]:
    names = tuple(fields)
    return Counter(tuple(getattr(item, name) for name in names) for item in items)


def assert_same(twin: Reading, pdf: Reading, layout: str) -> None:
    """Amounts, codes, names, units alike, and proven alike."""
    assert counted(twin.line_items, SAID) == counted(pdf.line_items, SAID)
    if layout not in LESS_CERTAIN_AS_PDF + ROWS_BROKEN:
        assert counted(twin.line_items, SAID + PLACED) == counted(pdf.line_items, SAID + PLACED)
    proven = [sum(item.status == "proven" for item in reading.line_items) for reading in (twin, pdf)]
    assert proven[0] >= proven[1]
    assert (twin.document.kind, twin.document.fiscal_year) == (pdf.document.kind, pdf.document.fiscal_year)
    assert twin.document.department == pdf.document.department
