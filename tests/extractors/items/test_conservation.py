"""Every amount of a form is a line item, known to be no money, or found."""

from dataclasses import replace

from extractors.items.conservation import conserved
from schemas.records import Declared, Finding, LineItem, Table
from tests.checks.made_items import item
from tests.extractors.drawn import drawn

PICTURE = """
科目编码 | 科目名称 | 合计   | 增长率% | 基本支出
201      | 公共服务 | 100.50 | 12.50   | 70
205      | 教育支出 | 20.25  | 1.10    | 10.25
"""


def form() -> Table:
    return replace(drawn(PICTURE), declared=Declared(form="expenditure_by_function"))


def items_at(*places: tuple[int, int]) -> list[LineItem]:
    made = item("expenditure_by_function", 1, "1.00")
    return [replace(made, table_no=1, row=row, col=col) for row, col in places]


def test_amounts_are_counted_and_shares_are_known_to_be_none() -> None:
    found = conserved([form()], items_at((2, 3), (2, 5), (3, 3), (3, 5)), [])
    assert (found.printed, found.read, found.known, found.findings) == (6, 4, 2, ())


def test_an_amount_that_was_lost_is_found_where_it_is() -> None:
    found = conserved([form()], items_at((2, 3), (2, 5), (3, 3)), [])
    (lost,) = found.findings
    assert (lost.code, lost.row, lost.col, lost.detail) == (
        "amount_unaccounted",
        3,
        5,
        "expenditure_by_function: 10.25",
    )


def test_what_was_found_before_is_not_found_again() -> None:
    told = Finding("unknown_heading", "基本支出: 10.25", 1, 1, 3, 5)
    assert not conserved([form()], items_at((2, 3), (2, 5), (3, 3)), [told]).findings


def test_figures_run_together_count() -> None:
    table = replace(
        drawn(PICTURE.replace("100.50", "1,100.5070.25")), declared=Declared(form="expenditure_by_function")
    )
    lost = conserved([table], items_at((2, 5), (3, 3), (3, 5)), []).findings
    assert [(each.row, each.col) for each in lost] == [(2, 3)]


def test_tables_that_are_no_form_are_not_counted() -> None:
    assert conserved([drawn(PICTURE)], [], []).printed == 0
