from dataclasses import replace
from decimal import Decimal

import pytest
from made_items import expenditure, fact, form, revenue, summary

from checks.printed import stated_rounding
from checks.statements.prose import prose_checks
from schemas.identities.stated import read_stated_amounts, stated_amounts
from schemas.prose import subjects

PAPER = [*summary(), *revenue(), *expenditure()]
THREE_PUBLIC = form(
    "three_public",
    ("budget", "final"),
    (None, "合计", "8.00", "6.00"),
    (None, "公务接待费", "3.00", "1.50"),
    (None, "公务用车运行维护费", "5.00", "4.50"),
    kind="final_accounts",
)


def only(items, *facts):
    """The one check that comes of the last fact."""
    (found,) = [each for each in prose_checks(items, facts) if each.subject.startswith(f"{facts[-1].fact_no}:")]
    return found


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        ("100万元", "holds"),
        ("100.004万元", "holds"),
        ("100.02万元", "fails"),
        ("1000000元", "holds"),
        ("99万元", "fails"),
    ],
)
def test_a_total_is_compared_within_what_both_printings_were_rounded_to(stated, verdict):
    assert only(PAPER, fact("收入支出总计", stated)).verdict == verdict


def test_a_total_is_recorded_with_both_sums_and_the_amount_it_was_compared_with():
    check = only(PAPER, fact("本年支出合计", "99.00万元", section="expenditure_by_function", number=7))
    assert (check.check_id, check.subject) == ("prose.total", "7:情况说明/本年支出合计")
    assert (check.left, check.right, check.tolerance) == (990_000, 1_000_000, 100)
    assert check.amounts == ("expenditure_by_function//1/total",)


def test_of_amounts_that_agree_that_of_the_sections_own_form_is_recorded():
    exact = form("expenditure_by_function", ("total",), (None, "合计", "100.00"))
    rough = form("expenditure_by_use", ("total",), (None, "合计", "100"))
    check = only([*rough, *exact], fact("本年支出合计", "100万元", section="expenditure_by_function"))
    assert (check.verdict, check.amounts) == ("holds", ("expenditure_by_function//1/total",))


def test_a_code_is_compared_with_the_form_that_its_section_is_on():
    items = [*PAPER, *form("general_budget_by_function", ("total",), ("2010301", "行政运行", "20.00"))]
    stated = [
        fact("行政运行", "30.00万元", section=section, code="2010301")
        for section in ("general_budget_by_function", "expenditure_by_function", None)
    ]
    assert [only(items, each).verdict for each in stated] == ["fails", "holds", "holds"]


@pytest.mark.parametrize(
    ("printed", "verdict"), [("50.00万元", "holds"), ("20.00万元", "holds"), ("51.00万元", "fails")]
)
def test_a_code_that_only_units_print_is_all_of_theirs_together_or_one_of_them(printed, verdict):
    units = {"某局本级": "30.00", "某中心": "20.00"}
    items = [
        replace(each, line=line, organisation=unit)
        for line, (unit, amount) in enumerate(units.items(), start=1)
        for each in form("general_budget_by_function", ("total",), ("2010301", "行政运行", amount))
    ]
    stated = fact("行政运行", printed, section="general_budget_by_function", code="2010301")
    assert only(items, stated).verdict == verdict


@pytest.mark.parametrize(
    ("unit", "printed", "verdict"),
    [
        ("市某局本级", "30.00万元", "holds"),
        ("市某局本级", "20.00万元", "fails"),
        ("市某局设计中心", "0万元", "not_applicable"),
    ],
)
def test_what_a_units_own_section_says_of_a_code_is_compared_with_that_units_rows(unit, printed, verdict):
    units = {"某市某局（本级）": "30.00", "某市某局中心": "20.00"}
    items = [
        replace(each, line=line, organisation=name)
        for line, (name, amount) in enumerate(units.items(), start=1)
        for each in form("general_budget_by_economic", ("total",), ("303", "对个人和家庭的补助", amount))
    ]
    stated = replace(fact(f"{unit}/对个人和家庭的补助", printed, code="303"), section=unit)
    assert only(items, stated).verdict == verdict


def test_basic_expenditure_is_that_of_the_money_its_section_speaks_of():
    items = [*PAPER, *form("general_budget_by_function", ("total", "basic"), (None, "合计", "60.00", "50.00"))]
    general = fact("基本支出", "50.00万元", section="general_budget_by_function")
    every = fact("基本支出", "50.00万元", section="expenditure_by_function")
    assert [only(items, each).verdict for each in (general, every)] == ["holds", "fails"]


def test_what_the_forms_print_nothing_of_is_not_applicable():
    assert only(PAPER, fact("公务接待费", "1.00万元", section="three_public")).verdict == "not_applicable"
    assert only(PAPER, fact("行政运行", "1.00万元", code="2049999")).verdict == "not_applicable"


