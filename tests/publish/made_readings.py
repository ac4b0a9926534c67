"""Readings made up for the tests: every table that a reading fills has rows, with both halves and one-sided forms."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from schemas.records import (
    Box,
    Cell,
    Check,
    DisclosureItem,
    Document,
    Finding,
    LineItem,
    NarrativeFact,
    Reading,
    Table,
    TableAmount,
    TextLine,
)

BOX = Box(72.024, 100.1, 300.3, 112.45)

HOLDS = Check(
    "basic_expenditure_by_economic.tree",
    "某某局: 301",
    Decimal("12345000.00"),
    Decimal("12344900.00"),
    Decimal("100.00"),
    Decimal("150.0000"),
    "holds",
    ("basic_expenditure_by_economic//2/amount", "revenue_expenditure_summary/revenue/1/amount"),
)
NOT_APPLICABLE = Check("cross.three_public", "某某局", None, None, None, None, "not_applicable", ())
ANNEXED = TableAmount(1, 1, 2, 2, *BOX, "人员经费", "决算数", Decimal("12345000.00"), "万元", "1,234.50")
STATED = NarrativeFact(
    1,
    3,
    "一、收入决算情况说明",
    None,
    None,
    "收入合计",
    "total",
    Decimal("12345000.0000"),
    "元",
    "收入合计1,234.50万元",
    "1,234.50",
)


FOUND = DisclosureItem("glossary", "met", None, 3, "第四部分名词解释")


def made_reading(seed: str, texts: tuple[str, ...] = ("人员经费", "1,234.50"), amount: str = "12345000.00") -> Reading:
    """One document, told from others by `seed`, whose cells print `texts` from the last to the first."""
    document = Document(
        document_id=sha256(seed.encode()).hexdigest(),
        file_name=f"{seed}.pdf",
        status="read",
        fetched_at=datetime(2024, 9, 20, 8, 30, 15, 250_000, tzinfo=UTC),
        published_on=date(2024, 9, 20),
        kind="final_accounts",
        fiscal_year=2023,
        department="某某局",
        page_count=3,
        has_text_layer=True,
    )
    cells = tuple(Cell(1, col, 1, 1, text, 2, BOX) for col, text in enumerate(texts, start=1))
    blank = Cell(2, 1, 1, 1, " ", 3, BOX)
    table = Table(1, (2, 3), 2, len(texts), (*reversed(cells), blank), (TextLine("基本支出决算表", 2, BOX),))
    findings = (Finding("unknown_header", "决算数（万元）", 2, 1, 1, 2), Finding("no_unit", "第三张表"))
    items = made_items(document.document_id, amount)
    checks = (HOLDS, NOT_APPLICABLE)
    return Reading(document, (table,), items, findings, checks, (STATED,), (ANNEXED,), (FOUND,))


def made_items(document_id: str, amount: str) -> tuple[LineItem, ...]:
    """Three amounts of the same value, in no order: of a one-sided form, and of two halves of another."""
    one_sided = LineItem(
        document_id=document_id,
        kind="final_accounts",
        fiscal_year=2023,
        department="某某局",
        form="basic_expenditure_by_economic",
        side=None,
        line=2,
        code_system="economic",
        code="30101",
        name="基本工资",
        standard_name="基本工资",
        measure="amount",
        amount=Decimal(amount),
        printed="1,234.50",
        unit="万元",
        page=2,
        **BOX._asdict(),
    )
    summary = replace(one_sided, form="revenue_expenditure_summary", code_system=None, code=None, name="合计", line=1)
    return (replace(summary, side="revenue"), one_sided, replace(summary, side="expenditure"))
