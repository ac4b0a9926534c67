from dataclasses import replace

import pytest
from made_items import document, fact, item, table

from checks.statements.declarations import declaration_checks
from checks.statements.wholeness import wholeness_checks
from schemas.identities.papers import papers_known, read_papers

NINE = (
    "revenue_expenditure_summary",
    "revenue_by_function",
    "expenditure_by_function",
    "fiscal_appropriation_summary",
    "general_budget_by_function",
    "basic_expenditure_by_economic",
    "three_public",
    "government_fund",
    "state_capital",
)
AMOUNT = ("合计", "1,234.56")


def paper(*names, **declared):
    return [table(number, name, cells=AMOUNT, **declared) for number, name in enumerate(names, start=1)]


def told(checks, check_id, verdict="fails"):
    """What the failing subjects of one check are about, the department left out."""
    found = [each for each in checks if each.check_id == check_id and each.verdict == verdict]
    return [each.subject.partition("|")[2] or each.subject for each in found]


def whole(tables, **other):
    return wholeness_checks(document(**other), tables, [])


def said(tables=(), facts=(), cover=(), **other):
    lines = [line for name in cover for line in table(1, None, above=(name,)).heading]
    return declaration_checks(document(**other), tables, facts, lines)


def test_a_paper_with_all_forms_in_order_fails_nothing():
    assert {each.verdict for each in (*whole(paper(*NINE)), *said(paper(*NINE)))} == {"holds"}


@pytest.mark.parametrize("missing", NINE)
def test_each_missing_form_is_named(missing):
    left = [name for name in NINE if name != missing]
    assert [missing in name for name in told(whole(paper(*left)), "paper.forms_present")] == [True]


def test_forms_that_stand_for_one_another_are_asked_for_together():
    names = ["revenue_by_source" if name == "revenue_by_function" else name for name in NINE]
    assert told(whole(paper(*names)), "paper.forms_present") == []


def test_a_form_that_papers_of_the_year_did_not_have_is_not_missing():
    assert told(whole(paper(*NINE[:-1]), fiscal_year=2019), "paper.forms_present") == []
    assert told(whole(paper(*NINE[:-1]), fiscal_year=2024), "paper.forms_present") == ["state_capital"]


def test_a_university_has_four_forms():
    names = (*NINE[:3], "fiscal_appropriation_by_function")
    assert told(whole(paper(*names, department="某大学")), "paper.forms_present") == []


def test_what_unread_pages_may_hold_is_not_called_missing():
    unread = replace(document(), status="needs_ocr")
    checks = wholeness_checks(unread, paper(*NINE[:-1]), [])
    assert told(checks, "paper.forms_present") == []
    assert told(checks, "paper.forms_present", "not_applicable") == ["state_capital"]


@pytest.mark.parametrize("place", ["above", "below"])
def test_a_form_whose_title_stands_over_a_table_that_was_not_recognised_is_not_called_missing(place):
    title = {place: ("2024年国有资本经营预算支出表",)}
    checks = whole([*paper(*NINE[:-1]), table(9, None, cells=AMOUNT, **title)])
    assert told(checks, "paper.forms_present") == []
    assert told(checks, "paper.forms_present", "not_applicable") == ["state_capital"]


def test_of_a_unit_with_one_form_in_the_file_no_set_is_asked():
    tables = [*paper(*NINE), table(10, "three_public", cells=AMOUNT, department="某市某中心")]
    assert told(whole(tables), "paper.forms_present") == []


def test_without_a_recognised_form_nothing_is_checked():
    assert whole([table(1, None)]) == ()


BLANK = ("科目编码", "科目名称", "合计")


@pytest.mark.parametrize(
    ("below", "cells", "expected"),
    [
        ((), BLANK, ["1:government_fund"]),
        (("注：本表反映部门本年度政府性基金预算财政拨款收入支出情况。",), BLANK, ["1:government_fund"]),
        (("无政府性基金收支的，仍保留该表格式，并在本表下方作下述说明：",), BLANK, ["1:government_fund"]),
        (("说明：本单位没有政府性基金收入，故本表无数据。",), BLANK, []),
        ((), (*BLANK, "此表为空"), []),
        ((), (*BLANK, "无"), []),
        ((), (*BLANK, "0.00"), []),
    ],
)
def test_an_empty_form_must_say_why(below, cells, expected):
    assert told(whole([table(1, "government_fund", cells=cells, below=below)]), "paper.form_empty") == expected


def test_a_form_with_amounts_is_not_empty_whatever_stands_below():
    filled = table(1, "government_fund", cells=("合计", "12"))
    checks = wholeness_checks(document(), [filled], [item("government_fund", "合计", "12", table_no=1)])
    assert [each for each in checks if each.check_id == "paper.form_empty"] == []


