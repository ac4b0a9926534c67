import pytest

from checks.paper import Row
from checks.roles import roles
from schemas.identities import catalogue


def named(half, *names, department="某局"):
    rows = [Row(line, None, name or "", {}) for line, name in enumerate(names, start=1)]
    return roles(catalogue().rows[half], department, rows)


def test_the_datasets_own_word_for_a_row_tells_what_its_name_does_not():
    row = Row(1, None, "本年各项收入之和", {}, item="year_total")
    assert roles(catalogue().rows["revenue_expenditure_summary/revenue"], "某局", [row]) == ("year_total",)


def test_a_name_goes_by_its_wording_whatever_its_brackets_spaces_and_ordinal():
    assert named("three_public", "因公出国(境) 费", "三、公务接待费") == ("going_abroad", "reception")


def test_a_name_that_repeats_means_what_the_row_above_says():
    found = named(
        "fiscal_appropriation_summary/revenue",
        "一般公共预算财政拨款",
        "本年收入合计",
        "年初财政拨款结转和结余",
        "一般公共预算财政拨款",
        "总计",
    )
    assert found == ("general_budget", "year_total", "opening_balance", "opening_general_budget", "grand_total")


def test_the_parts_of_the_years_revenue_are_not_those_of_a_balance():
    names = ("本年收入", "一般公共预算拨款收入", "政府性基金预算拨款收入", "上年结转", "收入总计")
    rows = [
        Row(line, None, name, {}, parent_line=1 if line in (2, 3) else None) for line, name in enumerate(names, start=1)
    ]
    found = roles(catalogue().rows["fiscal_appropriation_summary/revenue"], "某局", rows)
    assert found == ("year_total", "general_budget", "government_fund", "opening_balance", "grand_total")


def test_a_pattern_gives_way_to_an_exact_name():
    assert named("revenue_by_source", "其他资金/小计", "其他资金/事业收入") == ("other", "other_item")


@pytest.mark.parametrize(("department", "expected"), [("西南大学", "department"), ("东南大学", None)])
def test_a_row_of_the_departments_own_name_is_known(department, expected):
    assert named("expenditure_by_function", "西南大学", department=department) == (expected,)


def test_a_name_that_the_form_does_not_fix_has_no_role():
    assert named("three_public", "差旅费", None) == (None, None)
