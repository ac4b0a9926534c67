from dataclasses import replace

import pytest
from made_items import fact, form, summary

from checks import last_year_checks

NOW = summary()
LAST = form(
    "revenue_expenditure_summary/revenue",
    ("amount",),
    (None, "一般公共预算财政拨款收入", "80.00"),
    (None, "本年收入合计", "80.00"),
    (None, "总计", "80.00"),
    fiscal_year=2023,
)


def only(stated, last=LAST):
    (check,) = last_year_checks([stated], NOW, last)
    return check


@pytest.mark.parametrize(("stated", "verdict"), [("80万元", "holds"), ("80.02万元", "fails")])
def test_an_amount_called_last_years_is_that_of_last_years_paper(stated, verdict):
    check = only(fact("本年收入/上年", stated))
    assert (check.check_id, check.verdict) == ("prose.last_year_total", verdict)


@pytest.mark.parametrize(("change", "verdict"), [("20.00万元", "holds"), ("21.00万元", "fails")])
def test_this_years_amount_less_its_change_is_last_years(change, verdict):
    check = only(fact("收入总计", change, kind="change_yuan", section="revenue_expenditure_summary"))
    assert check.verdict == verdict
    if verdict == "fails":
        assert (check.left, check.right, check.tolerance) == (790_000, 800_000, 150)
    assert check.amounts == ("revenue_expenditure_summary/revenue/3/amount",) * 2


def test_a_change_is_told_of_one_form_in_both_papers():
    half = "revenue_expenditure_summary/expenditure"
    other = form(half, ("amount",), (None, "总计", "90.00"))
    only_revenue = [*NOW[:3], *other]
    (check,) = last_year_checks([fact("收入支出总计", "10.00万元", kind="change_yuan")], only_revenue, LAST)
    assert (check.verdict, check.left, check.right) == ("fails", 900_000, 800_000)


def test_what_last_years_paper_does_not_print_is_not_applicable():
    assert only(fact("公务接待费/上年", "1万元", section="three_public")).verdict == "not_applicable"
    assert only(fact("收入总计/上年", "80万元"), last=[]).verdict == "not_applicable"


def test_comparisons_with_what_was_executed_or_budgeted_are_of_no_paper():
    executed = fact("收入总计", "1万元", kind="change_yuan", text="比2023年预算执行数增加1万元")
    budgeted = fact("收入总计/比年初预算", "1万元", kind="change_yuan", number=2)
    assert last_year_checks([executed, budgeted, fact("收入总计", "100万元", number=3)], NOW, LAST) == ()


@pytest.mark.parametrize("other", [{"fiscal_year": 2022}, {"fiscal_year": 2023, "kind": "final_accounts"}])
def test_another_paper_than_last_years_of_the_kind_is_refused(other):
    with pytest.raises(ValueError, match="two consecutive years"):
        last_year_checks([], NOW, [replace(each, **other) for each in LAST])
