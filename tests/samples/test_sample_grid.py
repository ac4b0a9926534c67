from decimal import Decimal
from typing import Literal, get_args

import pytest

from samples.examples import STYLES, Family, example_paper
from samples.figures import accounts
from samples.forms.final import basic_expenditure_by_economic, expenditure_by_function
from samples.forms.house import HouseStyle
from samples.layout import AmountStyle, CodeStyle, Layout
from samples.paper import Column, Foot, Line, Panel, PrintedTable, bound_together
from samples.truth import line_numbers
from samples.typesetting.cells import Grid
from samples.typesetting.grid import grid_of
from schemas.records import Kind

ONE, TWO = {"amount": Decimal(1)}, {"amount": Decimal(2)}
LABEL, AMOUNT = Column("label", ("支出", "项目")), Column("amount", ("支出", "金额"), "amount")


def table(*panels: Panel, feet: tuple[tuple[Foot, ...], ...] = ()) -> PrintedTable:
    return PrintedTable("revenue_expenditure_summary", "表", "万元", "部门", panels, feet)


def texts(grid: Grid, row: int) -> list[str]:
    return [cell.text for cell in sorted(grid.cells, key=lambda c: c.col) if cell.row == row]


def test_equal_headings_become_one_spanning_cell() -> None:
    columns = (
        Column("code", ("项目", "编码")),
        Column("label", ("项目", "名称")),
        Column("amount", ("合计",), "total"),
        Column("amount", ("其中", "基本支出"), "basic"),
    )
    grid = grid_of(table(Panel(columns, (Line("甲"),))), Layout())
    spans = {(c.row, c.col): (c.text, c.rows, c.cols) for c in grid.cells if c.kind == "header"}
    assert spans == {
        (0, 0): ("项目", 1, 2),
        (0, 2): ("合计", 2, 1),
        (0, 3): ("其中", 1, 1),
        (1, 0): ("编码", 1, 1),
        (1, 1): ("名称", 1, 1),
        (1, 3): ("基本支出", 1, 1),
    }


@pytest.mark.parametrize(("family", "kind"), STYLES)
@pytest.mark.parametrize("codes", get_args(CodeStyle))
def test_every_grid_position_is_covered_exactly_once(family: Family, kind: Kind, codes: CodeStyle) -> None:
    for printed in example_paper(family, kind, seed=2).tables:
        grid = grid_of(printed, Layout(codes=codes))
        covered = [
            (row, col)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.rows)
            for col in range(cell.col, cell.col + cell.cols)
        ]
        assert len(covered) == len(set(covered)) == grid.rows * len(grid.columns), printed.title


def test_codes_are_split_over_columns() -> None:
    books = accounts(1, "final_accounts", department="示例市示例区商务委员会")
    printed = expenditure_by_function(books, HouseStyle(levels=(7,)))
    assert texts(grid_of(printed, Layout(codes="one")), 3)[0] == "2011301"
    assert texts(grid_of(printed, Layout(codes="three")), 4)[:3] == ["201", "13", "01"]
    assert texts(grid_of(printed, Layout(codes="split")), 4)[:2] == ["2011", "301"]
    assert texts(grid_of(printed, Layout(codes="joined")), 4)[0] == "2011301"
    true = {c.truth.code for c in grid_of(printed, Layout(codes="split")).cells if c.truth}
    assert {"2011301", ""} < true


def test_lines_are_counted_on_each_side_and_only_where_something_is_printed() -> None:
    left = Panel((LABEL, AMOUNT), (Line("一", ONE), Line("二")), "revenue")
    right = Panel((LABEL, AMOUNT), (Line("一", ONE), Line(), Line("三", TWO)), "expenditure")
    foot = (Foot(Line("总计", TWO), 1, "revenue"), Foot(Line("总计", TWO), 1, "expenditure"))
    numbers = line_numbers(table(left, right, feet=(foot,)))
    assert numbers.of_panels == {(0, 0): 1, (0, 1): 2, (1, 0): 1, (1, 2): 2}
    assert numbers.of_feet == {(0, 0): 3, (0, 1): 3}