def test_forms_without_numbers_keep_the_order_that_all_papers_keep():
    swapped = paper("revenue_expenditure_summary", "expenditure_by_function", "revenue_by_function", "three_public")
    assert told(whole(swapped), "paper.order") == ["3:revenue_by_function"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("公开01表", "公开02表", "公开03表"), []),
        (("表一", "表二", "表十二"), []),
        (("公开01表", "公开03表", "公开02表"), ["3:three_public"]),
        (("公开01表", "公开02表", "公开02表"), ["3:three_public"]),
        ((None, "公开02表", None), []),
    ],
)
def test_printed_numbers_ascend(numbers, expected):
    names = ("revenue_expenditure_summary", "government_fund", "three_public")
    tables = [
        replace(each, declared=replace(each.declared, number=number))
        for each, number in zip(paper(*names), numbers, strict=True)
    ]
    assert told(whole(tables), "paper.order") == expected


def test_units_of_the_department_have_orders_of_their_own():
    tables = [
        *paper(*NINE[:3]),
        *(replace(each, number=each.number + 3) for each in paper(*NINE[:3], department="中心")),
    ]
    assert told(whole(tables), "paper.order") == []


@pytest.mark.parametrize(
    ("title", "above", "expected"),
    [
        ("收支总表", "2024年收支总表", []),
        ("收支总表", "一、2023年度收支总表", ["1:three_public"]),
        ("三公经费支出表", "2023年“三公”经费支出表", ["1:three_public"]),
        ("收支总表", "（2023年度）", ["1:three_public"]),
        ("收支总表", "某市某局2023年度部门预算表", ["1:three_public"]),
        ("收支总表", "2023年12月31日", []),
    ],
)
def test_a_title_of_another_year_is_found(title, above, expected):
    assert told(said([table(1, "three_public", title=title, above=(above,))]), "paper.year_agrees") == expected


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("一般公共预算财政拨款支出决算表", "final_accounts", []),
        ("政府性基金预算支出表", "final_accounts", []),
        ("部门收支预算总表", "final_accounts", ["1:three_public"]),
        ("收入支出决算总表", "budget", ["1:three_public"]),
        ("一般公共预算支出部门预算经济分类预算表", "budget", []),
    ],
)
def test_a_title_of_the_other_kind_of_paper_is_found(title, kind, expected):
    assert told(said([table(1, "three_public", title=title)], kind=kind), "paper.kind_agrees") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("某市某局", []),
        ("某市某局（本级）", []),
        ("中国共产党某市某局", []),
        ("另市某局", ["1:three_public"]),
        ("某市林业局", ["1:three_public"]),
    ],
)
def test_a_form_that_names_another_department_is_found(name, expected):
    tables = [table(1, "three_public", department=name)]
    assert told(said(tables), "paper.department_agrees") == expected


def test_a_title_or_a_headline_that_names_another_department_is_found():
    titled = table(1, "revenue_expenditure_summary", title="另市某局收支预算总表")
    headed = table(2, "three_public", above=("上海市某局2024年度部门预算表",))
    expected = ["1:revenue_expenditure_summary", "2:three_public"]
    assert told(said([titled, headed]), "paper.department_agrees") == expected


def test_a_unit_with_a_set_of_its_own_is_no_disagreement():
    assert told(said([*paper(*NINE[:3]), *paper(*NINE[:3], department="某市某中心")]), "paper.department_agrees") == []


def test_abbreviated_names_of_party_and_government_are_the_same():
    tables = [table(1, "three_public", department="中共江苏省委办公厅")]
    checks = said(tables, department="中国共产党江苏省委员会办公厅")
    assert told(checks, "paper.department_agrees") == []


def test_cover_and_prose_are_asked_too():
    cover = ("某市某局", "另市某局2023年度部门决算")
    facts = [fact("收入总计", "1万元", text=f"某市林业局2023年度收入总计{n}万元", number=n) for n in range(3)]
    checks = said(facts=facts, cover=cover)
    assert told(checks, "paper.year_agrees") == ["cover", "prose"]
    assert told(checks, "paper.department_agrees") == ["cover", "prose"]
    assert told(checks, "paper.kind_agrees") == ["cover"]


def test_clauses_on_last_year_or_a_unit_are_no_disagreement():
    texts = ("某市某局2024年度收入1万元", "2024年支出1万元", "2023年结转1万元", "某市某中心2024年1万元")
    facts = [fact("收入总计", "1万元", text=text, number=number) for number, text in enumerate(texts)]
    assert {each.verdict for each in said(facts=facts)} == {"holds"}


def test_no_subject_is_told_twice():
    checks = (*whole(paper(*NINE)), *said(paper(*NINE), cover=("2024年度部门预算", "2024年部门预算")))
    assert len({(each.check_id, each.subject) for each in checks}) == len(checks)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("order: [three_public]", "order: [cover]"),
        ("notes: [无]", "notes: ['(']"),
        ("departments: .*", "departments: 局"),
    ],
)
def test_what_the_data_on_papers_cannot_mean_is_refused(old, new):
    text = "sets: [{departments: .*, forms: [{any_of: [three_public]}]}]\norder: [three_public]\nnotes: [无]\n"
    assert read_papers(text).order == ("three_public",)
    with pytest.raises(ValueError, match="validation error"):
        read_papers(text.replace(old, new))


def test_the_projects_own_data_asks_nine_forms_of_a_department():
    assert len(papers_known().expected("某市某局", 2024)) == len(NINE)