BLANKS = form(
    "three_public",
    ("budget",),
    (None, "合计", "5.00"),
    (None, "公务用车购置及运行维护费", "5.00"),
    (None, "公务用车运行维护费", "5.00"),
    (None, "公务接待费", "0.00"),
)


def test_a_blank_cell_is_nothing_where_the_figures_beside_it_make_up_their_whole():
    def verdict(name, stated, items):
        return only(items, fact(name, stated, section="three_public")).verdict

    assert verdict("公务用车购置费", "0.00万元", BLANKS) == "holds"
    assert verdict("公务用车购置费", "3.00万元", BLANKS) == "fails"
    assert verdict("因公出国（境）费", "3.00万元", BLANKS) == "fails"
    apart = form(
        "three_public", ("budget",), (None, "公务用车购置及运行维护费", "8.00"), (None, "公务用车运行维护费", "5.00")
    )
    assert verdict("公务用车购置费", "3.00万元", apart) == "not_applicable"


def test_what_no_form_could_print_and_other_years_amounts_are_not_checked():
    assert prose_checks(PAPER, [fact("政府采购/货物", "1.00万元"), fact("本年收入/上年", "1.00万元")]) == ()


@pytest.mark.parametrize(("share", "verdict"), [("60%", "holds"), ("60.00%", "holds"), ("60.1%", "fails")])
@pytest.mark.parametrize("words", ["占", "占总支出的", "占本年支出合计的比重为"])
def test_a_share_is_of_what_the_words_name_or_of_the_sections_form(share, words, verdict):
    stated = fact(
        "一般公共服务支出",
        share,
        kind="share_percent",
        section="expenditure_by_function",
        code="201",
        text=words + share,
    )
    assert only(PAPER, stated).verdict == verdict


def test_a_share_of_something_that_no_form_prints_is_not_applicable():
    stated = fact("一般公共服务支出", "60%", kind="share_percent", code="201", text="占全市生产总值的60%")
    assert only(PAPER, stated).verdict == "not_applicable"


def test_a_share_is_weighed_in_yuan_with_what_its_last_digit_is_worth():
    stated = fact("公务接待费", "24%", kind="share_percent", section="three_public", text="占“三公”经费的24%")
    check = only(THREE_PUBLIC, stated)
    assert (check.left, check.right, check.verdict) == (Decimal(15_000), Decimal(14_400), "fails")
    assert check.tolerance == Decimal("0.005") * 60_000 + 50 + Decimal("0.24") * 50
    assert check.amounts == ("three_public//2/final", "three_public//1/final")


@pytest.mark.parametrize(("rate", "verdict"), [("50%", "holds"), ("50.00%", "holds"), ("45%", "fails")])
def test_completion_is_of_the_budget_that_the_form_prints(rate, verdict):
    stated = fact("公务接待费", rate, kind="completion_percent", section="three_public")
    assert only(THREE_PUBLIC, stated).verdict == verdict


def test_completion_is_of_the_budget_that_the_section_states():
    items = form("general_budget_by_function", ("total",), ("2010301", "行政运行", "30.00"), kind="final_accounts")
    section = {"section": "general_budget_by_function", "code": "2010301"}
    budget = fact("行政运行", "40.00万元", kind="initial_budget", **section)
    right = fact("行政运行", "75%", kind="completion_percent", number=2, **section)
    wrong = fact("行政运行", "80%", kind="completion_percent", number=2, **section)
    assert only(items, budget, right).verdict == "holds"
    assert only(items, budget, wrong).verdict == "fails"
    assert only(items, right).verdict == "not_applicable"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("0.39万元", "50"), ("12亿元", "50000000"), ("1,234.5元", "0.05"), ("12.3%", "0.05"), ("与2023年预算持平", "0")],
)
def test_rounding_of_what_is_stated_comes_from_its_last_digit_and_unit(printed, expected):
    assert stated_rounding(printed) == Decimal(expected)


def test_every_name_of_a_stated_amount_is_one_that_the_prose_reads():
    read = {subject.name for subject in subjects().money}
    assert {name for entry in stated_amounts().amounts for name in entry.names} - read == set()


STATED = """
amounts:
  - {names: [三公经费], printed: [{half: three_public, rows: [total]}]}
wholes: {three_public: [三公经费]}
"""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("half: three_public", "half: three_publics", "no form or half"),
        ("printed:", "sections: [cover], printed:", "no form is called cover"),
        ("rows: [total]", "rows: [dinners]", "no 'dinners' in three_public"),
        ("wholes:", "whole:", "validation error"),
        ("wholes: {three_public: [三公经费]}", "wholes: {three_public: [接待费]}", "no amount is known"),
        ("wholes: {three_public:", "wholes: {cover:", "no form is called cover"),
    ],
)
def test_a_stated_amount_that_no_form_can_print_is_refused(old, new, complaint):
    assert read_stated_amounts(STATED).known("三公经费")
    assert old in STATED
    with pytest.raises(ValueError, match=complaint):
        read_stated_amounts(STATED.replace(old, new))
