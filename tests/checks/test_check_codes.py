from dataclasses import replace

import pytest
from made_items import expenditure, form, revenue

from checks.codes import code_findings


def found(items):
    return [(each.code, each.detail.split(": ")[1].split(" ")[0]) for each in code_findings(items)]


def row(code, name, year=2024, **other):
    return form("expenditure_by_function", ("total", "basic"), (code, name, "1.00", "1.00"), fiscal_year=year, **other)


EDITION = form(
    "expenditure_by_function",
    ("total", "basic"),
    ("208", "社会保障和就业支出", "1.00", "1.00"),
    ("20805", "行政事业单位养老支出", "1.00", "1.00"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "1.00", "1.00"),
)


def test_codes_and_names_of_the_years_edition_give_nothing():
    assert code_findings(EDITION) == ()


@pytest.mark.parametrize("year", [2018, 2024])
def test_a_code_that_no_edition_ever_had_is_unknown(year):
    assert found(row("2999999", "什么支出", year)) == [("unknown_code", "2999999")]


@pytest.mark.parametrize(("year", "expected"), [(2019, []), (2025, [("unknown_code", "2080504")])])
def test_a_code_that_fell_out_of_use_is_unknown_afterwards(year, expected):
    assert found(row("2080504", "未归口管理的行政单位离退休", year)) == expected


@pytest.mark.parametrize(("code", "name"), [("2240101", "行政运行"), ("2320499", "地方政府其他一般债务付息支出")])
def test_against_thin_editions_nothing_is_held_that_only_another_edition_tells(code, name):
    assert found(row(code, name, 2017)) == []
    assert found(row("2320499", name, 2025)) == [("name_disagrees_with_code", "2320499")]


def test_a_name_that_is_not_the_codes_is_found_once_for_its_row_where_it_stands():
    items = [
        replace(each, table_no=3, row=5, col=col, page=9)
        for col, each in enumerate(row("2080505", "机关事业单位职业年金缴费支出"), start=4)
    ]
    (finding,) = code_findings(items)
    assert finding.code == "name_disagrees_with_code"
    assert (finding.page, finding.table_no, finding.row, finding.col) == (9, 3, 5, 4)
    assert "机关事业单位基本养老保险缴费支出" in finding.detail


def test_widths_and_brackets_of_a_name_are_no_disagreement():
    assert found(row("20103", "政府办公厅(室)及相关机构事务")) == []


def test_a_code_whose_parent_its_form_should_print_is_found():
    without = [each for each in EDITION if each.code != "20805"]
    assert found(without) == []  # no 款 is printed at all, and the 类 is there
    other = [replace(each, line=9) for each in row("20801", "人力资源和社会保障管理事务")]
    assert found([*without, *other]) == [("code_without_parent", "2080505")]


def test_forms_of_the_lowest_level_alone_miss_no_parents():
    assert code_findings(revenue()) == ()


def test_each_form_is_looked_at_by_itself():
    items = [*expenditure(), *revenue(), *EDITION]
    assert "code_without_parent" not in {each.code for each in code_findings(items)}
