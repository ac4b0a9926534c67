"""What the rows and columns of a form demand of one another, as the form itself says."""

from dataclasses import replace

import pytest
from made_items import form

from checks import check, evaluated


def found(items, check_id):
    return {each.subject.partition("|")[2]: (each.relation, each.verdict) for each in evaluated(items)
            if each.check_id == check_id}  # fmt: skip


def row_sums(form_name, measures, *rows):
    return found(form(form_name, measures, *rows), f"{form_name}.row_total")


BESIDE = (("205", "教育支出", "9.00", "4.00", "3.00", "2.00"), ("206", "科学技术支出", "6.00", "3.00", "2.00", "1.00"))
WITHIN = (("205", "教育支出", "7.00", "4.00", "3.00", "2.00"), ("206", "科学技术支出", "5.00", "3.00", "2.00", "1.00"))


def test_the_rows_say_whether_education_fees_are_a_part_or_stand_beside():
    measures = ("total", "fiscal_appropriation", "undertaking", "education_fees")
    for rows in (BESIDE, WITHIN):
        verdicts = row_sums("revenue_by_function", measures, *rows)
        assert set(verdicts.values()) == {("equal", "holds")}
    within = found(form("revenue_by_function", measures, *WITHIN), "revenue_by_function.row_undertaking")
    assert set(within.values()) == {("at_most", "holds")}
    assert not found(form("revenue_by_function", measures, *BESIDE), "revenue_by_function.row_undertaking")


def test_personnel_and_public_use_stand_for_basic_where_it_is_not_printed():
    rows = (
        ("201", "一般公共服务支出", "9.00", "4.00", "3.00", "2.00"),
        ("208", "社会保障和就业支出", "5.00", "4.00", "1.00", None),
    )
    verdicts = row_sums("expenditure_by_function", ("total", "personnel", "public_use", "project"), *rows)
    assert set(verdicts.values()) == {("equal", "holds")}


def test_a_whole_is_divided_by_use_and_by_source_at_once():
    rows = (("201", "一般公共服务支出", "9.00", "4.00", "5.00", "8.00", "1.00"),)
    measures = ("total", "basic", "project", "general_public_budget", "other")
    assert set(row_sums("expenditure_by_function", measures, *rows)) == {"1:201:use", "1:201:source"}


def test_columns_that_do_not_add_up_in_most_rows_are_some_of_more_or_not_settled():
    some = (
        ("201", "一般公共服务支出", "9.00", "4.00"),
        ("208", "社会保障和就业支出", "5.00", "1.00"),
        ("210", "卫生健康支出", "2.00", "1.00"),
    )
    assert set(row_sums("expenditure_by_function", ("total", "basic"), *some).values()) == {("at_most", "holds")}
    more = (("201", "一般公共服务支出", "4.00", "9.00"), *some[1:])
    assert row_sums("expenditure_by_function", ("total", "basic"), *more) == {"": ("equal", "not_applicable")}


def test_a_grouping_row_stands_for_the_rows_after_it():
    items = form(
        "fiscal_appropriation_summary/expenditure",
        ("amount",),
        (None, "本年各类支出", "9.00"),
        ("201", "一般公共服务支出", "4.00"),
        ("208", "社会保障和就业支出", "5.00"),
        (None, "支出总计", "9.00"),
    )
    verdicts = found(items, "fiscal_appropriation_summary.total")
    assert verdicts == {"expenditure/4:支出总计:amount": ("equal", "holds")}


def test_parent_lines_say_what_is_part_of_what_where_codes_do_not():
    printed = {
        "一般公共服务支出": "9.00",
        "审计事务": "9.00",
        "行政运行": "5.00",
        "审计业务": "4.00",
        "支出总计": "9.00",
    }
    rows = [(None, name, amount) for name, amount in printed.items()]
    items = form("revenue_expenditure_summary/expenditure", ("amount",), *rows)
    parents = {2: 1, 3: 2, 4: 2}
    items = [replace(each, parent_line=parents.get(each.line)) for each in items]
    assert found(items, "revenue_expenditure_summary.parts") == {
        "expenditure/1:一般公共服务支出:amount": ("equal", "holds"),
        "expenditure/2:审计事务:amount": ("equal", "holds"),
    }
    assert {each.status_reason for each in check(items).items} == {None}


def flat(*printed):
    """A summary whose rows all stand under its first one, with no code or level to tell otherwise."""
    items = form("revenue_expenditure_summary/expenditure", ("amount",), *printed)
    return [replace(each, parent_line=1 if each.line > 1 else None) for each in items]