@pytest.mark.parametrize("groups", [2, 3])
def test_groups_side_by_side_count_on_down_each_group(groups: Literal[2, 3]) -> None:
    printed = basic_expenditure_by_economic(accounts(1, "final_accounts"), HouseStyle(economic_groups=groups))
    truth = [c.truth for c in grid_of(printed, Layout(amounts=AmountStyle(zero="0.00"))).cells if c.truth]
    lines = {row.code or row.name: row.line for row in truth}
    personnel = [code for code in lines if code.startswith(("301", "303"))]
    assert (lines["301"], lines["人员经费合计"], lines["302"]) == (1, len(personnel) + 1, len(personnel) + 2)
    assert sorted(lines.values()) == list(range(1, len(lines) + 1))
    last_group = "310" if groups == 3 else "人员经费合计"
    assert (lines["公用经费合计"] < lines[last_group]) == (groups == 3)


def test_a_label_over_two_panels_belongs_to_the_panel_of_its_side() -> None:
    paper = example_paper("jiangsu", "budget", seed=1)
    summary = grid_of(paper.tables[0], Layout())
    truth = {(c.truth.side, c.truth.name): c.truth.line for c in summary.cells if c.truth}
    functions = sum(
        1 for cell in summary.cells if cell.kind == "label" and cell.text.endswith("支出") and cell.col == 2
    )
    assert truth["expenditure", "当年支出小计"] == functions + 1
    assert truth["expenditure_by_use", "基本支出"] == 1


def test_groups_name_their_lines() -> None:
    source = example_paper("jiangsu", "budget", seed=1).tables[1]
    grid = grid_of(source, Layout())
    group = next(cell for cell in grid.cells if cell.kind == "group" and cell.text == "一般公共预算资金")
    assert (group.rows, group.cols) == (3, 1)
    names = [cell.truth.name for cell in grid.cells if cell.truth]
    assert names[:3] == ["收入总计", "一般公共预算资金/小计", "一般公共预算资金/公共财政拨款(补助)资金"]


def test_three_public_columns_become_rows() -> None:
    final = example_paper("national", "final_accounts", seed=2, department="示例市示例区教育局").tables[-1]
    truth = [c.truth for c in grid_of(final, Layout()).cells if c.truth]
    assert [(row.name, row.line) for row in truth if row.measure == "final"][:2] == [
        ("合计", 1),
        ("因公出国（境）费", 2),
    ]
    assert {row.line for row in truth if row.name == "公务接待费"} == {6}
    assert {row.measure for row in truth} == {"budget", "final"}


def test_a_table_that_is_no_form_states_no_line_items() -> None:
    appraisal = example_paper("national", "final_accounts", seed=1, appendix=True).tables[-1]
    assert appraisal.form is None
    cells = grid_of(appraisal, Layout()).cells
    assert any(cell.kind == "amount" and cell.text for cell in cells)
    assert not any(cell.truth for cell in cells)


def test_rows_of_purchases_are_named_by_what_is_bought() -> None:
    procurement = example_paper("jiangsu", "budget", seed=1).tables[-1]
    truth = [cell.truth for cell in grid_of(procurement, Layout()).cells if cell.truth]
    assert {row.form for row in truth} == {"government_procurement"}
    assert [(row.name, row.line) for row in truth][:3] == [("合计", 1), ("办公耗材", 2), ("台式计算机", 3)]


def test_papers_can_be_bound_together() -> None:
    first, second = (example_paper("shanghai", "budget", seed=seed) for seed in (1, 2))
    both = bound_together(first, second)
    assert both.tables == first.tables + second.tables
    assert {printed.department for printed in both.tables} == {first.department, second.department}