def test_levels_taken_for_one_accuse_nobody():
    levels = (
        ("205", "教育支出", "12.41"),
        (None, "普通教育", "9.17"),
        (None, "小学教育", "4.06"),
        (None, "初中教育", "5.11"),
        (None, "进修及培训", "3.24"),
        (None, "培训支出", "3.24"),
    )
    unsettled = found(flat(*levels), "revenue_expenditure_summary.parts")
    assert unsettled == {"expenditure/1:205": ("equal", "not_applicable")}
    misprinted = (levels[0], (None, "普通教育", "9.71"), *levels[2:])
    assert ("equal", "fails") in found(flat(*misprinted), "revenue_expenditure_summary.parts").values()


def by_unit(*units):
    """A form whose rows are those of units, the department's total first."""
    items = form("expenditure_by_function", ("total", "basic", "project"), (None, "合计", "15.00", "9.00", "6.00"))
    line = 1
    for unit, *rows in units:
        own = form("expenditure_by_function", ("total", "basic", "project"), *rows)
        items += [replace(each, line=each.line + line, organisation=unit) for each in own]
        line += len(rows)
    return items


CENTRE, SCHOOL = "某市审计中心", "某市培训学校"
UNITS = (
    (
        CENTRE,
        (None, CENTRE, "9.00", "5.00", "4.00"),
        ("201", "一般公共服务支出", "9.00", "5.00", "4.00"),
    ),
    (
        SCHOOL,
        (None, SCHOOL, "6.00", "4.00", "2.00"),
        ("201", "一般公共服务支出", "3.00", "2.00", "1.00"),
        ("205", "教育支出", "3.00", "2.00", "1.00"),
    ),
)


def test_units_add_up_to_the_department_and_functions_to_their_unit():
    items = by_unit(*UNITS)
    assert found(items, "expenditure_by_function.organisations")["1:合计:total"] == ("equal", "holds")
    within = found(items, "expenditure_by_function.organisation_total")
    assert within["4:某市培训学校:total"] == ("equal", "holds")
    assert {verdict for _, verdict in within.values()} == {"holds"}
    assert {each.status for each in check(items).items} == {"proven"}


@pytest.mark.parametrize("name", ["某市审计中", "某市审计中心（某"])
def test_a_unit_whose_name_was_cut_is_not_known(name):
    def cut(each):
        own = name if each.name == CENTRE else each.name
        return replace(each, organisation=name, name=own) if each.organisation == CENTRE else each

    items = [cut(each) for each in by_unit(*UNITS)]
    assert {each.status_reason for each in check(items).items if each.organisation == name} == {"organisation_unknown"}


def test_a_row_given_to_another_unit_is_not_proven():
    moved = [replace(each, organisation="某市审计中心") if each.code == "205" else each for each in by_unit(*UNITS)]
    assert "proven" not in {each.status for each in check(moved).items if each.code == "205"}


def test_budgets_that_split_a_measure_are_columns_of_their_own():
    rows = [(None, "合计", "6.00"), (None, "公务接待费", "2.00"), (None, "因公出国（境）费", "4.00")]
    general = form("three_public", ("budget",), *rows, fund="general_public_budget")
    capital = form("three_public", ("budget",), *((*row[:2], "0.00") for row in rows), fund="state_capital")
    found_here = [each for each in evaluated([*general, *capital]) if each.check_id == "three_public.total"]
    assert {(each.subject, each.verdict) for each in found_here} == {
        ("某局|budget@general_public_budget", "holds"),
        ("某局|budget@state_capital", "holds"),
    }


def appropriation(*revenue):
    """A summary of appropriations whose budgets spend 60 and 40."""
    spent = form(
        "fiscal_appropriation_summary/expenditure",
        ("total", "general_public_budget", "government_fund"),
        (None, "支出总计", "100.00", "60.00", "40.00"),
    )
    return [*form("fiscal_appropriation_summary/revenue", ("amount",), *revenue), *spent]


def test_a_balance_that_no_budget_is_named_of_leaves_the_budgets_unweighed():
    lump = appropriation(
        (None, "一般公共预算拨款收入", "55.00"),
        (None, "政府性基金预算拨款收入", "35.00"),
        (None, "上年结转", "10.00"),
        (None, "收入总计", "100.00"),
    )
    assert found(lump, "fiscal_appropriation_summary.general_budget") == {"": ("equal", "not_applicable")}
    divided = appropriation(
        (None, "一般公共预算拨款收入", "55.00"),
        (None, "政府性基金预算拨款收入", "35.00"),
        (None, "上年结转", "10.00"),
        (None, "一般公共预算拨款", "5.00"),
        (None, "政府性基金预算拨款", "5.00"),
        (None, "收入总计", "100.00"),
    )
    verdicts = found(divided, "fiscal_appropriation_summary.general_budget_with_balance")
    assert set(verdicts.values()) == {("equal", "holds")}
